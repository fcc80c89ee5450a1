using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Ledger;

/// <summary>The version that answers are remembered by.</summary>
internal static class LedgerVersions
{
    /// <summary>
    /// Makes a new one where what answers lean on has changed before a run's end: a run may stop there for hours. While figures are on the move nothing is remembered, and
    /// before the first end of a run there is nothing.
    /// </summary>
    public static Task MoveAsync(XeroCfoDb db, TenantId tenant, CancellationToken ct) => db.XeroTenants
        .Where(row => row.Id == tenant.Value && !row.SyncInProgress && row.LedgerVersion > 0)
        .ExecuteUpdateAsync(set => set.SetProperty(row => row.LedgerVersion, row => row.LedgerVersion + 1), ct);
}
