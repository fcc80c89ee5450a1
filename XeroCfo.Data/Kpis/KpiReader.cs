using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Kpis;

internal sealed class KpiReader(IDbFactory factory) : IKpiReader
{
    public async Task<IReadOnlyList<decimal>> ByContactAsync(TenantId tenant, Days days, IReadOnlyCollection<Guid> accounts, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var members = accounts.ToList();
        return await db.LedgerLines
            .Where(line => members.Contains(line.AccountId) && line.Date >= days.First && line.Date <= days.Last && line.ContactId != null && line.Source == LineSources.Document)
            .GroupBy(line => line.ContactId)
            .Select(group => group.Sum(line => line.Amount))
            .ToListAsync(ct);
    }
}
