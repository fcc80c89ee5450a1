using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Ledger;

/// <summary>What documents move on one account on one day. Base currency, debit +.</summary>
public readonly record struct DayMovement(DateOnly Day, Guid AccountId, decimal Amount);

/// <summary>What the documents that wait will change in the ledger: their new lines less those that stand.</summary>
public sealed class WaitingEffects
{
    /// <param name="parts">New lines +, standing lines −.</param>
    /// <param name="touchesBeforeBooks">A document dated before the books waits: the opening may be another.</param>
    public WaitingEffects(IEnumerable<DayMovement> parts, bool touchesBeforeBooks)
    {
        Movements =
        [
            .. parts.GroupBy(part => (part.Day, part.AccountId))
                .Select(group => new DayMovement(group.Key.Day, group.Key.AccountId, group.Sum(part => part.Amount)))
                .Where(movement => movement.Amount != 0),
        ];
        Days = [.. Movements.Select(movement => movement.Day).Distinct().Order()];
        TouchesBeforeBooks = touchesBeforeBooks;
    }

    public IReadOnlyList<DayMovement> Movements { get; }

    /// <summary>The days that change, oldest first.</summary>
    public IReadOnlyList<DateOnly> Days { get; }

    public bool TouchesBeforeBooks { get; }
}

/// <summary>What Xero's trial balance must say at a day if documents alone moved since it was last read. Pure.</summary>
public sealed class ReadingForecast(FinancialYear financialYear, ChartOfAccounts chart)
{
    /// <summary>
    /// <paramref name="known"/> brought to <paramref name="day"/> by <paramref name="movements"/> up to that day: income and expense of earlier
    /// financial years stand in retained earnings.
    /// </summary>
    public StoredTrialBalance At(DateOnly day, StoredTrialBalance known, IEnumerable<DayMovement> movements)
    {
        var yearStart = financialYear.StartOf(day);
        var retained = chart.System(SystemAccounts.RetainedEarnings)?.AccountId ?? Guid.Empty;
        var balances = new Dictionary<Guid, decimal>(known.Balances.Count);
        foreach (var (account, balance) in known.Balances)
        {
            Add(known.Date < yearStart && IsProfitAndLoss(account) ? retained : account, balance);
        }

        foreach (var movement in movements.Where(movement => movement.Day <= day))
        {
            Add(movement.Day < yearStart && IsProfitAndLoss(movement.AccountId) ? retained : movement.AccountId, movement.Amount);
        }

        return new StoredTrialBalance(day, known.ReadAt, balances) { Inferred = true };

        void Add(Guid account, decimal amount) => balances[account] = balances.GetValueOrDefault(account) + amount;
    }

    /// <summary>True when both say the same of every account.</summary>
    public static bool Agree(StoredTrialBalance left, StoredTrialBalance right) =>
        left.Balances.Keys.Union(right.Balances.Keys).All(account => left.Balances.GetValueOrDefault(account) == right.Balances.GetValueOrDefault(account));

    private bool IsProfitAndLoss(Guid account) => chart.Find(account)?.IsProfitAndLoss ?? false;
}
