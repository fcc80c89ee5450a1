using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Rules;

/// <summary>The organisation's categories: names, colours, and the accounts that stand for them.</summary>
public sealed partial class CategoriesPage(CategoryService categories, CategoryTrailService trail, LedgerService ledger) : TenantPage
{
    private const int PageSize = 500;
    private IReadOnlyList<CategoryView> _categories = [];
    private IReadOnlyDictionary<string, int> _counts = new Dictionary<string, int>();
    private IReadOnlyList<Domain.Ledger.Account> _accounts = [];
    private CategoryView? _chosen;
    private Problem? _problem;
    private Sending _sending = new();
    private Guid? _target;
    private string _said = "";
    private bool _editing, _removing, _merging, _saving;

    private bool MayWrite => Caller.May(Permissions.RulesWrite);

    private MoneyFormat Numbers => MoneyFormat.Of(Organisation?.CountryCode);

    private string CountWords => _categories.Count == 1 ? "1 category" : $"{Numbers.Count(_categories.Count)} categories";

    /// <summary>Which category an account stands for now.</summary>
    private IReadOnlyDictionary<Guid, string> Owners => _categories.SelectMany(view => view.AccountIds.Select(id => (id, view.Category.Name))).ToDictionary(pair => pair.id, pair => pair.Name);

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        var all = new List<CategoryView>();
        string? cursor = null;
        do
        {
            var page = await categories.ListAsync(Caller, Tenant, cursor, PageSize, ct);
            if (page.Problem is { } refused)
            {
                return refused;
            }

            all.AddRange(page.Value.Items);
            cursor = page.Value.Next;
        }
        while (cursor is not null);
        var counts = await trail.CountsAsync(Caller, Tenant, ct);
        var accounts = await ledger.AccountsAsync(Caller, Tenant, ct);
        if ((counts.Problem ?? accounts.Problem) is { } problem)
        {
            return problem;
        }

        _categories = [.. all.OrderBy(view => view.Category.Name, StringComparer.OrdinalIgnoreCase)];
        (_counts, _accounts) = (counts.Value, accounts.Value);
        return null;
    }

    private int CountOf(CategoryView view) => _counts.GetValueOrDefault(view.Category.Name);

    private void Edit(CategoryView? view) => (_chosen, _editing, _removing, _problem, _sending) = (view, true, false, null, new());

    private void Remove(CategoryView view, bool merge) => (_chosen, _editing, _removing, _merging, _target, _problem) = (view, false, true, merge, null, null);

    private void Close() => (_chosen, _editing, _removing) = (null, false, false);

    private Task SaveAsync(CategoryInput input) => _sending.OnceAsync(async once =>
    {
        _saving = true;
        var saved = _chosen is { Category: var old }
            ? await categories.UpdateAsync(Caller, Tenant, old.Id, ReadVersion.Of(old.UpdatedAt), input, Leaving)
            : await categories.CreateAsync(Caller with { IdempotencyKey = once }, Tenant, input, Leaving);
        await AfterAsync(saved.Problem, saved.Succeeded ? $"{saved.Value.Category.Name} saved" : "");
        return saved.Succeeded;
    });

    private async Task RemoveAsync()
    {
        _saving = true;
        var gone = _chosen!.Category;
        var done = await categories.DeleteAsync(Caller, Tenant, gone.Id, ReadVersion.Of(gone.UpdatedAt), _merging ? _target : null, Leaving);
        await AfterAsync(done.Problem, $"{gone.Name} {(_merging ? "merged" : "deleted")}");
    }

    private async Task AfterAsync(Problem? problem, string said)
    {
        (_saving, _problem) = (false, problem);
        if (problem is null)
        {
            _said = said;
            Close();
        }

        if (problem is null or { Kind: ProblemKind.Stale or ProblemKind.NotFound })
        {
            await ReloadAsync();
        }
    }

    private string CarriedWords(CategoryView view) =>
        $"{(CountOf(view) is var count && count == 1 ? "1 transaction" : $"{Numbers.Count(count)} transactions")}{view.AccountIds.Count switch { 0 => "", 1 => " and 1 mapped account", var accounts => $" and {accounts} mapped accounts" }}";

    private string CodeWords(string? code) => code is null ? "–" : $"{code} {_accounts.FirstOrDefault(account => account.Code == code)?.Name}".TrimEnd();

    private string MappedWords(CategoryView view) =>
        view.AccountIds.Count == 0 ? "–" : string.Join(", ", _accounts.Where(account => view.AccountIds.Contains(account.AccountId)).Select(account => $"{account.Code} {account.Name}".TrimStart()));
}
