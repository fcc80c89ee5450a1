using System.Globalization;
using Microsoft.Extensions.Logging;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Backups;

/// <summary>Makes the backups that are due or asked for, and lets old ones go. Every node may call it; one does the work.</summary>
public sealed class BackupRunner(IBackupArchive archive, IBackupBook book, IBackupShelf shelf, TimeProvider clock, ILogger<BackupRunner> log)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(4);
    private readonly string _owner = Guid.NewGuid().ToString("N");

    /// <summary>Ends what dead processes left, asks for the daily one when its hour has come, and removes files beyond those that are kept.</summary>
    public async Task LookAtScheduleAsync(CancellationToken ct)
    {
        await archive.TidyAsync(shelf.Folder, ct);
        var now = clock.UtcNow();
        if (await book.ScheduleAsync(ct) is not { } schedule)
        {
            await book.KeepScheduleAsync(Caller.Worker, BackupSchedule.Usual(now), ct);
            return;
        }

        if (schedule.IsDue(now, await book.LastAskedAsync(BackupTriggers.Schedule, ct)))
        {
            await book.EnqueueAsync(Caller.Worker, BackupTriggers.Schedule, ct);
        }

        await RemoveOldAsync(schedule.Keep, ct);
    }

    /// <summary>Makes the next backup; null when none waits.</summary>
    public async Task<BackupRun?> RunNextAsync(CancellationToken ct)
    {
        if (await book.ClaimAsync(_owner, shelf.Node, ct) is not { } run)
        {
            return null;
        }

        // The same name when another process goes on with it, so that there is one file however often it died.
        run.FileName ??= string.Create(CultureInfo.InvariantCulture, $"xerocfo-{run.CreatedAt:yyyyMMdd-HHmmss}-{run.Id.ToString("N")[^6..]}.backup");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var beating = BeatAsync(run, stop);
        try
        {
            End(run, await archive.WriteAsync(Caller.Worker, shelf.PathOf(run.FileName), stop.Token));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            log.LogWarning("Backup {RunId} was taken over by another process", run.Id);
            return run;
        }
        catch (RefusedException refusal)
        {
            End(run, new Problem("backup-refused", refusal.Message, ProblemKind.Unavailable));
        }
        catch when (!ct.IsCancellationRequested)
        {
            End(run, new Problem("internal-error", $"Something went wrong in XeroCfo itself. The log has it under {run.Id}.", ProblemKind.Unavailable));
            await book.FinishAsync(run, ct);
            throw;
        }
        finally
        {
            await stop.CancelAsync();
            await beating;
        }

        await book.FinishAsync(run, ct);
        return run;
    }

    private void End(BackupRun run, Result<BackupFacts> result)
    {
        run.FinishedAt = clock.UtcNow();
        if (result.Problem is { } problem)
        {
            (run.Status, run.ErrorCode, run.ErrorMessage) = (BackupStatus.Failed, problem.Code, problem.Message);
            log.LogError("Backup {RunId} failed: {Code}", run.Id, problem.Code);
            return;
        }

        var facts = result.Value;
        (run.Status, run.SnapshotAt, run.Rows, run.Bytes) = (BackupStatus.Succeeded, facts.CreatedAt, facts.Rows, facts.Bytes);
        log.LogInformation("Backup {RunId} made and proved: {Rows} rows, {Bytes} bytes", run.Id, facts.Rows, facts.Bytes);
    }

    private async Task RemoveOldAsync(int keep, CancellationToken ct)
    {
        foreach (var old in (await book.KeptAsync(ct)).Skip(keep).Where(old => old.Node == shelf.Node || shelf.Has(old.FileName!)))
        {
            shelf.Remove(old.FileName!);
            await book.RemovedAsync(old.Id, ct);
        }
    }

    private async Task BeatAsync(BackupRun run, CancellationTokenSource stop)
    {
        using var timer = new PeriodicTimer(Heartbeat);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                if (!await TryRenewAsync(run, stop.Token))
                {
                    await stop.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }

    // A database that is busy for a moment must not undo a good backup: the next beat tries again, and if none gets through the lease runs out.
    private async Task<bool> TryRenewAsync(BackupRun run, CancellationToken ct)
    {
        try
        {
            return await book.RenewAsync(run, ct);
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            log.LogWarning("A backup could not report that it goes on: {Fault}", fault.GetType().Name);
            return true;
        }
    }
}
