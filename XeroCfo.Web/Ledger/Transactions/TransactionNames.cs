using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Ledger.Transactions;

/// <summary>What the list's ids and codes are called: accounts and categories, and those that were used last.</summary>
/// <param name="Accounts">The chart, archived ones too.</param>
/// <param name="Categories">All of them, by name.</param>
/// <param name="Recent">Names of categories in the order in which people last gave them.</param>
public sealed record TransactionNames(IReadOnlyList<Domain.Ledger.Account> Accounts, IReadOnlyList<CategoryView> Categories, IReadOnlyList<string> Recent)
{
    public static TransactionNames None { get; } = new([], [], []);

    private readonly Dictionary<Guid, string> _byId = Accounts.ToDictionary(account => account.AccountId, account => account.Name);

    private readonly Dictionary<string, string> _byCode = Accounts.Where(account => account.Code is not null).GroupBy(account => account.Code!).ToDictionary(group => group.Key, group => group.First().Name);

    private readonly Dictionary<string, string> _colours = Categories.ToDictionary(view => view.Category.Name, view => view.Category.Colour);

    /// <summary>Bank accounts that money goes through, by name.</summary>
    public IEnumerable<Domain.Ledger.Account> Banks => Accounts.Where(account => account.Type == "BANK").OrderBy(account => account.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>What the search box may name.</summary>
    public SearchTerms Terms(DateOnly today) => new(Accounts, [.. Categories.Select(view => view.Category.Name)], today);

    public string? Account(Guid? id) => id is { } known ? _byId.GetValueOrDefault(known, "Unknown account") : null;

    public string? Account(string? code) => code is null ? null : _byCode.GetValueOrDefault(code);

    public string Colour(string category) => _colours.GetValueOrDefault(category, CategoryColours.All[5]);

    /// <summary>After a person gave <paramref name="category"/>: it is the most recent one.</summary>
    public TransactionNames Used(string category) => this with { Recent = [category, .. Recent.Where(name => name != category)] };

    /// <summary>What the picker of categories offers, the recent ones first.</summary>
    public IReadOnlyList<Choice> CategoryChoices
    {
        get
        {
            var types = Accounts.ToDictionary(account => account.AccountId, account => LedgerWords.AccountType(account.Type));
            var choices = Categories.Select(view => new Choice(
                view.Category.Name, view.Category.Name, view.Category.DefaultAccountCode,
                string.Join(", ", view.AccountIds.Select(id => types.GetValueOrDefault(id)).OfType<string>().Distinct().Order(StringComparer.Ordinal)), view.Category.Colour)).ToList();
            return [.. Recent.Select(name => choices.Find(choice => choice.Value == name)).OfType<Choice>(), .. choices.Where(choice => !Recent.Contains(choice.Value))];
        }
    }

    /// <summary>What the picker of account codes offers.</summary>
    public IReadOnlyList<Choice> AccountChoices =>
        [.. Accounts.Where(account => account is { Code: not null, Status: "ACTIVE" }).Select(account => new Choice(account.Code!, account.Name, account.Code, LedgerWords.AccountType(account.Type), null))];
}

/// <summary>Fetches what the list's ids are called.</summary>
public sealed class TransactionNaming(LedgerService ledger, CategoryService categories, CategorisingService categorising)
{
    private const int PageSize = 500, LastChanges = 50;

    public async Task<Result<TransactionNames>> ReadAsync(Caller caller, TenantId tenant, CancellationToken ct)
    {
        var accounts = await ledger.AccountsAsync(caller, tenant, ct);
        var recent = await categorising.RecentAsync(caller, tenant, LastChanges, ct);
        var all = new List<CategoryView>();
        string? cursor = null;
        do
        {
            var page = await categories.ListAsync(caller, tenant, cursor, PageSize, ct);
            if ((accounts.Problem ?? recent.Problem ?? page.Problem) is { } refused)
            {
                return refused;
            }

            all.AddRange(page.Value.Items);
            cursor = page.Value.Next;
        }
        while (cursor is not null);
        return new TransactionNames(
            accounts.Value,
            [.. all.OrderBy(view => view.Category.Name, StringComparer.OrdinalIgnoreCase)],
            [.. recent.Value.Where(change => change is { Category: not null, UndoneAt: null }).Select(change => change.Category!).Distinct()]);
    }
}
