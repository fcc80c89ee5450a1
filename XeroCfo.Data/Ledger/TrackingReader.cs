using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Ledger;

internal sealed class TrackingReader(IDbFactory factory) : ITrackingReader
{
    public async Task<IReadOnlyList<TrackingCategory>> CategoriesAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var options = await db.TrackingOptions.AsNoTracking().ToListAsync(ct);
        return
        [
            .. options.GroupBy(option => option.CategoryId)
                .Select(group => new TrackingCategory(group.Key, group.First().CategoryName, [.. group.OrderBy(option => option.Name, StringComparer.Ordinal)]))
                .OrderBy(category => category.Name, StringComparer.Ordinal),
        ];
    }

    public async Task<IReadOnlyList<TrackingBalance>> MovementsAsync(TenantId tenant, Month from, Month to, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var (first, last) = (from.Start, to.Start);
        var rows = await db.TrackingBalances
            .Where(row => row.Basis == "accrual" && row.Month >= first && row.Month <= last)
            .GroupBy(row => new { row.AccountId, row.Option1, row.Option2 })
            .Select(group => new { group.Key, Movement = group.Sum(row => row.Movement) })
            .ToListAsync(ct);
        return
        [
            .. rows.Select(row => new TrackingBalance { TenantId = tenant.Value, AccountId = row.Key.AccountId, Option1 = row.Key.Option1, Option2 = row.Key.Option2, Movement = row.Movement }),
        ];
    }
}
