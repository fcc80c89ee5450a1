using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Backups;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Backups;

internal sealed class BackupBook(IDbFactory factory, TimeProvider clock) : IBackupBook
{
    private const string Setting = "backup.schedule";
    private const string Reason = "a backup holds every organisation";

    /// <summary>A process that has not reported for so long is taken for dead; another one begins anew.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    public async Task<IReadOnlyList<BackupRun>> NewestAsync(int count, CancellationToken ct)
    {
        await using var db = factory.Create();
        return await db.BackupRuns.AsNoTracking().OrderByDescending(run => run.Id).Take(count).ToListAsync(ct);
    }

    public async Task<BackupRun?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = factory.Create();
        return await db.BackupRuns.AsNoTracking().FirstOrDefaultAsync(run => run.Id == id, ct);
    }

    public async Task<DateTime?> LastGoodAsync(CancellationToken ct)
    {
        await using var db = factory.Create();
        return await db.BackupRuns.Where(run => run.Status == BackupStatus.Succeeded).MaxAsync(run => run.SnapshotAt, ct);
    }

    public async Task<BackupSchedule?> ScheduleAsync(CancellationToken ct)
    {
        await using var db = factory.Create();
        var text = await db.Settings.Where(setting => setting.Name == Setting).Select(setting => setting.Value).FirstOrDefaultAsync(ct);
        return text is null ? null : JsonSerializer.Deserialize<BackupSchedule>(text, JsonSerializerOptions.Web);
    }

    public async Task<Result<Done>> KeepScheduleAsync(Caller caller, BackupSchedule schedule, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAcrossAsync(factory, caller, Reason, ct);
        var text = JsonSerializer.Serialize(schedule, JsonSerializerOptions.Web);
        var there = await work.Db.Settings.FirstOrDefaultAsync(setting => setting.Name == Setting, ct);
        var before = there?.Value;
        if (there is null)
        {
            work.Db.Settings.Add(new Setting { Name = Setting, Value = text });
        }
        else
        {
            there.Value = text;
        }

        if (caller.Kind != CallerKind.Worker)
        {
            work.Audit("backup.schedule_changed", new { before = before is null ? null : JsonSerializer.Deserialize<JsonElement?>(before), after = schedule });
        }

        return await work.CommitAsync(ct);
    }

    public async Task<Result<BackupRun>> EnqueueAsync(Caller caller, string trigger, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAcrossAsync(factory, caller, Reason, ct);
        if (await OpenAsync(work.Db, ct) is { } open)
        {
            return open;
        }

        var run = new BackupRun { Trigger = trigger, By = caller.Name };
        work.Db.BackupRuns.Add(run);
        work.Audit("backup.requested", new { backupId = run.Id, trigger });
        try
        {
            var kept = await work.CommitAsync(ct);
            return kept.Problem is { } refused ? refused : run;
        }
        catch (DbUpdateException)
        {
            // Another node asked in the same moment: the index lets one through.
            await using var db = factory.Create();
            return await OpenAsync(db, ct) is { } other ? other : throw new InvalidOperationException("A backup can be neither asked for nor found.");
        }
    }

    public async Task<DateTime?> LastAskedAsync(string trigger, CancellationToken ct)
    {
        await using var db = factory.Create();
        return await db.BackupRuns.Where(run => run.Trigger == trigger).MaxAsync(run => (DateTime?)run.CreatedAt, ct);
    }

    public async Task<BackupRun?> ClaimAsync(string owner, string node, CancellationToken ct)
    {
        await using var db = factory.Create();
        var now = clock.UtcNow();
        var open = await db.BackupRuns.AsNoTracking().Where(run => run.Status == BackupStatus.Queued || run.Status == BackupStatus.Running).OrderBy(run => run.Id).ToListAsync(ct);
        if (open.Find(run => run.Status == BackupStatus.Running) is { } running && running.LeaseUntil >= now)
        {
            return null;
        }

        foreach (var run in open.OrderByDescending(run => run.Status == BackupStatus.Running))
        {
            // Whoever changes the row first has it.
            var claimed = await db.BackupRuns
                .Where(row => row.Id == run.Id && (row.Status == BackupStatus.Queued || (row.Status == BackupStatus.Running && (row.LeaseUntil == null || row.LeaseUntil < now))))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Status, BackupStatus.Running).SetProperty(row => row.LeaseOwner, owner).SetProperty(row => row.LeaseUntil, now + Lease)
                        .SetProperty(row => row.Node, node).SetProperty(row => row.StartedAt, row => row.StartedAt ?? now).SetProperty(row => row.UpdatedAt, now),
                    ct);
            if (claimed == 1)
            {
                return await db.BackupRuns.AsNoTracking().SingleAsync(row => row.Id == run.Id, ct);
            }
        }

        return null;
    }

    public async Task<bool> RenewAsync(BackupRun run, CancellationToken ct)
    {
        await using var db = factory.Create();
        var until = clock.UtcNow() + Lease;
        return await db.BackupRuns.Where(row => row.Id == run.Id && row.Status == BackupStatus.Running && row.LeaseOwner == run.LeaseOwner)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, until), ct) == 1;
    }

    public async Task FinishAsync(BackupRun run, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAcrossAsync(factory, Caller.Worker, Reason, ct);
        var row = await work.Db.BackupRuns.SingleAsync(row => row.Id == run.Id, ct);
        if (row.Status != BackupStatus.Running || row.LeaseOwner != run.LeaseOwner)
        {
            return;
        }

        (row.Status, row.FinishedAt, row.FileName, row.SnapshotAt, row.Rows, row.Bytes) = (run.Status, run.FinishedAt, run.FileName, run.SnapshotAt, run.Rows, run.Bytes);
        (row.ErrorCode, row.ErrorMessage, row.LeaseOwner, row.LeaseUntil) = (run.ErrorCode, run.ErrorMessage is null ? null : TextRules.Limit(run.ErrorMessage, 1000), null, null);
        if (run.Status == BackupStatus.Failed)
        {
            work.Audit("backup.failed", new { backupId = run.Id, error = run.ErrorCode });
        }

        await work.CommitAsync(ct);
    }

    public async Task<IReadOnlyList<BackupRun>> KeptAsync(CancellationToken ct)
    {
        await using var db = factory.Create();
        return await db.BackupRuns.AsNoTracking().Where(run => run.Status == BackupStatus.Succeeded && run.RemovedAt == null && run.FileName != null).OrderByDescending(run => run.Id).ToListAsync(ct);
    }

    public async Task RemovedAsync(Guid id, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAcrossAsync(factory, Caller.Worker, Reason, ct);
        var run = await work.Db.BackupRuns.SingleAsync(row => row.Id == id, ct);
        run.RemovedAt = clock.UtcNow();
        work.Audit("backup.removed", new { backupId = id, file = run.FileName });
        await work.CommitAsync(ct);
    }

    public async Task<Result<Done>> TakenAsync(Caller caller, BackupRun run, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAcrossAsync(factory, caller, Reason, ct);
        work.Audit("backup.downloaded", new { backupId = run.Id, file = run.FileName });
        return await work.CommitAsync(ct);
    }

    private static Task<BackupRun?> OpenAsync(XeroCfoDb db, CancellationToken ct) =>
        db.BackupRuns.AsNoTracking().FirstOrDefaultAsync(run => run.Status == BackupStatus.Queued || run.Status == BackupStatus.Running, ct);
}
