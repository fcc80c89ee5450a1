using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.Support;

/// <summary>Budgets in memory.</summary>
internal sealed class FakeBudgets : IBudgetRepository
{
    private readonly List<BudgetView> _budgets = [];

    /// <summary>What every write is refused with.</summary>
    public Problem? Refusal { get; set; }

    public IReadOnlyList<BudgetView> All => _budgets;

    public BudgetView Add(string name, string source, params (Guid Account, Month Month, decimal Amount)[] lines)
    {
        var budget = new Budget { Name = name, Source = source, CreatedAt = new DateTime(2026, 11, 1, 0, 0, _budgets.Count, DateTimeKind.Utc), UpdatedAt = new DateTime(2026, 11, 1, 0, 0, _budgets.Count, DateTimeKind.Utc) };
        return Keep(budget, lines.Select(line => new BudgetLineInput(line.Account, line.Month, line.Amount)));
    }

    public Task<Result<Page<BudgetView>>> ListAsync(TenantId tenant, string? source, string? cursor, int limit, int mostLines, CancellationToken ct) =>
        Task.FromResult<Result<Page<BudgetView>>>(new Page<BudgetView>([.. _budgets.Where(view => source is null || view.Budget.Source == source)], null));

    public Task<CappedCount> CountAsync(TenantId tenant, string? source, CancellationToken ct) => Task.FromResult(CappedCount.Of(_budgets.Count));

    public Task<IReadOnlyList<BudgetHead>> HeadsAsync(TenantId tenant, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<BudgetHead>>([.. _budgets.Select(view => view.Head).OrderByDescending(head => head.Budget.Source == BudgetSources.Xero)]);

    public Task<BudgetView?> FindAsync(TenantId tenant, Guid id, CancellationToken ct) => Task.FromResult(_budgets.Find(view => view.Budget.Id == id));

    public Task<Result<BudgetView>> CreateAsync(Caller caller, TenantId tenant, BudgetInput input, CancellationToken ct) =>
        Task.FromResult<Result<BudgetView>>(Refusal is { } refused ? refused : Keep(new Budget { Name = input.Name!, Source = BudgetSources.Own, Tracking = [.. input.Tracking] }, input.Lines));

    public Task<Result<BudgetView>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, BudgetInput input, CancellationToken ct)
    {
        if (Refusal is { } refused)
        {
            return Task.FromResult<Result<BudgetView>>(refused);
        }

        var budget = _budgets.Single(view => view.Budget.Id == id).Budget;
        _budgets.RemoveAll(view => view.Budget.Id == id);
        (budget.Name, budget.UpdatedAt) = (input.Name!, budget.UpdatedAt.AddSeconds(1));
        return Task.FromResult<Result<BudgetView>>(Keep(budget, input.Lines));
    }

    public Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CancellationToken ct)
    {
        _budgets.RemoveAll(view => view.Budget.Id == id);
        return Task.FromResult<Result<Done>>(Done.Value);
    }

    private BudgetView Keep(Budget budget, IEnumerable<BudgetLineInput> lines)
    {
        var view = new BudgetView(budget, [.. lines.OrderBy(line => line.AccountId).ThenBy(line => line.Month).Select(line => new BudgetLine { BudgetId = budget.Id, AccountId = line.AccountId, Month = line.Month.Start, Amount = line.Amount })]);
        _budgets.Add(view);
        return view;
    }
}
