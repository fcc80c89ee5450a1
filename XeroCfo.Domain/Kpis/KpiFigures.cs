using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;

namespace XeroCfo.Domain.Kpis;

/// <summary>
/// The sums that KPIs are made from, over a period and at its end. Display signs. Overdrawn bank accounts count as current
/// liabilities and debt, whatever the balance sheet's layout shows. Pure.
/// </summary>
public sealed class KpiFigures
{
    private readonly Dictionary<string, KpiPart> _parts = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<Account> _accounts;
    private readonly Lazy<IReadOnlyDictionary<Guid, SourcedAmount>> _profit;
    private readonly Lazy<StatementBalances> _balances;
    private readonly Lazy<IReadOnlyDictionary<Guid, SourcedAmount>> _opening;
    private readonly Lazy<decimal> _operatingCash;

    /// <param name="books">Movements cut at the day before the period, at its end and where its financial year begins.</param>
    /// <param name="year">The organisation's.</param>
    /// <param name="baseCurrency">The organisation's.</param>
    /// <param name="period">First and last day.</param>
    /// <param name="transferGains">What transfers between own banks gained or lost in the period (expense +); null where it was not read: then nothing may ask for operating cash.</param>
    public KpiFigures(StatementBooks books, FinancialYear year, string baseCurrency, Days period, decimal? transferGains)
    {
        (_accounts, Period) = (books.Accounts, period);
        _profit = new(() => books.Profit(period, WithoutLastMonthsEnd));
        _balances = new(() => books.BalancesAt(period.Last, year));
        _opening = new(() => books.Movements.InLedger(null, period.First.AddDays(-1)));
        _operatingCash = new(() => transferGains is { } gains
            ? Flow(new CashFlow(books.Accounts, baseCurrency, [books.Flow(period, gains, new Dictionary<Guid, decimal>())]).Indirect(), "operating")
            : throw new InvalidOperationException("Gains on transfers were not read."));
    }

    public Days Period { get; }

    /// <summary>Days of the period, first and last included.</summary>
    public int Days => Period.Last.DayNumber - Period.First.DayNumber + 1;

    /// <summary>What comes at the end of its last month stays out of income and expenses: it stands beside a month whose end is not in yet.</summary>
    public bool WithoutLastMonthsEnd { get; init; }

    /// <summary>Amounts that count on top, by account, debit +: what would be if these accounts had moved otherwise. Equity stays as it is.</summary>
    public IReadOnlyDictionary<Guid, decimal> Supposed { get; init; } = new Dictionary<Guid, decimal>();

    public decimal Equity => -(_balances.Value.Accounts.Where(amount => EquityAccounts.Contains(amount.Key)).Sum(amount => amount.Value.Total) + _balances.Value.CurrentYear.Total + _balances.Value.EarlierYears.Total);

    /// <summary>The same as the cash-flow statement's, indirect.</summary>
    public decimal OperatingCashFlow => _operatingCash.Value;

    /// <summary>Of the chart, and what only amounts know.</summary>
    public IReadOnlyList<Account> Accounts => _accounts;

    public KpiPart Income => Profit("Total income", account => StatementSection.Of(account) == StatementSection.Income, -1);

    public KpiPart OtherIncome => Profit("Other income", account => StatementSection.Of(account) == StatementSection.OtherIncome, -1);

    public KpiPart CostOfSales => Profit("Cost of sales", account => StatementSection.Of(account) == StatementSection.CostOfSales, 1);

    public KpiPart OperatingExpenses => Profit("Operating expenses", account => StatementSection.Of(account) == StatementSection.OperatingExpenses, 1);

    public KpiPart IncomeTax => Profit("Income tax", account => account.Tag == AccountTags.IncomeTax, 1);

    public KpiPart InterestExpense => Profit("Interest expense", account => account.Tag == AccountTags.InterestExpense, 1);

    public KpiPart InterestIncome => Profit("Interest income", account => account.Tag == AccountTags.InterestIncome, -1);

    public KpiPart Depreciation => Profit("Depreciation and amortisation", ManagementLine.IsDepreciation, 1);

    /// <summary>Operating expenses without tagged interest and tax.</summary>
    public KpiPart FixedCosts => Profit(
        "Operating expenses without interest and tax",
        account => StatementSection.Of(account) == StatementSection.OperatingExpenses && ManagementLine.OperatingProfit.Counts(account), 1);

    /// <summary>What a business without cost of sales buys from suppliers: costs without payroll, tax, interest and depreciation.</summary>
    public KpiPart Purchases => Profit(
        "Costs without payroll, tax, interest and depreciation",
        account => account.Class == "EXPENSE" && account.Type is not ("DEPRECIATN" or "WAGESEXPENSE" or "SUPERANNUATIONEXPENSE")
            && account.Tag is not (AccountTags.Payroll or AccountTags.IncomeTax or AccountTags.InterestExpense or AccountTags.Amortisation),
        1);

    public KpiPart NetProfit => Profit("Net profit", _ => true, -1);

    public KpiPart GrossProfit => new("Gross profit", Income.Value - CostOfSales.Value, [.. Income.AccountIds, .. CostOfSales.AccountIds]);

    public KpiPart OperatingProfit => Profit(ManagementLine.OperatingProfit);

    public KpiPart Ebit => Profit(ManagementLine.Ebit);

    public KpiPart Ebitda => Profit(ManagementLine.Ebitda);

    public KpiPart Cash => Closing("Bank accounts", account => account.Type == "BANK", 1);

    public KpiPart Receivables => Closing("Accounts receivable", account => account.SystemAccount == SystemAccounts.Debtors, 1);

    public KpiPart Payables => Closing("Accounts payable", account => account.SystemAccount == SystemAccounts.Creditors, -1);

    public KpiPart Inventory => Closing("Inventory", account => account.Type == "INVENTORY", 1);

    public KpiPart Prepayments => Closing("Prepayments", account => account.Type == "PREPAYMENT", 1);

    public KpiPart CurrentAssets => Plus(
        Closing("Current assets", account => StatementSection.Of(account) == StatementSection.CurrentAssets, 1), InCredit);

    public KpiPart CurrentLiabilities => Plus(
        Closing("Current liabilities", account => StatementSection.Of(account) == StatementSection.CurrentLiabilities, -1), Overdrawn);

    public KpiPart TotalAssets => Plus(
        Closing("Total assets", account => !account.IsProfitAndLoss && StatementSection.Of(account) is var section && (section == StatementSection.CurrentAssets || section == StatementSection.FixedAssets || section == StatementSection.NonCurrentAssets), 1), InCredit);

    public KpiPart TotalLiabilities => Plus(
        Closing("Total liabilities", account => StatementSection.Of(account) is var section && (section == StatementSection.CurrentLiabilities || section == StatementSection.NonCurrentLiabilities), -1), Overdrawn);

    public KpiPart Debt => Plus(Closing("Interest-bearing debt", IsDebt, -1), Overdrawn);

    /// <summary>Principal that was repaid: by how much debt fell.</summary>
    public KpiPart Repaid
    {
        get
        {
            var members = _accounts.Where(IsDebt).ToList();
            return new KpiPart("Principal repaid", Math.Max(0, members.Sum(account => ClosingOf(account) - _opening.Value.GetValueOrDefault(account.AccountId).Total)), Ids(members));
        }
    }

    public KpiPart EquityPart => new("Equity", Equity, Ids(_accounts.Where(account => !account.IsProfitAndLoss && StatementSection.Of(account) == StatementSection.Equity)));

    /// <summary>With the accounts of income and expenses in it; what working capital adds has no account of its own here.</summary>
    public KpiPart OperatingCash
    {
        get
        {
            var members = _accounts.Where(account => account.IsProfitAndLoss && !CashFlow.IsTakenOut(account)).ToList();
            return new KpiPart("Operating cash flow", OperatingCashFlow - members.Sum(account => Supposed.GetValueOrDefault(account.AccountId)), Ids(members));
        }
    }

    public KpiPart InCredit => Banks("Bank accounts in credit", balance => Math.Max(0, balance));

    private KpiPart Overdrawn => Banks("Overdrawn bank accounts", balance => Math.Max(0, -balance));

    private static bool IsDebt(Account account) =>
        account is { Class: "LIABILITY", Type: "TERMLIAB" or "LIABILITY" } or { Class: "LIABILITY", Tag: AccountTags.DebtShort or AccountTags.DebtLong };

    /// <summary>Names of accounts whose tag nobody has confirmed, among those that carry one of <paramref name="tags"/>.</summary>
    public IReadOnlyList<string> Suggested(params string[] tags) =>
        [.. _accounts.Where(account => account.Tag is { } tag && tags.Contains(tag) && account.TagConfirmedBy is null).Select(account => account.Name)];

    /// <summary>Those of <paramref name="tags"/> that no account carries.</summary>
    public IReadOnlyList<string> Missing(params string[] tags) => [.. tags.Where(tag => _accounts.All(account => account.Tag != tag))];

    internal static decimal Flow(IReadOnlyList<StatementRow> rows, string key) => rows.First(row => row.Key == key).Amounts[0]!.Value.Total;

    /// <summary>What an account shows: its movement in the period, or on the balance sheet its balance at the end. Display sign.</summary>
    public KpiPart OfAccount(Account account) => new(account.Name, Shown(account), [account.AccountId]);

    /// <summary>The accounts of a part and what each of them shows; those without an amount are left out.</summary>
    public IReadOnlyList<(Account Account, decimal Amount)> Of(KpiPart part) =>
        [.. _accounts.Where(account => part.AccountIds.Contains(account.AccountId)).Select(account => (account, Shown(account))).Where(shown => shown.Item2 != 0)];

    /// <summary>An account's balance before the period. Debit +.</summary>
    public decimal Opening(Account account) => _opening.Value.GetValueOrDefault(account.AccountId).Total;

    /// <summary>An account's movement in the period, or its balance at the end. Debit +.</summary>
    public decimal Debit(Account account) => account.IsProfitAndLoss ? ProfitOf(account) : ClosingOf(account);

    /// <summary>Everything that <paramref name="which"/> lets through: movements of income and expenses, closing balances of the others. Display sign of the section.</summary>
    public KpiPart Shown(string name, Func<Account, bool> which)
    {
        if (!_parts.TryGetValue("shown " + name, out var part))
        {
            var members = _accounts.Where(which).ToList();
            _parts["shown " + name] = part = new KpiPart(name, members.Sum(Shown), Ids(members));
        }

        return part;
    }

    private decimal Shown(Account account) => (StatementSection.Of(account).IsCredit ? -1 : 1) * (account.IsProfitAndLoss ? ProfitOf(account) : ClosingOf(account));

    private HashSet<Guid> EquityAccounts => field ??= [.. _accounts.Where(account => StatementSection.Of(account) == StatementSection.Equity).Select(account => account.AccountId)];

    private decimal ProfitOf(Account account) => _profit.Value.GetValueOrDefault(account.AccountId).Total + Supposed.GetValueOrDefault(account.AccountId);

    private decimal ClosingOf(Account account) => _balances.Value.Accounts.GetValueOrDefault(account.AccountId).Total + Supposed.GetValueOrDefault(account.AccountId);

    private KpiPart Profit(string name, Func<Account, bool> which, int sign) => Sum(name, account => account.IsProfitAndLoss && which(account), account => sign * ProfitOf(account));

    private KpiPart Profit(ManagementLine line) => Profit(line.Label, line.Counts, -1);

    private KpiPart Closing(string name, Func<Account, bool> which, int sign) => Sum(name, account => !account.IsProfitAndLoss && which(account), account => sign * ClosingOf(account));

    private KpiPart Banks(string name, Func<decimal, decimal> part) => Sum(name, account => account.Type == "BANK" && part(ClosingOf(account)) != 0, account => part(ClosingOf(account)));

    // A figure asks for the same sums again and again.
    private KpiPart Sum(string name, Func<Account, bool> which, Func<Account, decimal> amount)
    {
        if (!_parts.TryGetValue(name, out var part))
        {
            var members = _accounts.Where(which).ToList();
            _parts[name] = part = new KpiPart(name, members.Sum(amount), Ids(members));
        }

        return part;
    }

    private static KpiPart Plus(KpiPart left, KpiPart right) => new(left.Name, left.Value + right.Value, [.. left.AccountIds, .. right.AccountIds]);

    private static IReadOnlyList<Guid> Ids(IEnumerable<Account> accounts) => [.. accounts.Select(account => account.AccountId)];
}
