using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Tenants;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Xero;

internal sealed class DemoCompanyInstaller(IDbFactory factory, DemoInstallation installation, TimeProvider clock) : IDemoCompany
{
    public Task<bool> WasRemovedAsync(CancellationToken ct) => installation.IsRemovedAsync(ct);

    public async Task<TenantId> EnsureAsync(CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryEnsureAsync(ct);
            }
            catch (DbUpdateException) when (attempt < 3)
            {
                // Another process made it at the same moment.
            }
        }
    }

    private async Task<TenantId> TryEnsureAsync(CancellationToken ct)
    {
        var xeroTenantId = DemoCompany.TenantIdOf(DemoInstallation.Seed).ToString("D");
        await using var work = await UnitOfWork.BeginAcrossAsync(factory, Caller.Worker, "the demo company is given to every admin", ct);
        var db = work.Db;
        var demo = await db.XeroTenants.FirstOrDefaultAsync(row => row.XeroTenantId == xeroTenantId, ct);
        if (demo is null)
        {
            var anchor = DemoXero.Today(clock);
            await DemoInstallation.KeepAsync(db, anchor, ct);
            demo = new XeroTenant
            {
                XeroTenantId = xeroTenantId,
                Name = "Demo company",
                Connection = ConnectionStatus.Demo,
                HistoryFrom = Month.Of(anchor).Add(-DemoMonths).Start,
            };
            db.XeroTenants.Add(demo);
            DemoCategories.Add(db, demo.Id);
            db.SyncRuns.Add(new SyncRun { TenantId = demo.Id, Full = true, Trigger = SyncTriggers.First });
            work.Audit("tenant.demo_made", new { tenantId = demo.Id, anchor });
        }

        await Grants.GrantNewTenantAsync(db, demo, null, ct);
        await work.CommitAsync(ct);
        return new TenantId(demo.Id);
    }

    /// <summary>The demo's books begin this many months before the month of its anchor.</summary>
    private const int DemoMonths = 26;
}
