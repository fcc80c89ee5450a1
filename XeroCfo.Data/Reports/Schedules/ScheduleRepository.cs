using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports.Schedules;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Reports.Schedules;

internal sealed class ScheduleRepository(IDbFactory factory, TimeProvider clock) : IScheduleRepository
{
    public async Task<Result<Page<ScheduleView>>> ListAsync(TenantId tenant, string? cursor, int limit, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = db.ReportSchedules.AsNoTracking();
        if (cursor is not null)
        {
            if (Cursor.Decode(cursor, 2) is not ["s", var idText] || !Guid.TryParse(idText, out var id))
            {
                return ListProblems.BadCursor;
            }

            rows = rows.Where(row => row.Id > id);
        }

        var items = await rows.OrderBy(row => row.Id).Take(limit + 1).ToListAsync(ct);
        var page = await ViewsAsync(db, [.. items.Take(limit)], ct);
        return new Page<ScheduleView>(page, items.Count > limit ? Cursor.Encode("s", page[^1].Schedule.Id) : null);
    }

    public async Task<CappedCount> CountAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return CappedCount.Of(await db.ReportSchedules.Take(CappedCount.Cap).CountAsync(ct));
    }

    public async Task<ScheduleView?> FindAsync(TenantId tenant, Guid id, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var row = await db.ReportSchedules.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, ct);
        return row is null ? null : (await ViewsAsync(db, [row], ct))[0];
    }

    public async Task<Result<ReportSchedule>> CreateAsync(Caller caller, TenantId tenant, ReportSchedule schedule, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var idempotency = Idempotency.Of(caller, tenant, "POST report-schedules", JsonSerializer.Serialize(Details(schedule), JsonSerializerOptions.Web));
        if (idempotency is not null)
        {
            var earlier = await idempotency.EarlierAsync(db, ct);
            if (!earlier.Succeeded)
            {
                return earlier.Problem!;
            }

            if (earlier.Value is { } known)
            {
                return await db.ReportSchedules.AsNoTracking().FirstOrDefaultAsync(row => row.Id == known, ct) is { } made ? made : ScheduleProblems.Unknown;
            }
        }

        db.ReportSchedules.Add(schedule);
        idempotency?.Remember(db, schedule.Id);
        work.Audit("report-schedule.created", new { scheduleId = schedule.Id, after = Details(schedule) });
        var saved = await work.CommitAsync(ct);
        return saved.Problem is { } refused ? refused : schedule;
    }

    public async Task<Result<ReportSchedule>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, ReportSchedule schedule, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        if (await db.ReportSchedules.FirstOrDefaultAsync(row => row.Id == id, ct) is not { } row)
        {
            return ScheduleProblems.Unknown;
        }

        if (version.Against(row.UpdatedAt) is { } stale)
        {
            return stale;
        }

        var before = Details(row);
        (row.UserId, row.Name, row.Type, row.Period, row.Parameters) = (schedule.UserId, schedule.Name, schedule.Type, schedule.Period, schedule.Parameters);
        (row.Cron, row.DaysAfterMonthEnd, row.AtMinute, row.IsActive, row.NextRunAt) = (schedule.Cron, schedule.DaysAfterMonthEnd, schedule.AtMinute, schedule.IsActive, schedule.NextRunAt);
        (row.MailAs, row.Recipients) = (schedule.MailAs, schedule.Recipients);
        db.Touch(row);
        work.Audit("report-schedule.updated", new { scheduleId = id, before, after = Details(row) });
        var saved = await work.CommitAsync(ct);
        return saved.Problem is { } refused ? refused : row;
    }

    public async Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        await work.Db.LockOrganisationAsync(tenant.Value, ct);
        if (await work.Db.ReportSchedules.FirstOrDefaultAsync(row => row.Id == id, ct) is not { } row)
        {
            return ScheduleProblems.Unknown;
        }

        if (version.Against(row.UpdatedAt) is { } stale)
        {
            return stale;
        }

        work.Db.ReportSchedules.Remove(row);
        work.Audit("report-schedule.deleted", new { scheduleId = id, before = Details(row) });
        return await work.CommitAsync(ct);
    }

    public async Task<Result<Page<ScheduleRun>>> RunsAsync(TenantId tenant, Guid schedule, string? cursor, int limit, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = db.ScheduleRuns.AsNoTracking().Where(row => row.ScheduleId == schedule);
        if (cursor is not null)
        {
            if (Cursor.Decode(cursor, 2) is not ["r", var idText] || !Guid.TryParse(idText, out var id))
            {
                return ListProblems.BadCursor;
            }

            rows = rows.Where(row => row.Id < id);
        }

        var items = await rows.OrderByDescending(row => row.Id).Take(limit + 1).ToListAsync(ct);
        return new Page<ScheduleRun>([.. items.Take(limit)], items.Count > limit ? Cursor.Encode("r", items[limit - 1].Id) : null);
    }

    public async Task<CappedCount> CountRunsAsync(TenantId tenant, Guid schedule, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return CappedCount.Of(await db.ScheduleRuns.Where(row => row.ScheduleId == schedule).Take(CappedCount.Cap).CountAsync(ct));
    }

    public async Task<ScheduleRun?> FindRunAsync(TenantId tenant, Guid schedule, Guid run, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.ScheduleRuns.AsNoTracking().FirstOrDefaultAsync(row => row.Id == run && row.ScheduleId == schedule, ct);
    }

    public async Task<Result<ScheduleRun>> RequestAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var idempotency = Idempotency.Of(caller, tenant, "POST report-schedules/runs", $"{id:D}");
        if (idempotency is not null)
        {
            var earlier = await idempotency.EarlierAsync(db, ct);
            if (!earlier.Succeeded)
            {
                return earlier.Problem!;
            }

            if (earlier.Value is { } known)
            {
                return await db.ScheduleRuns.AsNoTracking().FirstOrDefaultAsync(row => row.Id == known, ct) is { } made ? made : ScheduleProblems.UnknownRun;
            }
        }

        if (!await db.ReportSchedules.AnyAsync(row => row.Id == id, ct))
        {
            return ScheduleProblems.Unknown;
        }

        var run = await db.ScheduleRuns.FirstOrDefaultAsync(row => row.ScheduleId == id && (row.Status == ScheduleRunStatus.Queued || row.Status == ScheduleRunStatus.Running), ct);
        if (run is null)
        {
            run = db.ScheduleRuns.Add(new ScheduleRun { TenantId = tenant.Value, ScheduleId = id, DueAt = clock.UtcNow(), ByHand = true }).Entity;
            work.Audit("report-schedule.run_requested", new { scheduleId = id, runId = run.Id });
        }

        idempotency?.Remember(db, run.Id);
        var saved = await work.CommitAsync(ct);
        return saved.Problem is { } refused ? refused : run;
    }

    private static async Task<List<ScheduleView>> ViewsAsync(XeroCfoDb db, List<ReportSchedule> schedules, CancellationToken ct)
    {
        var (ids, people) = (schedules.ConvertAll(row => row.Id), schedules.Select(row => row.UserId).OfType<Guid>().Distinct().ToList());
        var names = await db.Users.Where(user => people.Contains(user.Id)).Select(user => new { user.Id, user.FirstName, user.LastName, user.Email }).ToDictionaryAsync(user => user.Id, ct);
        var last = await db.ScheduleRuns.AsNoTracking().Where(run => ids.Contains(run.ScheduleId) && !db.ScheduleRuns.Any(later => later.ScheduleId == run.ScheduleId && later.Id > run.Id)).ToDictionaryAsync(run => run.ScheduleId, ct);
        return schedules.ConvertAll(row => new ScheduleView(
            row,
            row.UserId is { } id && names.TryGetValue(id, out var user) ? $"{user.FirstName} {user.LastName}".Trim() is { Length: > 0 } name ? name : user.Email : null,
            last.GetValueOrDefault(row.Id)));
    }

    private static object Details(ReportSchedule row) => new { row.Name, row.Type, row.Period, row.Parameters, row.Cron, row.DaysAfterMonthEnd, row.AtMinute, row.IsActive, row.MailAs, row.Recipients };
}
