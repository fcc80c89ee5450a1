using System.Globalization;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Reports;

/// <summary>The proofs of a statement, about its main column. Pure. Our own identities are exact; only against Xero something may be unknown.</summary>
internal sealed class StatementChecks(ReportPlan plan, StatementBooks books, IReadOnlyDictionary<DateOnly, StoredTrialBalance?> xero)
{
    private static readonly string[] Flows = ["operating", "investing", "financing", "exchange", "openingCash"];

    private readonly XeroTenant _organisation = plan.Organisation;
    private readonly TrialBalance _trialBalance = Balance(plan, books, xero.GetValueOrDefault(plan.Date));

    /// <summary>The days at which Xero's balances are needed.</summary>
    public static IEnumerable<DateOnly> XeroDays(ReportPlan plan)
    {
        var days = new SortedSet<DateOnly> { plan.Date };
        if (ReportTypes.PlansProfit(plan.Type))
        {
            days.UnionWith(Years(plan).Select(year => year.Last));
            if (plan.Range.First != plan.Organisation.FinancialYear.StartOf(plan.Range.First))
            {
                days.Add(plan.Range.First.AddDays(-1));
            }
        }

        return days;
    }

    public IReadOnlyList<ReportCheck> Of(IReadOnlyList<StatementRow> rows, int main) => plan.Type switch
    {
        ReportTypes.BalanceSheet => [Zero(), SidesBalance(rows, main), SheetEarnings(rows, main), SheetTies(), Stands()],
        ReportTypes.CashFlow => [Zero(), EndsAtBank(rows, main), Earnings(rows, main), SheetTies(), Stands()],
        _ => [Zero(), Earnings(rows, main), ProfitTies(), Stands()],
    };

    /// <summary>Of a custom report, with whether its groups are complete.</summary>
    public IReadOnlyList<ReportCheck> OfLayout(ReportCheck? completeness) => [Zero(), .. completeness is null ? Array.Empty<ReportCheck>() : [completeness], ProfitTies(), Stands()];

    /// <summary>Of a statement that tracking took a part from: what is about the whole is not known of the part.</summary>
    public IReadOnlyList<ReportCheck> OfPart(string because) =>
    [
        Zero(),
        Unknown(ReportChecks.EarningsEqualProfit, "Net profit equals the movement of earnings", because),
        Unknown(ReportChecks.TiesToXero, "Ties to Xero", because),
        Stands(),
    ];

    public ReportCheck Zero() => Exact(ReportChecks.TrialBalanceZero, "Trial balance", 0, _trialBalance.Totals.Balance, $"All balances at {ReportPeriods.Words(plan.Date)} together");

    /// <summary>Income and expense against the other side of the books: all balance-sheet accounts over the same days.</summary>
    public ReportCheck Earnings(IReadOnlyList<StatementRow> rows, int main)
    {
        var others = books.Movements.InStatement(plan.Range).Where(amount => !books.IsIncomeOrExpense(amount.Key)).Sum(amount => amount.Value.Total);
        var profit = rows.Any(row => row.Key == "netProfit") ? Amount(rows, "netProfit", main) : -books.Profit(plan.Range).Values.Sum(amount => amount.Total);
        return Exact(ReportChecks.EarningsEqualProfit, "Net profit equals the movement of earnings", profit, others, "Against the movement of all balance-sheet accounts over the same days");
    }

    public ReportCheck Stands()
    {
        var unexplained = _trialBalance.Rows.Where(row => row.Unexplained != 0).ToList();
        return new ReportCheck(
            ReportChecks.StandsOnDocuments, "Stands on documents", _trialBalance.StandsOnDocuments, 0, unexplained.Sum(row => Math.Abs(row.Unexplained)), unexplained.Sum(row => Math.Abs(row.Unexplained)),
            _trialBalance.StandsOnDocuments switch
            {
                CheckStatus.Fail => $"Unexplained at {ReportPeriods.Words(plan.Date)}: {Names(unexplained.Select(row => (row.Name, row.Unexplained)))}",
                CheckStatus.Unknown => NotRead(plan.Date),
                _ => $"No account holds an unexplained part at {ReportPeriods.Words(plan.Date)}",
            });
    }

    /// <summary>Whether one account ties at the last day.</summary>
    public ReportCheck AccountTies(Account? account)
    {
        var row = _trialBalance.Rows.FirstOrDefault(row => row.AccountId == account?.AccountId);
        return _trialBalance.TiesToXero == CheckStatus.Unknown || account is null
            ? Unknown(ReportChecks.TiesToXero, "Ties to Xero", NotRead(plan.Date))
            : new ReportCheck(
                ReportChecks.TiesToXero, "Ties to Xero", row?.Difference is null or 0 ? CheckStatus.Pass : CheckStatus.Fail, row?.XeroBalance ?? 0, row?.Balance ?? 0, -(row?.Difference ?? 0),
                $"{account.Name} against Xero's trial balance at {ReportPeriods.Words(plan.Date)}, debit +");
    }

    private static ReportCheck SidesBalance(IReadOnlyList<StatementRow> rows, int main) => Exact(
        ReportChecks.Balances, "Net assets equal equity", Amount(rows, "totalEquity", main), Amount(rows, "netAssets", main), "Assets less liabilities against equity");

    // The sheet holds what is provisional today; the profit and loss of the same days does not.
    private ReportCheck SheetEarnings(IReadOnlyList<StatementRow> rows, int main)
    {
        var provisional = books.Movements.LeftOut(plan.Range).Where(line => line.Date <= plan.Date && books.IsIncomeOrExpense(line.AccountId)).Sum(line => line.Amount);
        var profit = -books.Profit(plan.Range).Values.Sum(amount => amount.Total);
        return Exact(
            ReportChecks.EarningsEqualProfit, "Current year earnings equal net profit", profit - provisional, Amount(rows, "currentYearEarnings", main),
            provisional == 0 ? "Against the profit and loss of the financial year so far" : "Against the profit and loss of the financial year so far and what Xero holds beyond documents in the month in progress");
    }

    private static ReportCheck EndsAtBank(IReadOnlyList<StatementRow> rows, int main)
    {
        var told = Flows.Sum(key => Amount(rows, key, main));
        return Exact(ReportChecks.CashFlowEndsAtBank, "Cash flow ends at the bank", Amount(rows, "closingCash", main), told, "Opening cash and all flows against the bank accounts' balances; what fits nowhere is in Unclassified");
    }

    private ReportCheck SheetTies() => new(
        ReportChecks.TiesToXero, "Ties to Xero", _trialBalance.TiesToXero, 0, Apart(_trialBalance.Rows), Apart(_trialBalance.Rows),
        _trialBalance.TiesToXero switch
        {
            CheckStatus.Fail => $"Differ from Xero at {ReportPeriods.Words(plan.Date)}: {Names(_trialBalance.Rows.Where(row => row.Difference is not (null or 0)).Select(row => (row.Name, row.Difference!.Value)))}",
            CheckStatus.Unknown => NotRead(plan.Date),
            _ => $"Every account equals Xero's trial balance at {ReportPeriods.Words(plan.Date)}",
        });

    // Xero's income and expense over the days, year by year: its balances start anew with each financial year.
    private ReportCheck ProfitTies()
    {
        const string Label = "Ties to Xero";
        if (_organisation.SyncInProgress)
        {
            return Unknown(ReportChecks.TiesToXero, Label, "A sync is running");
        }

        if (CutsAMonth())
        {
            return Unknown(ReportChecks.TiesToXero, Label, "The days cut a month: Xero's trial balance is read at month ends");
        }

        if (plan.Range.Last >= plan.Today)
        {
            return Unknown(ReportChecks.TiesToXero, Label, "The last day is not over: Xero's trial balance of a month counts once the month is");
        }

        if (XeroDays(plan).Where(day => xero.GetValueOrDefault(day) is null).Select(day => (DateOnly?)day).FirstOrDefault() is { } missing)
        {
            return Unknown(ReportChecks.TiesToXero, Label, NotRead(missing));
        }

        var ours = books.Profit(plan.Range);
        var theirs = new Dictionary<Guid, decimal>();
        foreach (var year in Years(plan))
        {
            AddYear(theirs, year);
        }

        var apart = ours.Keys.Union(theirs.Keys).Select(account => (Account: account, Difference: theirs.GetValueOrDefault(account) - ours.GetValueOrDefault(account).Total)).Where(pair => pair.Difference != 0).ToList();
        var (expected, actual) = (-theirs.Values.Sum(), -ours.Values.Sum(amount => amount.Total));
        return new ReportCheck(
            ReportChecks.TiesToXero, Label, apart.Count == 0 ? CheckStatus.Pass : CheckStatus.Fail, expected, actual, actual - expected,
            apart.Count == 0
                ? "Every account's movement equals that of Xero's trial balance over the same days"
                : $"Differ from Xero: {Names(apart.Select(pair => (books.Accounts.First(account => account.AccountId == pair.Account).Name, pair.Difference)))}");
    }

    private void AddYear(Dictionary<Guid, decimal> theirs, Days year)
    {
        var startsAnew = _organisation.FinancialYear.StartOf(year.First) == year.First;
        foreach (var (account, balance) in xero[year.Last]!.Balances.Where(balance => books.IsIncomeOrExpense(balance.Key)))
        {
            theirs[account] = theirs.GetValueOrDefault(account) + balance;
        }

        foreach (var (account, balance) in startsAnew ? [] : xero[year.First.AddDays(-1)]!.Balances.Where(balance => books.IsIncomeOrExpense(balance.Key)))
        {
            theirs[account] = theirs.GetValueOrDefault(account) - balance;
        }
    }

    private bool CutsAMonth()
    {
        var year = _organisation.FinancialYear;
        var (first, last) = (plan.Range.First, plan.Range.Last);
        return (first.Day != 1 && year.StartOf(first) != first) || (Month.Of(last).End != last && year.EndOf(last) != last);
    }

    private static IEnumerable<Days> Years(ReportPlan plan)
    {
        for (var first = plan.Range.First; first <= plan.Range.Last;)
        {
            var end = plan.Organisation.FinancialYear.EndOf(first);
            yield return new Days(first, end < plan.Range.Last ? end : plan.Range.Last);
            first = end.AddDays(1);
        }
    }

    private static TrialBalance Balance(ReportPlan plan, StatementBooks books, StoredTrialBalance? read)
    {
        var start = plan.Organisation.FinancialYear.StartOf(plan.Date);
        return TrialBalanceBuilder.Build(plan.Organisation, plan.Date, books.Accounts, books.Movements.Explained(null, start.AddDays(-1)), books.Movements.Explained(start, plan.Date), read);
    }

    private string NotRead(DateOnly day) =>
        _organisation.SyncInProgress ? "A sync is running"
        : _organisation.SettlingFrom <= day ? $"Documents changed while Xero was read at {ReportPeriods.Words(day)}; it is read again"
        : $"Xero's trial balance was not read at {ReportPeriods.Words(day)}";

    private static decimal Amount(IReadOnlyList<StatementRow> rows, string key, int main) => rows.First(row => row.Key == key).Amounts[main]?.Total ?? 0;

    private static decimal? Apart(IEnumerable<TrialBalanceRow> rows) => rows.Any(row => row.Difference is null) ? null : rows.Sum(row => Math.Abs(row.Difference ?? 0));

    private static string Names(IEnumerable<(string Name, decimal Amount)> accounts)
    {
        var all = accounts.OrderByDescending(account => Math.Abs(account.Amount)).ToList();
        var words = string.Join(", ", all.Take(5).Select(account => string.Create(CultureInfo.InvariantCulture, $"{account.Name} {account.Amount:#,##0.00}")));
        return all.Count > 5 ? $"{words} and {all.Count - 5} more" : words;
    }

    private static ReportCheck Exact(string key, string label, decimal expected, decimal actual, string detail) =>
        new(key, label, expected == actual ? CheckStatus.Pass : CheckStatus.Fail, expected, actual, actual - expected, detail);

    private static ReportCheck Unknown(string key, string label, string because) => new(key, label, CheckStatus.Unknown, null, null, null, because);
}
