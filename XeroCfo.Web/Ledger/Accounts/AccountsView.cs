using System.Diagnostics.CodeAnalysis;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Accounts;

namespace XeroCfo.Web.Ledger.Accounts;

/// <summary>What of the chart is shown, as the address says it.</summary>
public sealed record AccountsFilter(string? Search, string? Class, string? Tag)
{
    /// <summary>A suggestion that waits for a person.</summary>
    public const string Unconfirmed = "unconfirmed";

    /// <summary>Neither suggested nor said.</summary>
    public const string None = "none";

    public bool IsFiltered => !string.IsNullOrWhiteSpace(Search) || Class is not null || Tag is not null;

    public bool Shows(Domain.Ledger.Account account) =>
        (string.IsNullOrWhiteSpace(Search) || $"{account.Code} {account.Name}".Contains(Search.Trim(), StringComparison.OrdinalIgnoreCase))
        && (Class is null || account.Class == Class)
        && (Tag is null || Tag == account.Tag || (Tag == None && account.Tag is null) || (Tag == Unconfirmed && AccountsView.IsSuggestion(account)));
}

/// <summary>The accounts of a class, with their sums.</summary>
public sealed record AccountsSection(string Class, string Heading, IReadOnlyList<AccountStanding> Rows, IReadOnlyList<AccountStanding> Archived)
{
    public decimal Balance => All.Sum(row => row.Balance);

    public decimal Moved => All.Sum(row => row.Moved);

    public decimal MovedBefore => All.Sum(row => row.MovedBefore);

    private IEnumerable<AccountStanding> All => Rows.Concat(Archived);
}

/// <summary>The chart by class, archived accounts apart. Pure.</summary>
public sealed record AccountsView(IReadOnlyList<AccountsSection> Sections)
{
    public static AccountsView Of(IEnumerable<AccountStanding> rows, AccountsFilter filter)
    {
        var shown = rows.Where(row => filter.Shows(row.Account)).ToLookup(row => row.Account.Class);
        var known = LedgerWords.Classes.Select(pair => pair.Class).ToList();
        return new AccountsView(
        [
            .. LedgerWords.Classes.Concat(shown.Select(group => group.Key).Except(known).Select(name => (Class: name, Heading: LedgerWords.Sentence(name))))
                .Where(pair => shown.Contains(pair.Class))
                .Select(pair => new AccountsSection(
                    pair.Class, pair.Heading, [.. shown[pair.Class].Where(row => row.Account.Status == "ACTIVE")], [.. shown[pair.Class].Where(row => row.Account.Status != "ACTIVE")])),
        ]);
    }

    /// <summary>Suggested, and nobody has said anything.</summary>
    public static bool IsSuggestion(Domain.Ledger.Account account) => account.Tag is not null && account.TagConfirmedBy is null;

    /// <summary>The suggestions that leave no second reading, with their reasons.</summary>
    public static IReadOnlyList<(Domain.Ledger.Account Account, TagSuggestion Why)> Sure(IEnumerable<AccountStanding> rows) =>
    [
        .. from row in rows
           where IsSuggestion(row.Account)
           let why = AccountTags.Judge(row.Account)
           where IsSure(row.Account, why)
           select (row.Account, why),
    ];

    /// <summary>The account carries the tag that its name or type leaves no doubt about.</summary>
    public static bool IsSure(Domain.Ledger.Account account, [NotNullWhen(true)] TagSuggestion? why) => why is { IsSure: true } && why.Tag == account.Tag;
}
