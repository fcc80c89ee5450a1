using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports.Schedules;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Reports.Schedules;

internal sealed class ScheduleQueue(IDbFactory factory, TimeProvider clock) : IScheduleQueue
{
    /// <summary>A report takes seconds and a mail server a minute at most: a process that holds a run longer is taken for dead.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    public async Task<int> EnqueueDueAsync(Func<ReportSchedule, XeroTenant, DateTime?> next, CancellationToken ct)
    {
        List<ReportSchedule> due;
        Dictionary<Guid, XeroTenant> organisations;
        await using (var db = factory.AcrossTenants("the schedule looks at all organisations"))
        {
            var now = clock.UtcNow();
            due = await db.ReportSchedules.AsNoTracking().Where(row => row.IsActive && row.NextRunAt != null && row.NextRunAt <= now).OrderBy(row => row.NextRunAt).ToListAsync(ct);
            var ids = due.Select(row => row.TenantId).Distinct().ToList();
            organisations = ids.Count == 0 ? [] : await db.XeroTenants.AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, ct);
        }

        var queued = 0;
        foreach (var schedule in due)
        {
            await using var work = await UnitOfWork.BeginAsync(factory, Caller.Worker, new TenantId(schedule.TenantId), ct);
            await work.Db.LockOrganisationAsync(schedule.TenantId, ct);
            var (was, then) = (schedule.NextRunAt, next(schedule, organisations[schedule.TenantId]));

            // Whoever moves the next time first has this one. Its version stays: nobody has written the schedule.
            var moved = await work.Db.ReportSchedules.Where(row => row.Id == schedule.Id && row.NextRunAt == was && row.IsActive).ExecuteUpdateAsync(set => set.SetProperty(row => row.NextRunAt, then), ct);
            if (moved == 1 && !await work.Db.ScheduleRuns.AnyAsync(run => run.ScheduleId == schedule.Id && (run.Status == ScheduleRunStatus.Queued || run.Status == ScheduleRunStatus.Running || (run.DueAt == was && !run.ByHand)), ct))
            {
                work.Db.ScheduleRuns.Add(new ScheduleRun { TenantId = schedule.TenantId, ScheduleId = schedule.Id, DueAt = was!.Value });
                queued++;
            }

            await work.CommitAsync(ct);
        }

        return queued;
    }

    public async Task<ClaimedRun?> ClaimAsync(string owner, CancellationToken ct)
    {
        await using var db = factory.AcrossTenants("the queue of scheduled reports belongs to all organisations");
        var now = clock.UtcNow();
        var waiting = await db.ScheduleRuns.AsNoTracking()
            .Where(run => run.Status == ScheduleRunStatus.Queued || (run.Status == ScheduleRunStatus.Running && (run.LeaseUntil == null || run.LeaseUntil < now)))
            .OrderBy(run => run.Id).Take(20).ToListAsync(ct);
        foreach (var run in waiting)
        {
            // Whoever changes the row first has the run.
            var claimed = await db.ScheduleRuns
                .Where(row => row.Id == run.Id && (row.Status == ScheduleRunStatus.Queued || (row.Status == ScheduleRunStatus.Running && (row.LeaseUntil == null || row.LeaseUntil < now))))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Status, ScheduleRunStatus.Running)
                        .SetProperty(row => row.LeaseOwner, owner)
                        .SetProperty(row => row.LeaseUntil, now + Lease)
                        .SetProperty(row => row.StartedAt, row => row.StartedAt ?? now)
                        .SetProperty(row => row.Attempts, row => row.Attempts + 1)
                        .SetProperty(row => row.UpdatedAt, now),
                    ct);
            if (claimed == 1)
            {
                (run.Status, run.LeaseOwner, run.StartedAt, run.Attempts) = (ScheduleRunStatus.Running, owner, run.StartedAt ?? now, run.Attempts + 1);
                return new ClaimedRun(run, await db.ReportSchedules.AsNoTracking().SingleAsync(row => row.Id == run.ScheduleId, ct), await db.XeroTenants.AsNoTracking().SingleAsync(row => row.Id == run.TenantId, ct));
            }
        }

        return null;
    }

    public async Task FinishAsync(ScheduleRun run, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, Caller.Worker, new TenantId(run.TenantId), ct);
        var row = await work.Db.ScheduleRuns.FirstOrDefaultAsync(row => row.Id == run.Id, ct);
        if (row is null || row.Status != ScheduleRunStatus.Running || row.LeaseOwner != run.LeaseOwner)
        {
            return;
        }

        (row.Status, row.FinishedAt, row.ReportId, row.MailStatus) = (run.Status, run.FinishedAt, run.ReportId, run.MailStatus);
        (row.ErrorCode, row.ErrorMessage) = (run.ErrorCode, run.ErrorMessage is { } message ? TextRules.Limit(message, 1000) : null);
        (row.LeaseOwner, row.LeaseUntil) = (null, null);
        work.Audit("report-schedule.run_finished", new { scheduleId = run.ScheduleId, runId = run.Id, status = run.Status, reportId = run.ReportId, mail = run.MailStatus, error = run.ErrorCode });
        await work.CommitAsync(ct);
    }
}
