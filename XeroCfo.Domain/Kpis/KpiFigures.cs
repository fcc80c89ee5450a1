using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;

namespace XeroCfo.Domain.Kpis;

/// <summary>
/// The sums that KPIs are made from, over a period and at its end (FINANCE 3 and 8). Display signs. Overdrawn bank accounts count as current
/// liabilities and debt, whatever the balance sheet's layout shows. Pure.
/// </summary>
public sealed class KpiFigures
{
    private readonly IReadOnlyList<Account> _accounts;
    private readonly IReadOnlyDictionary<Guid, SourcedAmount> _profit;
    private readonly IReadOnlyDictionary<Guid, SourcedAmount> _closing;
    private readonly IReadOnlyDictionary<Guid, SourcedAmount> _opening;

    public KpiFigures(StatementBooks books, FinancialYear year, string baseCurrency, Days period, decimal transferGains)
    {
        (_accounts, Period) = (books.Accounts, period);
        _profit = books.Profit(period);
        var balances = books.BalancesAt(period.Last, year);
        _closing = balances.Accounts;
        _opening = books.Movements.InLedger(null, period.First.AddDays(-1));
        Equity = -(balances.Accounts.Where(amount => SectionOf(amount.Key) == StatementSection.Equity).Sum(amount => amount.Value.Total) + balances.CurrentYear.Total + balances.EarlierYears.Total);
        OperatingCashFlow = Flow(new CashFlow(books.Accounts, baseCurrency, [books.Flow(period, transferGains, new Dictionary<Guid, decimal>())]).Indirect(), "operating");
    }

    public Days Period { get; }

    /// <summary>Days of the period, first and last included.</summary>
    public int Days => Period.Last.DayNumber - Period.First.DayNumber + 1;

    public decimal Equity { get; }

    public decimal OperatingCashFlow { get; }

    public KpiPart Income => Profit("Total income", account => StatementSection.Of(account) == StatementSection.Income, -1);

    public KpiPart OtherIncome => Profit("Other income", account => StatementSection.Of(account) == StatementSection.OtherIncome, -1);

    public KpiPart CostOfSales => Profit("Cost of sales", account => StatementSection.Of(account) == StatementSection.CostOfSales, 1);

    public KpiPart OperatingExpenses => Profit("Operating expenses", account => StatementSection.Of(account) == StatementSection.OperatingExpenses, 1);

    public KpiPart IncomeTax => Profit("Income tax", account => account.Tag == AccountTags.IncomeTax, 1);

    public KpiPart InterestExpense => Profit("Interest expense", account => account.Tag == AccountTags.InterestExpense, 1);

    public KpiPart InterestIncome => Profit("Interest income", account => account.Tag == AccountTags.InterestIncome, -1);

    public KpiPart Depreciation => Profit("Depreciation and amortisation", account => account.Type == "DEPRECIATN" || account.Tag == AccountTags.Amortisation, 1);

    /// <summary>Operating expenses without tagged interest and tax.</summary>
    public KpiPart FixedCosts => Profit(
        "Operating expenses without interest and tax",
        account => StatementSection.Of(account) == StatementSection.OperatingExpenses && account.Tag is not (AccountTags.IncomeTax or AccountTags.InterestExpense), 1);

    /// <summary>What a business without cost of sales buys from suppliers: costs without payroll, tax, interest and depreciation.</summary>
    public KpiPart Purchases => Profit(
        "Costs without payroll, tax, interest and depreciation",
        account => account.Class == "EXPENSE" && account.Type is not ("DEPRECIATN" or "WAGESEXPENSE" or "SUPERANNUATIONEXPENSE")
            && account.Tag is not (AccountTags.Payroll or AccountTags.IncomeTax or AccountTags.InterestExpense or AccountTags.Amortisation),
        1);

    public KpiPart NetProfit => Profit("Net profit", _ => true, -1);

    public KpiPart GrossProfit => new("Gross profit", Income.Value - CostOfSales.Value, [.. Income.AccountIds, .. CostOfSales.AccountIds]);

    public KpiPart OperatingProfit => new("Operating profit", GrossProfit.Value - FixedCosts.Value, [.. GrossProfit.AccountIds, .. FixedCosts.AccountIds]);

    public KpiPart Ebit => new("EBIT", NetProfit.Value + IncomeTax.Value + InterestExpense.Value - InterestIncome.Value, NetProfit.AccountIds);

    public KpiPart Ebitda => new("EBITDA", Ebit.Value + Depreciation.Value, NetProfit.AccountIds);

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
            return new KpiPart("Principal repaid", Math.Max(0, members.Sum(account => _closing.GetValueOrDefault(account.AccountId).Total - _opening.GetValueOrDefault(account.AccountId).Total)), Ids(members));
        }
    }

    public KpiPart EquityPart => new("Equity", Equity, Ids(_accounts.Where(account => !account.IsProfitAndLoss && StatementSection.Of(account) == StatementSection.Equity)));

    public KpiPart OperatingCash => new("Operating cash flow", OperatingCashFlow, []);

    public KpiPart InCredit => Banks("Bank accounts in credit", balance => Math.Max(0, balance));

    private KpiPart Overdrawn => Banks("Overdrawn bank accounts", balance => Math.Max(0, -balance));

    private static bool IsDebt(Account account) =>
        account is { Class: "LIABILITY", Type: "TERMLIAB" or "LIABILITY" } or { Class: "LIABILITY", Tag: AccountTags.DebtShort or AccountTags.DebtLong };

    /// <summary>Names of accounts whose tag nobody has confirmed, among those that carry one of <paramref name="tags"/>.</summary>
    public IReadOnlyList<string> Suggested(params string[] tags) =>
        [.. _accounts.Where(account => account.Tag is { } tag && tags.Contains(tag) && account.TagConfirmedBy is null).Select(account => account.Name)];

    internal static decimal Flow(IReadOnlyList<StatementRow> rows, string key) => rows.First(row => row.Key == key).Amounts[0]!.Value.Total;

    private StatementSection? SectionOf(Guid account) => _accounts.FirstOrDefault(one => one.AccountId == account) is { } found ? StatementSection.Of(found) : null;

    private KpiPart Profit(string name, Func<Account, bool> which, int sign)
    {
        var members = _accounts.Where(account => account.IsProfitAndLoss && which(account)).ToList();
        return new KpiPart(name, sign * members.Sum(account => _profit.GetValueOrDefault(account.AccountId).Total), Ids(members));
    }

    private KpiPart Closing(string name, Func<Account, bool> which, int sign)
    {
        var members = _accounts.Where(account => !account.IsProfitAndLoss && which(account)).ToList();
        return new KpiPart(name, sign * members.Sum(account => _closing.GetValueOrDefault(account.AccountId).Total), Ids(members));
    }

    private KpiPart Banks(string name, Func<decimal, decimal> part)
    {
        var members = _accounts.Where(account => account.Type == "BANK" && part(_closing.GetValueOrDefault(account.AccountId).Total) != 0).ToList();
        return new KpiPart(name, members.Sum(account => part(_closing.GetValueOrDefault(account.AccountId).Total)), Ids(members));
    }

    private static KpiPart Plus(KpiPart left, KpiPart right) => new(left.Name, left.Value + right.Value, [.. left.AccountIds, .. right.AccountIds]);

    private static IReadOnlyList<Guid> Ids(IEnumerable<Account> accounts) => [.. accounts.Select(account => account.AccountId)];
}
