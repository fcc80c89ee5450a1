using System.Globalization;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Finding;

/// <summary>What a text finds in one organisation, the nearest first of each sort.</summary>
/// <param name="Accounts">By code or name.</param>
/// <param name="Contacts">By name.</param>
/// <param name="Transactions">Newest first; none for who may not see documents.</param>
/// <param name="Search">The text in the language of the list of transactions; null where that may not be seen.</param>
public sealed record Findings(IReadOnlyList<Account> Accounts, IReadOnlyList<Contact> Contacts, IReadOnlyList<Transaction> Transactions, string? Search)
{
    public static readonly Findings None = new([], [], [], null);

    public int Count => Accounts.Count + Contacts.Count + Transactions.Count;
}

/// <summary>Finds accounts, contacts and transactions by one text, for the box that opens everywhere.</summary>
public sealed class FindService(ITenantRepository tenants, ILedgerReader ledger, IContactReader contacts, ITransactionReader transactions, TimeProvider clock)
{
    /// <summary>The longest text that is looked for.</summary>
    public const int TextLimit = 200;

    private const int Most = 5;

    // Months before days; most of the world writes the day first.
    private static readonly HashSet<string> MonthFirst = new(StringComparer.OrdinalIgnoreCase) { "US", "FM", "MH", "PW" };

    /// <summary>At most five of each sort. Names are for everybody, documents for those who may see them.</summary>
    public async Task<Result<Findings>> FindAsync(Caller caller, TenantId tenant, string text, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ReportsRead, tenant) is { } refused)
        {
            return refused;
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        text = TextRules.Limit(text.Trim(), TextLimit);
        if (text.Length == 0)
        {
            return Findings.None;
        }

        var accounts = await ledger.AccountsAsync(tenant, ct);
        var names = await contacts.ContactsAsync(tenant, ct);
        var found = new Findings(
            [.. Nearest(accounts.Where(account => account.Status == "ACTIVE"), account => account.Name, account => account.Code, text)],
            [.. Nearest(names, contact => contact.Name, _ => null, text)],
            [], null);
        return caller.May(Permissions.TransactionsRead) ? await WithTransactionsAsync(found, caller, organisation, accounts, text, ct) : found;
    }

    /// <summary>The contacts whose names are nearest to a text, at most five.</summary>
    public async Task<Result<IReadOnlyList<Contact>>> ContactsAsync(Caller caller, TenantId tenant, string text, CancellationToken ct) =>
        caller.Lacks(Permissions.ReportsRead, tenant) is { } refused
            ? refused
            : Result<IReadOnlyList<Contact>>.Of([.. Nearest(await contacts.ContactsAsync(tenant, ct), contact => contact.Name, _ => null, TextRules.Limit(text.Trim(), TextLimit))]);

    private async Task<Findings> WithTransactionsAsync(Findings found, Caller caller, XeroTenant organisation, IReadOnlyList<Account> accounts, string text, CancellationToken ct)
    {
        var tenant = new TenantId(organisation.Id);
        var terms = new SearchTerms(accounts, [], organisation.Today(clock));
        var search = FindWords.ToSearch(text, terms.Today, organisation.CountryCode is { } country && MonthFirst.Contains(country));
        var rows = await ListAsync(search);
        if (FindWords.AsAmount(text) is { } amount)
        {
            var equal = await ListAsync(amount);
            (rows, search) = ([.. equal.Concat(rows).DistinctBy(row => row.Id).Take(Most)], equal.Count > 0 ? amount : search);
        }

        return found with { Transactions = rows, Search = search };

        async Task<IReadOnlyList<Transaction>> ListAsync(string words)
        {
            var read = TransactionSearch.Read(words, new TransactionFilter(), terms);
            if (read.NotUnderstood.Count > 0)
            {
                return [];
            }

            var page = await transactions.ListAsync(tenant, read.Filter.For(caller), TransactionSort.NewestFirst, PagePlace.First, Most, ct);
            return page.Succeeded ? page.Value.Items : [];
        }
    }

    // The code or whole words at the beginning, then other beginnings, then the beginning of a word, then any part; every word must be there.
    private static IEnumerable<T> Nearest<T>(IEnumerable<T> things, Func<T, string> name, Func<T, string?> code, string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return things.Select(thing => (Thing: thing, Rank: RankOf(name(thing), code(thing), text, words)))
            .Where(ranked => ranked.Rank is not null)
            .OrderBy(ranked => ranked.Rank).ThenBy(ranked => name(ranked.Thing).Length).ThenBy(ranked => name(ranked.Thing), StringComparer.OrdinalIgnoreCase)
            .Select(ranked => ranked.Thing)
            .Take(Most);
    }

    private static int? RankOf(string name, string? code, string text, string[] words)
    {
        if (code is not null && code.StartsWith(text, StringComparison.OrdinalIgnoreCase))
        {
            return code.Length == text.Length ? 0 : 1;
        }

        if (!Array.TrueForAll(words, word => At(name, word) >= 0))
        {
            return null;
        }

        return At(name, text) switch
        {
            0 when name.Length <= text.Length || !char.IsLetterOrDigit(name[text.Length]) => 0,
            0 => 1,
            > 0 and var place when !char.IsLetterOrDigit(name[place - 1]) => 2,
            _ => 3,
        };
    }

    // "tui" finds "Tūī": nobody types a macron to find a name.
    private static int At(string name, string part) =>
        CultureInfo.InvariantCulture.CompareInfo.IndexOf(name, part, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace);
}
