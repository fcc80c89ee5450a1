using XeroCfo.Domain.Kpis.Custom;
using XeroCfo.Domain.Kpis.Targets;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Kpis;

/// <summary>What an organisation counts by, and which of it is watched.</summary>
public sealed class KpiBook(ICustomKpiBook custom, IKpiTargetBook targets)
{
    /// <summary>The catalogue, the organisation's own KPIs and its targets.</summary>
    public async Task<KpiSet> SetAsync(TenantId tenant, CancellationToken ct) => new(await custom.AllAsync(tenant, ct), await targets.AllAsync(tenant, ct));

    internal async Task<(KpiSet Set, IReadOnlyList<(KpiDefinition Definition, KpiTarget Target)> Levels)> WatchedAsync(TenantId tenant, CancellationToken ct)
    {
        var all = await targets.AllAsync(tenant, ct);
        var set = new KpiSet(await custom.AllAsync(tenant, ct), all);
        return (set, [.. from target in all where target.AlertLevel is not null let definition = set.Find(target.Key) where definition is not null select (definition, target)]);
    }
}
