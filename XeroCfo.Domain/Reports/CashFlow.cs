using XeroCfo.Domain.Ledger;

namespace XeroCfo.Domain.Reports;

/// <summary>What a cash-flow statement needs of one period. Debit +.</summary>
/// <param name="Movements">Of every account, as a statement counts them.</param>
/// <param name="OpeningCash">Balances of bank accounts at the end of the day before.</param>
/// <param name="ClosingCash">And at the end of the last day.</param>
/// <param name="TransferGains">Realised on transfers between own bank accounts: expense +, gain −.</param>
/// <param name="Counters">Direct method: what documents that move cash post to other accounts.</param>
public sealed record CashFlowPeriod(
    IReadOnlyDictionary<Guid, SourcedAmount> Movements,
    IReadOnlyDictionary<Guid, SourcedAmount> OpeningCash,
    IReadOnlyDictionary<Guid, SourcedAmount> ClosingCash,
    decimal TransferGains,
    IReadOnlyDictionary<Guid, decimal> Counters);

/// <summary>
/// The cash-flow statement. Every account is in one bucket, so the statement ends at the bank by construction; what does not fit is
/// a row of its own. Pure. Amounts are effects on cash: in +, out −.
/// </summary>
public sealed class CashFlow(IReadOnlyList<Account> accounts, string baseCurrency, IReadOnlyList<CashFlowPeriod?> periods)
{
    private const string OperatingTitle = "Operating cash flow", InvestingTitle = "Investing cash flow", FinancingTitle = "Financing cash flow";

    private readonly StatementTable _table = new(periods.Count, showZero: false);
    private readonly List<bool> _filled = [.. periods.Select(period => period is not null)];

    /// <summary>From net profit to the bank.</summary>
    public IReadOnlyList<StatementRow> Indirect()
    {
        var profit = Each(period => -Of(period, accounts.Where(account => account.IsProfitAndLoss)));
        _table.AddTotal("netProfit", "Net profit", profit, Favour.Up, ReportRowKind.Line);
        var nonCash = Group("nonCash", "Amounts in profit that are not operating cash", "Non-cash amounts", [.. Lines(accounts.Where(IsTakenOut), 1), TransferGains(1)]);
        var working = Group("workingCapital", "Changes in working capital", "Change in working capital", Lines(InBucket(CashFlowBucket.WorkingCapital), -1));
        var operating = StatementTable.Sum(_filled, (1, profit), (1, nonCash), (1, working));
        _table.AddTotal("operating", OperatingTitle, operating, Favour.Up);
        var investing = Group("investing", "Investing", InvestingTitle, Investing());
        var financing = Group("financing", "Financing", FinancingTitle, Lines(InBucket(CashFlowBucket.Financing), -1));
        return End(operating, investing, financing, Each(period => -Of(period, accounts.Where(IsBankGain)) + new SourcedAmount(0, -period.TransferGains, 0) + LeftOut(period)));
    }

    /// <summary>From what came in and went out.</summary>
    public IReadOnlyList<StatementRow> Direct()
    {
        // Gains on what customers and suppliers owe are part of what they paid; only those on cash itself stand apart.
        var operating = Group("operating", "Operating", OperatingTitle, [.. accounts.Where(IsOperatingCash).GroupBy(DirectLine).OrderBy(group => group.Key.Order).Select(group => Counter(group.Key, group))]);
        var investing = Group("investing", "Investing", InvestingTitle, Counters(CashFlowBucket.Investing));
        var financing = Group("financing", "Financing", FinancingTitle, Counters(CashFlowBucket.Financing));
        return End(operating, investing, financing, Each(period => FromDocuments(-accounts.Where(IsBankGain).Sum(account => period.Counters.GetValueOrDefault(account.AccountId)) - period.TransferGains) + Foreign(period) + LeftOut(period)));
    }

    private IReadOnlyList<StatementRow> End(
        IReadOnlyList<SourcedAmount?> operating, IReadOnlyList<SourcedAmount?> investing, IReadOnlyList<SourcedAmount?> financing, IReadOnlyList<SourcedAmount?> exchange)
    {
        var opening = Each(period => Sum(period.OpeningCash.Values));
        var closing = Each(period => Sum(period.ClosingCash.Values));
        var change = StatementTable.Sum(_filled, (1, closing), (-1, opening));
        var rest = StatementTable.Sum(_filled, (1, change), (-1, operating), (-1, investing), (-1, financing), (-1, exchange));
        _table.AddTotal("exchange", "Effect of exchange rates on cash", exchange, Favour.Neutral, ReportRowKind.Line);
        _table.AddTotal("unclassified", "Unclassified", [.. rest.Select(amount => amount is { Total: 0 } ? default(SourcedAmount) : amount)], Favour.Neutral, ReportRowKind.Line);
        _table.AddTotal("netChange", "Net change in cash", change, Favour.Up);
        _table.AddTotal("openingCash", "Opening cash", opening, Favour.Neutral, ReportRowKind.Line);
        _table.AddTotal("closingCash", "Closing cash", closing, Favour.Up);
        return _table.Rows;
    }

    /// <summary>
    /// Purchases and disposals as documents say; depreciation that was added back is taken from the accounts that it was credited to; what only
    /// Xero's trial balance knows is one row.
    /// </summary>
    private List<StatementRow> Investing()
    {
        var members = InBucket(CashFlowBucket.Investing).ToList();
        var parts = periods.Select(period => period is null ? null : InvestingParts(period, members)).ToList();
        return
        [
            .. members.Select((account, index) => Row($"account:{account.AccountId:D}", account.Name, account.AccountId, period => FromDocuments(parts[period]!.Accounts[index]))),
            Row("investing:depreciation", "Depreciation added back", null, period => FromDocuments(parts[period]!.Depreciation)),
            Row("investing:xeroOnly", "Fixed assets from Xero's trial balance only, less depreciation", null, period => new SourcedAmount(0, 0, parts[period]!.XeroOnly)),
        ];
    }

    private InvestingPart InvestingParts(CashFlowPeriod period, List<Account> members)
    {
        var added = Of(period, accounts.Where(account => IsTakenOut(account) && !IsBankGain(account)));
        var (amounts, left) = (new List<decimal>(members.Count), added.Documents);
        foreach (var account in members)
        {
            var amount = -period.Movements.GetValueOrDefault(account.AccountId).Documents;
            var taken = left > 0 && CashFlowBuckets.Usual(account) == CashFlowBucket.Investing ? Math.Clamp(amount, 0, left) : 0;
            (left, amount) = (left - taken, amount - taken);
            amounts.Add(amount);
        }

        return new InvestingPart(amounts, -left, -members.Sum(account => period.Movements.GetValueOrDefault(account.AccountId).XeroOnly) - added.XeroOnly);
    }

    // Documents that move cash post the rest elsewhere: what they credit came in.
    private IEnumerable<StatementRow> Counters(CashFlowBucket bucket) => InBucket(bucket).Select(account =>
        Row($"account:{account.AccountId:D}", account.Name, account.AccountId, period => FromDocuments(-periods[period]!.Counters.GetValueOrDefault(account.AccountId))));

    private StatementRow Counter((int Order, string Key, string Label) line, IEnumerable<Account> members) =>
        Row(line.Key, line.Label, null, period => FromDocuments(-members.Sum(account =>
            periods[period]!.Counters.GetValueOrDefault(account.AccountId) - (account.SystemAccount == SystemAccounts.RealisedCurrencyGain ? periods[period]!.TransferGains : 0))));

    /// <summary>The row of the direct method that an account belongs to; null for accounts that are not operating cash.</summary>
    public static string? DirectRowOf(Account account) => IsOperatingCash(account) ? DirectLine(account).Key : null;

    private static (int Order, string Key, string Label) DirectLine(Account account) => account switch
    {
        { SystemAccount: SystemAccounts.RealisedCurrencyGain } => (7, "operating:realisedGains", "Realised currency gains"),
        { SystemAccount: SystemAccounts.SalesTax } => (5, "operating:salesTax", "Sales tax"),
        { Tag: AccountTags.IncomeTax } => (6, "operating:incomeTax", "Income tax paid"),
        { Tag: AccountTags.InterestExpense } => (4, "operating:interestPaid", "Interest paid"),
        { Tag: AccountTags.InterestIncome } => (3, "operating:interestReceived", "Interest received"),
        { Type: "OTHERINCOME" } => (2, "operating:otherReceipts", "Other receipts"),
        { SystemAccount: SystemAccounts.Debtors } or { Type: "REVENUE" or "SALES" } => (0, "operating:customers", "Receipts from customers"),
        _ => (1, "operating:suppliers", "Payments to suppliers and employees"),
    };

    private StatementRow TransferGains(int sign) =>
        Row("nonCash:transferGains", "Realised on transfers between own banks", null, period => FromDocuments(sign * periods[period]!.TransferGains));

    // What Xero's month ends say of foreign bank accounts and no statement of these days counts: the bank has it all the same.
    private SourcedAmount LeftOut(CashFlowPeriod period) => Sum(accounts.Where(account => IsForeignBank(account, baseCurrency)).Select(account =>
        period.ClosingCash.GetValueOrDefault(account.AccountId) + -period.OpeningCash.GetValueOrDefault(account.AccountId) + -period.Movements.GetValueOrDefault(account.AccountId)));

    private SourcedAmount Foreign(CashFlowPeriod period) => new(0, 0, accounts.Where(account => IsForeignBank(account, baseCurrency)).Sum(account => period.Movements.GetValueOrDefault(account.AccountId).XeroOnly));

    /// <summary>A bank account in another currency: what Xero's month ends say of it is a change of rates.</summary>
    internal static bool IsForeignBank(Account account, string baseCurrency) => account.Type == "BANK" && account.CurrencyCode is { Length: > 0 } currency && currency != baseCurrency;

    /// <summary>In profit, but no operating cash.</summary>
    internal static bool IsTakenOut(Account account) =>
        account.IsProfitAndLoss && (account.Type == "DEPRECIATN" || account.Tag is AccountTags.Amortisation or AccountTags.DisposalGain || IsBankGain(account));

    private static bool IsBankGain(Account account) => account.SystemAccount == SystemAccounts.BankCurrencyGain;

    private static bool IsOperatingCash(Account account) => !IsBankGain(account) && (account.IsProfitAndLoss || CashFlowBuckets.Of(account) == CashFlowBucket.WorkingCapital);

    private IEnumerable<Account> InBucket(CashFlowBucket bucket) => accounts.Where(account => !account.IsProfitAndLoss && CashFlowBuckets.Of(account) == bucket);

    private IEnumerable<StatementRow> Lines(IEnumerable<Account> members, int sign) => members.Select(account => Row(
        $"account:{account.AccountId:D}", account.SystemAccount == SystemAccounts.RetainedEarnings ? "Adjustments to retained earnings" : account.Name, account.AccountId,
        period => sign < 0 ? -periods[period]!.Movements.GetValueOrDefault(account.AccountId) : periods[period]!.Movements.GetValueOrDefault(account.AccountId)));

    private StatementRow Row(string key, string label, Guid? account, Func<int, SourcedAmount> amount) =>
        new(key, label, ReportRowKind.Line, 1, account, [.. _filled.Select((filled, period) => filled ? (SourcedAmount?)amount(period) : null)], Favour.Up);

    private IReadOnlyList<SourcedAmount?> Group(string key, string heading, string total, IEnumerable<StatementRow> lines) =>
        _table.AddGroup(key, heading, total, [.. lines.Where(StatementTable.HasAmount)], Favour.Up, always: true);

    private IReadOnlyList<SourcedAmount?> Each(Func<CashFlowPeriod, SourcedAmount> amount) => [.. periods.Select(period => period is null ? (SourcedAmount?)null : amount(period))];

    private static SourcedAmount Of(CashFlowPeriod period, IEnumerable<Account> members) => Sum(members.Select(account => period.Movements.GetValueOrDefault(account.AccountId)));

    private static SourcedAmount Sum(IEnumerable<SourcedAmount> amounts) => amounts.Aggregate(default(SourcedAmount), (sum, amount) => sum + amount);

    private static SourcedAmount FromDocuments(decimal amount) => new(0, amount, 0);

    private sealed record InvestingPart(IReadOnlyList<decimal> Accounts, decimal Depreciation, decimal XeroOnly);
}
