using XeroCfo.Domain.Ledger;

namespace XeroCfo.Domain.Reports.Layouts;

/// <summary>Which accounts the groups of a layout take, and in what sign they are shown. Pure.</summary>
public sealed class LayoutAccounts(IReadOnlyList<LayoutRow> rows, IReadOnlyList<Account> chart)
{
    private readonly Dictionary<string, IReadOnlyList<Account>> _groups = rows.Where(row => row.Kind == LayoutRowKinds.Group)
        .ToDictionary(row => row.Id, row => (IReadOnlyList<Account>)[.. chart.Where(account => Takes(row, account))]);

    public IReadOnlyList<Account> Of(LayoutRow group) => _groups[group.Id];

    /// <summary>
    /// From debit + to what is shown: an account's own side where all are of one, else what they add to profit, or of balances to net assets.
    /// </summary>
    public int SignOf(LayoutRow group) => Of(group) is not { Count: > 0 } accounts ? 1
        : IsMixed(group) ? IsBalance(group) ? 1 : -1
        : StatementSection.Of(accounts[0]).IsCredit ? -1 : 1;

    /// <summary>Accounts of both sides stand in it.</summary>
    public bool IsMixed(LayoutRow group) => Of(group).Select(account => StatementSection.Of(account).IsCredit).Distinct().Count() > 1;

    public static bool IsBalance(LayoutRow group) => group.Measure == LayoutMeasures.Balance;

    /// <summary>Which way of a row is better: costs down, balances neither, everything else up.</summary>
    public Favour FavourOf(LayoutRow row) => row switch
    {
        { Better: LayoutDirections.Up } => Favour.Up,
        { Better: LayoutDirections.Down } => Favour.Down,
        { Better: LayoutDirections.None } => Favour.Neutral,
        { Kind: LayoutRowKinds.Group } when IsBalance(row) || Of(row).Any(account => !account.IsProfitAndLoss) => Favour.Neutral,
        { Kind: LayoutRowKinds.Group } => !IsMixed(row) && SignOf(row) > 0 ? Favour.Down : Favour.Up,
        { Kind: LayoutRowKinds.Subtotal } => OfAll(row.Of!),
        _ => Favour.Up,
    };

    /// <summary>Income and expense accounts that no group takes the movement of, where the layout has such groups.</summary>
    public IReadOnlyList<Account> InNoGroup => Movements is { Count: > 0 } movements && movements.SelectMany(Of).Any(account => account.IsProfitAndLoss)
        ? [.. chart.Where(account => account is { IsProfitAndLoss: true, Status: not "DELETED" } && !movements.Any(group => Of(group).Contains(account)))]
        : [];

    /// <summary>Accounts that several groups count in the same way, with their groups.</summary>
    public IReadOnlyList<(Account Account, IReadOnlyList<LayoutRow> Groups)> InSeveral =>
    [
        .. from account in chart
           from measure in LayoutMeasures.All
           let counting = Groups(measure).Where(one => Of(one).Contains(account)).ToList()
           where counting.Count > 1
           select (account, (IReadOnlyList<LayoutRow>)counting),
    ];

    /// <summary>What somebody should know before the layout is used.</summary>
    public IReadOnlyList<LayoutWarning> Warnings() =>
    [
        .. InNoGroup.Select(account => new LayoutWarning("account-in-no-group", $"{Name(account)} is in no group.", null, account.AccountId)),
        .. InSeveral.Select(twice => new LayoutWarning(
            "account-in-several-groups", $"{Name(twice.Account)} is in several groups: {string.Join(", ", twice.Groups.Select(one => one.Label))}.", twice.Groups[^1].Id, twice.Account.AccountId)),
        .. from row in rows
           where row.Kind == LayoutRowKinds.Group
           from tag in row.Tags ?? []
           where chart.All(account => account.Tag != tag)
           select new LayoutWarning("tag-without-accounts", $"{row.Label}: no account has the tag {tag}.", row.Id),
        .. from row in rows
           where row.Kind == LayoutRowKinds.Group
           from id in row.AccountIds ?? []
           where chart.FirstOrDefault(account => account.AccountId == id) is null or { Status: "DELETED" }
           select new LayoutWarning("account-gone", $"{row.Label}: {chart.FirstOrDefault(account => account.AccountId == id)?.Name ?? "an account"} is no longer in Xero.", row.Id, id),
    ];

    private IReadOnlyList<LayoutRow> Movements => Groups(LayoutMeasures.Movement);

    private IReadOnlyList<LayoutRow> Groups(string measure) => [.. rows.Where(row => row.Kind == LayoutRowKinds.Group && (row.Measure ?? LayoutMeasures.Movement) == measure)];

    private Favour OfAll(IReadOnlyList<string> ids) =>
        rows.Where(row => ids.Contains(row.Id) && row.Kind == LayoutRowKinds.Group).Select(FavourOf).Distinct().ToList() is [var same] ? same : Favour.Up;

    private static string Name(Account account) => account.Code is { } code ? $"{code} {account.Name}" : account.Name;

    private static bool Takes(LayoutRow row, Account account) =>
        row.AccountIds?.Contains(account.AccountId) == true || (account.Tag is { } tag && row.Tags?.Contains(tag) == true) || row.Sections?.Contains(StatementSection.Of(account).Key) == true;
}
