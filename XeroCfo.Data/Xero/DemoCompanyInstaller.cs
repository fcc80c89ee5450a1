using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Tenants;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;

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

    public Task<DateOnly?> AnchorAsync(CancellationToken ct) => installation.AnchorAsync(ct);

    public async Task<Result<Done>> AddDayAsync(Caller caller, TenantId tenant, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        if (await db.XeroTenants.FirstOrDefaultAsync(row => row.Id == tenant.Value && row.Connection == ConnectionStatus.Demo, ct) is not { } demo)
        {
            return TenantProblems.Unknown;
        }

        // A day that was not over when Xero was read would look as if it had been.
        var read = await db.XeroTrialBalances.Select(row => new { row.Date, row.ReadAt }).Distinct().ToListAsync(ct);
        var unfinished = read.Where(reading => demo.DayOf(reading.ReadAt) <= reading.Date).Select(reading => reading.Date).Distinct().ToList();
        await db.XeroTrialBalances.Where(row => unfinished.Contains(row.Date)).ExecuteDeleteAsync(ct);
        demo.DaysAhead++;
        if (!await db.SyncRuns.AnyAsync(run => run.Status == SyncStatus.Queued || run.Status == SyncStatus.Running, ct))
        {
            db.SyncRuns.Add(new SyncRun { TenantId = demo.Id, Trigger = SyncTriggers.Manual, RequestedBy = caller.UserId });
        }

        work.Audit("tenant.demo_day_added", new { daysAhead = demo.DaysAhead, today = demo.Today(clock) });
        return await work.CommitAsync(ct);
    }

    public async Task<Result<Done>> StartAfreshAsync(Caller caller, TenantId tenant, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAcrossAsync(factory, caller, "the demo company is made anew, and who sees it stays", ct);
        var db = work.Db;
        if (await db.XeroTenants.AsNoTracking().FirstOrDefaultAsync(row => row.Id == tenant.Value && row.Connection == ConnectionStatus.Demo, ct) is not { } old)
        {
            return TenantProblems.Unknown;
        }

        var people = await db.UserTenants.AsNoTracking().Where(grant => grant.TenantId == old.Id).ToListAsync(ct);
        var keys = await db.ApiKeyTenants.AsNoTracking().Where(limit => limit.TenantId == old.Id).ToListAsync(ct);
        await db.XeroTenants.Where(row => row.Id == old.Id).ExecuteDeleteAsync(ct);
        var anchor = await MakeAsync(db, old.Id, ct);
        db.UserTenants.AddRange(people);
        db.ApiKeyTenants.AddRange(keys);
        work.Audit("tenant.demo_made", new { tenantId = old.Id, anchor, afresh = true });
        return await work.CommitAsync(ct);
    }

    private async Task<TenantId> TryEnsureAsync(CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAcrossAsync(factory, Caller.Worker, "the demo company is given to every admin", ct);
        var db = work.Db;
        var demo = await db.XeroTenants.FirstOrDefaultAsync(row => row.XeroTenantId == XeroTenantId, ct);
        if (demo is null)
        {
            var id = Guid.CreateVersion7();
            var anchor = await MakeAsync(db, id, ct);
            demo = db.XeroTenants.Local.Single(row => row.Id == id);
            work.Audit("tenant.demo_made", new { tenantId = id, anchor });
        }

        await Grants.GrantNewTenantAsync(db, demo, null, ct);
        await work.CommitAsync(ct);
        return new TenantId(demo.Id);
    }

    /// <summary>Puts the demo as of today into a context, with its first sync waiting.</summary>
    private async Task<DateOnly> MakeAsync(XeroCfoDb db, Guid id, CancellationToken ct)
    {
        var anchor = DemoXero.Today(clock);
        await DemoInstallation.KeepAsync(db, anchor, ct);
        db.XeroTenants.Add(new XeroTenant
        {
            Id = id,
            XeroTenantId = XeroTenantId,
            Name = "Demo company",
            Connection = ConnectionStatus.Demo,
            HistoryFrom = Month.Of(anchor).Add(-DemoMonths).Start,
        });
        DemoCategories.Add(db, id);
        db.SyncRuns.Add(new SyncRun { TenantId = id, Full = true, Trigger = SyncTriggers.First });
        return anchor;
    }

    private static string XeroTenantId => DemoCompany.TenantIdOf(DemoInstallation.Seed).ToString("D");

    /// <summary>The demo's books begin this many months before the month of its anchor.</summary>
    private const int DemoMonths = 26;
}
