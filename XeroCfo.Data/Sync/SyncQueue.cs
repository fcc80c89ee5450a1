using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Pipeline;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Sync;

internal sealed class SyncQueue(IDbFactory factory, ISyncRunRepository runs, ISyncStore store, ICallBudget calls, TimeProvider clock) : ISyncQueue
{
    /// <summary>A process that has not reported for so long is taken for dead; another one goes on.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan AfterAFailedCheck = TimeSpan.FromHours(1);

    public async Task<SyncRun?> ClaimAsync(string owner, TenantId? only, IReadOnlyCollection<Guid> underWay, CancellationToken ct)
    {
        await using var db = factory.AcrossTenants("the queue of runs belongs to all organisations");
        var now = clock.UtcNow();
        var waiting = await db.SyncRuns.AsNoTracking()
            .Where(run => (run.Status == SyncStatus.Queued && (run.WaitUntil == null || run.WaitUntil <= now)) || (run.Status == SyncStatus.Running && (run.LeaseUntil == null || run.LeaseUntil < now)))
            .OrderBy(run => run.Id)
            .ToListAsync(ct);
        foreach (var run in waiting.Where(run => (only is null || run.TenantId == only.Value.Value) && !underWay.Contains(run.Id)))
        {
            // Whoever changes the row first has the run.
            var claimed = await db.SyncRuns
                .Where(row => row.Id == run.Id && (row.Status == SyncStatus.Queued || (row.Status == SyncStatus.Running && (row.LeaseUntil == null || row.LeaseUntil < now))))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Status, SyncStatus.Running)
                        .SetProperty(row => row.LeaseOwner, owner)
                        .SetProperty(row => row.LeaseUntil, now + Lease)
                        .SetProperty(row => row.WaitUntil, (DateTime?)null)
                        .SetProperty(row => row.StartedAt, row => row.StartedAt ?? now)
                        .SetProperty(row => row.UpdatedAt, now),
                    ct);
            if (claimed == 1)
            {
                // What a dead process said of its records is said again.
                await db.SyncIssues.Where(issue => issue.RunId == run.Id).ExecuteDeleteAsync(ct);
                (run.Status, run.LeaseOwner, run.StartedAt, run.WaitUntil) = (SyncStatus.Running, owner, run.StartedAt ?? now, null);
                run.Counts = [];
                return run;
            }
        }

        return null;
    }

    public async Task<bool> ReportAsync(SyncRun run, CancellationToken ct)
    {
        await using var db = factory.For(new TenantId(run.TenantId));
        await using var transaction = await db.BeginBulkAsync(ct);
        var now = clock.UtcNow();
        var counts = run.Counts;
        var written = await db.SyncRuns
            .Where(row => row.Id == run.Id && row.Status == SyncStatus.Running && row.LeaseOwner == run.LeaseOwner && !row.CancelRequested)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.LeaseUntil, now + Lease)
                    .SetProperty(row => row.Step, run.Step)
                    .SetProperty(row => row.Done, run.Done)
                    .SetProperty(row => row.Total, run.Total)
                    .SetProperty(row => row.Calls, run.Calls)
                    .SetProperty(row => row.Counts, counts)
                    .SetProperty(row => row.UpdatedAt, now),
                ct);
        await transaction.CommitAsync(ct);
        return written == 1;
    }

    public async Task ParkAsync(SyncRun run, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, Caller.Worker, new TenantId(run.TenantId), ct);
        if (await HeldAsync(work.Db, run, ct) is not { } row)
        {
            return;
        }

        if (row.CancelRequested)
        {
            (run.Status, run.Step, run.WaitUntil, row.FinishedAt) = (SyncStatus.Cancelled, "cancelled", null, clock.UtcNow());
        }

        (row.Status, row.Step, row.WaitUntil, row.Done, row.Total, row.Calls) = (run.Status, run.Step, run.WaitUntil, 0, 0, run.Calls);
        (row.Counts, row.LeaseOwner, row.LeaseUntil) = (run.Counts, null, null);
        await work.CommitAsync(ct);
    }

    public async Task FinishAsync(SyncRun run, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, Caller.Worker, new TenantId(run.TenantId), ct);
        if (await HeldAsync(work.Db, run, ct) is not { } row)
        {
            return;
        }

        (row.Status, row.Step, row.Done, row.Total, row.Calls) = (run.Status, run.Step, run.Done, run.Total, run.Calls);
        (row.Counts, row.ErrorCode, row.ErrorMessage) = (run.Counts, run.ErrorCode, run.ErrorMessage);

        // What moved before a run failed stays told.
        row.MovedMonths = run.Status == SyncStatus.Succeeded || run.MovedMonths.Count > 0 ? run.MovedMonths : row.MovedMonths;
        (row.FinishedAt, row.LeaseOwner, row.LeaseUntil) = (run.FinishedAt, null, null);
        work.Audit("sync.finished", new { runId = run.Id, status = run.Status, error = run.ErrorCode });
        if (run.Status is SyncStatus.Succeeded or SyncStatus.Failed)
        {
            var sum = run.Counts.Values.Aggregate(SyncCounts.None, (all, one) => all.Plus(one));
            work.Announce(
                run.Status == SyncStatus.Succeeded ? WebhookEvents.SyncSucceeded : WebhookEvents.SyncFailed, $"syncs/{run.Id:D}", [run.Id],
                ("received", sum.Received), ("inserted", sum.Inserted), ("updated", sum.Updated), ("deleted", sum.Deleted));
        }

        await work.CommitAsync(ct);
    }

    public async Task<int> EnqueueDueAsync(TimeSpan interval, CancellationToken ct)
    {
        List<XeroTenant> due;
        await using (var db = factory.AcrossTenants("the schedule looks at all organisations"))
        {
            var since = clock.UtcNow() - interval;
            var soon = clock.UtcNow() - SyncPlan.Soon(interval);
            due = await db.XeroTenants.AsNoTracking()
                .Where(tenant => (tenant.Connection == ConnectionStatus.Connected || tenant.Connection == ConnectionStatus.Demo) && tenant.Type == XeroTenant.Organization
                    && !db.SyncRuns.Any(run => run.TenantId == tenant.Id && (run.Status == SyncStatus.Queued || run.Status == SyncStatus.Running
                        || (run.CreatedAt > (tenant.SettlingFrom == null ? since : soon) && !SyncTriggers.NotLooking.Contains(run.Trigger)))))
                .ToListAsync(ct);
        }

        var queued = 0;
        foreach (var tenant in due)
        {
            if (await IsDueAsync(tenant, interval, ct))
            {
                await runs.EnqueueAsync(Caller.Worker, new TenantId(tenant.Id), false, SyncTriggers.Schedule, ct);
                queued++;
            }
        }

        return queued;
    }

    public async Task<int> EnqueueChecksAsync(CancellationToken ct)
    {
        List<XeroTenant> idle;
        await using (var db = factory.AcrossTenants("the schedule looks at all organisations"))
        {
            // One that came to nothing is tried again after a while.
            var lately = clock.UtcNow() - AfterAFailedCheck;
            idle = await db.XeroTenants.AsNoTracking()
                .Where(tenant => (tenant.Connection == ConnectionStatus.Connected || tenant.Connection == ConnectionStatus.Demo) && tenant.Type == XeroTenant.Organization && tenant.DataAsOf != null
                    && !db.SyncRuns.Any(run => run.TenantId == tenant.Id && (run.Status == SyncStatus.Queued || run.Status == SyncStatus.Running
                        || ((run.Trigger == SyncTriggers.Check || run.Trigger == SyncTriggers.Sweep) && run.CreatedAt > lately))))
                .ToListAsync(ct);
        }

        var queued = 0;
        foreach (var organisation in idle)
        {
            var tenant = new TenantId(organisation.Id);
            var state = await store.CheckStateAsync(tenant, ct);
            if (SyncPlan.IsCheckDue(organisation, state, clock.UtcNow())
                && SyncPlan.CheckOf(organisation, state, await store.CountAsync(tenant, ct), await calls.TodayAsync(organisation, ct), clock.UtcNow()) is { } check)
            {
                await runs.EnqueueAsync(Caller.Worker, tenant, check == SyncTriggers.Sweep, check, ct);
                queued++;
            }
        }

        return queued;
    }

    public async Task<int> EnqueueNoticedAsync(TimeSpan interval, CancellationToken ct)
    {
        List<Guid> told;
        await using (var db = factory.AcrossTenants("the schedule looks at all organisations"))
        {
            told = await db.XeroNotices.Where(notice => notice.DoneAt == null).Select(notice => notice.TenantId).Distinct()
                .Where(tenantId => db.XeroTenants.Any(tenant => tenant.Id == tenantId && tenant.Connection == ConnectionStatus.Connected))
                .Where(tenantId => !db.SyncRuns.Any(run => run.TenantId == tenantId && (run.Status == SyncStatus.Queued || run.Status == SyncStatus.Running)))
                .ToListAsync(ct);
        }

        var queued = 0;
        foreach (var tenant in told.ConvertAll(id => new TenantId(id)))
        {
            if (!await HasJustFailedAsync(tenant, interval, ct))
            {
                await runs.EnqueueAsync(Caller.Worker, tenant, false, SyncTriggers.Notice, ct);
                queued++;
            }
        }

        return queued;
    }

    /// <summary>The row of a run that this process still has; null when it is somebody else's, over, or gone with its organisation.</summary>
    private static async Task<SyncRun?> HeldAsync(XeroCfoDb db, SyncRun run, CancellationToken ct) =>
        await db.SyncRuns.FirstOrDefaultAsync(row => row.Id == run.Id && row.Status == SyncStatus.Running && row.LeaseOwner == run.LeaseOwner, ct);

    // A rebuild asks nothing of Xero, and a run that somebody stopped says nothing of it.
    private async Task<bool> HasJustFailedAsync(TenantId tenant, TimeSpan interval, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var ended = await db.SyncRuns
            .Where(run => (run.Status == SyncStatus.Succeeded || run.Status == SyncStatus.Failed) && run.Trigger != SyncTriggers.Rebuild)
            .OrderByDescending(run => run.Id)
            .Take(SyncPlan.MostFailures)
            .Select(run => new { run.Status, run.FinishedAt })
            .ToListAsync(ct);
        var failed = ended.TakeWhile(run => run.Status == SyncStatus.Failed).ToList();
        return failed.Count > 0 && clock.UtcNow() < failed[0].FinishedAt + SyncPlan.AfterFailures(failed.Count, interval);
    }

    private async Task<bool> IsDueAsync(XeroTenant organisation, TimeSpan interval, CancellationToken ct) =>
        await runs.LastLookAsync(new TenantId(organisation.Id), ct) is not { } last
        || SyncPlan.NextLook(organisation, last, interval, await calls.TodayAsync(organisation, ct), clock.UtcNow()) <= clock.UtcNow();
}
