using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Matching;
using XeroCfo.Domain.Rules.Runs;
using XeroCfo.Domain.Rules.Suggestions;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.Support;

/// <summary>Rules in memory over the transactions of a test's books; runs wait until the test ends them.</summary>
internal sealed class FakeRules(FakeTransactionReader transactions) : IRuleRepository, IRuleRunRepository, IRulePreviewReader, IPastReader, ICategoryFigures
{
    public List<CategoryRule> Rules { get; } = [];

    public Task<Problem?> NoSuchCodeAsync(TenantId tenant, string code, CancellationToken ct) => Task.FromResult<Problem?>(null);

    public List<RuleRunView> Runs { get; } = [];

    public HashSet<Guid> Undone { get; } = [];

    /// <summary>What every write is refused with.</summary>
    public Problem? Refusal { get; set; }

    public bool Offers { get; set; }

    public CategoryRule Add(string pattern, string category, int priority = 0, DateTime? made = null)
    {
        var rule = new CategoryRule { Pattern = pattern, Category = category, Priority = priority, CreatedAt = made ?? new DateTime(2026, 11, 1, 0, 0, Rules.Count, DateTimeKind.Utc) };
        Rules.Add(rule);
        return rule;
    }

    public Task<Result<Page<RuleView>>> ListAsync(TenantId tenant, string? cursor, int limit, bool hidePayroll, CancellationToken ct) => Task.FromResult<Result<Page<RuleView>>>(new Page<RuleView>(
        [.. Rules.OrderByDescending(rule => rule.Priority).ThenBy(rule => rule.CreatedAt).Select(View)], null));

    public Task<CappedCount> CountAsync(TenantId tenant, CancellationToken ct) => Task.FromResult(CappedCount.Of(Rules.Count));

    public Task<RuleView?> FindAsync(TenantId tenant, Guid id, bool hidePayroll, CancellationToken ct) => Task.FromResult(Rules.Find(rule => rule.Id == id) is { } rule ? View(rule) : null);

    public Task<IReadOnlyList<CategoryRule>> AllAsync(TenantId tenant, CancellationToken ct) => Task.FromResult<IReadOnlyList<CategoryRule>>([.. Rules]);

    public Task<Result<RuleView>> CreateAsync(Caller caller, TenantId tenant, RuleInput input, CancellationToken ct) =>
        Task.FromResult<Result<RuleView>>(Refusal is { } refused ? refused : View(Fill(Add(input.Pattern!, input.Category!), input)));

    public Task<Result<RuleView>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, RuleInput input, CancellationToken ct) =>
        Task.FromResult<Result<RuleView>>(Refusal is { } refused ? refused : View(Fill(Rules.Single(rule => rule.Id == id), input)));

    public Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CancellationToken ct)
    {
        Rules.RemoveAll(rule => rule.Id == id);
        return Task.FromResult<Result<Done>>(Done.Value);
    }

    public Task<Result<Done>> ReorderAsync(Caller caller, TenantId tenant, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        foreach (var (index, id) in ids.Index())
        {
            Rules.Single(rule => rule.Id == id).Priority = ids.Count - index;
        }

        return Task.FromResult<Result<Done>>(Done.Value);
    }

    public Task<Result<int>> ChangeManyAsync(Caller caller, TenantId tenant, IReadOnlyList<Guid> ids, RuleBulkChange change, CancellationToken ct)
    {
        foreach (var rule in Rules.Where(rule => ids.Contains(rule.Id)))
        {
            (rule.IsActive, rule.Category) = (change.IsActive ?? rule.IsActive, change.Category ?? rule.Category);
        }

        Rules.RemoveAll(rule => change.Delete && ids.Contains(rule.Id));
        return Task.FromResult<Result<int>>(ids.Count);
    }

    public Task<Result<RulesImported>> ImportAsync(Caller caller, TenantId tenant, IReadOnlyList<RuleInput> rules, CancellationToken ct)
    {
        foreach (var input in rules)
        {
            Fill(Add(input.Pattern!, input.Category!), input);
        }

        return Task.FromResult<Result<RulesImported>>(new RulesImported(rules.Count, 0));
    }

    public Task<Result<RuleRun>> EnqueueAsync(Caller caller, TenantId tenant, RunRequest request, bool includesPayroll, CancellationToken ct)
    {
        var run = new RuleRun { Scope = request.Scope, From = request.From, To = request.To, Trigger = RunTriggers.Manual, By = caller.Name };
        Runs.Insert(0, new RuleRunView(run, null, null));
        return Task.FromResult<Result<RuleRun>>(run);
    }

    Task<Result<Page<RuleRunView>>> IRuleRunRepository.ListAsync(TenantId tenant, string? cursor, int limit, CancellationToken ct) => Task.FromResult<Result<Page<RuleRunView>>>(new Page<RuleRunView>([.. Runs], null));

    Task<CappedCount> IRuleRunRepository.CountAsync(TenantId tenant, CancellationToken ct) => Task.FromResult(CappedCount.Of(Runs.Count));

    Task<RuleRunView?> IRuleRunRepository.FindAsync(TenantId tenant, Guid id, CancellationToken ct) => Task.FromResult(Runs.Find(view => view.Run.Id == id));

    public Task<Result<Done>> CancelAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct)
    {
        Runs.Single(view => view.Run.Id == id).Run.Status = SyncStatus.Cancelled;
        return Task.FromResult<Result<Done>>(Done.Value);
    }

    public Task<Result<Undone>> UndoAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct)
    {
        var at = Runs.FindIndex(view => view.Run.Id == id);
        Runs[at] = Runs[at] with { UndoneAt = new DateTime(2026, 11, 20, 0, 0, 0, DateTimeKind.Utc), Restored = Runs[at].Run.Changed - 1 };
        return Task.FromResult<Result<Undone>>(new Undone(Runs[at].Run.Changed - 1, 1));
    }

    public Task<int> VisitAsync(TenantId tenant, string literal, bool hidePayroll, Action<PreviewRow> visit, CancellationToken ct)
    {
        transactions.Transactions.ForEach(row => visit(new PreviewRow(row.Id, row.Date, RuleSubject.Of(row), CategoryState.Of(row))));
        return Task.FromResult(transactions.Transactions.Count);
    }

    public Task VisitNewestAsync(TenantId tenant, int most, bool hidePayroll, Action<PreviewRow> visit, CancellationToken ct) => VisitAsync(tenant, "", hidePayroll, visit, ct);

    public Task<PreviewRow?> FindRowAsync(TenantId tenant, Guid id, bool hidePayroll, CancellationToken ct) =>
        Task.FromResult(transactions.Transactions.Find(row => row.Id == id) is { } row ? new PreviewRow(row.Id, row.Date, RuleSubject.Of(row), CategoryState.Of(row)) : null);

    public Task<IReadOnlyList<Transaction>> FindAsync(TenantId tenant, IReadOnlyList<Guid> ids, bool hidePayroll, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<Transaction>>(transactions.Transactions.FindAll(row => ids.Contains(row.Id)));

    public Task<(IReadOnlyList<PastDocument> History, IReadOnlyList<PastDocument> Waiting)> ReadAsync(TenantId tenant, bool hidePayroll, CancellationToken ct)
    {
        var documents = transactions.Transactions.ConvertAll(row => new PastDocument(row.Id, row.Date, row.Description, row.ContactName, row.Reference, row.Direction, true, row.Category, row.AccountCode));
        return Task.FromResult<(IReadOnlyList<PastDocument>, IReadOnlyList<PastDocument>)>((documents.FindAll(one => one.Category is not null), documents.FindAll(one => one.Category is null)));
    }

    public Task<bool> OfferAsync(TenantId tenant, Guid contactId, string category, CancellationToken ct)
    {
        var offers = Offers;
        Offers = false;
        return Task.FromResult(offers);
    }

    public Task<IReadOnlyList<CategoryMonth>> MonthsAsync(TenantId tenant, string category, DateOnly from, DateOnly to, bool hidePayroll, CancellationToken ct) => Task.FromResult<IReadOnlyList<CategoryMonth>>(
    [
        .. transactions.Transactions.Where(row => row.Category == category && row.Date >= from && row.Date <= to).GroupBy(row => Month.Of(row.Date)).Select(month => new CategoryMonth(
            month.Key, month.Count(), month.Where(row => row.BaseAmount > 0).Sum(row => row.BaseAmount), -month.Where(row => row.BaseAmount < 0).Sum(row => row.BaseAmount))),
    ]);

    private RuleView View(CategoryRule rule)
    {
        var hits = transactions.Transactions.FindAll(row => row.CategoryRuleId == rule.Id);
        return new RuleView(rule, hits.Count, hits.Sum(row => row.AbsoluteAmount), rule.LastHitAt);
    }

    private static CategoryRule Fill(CategoryRule rule, RuleInput input)
    {
        (rule.Pattern, rule.Category, rule.AccountCode, rule.Priority, rule.IsActive, rule.Conditions) = (input.Pattern!, input.Category!, input.AccountCode, input.Priority, input.IsActive, input.Conditions);
        return rule;
    }
}
