using XeroCfo.Domain.Ledger;

namespace XeroCfo.Domain.Reports;

/// <summary>
/// A profit before some of its accounts: what managers, lenders and buyers ask for beside net profit. One home for which accounts count, for
/// statements and KPIs alike. Pure.
/// </summary>
public sealed class ManagementLine
{
    /// <summary>Kinds of the notes that tell which accounts the lines leave out.</summary>
    private const string Tax = "income-tax", Interest = "interest-expense", Earned = "interest-income", WornDown = "depreciation";

    private readonly string[] _without;
    private readonly bool _isOfTrade;

    private ManagementLine(string key, string label, bool isOfTrade, params string[] without) => (Key, Label, _isOfTrade, _without) = (key, label, isOfTrade, without);

    /// <summary>Gross profit − operating expenses without tagged interest and tax.</summary>
    public static readonly ManagementLine OperatingProfit = new("operatingProfit", "Operating profit", true, Tax, Interest);

    /// <summary>Net profit + income tax + interest expense − interest income.</summary>
    public static readonly ManagementLine Ebit = new("ebit", "EBIT", false, Tax, Interest, Earned);

    /// <summary>EBIT + depreciation + amortisation.</summary>
    public static readonly ManagementLine Ebitda = new("ebitda", "EBITDA", false, Tax, Interest, Earned, WornDown);

    /// <summary>Net profit + income tax.</summary>
    public static readonly ManagementLine ProfitBeforeTax = new("profitBeforeTax", "Profit before tax", false, Tax);

    /// <summary>In the order in which they stand.</summary>
    public static IReadOnlyList<ManagementLine> All { get; } = [OperatingProfit, Ebit, Ebitda, ProfitBeforeTax];

    /// <summary>The tags that they lean on.</summary>
    public static IReadOnlyList<string> Tags { get; } = [AccountTags.IncomeTax, AccountTags.InterestExpense, AccountTags.InterestIncome, AccountTags.Amortisation];

    public string Key { get; }

    public string Label { get; }

    /// <summary>Null: no such line.</summary>
    public static ManagementLine? Find(string key) => All.FirstOrDefault(line => line.Key == key);

    /// <summary>Depreciation by its type, amortisation by its tag.</summary>
    public static bool IsDepreciation(Account account) => KindOf(account) == WornDown;

    /// <summary>True of income and expenses that the line holds. What is sold and what it costs is of the trade, whatever its tag.</summary>
    public bool Counts(Account account)
    {
        var section = StatementSection.Of(account);
        return account.IsProfitAndLoss && (_isOfTrade
            ? section == StatementSection.Income || section == StatementSection.CostOfSales || (section == StatementSection.OperatingExpenses && !_without.Contains(KindOf(account)))
            : !_without.Contains(KindOf(account)));
    }

    /// <summary>True where a report's own notes say that the line leaves out an account of a section: tags may have changed since it was made.</summary>
    public bool LeavesOut(ReportDocument document, string section, Guid? account) => _isOfTrade
        ? section == StatementSection.OtherIncome.Key || (section == StatementSection.OperatingExpenses.Key && IsNoted(document, account))
        : IsNoted(document, account);

    /// <summary>A row for each line under a profit and loss statement.</summary>
    /// <param name="accounts">The chart.</param>
    /// <param name="periods">Income and expense by account in each period, debit +; null where a period has no figures.</param>
    public static IEnumerable<StatementRow> Rows(IReadOnlyList<Account> accounts, IReadOnlyList<IReadOnlyDictionary<Guid, SourcedAmount>?> periods) =>
        from line in All
        let members = accounts.Where(line.Counts).ToList()
        select new StatementRow(
            line.Key, line.Label, ReportRowKind.Text, 0, null,
            [.. periods.Select(period => period is null ? (SourcedAmount?)null : members.Aggregate(default(SourcedAmount), (sum, account) => sum + -period.GetValueOrDefault(account.AccountId)))],
            Favour.Up);

    /// <summary>Which accounts of the rows are left out of which lines, and which tags are missing.</summary>
    public static IEnumerable<ReportNote> Notes(IReadOnlyList<Account> accounts, IReadOnlyList<StatementRow> rows)
    {
        var shown = rows.Select(row => row.AccountId).OfType<Guid>().ToHashSet();
        foreach (var account in accounts.Where(account => shown.Contains(account.AccountId)))
        {
            if (KindOf(account) is { } kind && All.Where(line => line._without.Contains(kind) && !line.Counts(account)).Select(line => line.Label).ToList() is { Count: > 0 } lines)
            {
                yield return new ReportNote(kind, $"{account.Name} counts as {WordsOf(kind)}: left out of {string.Join(", ", lines)}.", account.AccountId);
            }
        }

        var missing = Tags.Where(tag => accounts.All(account => account.Tag != tag || !account.IsProfitAndLoss)).ToList();
        if (missing.Count > 0)
        {
            yield return new ReportNote("missing-tags", $"No income or expense account is tagged {string.Join(" or ", missing)}: {string.Join(", ", All.Select(line => line.Label))} leave nothing out for {(missing.Count == 1 ? "it" : "them")}.");
        }
    }

    private bool IsNoted(ReportDocument document, Guid? account) => account is not null && document.Notes.Any(note => note.AccountId == account && _without.Contains(note.Kind));

    private static string? KindOf(Account account) => account switch
    {
        { Tag: AccountTags.IncomeTax } => Tax,
        { Tag: AccountTags.InterestExpense } => Interest,
        { Tag: AccountTags.InterestIncome } => Earned,
        { Tag: AccountTags.Amortisation } or { Type: "DEPRECIATN" } => WornDown,
        _ => null,
    };

    private static string WordsOf(string kind) => kind switch
    {
        Tax => "income tax",
        Interest => "interest expense",
        Earned => "interest income",
        _ => "depreciation and amortisation",
    };
}
