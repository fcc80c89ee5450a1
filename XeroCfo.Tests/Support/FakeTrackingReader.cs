using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Tests.Support;

/// <summary>Tracking in memory.</summary>
internal sealed class FakeTrackingReader : ITrackingReader
{
    public List<TrackingCategory> Categories { get; } = [];

    public List<TrackingBalance> Balances { get; } = [];

    public Task<IReadOnlyList<TrackingCategory>> CategoriesAsync(TenantId tenant, CancellationToken ct) => Task.FromResult<IReadOnlyList<TrackingCategory>>(Categories);

    public Task<IReadOnlyList<TrackingBalance>> MovementsAsync(TenantId tenant, Month from, Month to, CancellationToken ct) => Task.FromResult<IReadOnlyList<TrackingBalance>>(
        [.. Balances.Where(balance => balance.Month >= from.Start && balance.Month <= to.Start)]);
}
