using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Budgets;

/// <summary>Reads budgets for what is made of them.</summary>
public interface IBudgetReader
{
    /// <summary>All of an organisation without their lines: Xero's overall one first, then those changed last.</summary>
    Task<IReadOnlyList<BudgetHead>> HeadsAsync(TenantId tenant, CancellationToken ct);

    /// <summary>One with all its lines.</summary>
    Task<BudgetView?> FindAsync(TenantId tenant, Guid id, CancellationToken ct);
}

/// <summary>Where budgets are kept.</summary>
public interface IBudgetRepository : IBudgetReader
{
    /// <summary>In the order in which they came. A page ends early rather than hold more than <paramref name="mostLines"/> lines; it holds one budget at least.</summary>
    Task<Result<Page<BudgetView>>> ListAsync(TenantId tenant, string? source, string? cursor, int limit, int mostLines, CancellationToken ct);

    /// <summary>How many there are, counted up to <see cref="CappedCount.Cap"/>.</summary>
    Task<CappedCount> CountAsync(TenantId tenant, string? source, CancellationToken ct);

    /// <summary>Refuses accounts and tracking options that the organisation does not have.</summary>
    Task<Result<BudgetView>> CreateAsync(Caller caller, TenantId tenant, BudgetInput input, CancellationToken ct);

    /// <summary>Replaces name, tracking and all lines; one of Xero's is refused.</summary>
    Task<Result<BudgetView>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, BudgetInput input, CancellationToken ct);

    /// <summary>Deletes it; one of Xero's is refused. Kept reports keep its figures.</summary>
    Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CancellationToken ct);
}
