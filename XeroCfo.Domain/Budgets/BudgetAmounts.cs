using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Budgets;

/// <summary>What a budget plans over any days. Display sign. Pure.</summary>
public sealed class BudgetAmounts(IEnumerable<BudgetLine> lines)
{
    private readonly ILookup<Month, BudgetLine> _months = lines.ToLookup(line => Month.Of(line.Month));

    public IEnumerable<Guid> Accounts => _months.SelectMany(month => month).Select(line => line.AccountId).Distinct();

    /// <summary>By account. Of a month that the days cut its days' share, in cents: a budget knows no days.</summary>
    public IReadOnlyDictionary<Guid, decimal> Over(Days days)
    {
        var amounts = new Dictionary<Guid, decimal>();
        foreach (var month in Touched(days))
        {
            var share = DaysOf(month, days);
            foreach (var line in _months[month])
            {
                amounts[line.AccountId] = amounts.GetValueOrDefault(line.AccountId) + Part(line.Amount, share, month);
            }
        }

        return amounts;
    }

    /// <summary>The months with lines of which <paramref name="days"/> hold a part only, with how many days.</summary>
    public IReadOnlyList<(Month Month, int Days)> Cut(Days days) =>
        [.. Touched(days).Select(month => (Month: month, Days: DaysOf(month, days))).Where(month => month.Days < month.Month.End.Day)];

    /// <summary>The months of <paramref name="days"/> that nothing is planned for.</summary>
    public IReadOnlyList<Month> Missing(Days days) => [.. Month.Range(Month.Of(days.First), Month.Of(days.Last)).Where(month => !_months.Contains(month))];

    private IEnumerable<Month> Touched(Days days) => _months.Select(month => month.Key).Where(month => month.End >= days.First && month.Start <= days.Last).Order();

    private static int DaysOf(Month month, Days days)
    {
        var first = month.Start > days.First ? month.Start : days.First;
        var last = month.End < days.Last ? month.End : days.Last;
        return last.DayNumber - first.DayNumber + 1;
    }

    private static decimal Part(decimal amount, int days, Month month) =>
        days == month.End.Day ? amount : MoneyRules.ToCents(amount * days / month.End.Day);
}
