using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Budgets;

/// <summary>Keeps Xero's budgets as they are there.</summary>
public interface IXeroBudgetBook
{
    /// <summary>Puts these in place of all budgets of Xero's; those in <paramref name="unread"/> stay as they are. A budget that says the same keeps its version.</summary>
    Task<SyncCounts> ReplaceAsync(TenantId tenant, IReadOnlyList<XeroBudget> budgets, IReadOnlyCollection<Guid> unread, CancellationToken ct);
}
