using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Xero;

/// <summary>Runs of the last 24 hours tell what we used; Xero's own word counts while it is not older than that.</summary>
internal sealed class CallBudget(IDbFactory factory, XeroPace pace, XeroOptions options, TimeProvider clock) : ICallBudget
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public async Task<int?> LeftTodayAsync(XeroTenant organisation, CancellationToken ct)
    {
        if (organisation.IsDemo)
        {
            return null;
        }

        await using var db = factory.For(new TenantId(organisation.Id));
        var since = clock.UtcNow() - Day;
        var used = await db.SyncRuns.Where(run => run.StartedAt >= since).SumAsync(run => run.Calls, ct);
        var ours = Math.Max(0, options.CallsPerDay - used);
        return pace.LeftOfDay(organisation.XeroTenantId) is { } left && left.At >= since ? Math.Min(ours, left.Calls) : ours;
    }
}
