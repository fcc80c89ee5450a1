using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Reports;

/// <summary>Where the amounts of a column come from.</summary>
public enum ColumnSource
{
    /// <summary>The books.</summary>
    Actual,

    /// <summary>The budget.</summary>
    Budget,

    /// <summary>The books as far as months are over, then the budget.</summary>
    Outlook,
}

/// <summary>All columns of a statement that hold amounts, in their order. Pure.</summary>
/// <param name="All">The periods, their total, what they are compared with, and what stands after the comparison.</param>
/// <param name="Main">The place of the one that the report is about: the total, else the last period.</param>
/// <param name="Compared">How many are compared with it; they follow it.</param>
public sealed record StatementPeriods(IReadOnlyList<ReportPeriod> All, int Main, int Compared)
{
    /// <summary>Keys of a budget's columns.</summary>
    public const string Budget = "budget", Outlook = "outlook", YearBudget = "yearBudget", BudgetOf = ":budget";

    /// <summary>True where the column's amounts are planned and not posted: nothing but the budget stands behind them.</summary>
    public static bool IsPlanned(string key) => key is Budget or Outlook or YearBudget || key.EndsWith(BudgetOf, StringComparison.Ordinal);

    public static StatementPeriods Of(ReportPlan plan)
    {
        var beside = plan.Type == ReportTypes.BudgetVariance && plan.HasTotal;
        List<ReportPeriod> periods =
        [
            .. plan.Periods.SelectMany(period => beside ? [period, Beside(period)] : new[] { period }),
            .. plan.HasTotal ? [new ReportPeriod("total", "Total", plan.Range, plan.Range.Last < plan.Today)] : Array.Empty<ReportPeriod>(),
        ];
        var main = plan.HasTotal ? periods.Count - 1 : plan.Periods.Count - 1;
        return new StatementPeriods([.. periods, .. plan.Compared, .. plan.Type == ReportTypes.BudgetVariance ? Ahead(plan) : []], main, plan.Compared.Count);
    }

    /// <summary>The days that a column takes out of the books; null: none.</summary>
    public static Days? ActualDays(ReportPeriod period, ReportPlan plan) => period switch
    {
        { EmptyBecause: not null } or { Source: ColumnSource.Budget } => null,
        { Source: ColumnSource.Outlook } => Closed(plan) is var closed && closed >= period.Days.First ? period.Days with { Last = closed } : null,
        _ => period.Days,
    };

    /// <summary>The amounts of a column, debit +; null where it has none.</summary>
    public static IReadOnlyDictionary<Guid, SourcedAmount>? Amounts(ReportPeriod period, ReportPlan plan, Func<Days, IReadOnlyDictionary<Guid, SourcedAmount>> actual, BudgetColumn? budget)
    {
        if (period.EmptyBecause is not null)
        {
            return null;
        }

        var posted = ActualDays(period, plan) is { } days ? actual(days) : new Dictionary<Guid, SourcedAmount>();
        if (period.Source == ColumnSource.Actual || budget is null)
        {
            return posted;
        }

        var rest = period.Source == ColumnSource.Budget ? period.Days : period.Days with { First = Later(Closed(plan).AddDays(1), period.Days.First) };
        return rest.First > rest.Last ? posted : Sum(posted, budget.Over(rest));
    }

    /// <summary>The last day that the outlook takes from the books: the open month's payroll and depreciation are not in yet, so months count once they are over.</summary>
    public static DateOnly Closed(ReportPlan plan) => Month.Of(plan.Date).End == plan.Date && plan.Date < plan.Today ? plan.Date : Month.Of(plan.Date).Previous.End;

    private static ReportPeriod Beside(ReportPeriod period) =>
        period with { Key = period.Key + BudgetOf, Title = $"Budget {period.Title}", Complete = true, Source = ColumnSource.Budget };

    private static ReportPeriod[] Ahead(ReportPlan plan)
    {
        var year = plan.Organisation.FinancialYear;
        var days = new Days(year.StartOf(plan.Date), year.EndOf(plan.Date));
        return [new ReportPeriod(Outlook, "Outlook", days, true) { Source = ColumnSource.Outlook }, new ReportPeriod(YearBudget, "Year's budget", days, true) { Source = ColumnSource.Budget }];
    }

    private static Dictionary<Guid, SourcedAmount> Sum(IReadOnlyDictionary<Guid, SourcedAmount> left, IReadOnlyDictionary<Guid, SourcedAmount> right) =>
        left.Keys.Union(right.Keys).ToDictionary(account => account, account => left.GetValueOrDefault(account) + right.GetValueOrDefault(account));

    private static DateOnly Later(DateOnly left, DateOnly right) => left > right ? left : right;
}

/// <summary>A budget as a column of a statement. Pure.</summary>
public sealed class BudgetColumn
{
    private readonly BudgetAmounts _amounts;
    private readonly Dictionary<Guid, Account> _planned;

    /// <param name="budget">The budget.</param>
    /// <param name="accounts">The chart.</param>
    public BudgetColumn(BudgetView budget, IReadOnlyList<Account> accounts)
    {
        (Budget, _amounts) = (budget.Budget, new BudgetAmounts(budget.Lines));
        _planned = accounts.Where(account => account.IsProfitAndLoss).ToDictionary(account => account.AccountId);
    }

    public Budget Budget { get; }

    /// <summary>Income and expense of the budget by account; debit +.</summary>
    public IReadOnlyDictionary<Guid, SourcedAmount> Over(Days days) => _amounts.Over(days).Where(amount => _planned.ContainsKey(amount.Key))
        .ToDictionary(amount => amount.Key, amount => new SourcedAmount(0, StatementSection.Of(_planned[amount.Key]).IsCredit ? -amount.Value : amount.Value, 0));

    /// <summary>True when nothing at all is planned for these days.</summary>
    public bool IsEmpty(Days days) => _amounts.Missing(days).Count == Month.Range(Month.Of(days.First), Month.Of(days.Last)).Count();

    /// <summary>What must be known of the budget to read the report rightly.</summary>
    public IEnumerable<ReportNote> Notes(ReportPlan plan)
    {
        yield return new ReportNote("budget", $"Budget: {Budget.Name}{(Budget.Source == BudgetSources.Xero ? ", from Xero" : "")}.");
        if (plan.Type == ReportTypes.BudgetVariance)
        {
            var (closed, end) = (StatementPeriods.Closed(plan), plan.Organisation.FinancialYear.EndOf(plan.Date));
            yield return new ReportNote("outlook", closed < plan.Organisation.FinancialYear.StartOf(plan.Date)
                ? $"Outlook to {ReportPeriods.Words(end)}: the budget, because no month of the year is over yet."
                : $"Outlook to {ReportPeriods.Words(end)}: actual amounts to {ReportPeriods.Words(closed)}, then the budget.");
        }

        foreach (var (month, days) in _amounts.Cut(plan.Range))
        {
            yield return new ReportNote("budget-by-days", $"The days hold {days} of {month.End.Day} days of {ReportPeriods.Around(month.Start, ReportWords.Month, plan.Organisation.FinancialYear).Title}: its budget counts by days.", null, month.End);
        }

        if (_amounts.Missing(plan.Range) is { Count: > 0 } missing && !IsEmpty(plan.Range))
        {
            yield return new ReportNote("budget-missing", $"Nothing is planned for {string.Join(", ", missing.Take(6).Select(month => month.ToString()))}{(missing.Count > 6 ? $" and {missing.Count - 6} more months" : "")}.");
        }

        if (_amounts.Accounts.Count(account => !_planned.ContainsKey(account)) is > 0 and var others)
        {
            yield return new ReportNote("budget-left-out", $"{others} {(others == 1 ? "account" : "accounts")} of the budget {(others == 1 ? "is" : "are")} neither income nor expense and not in this report.");
        }

        if (!Matches(plan.Parameters))
        {
            yield return new ReportNote("budget-of-part", plan.Parameters.TrackingOptionId is null
                ? "The budget plans a part of the organisation by tracking; the actual amounts are those of the whole."
                : "The budget is not that of this tracking option alone; the actual amounts are.");
        }
    }

    private bool Matches(ReportParameters asked) => asked.TrackingOptionId is { } option ? Budget.Tracking is [var only] && only.OptionId == option : Budget.Tracking.Count == 0;
}
