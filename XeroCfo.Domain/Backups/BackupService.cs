using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Backups;

/// <summary>A file of a backup, open.</summary>
public sealed record BackupDownload(string FileName, Stream Content);

/// <summary>Backups of everything, their schedule, and their restore. All of it is for admins and the console.</summary>
public sealed class BackupService(IBackupArchive archive, IBackupBook book, IBackupShelf shelf, TimeProvider clock)
{
    /// <summary>How many of the past the list shows.</summary>
    private const int Listed = 100;

    /// <summary>Writes a backup to a file that the caller names.</summary>
    public async Task<Result<BackupFacts>> WriteAsync(Caller caller, string file, CancellationToken ct) =>
        caller.Lacks(Permissions.SystemWrite) is { } refused ? refused : await archive.WriteAsync(caller, Path.GetFullPath(file), ct);

    /// <summary>Puts a backup in the place of everything that is there.</summary>
    public async Task<Result<BackupFacts>> RestoreAsync(Caller caller, string file, bool force, CancellationToken ct) =>
        caller.Lacks(Permissions.SystemWrite) is { } refused ? refused : await archive.RestoreAsync(caller, Path.GetFullPath(file), force, ct);

    /// <summary>How backups stand.</summary>
    public async Task<Result<BackupOverview>> OverviewAsync(Caller caller, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.SystemWrite) is { } refused)
        {
            return refused;
        }

        var now = clock.UtcNow();
        var newest = await book.NewestAsync(Listed, ct);
        var schedule = await book.ScheduleAsync(ct) ?? BackupSchedule.Usual(now);
        var good = await book.LastGoodAsync(ct);
        return new BackupOverview(newest, schedule, good, Warning(newest, schedule, good, now));
    }

    /// <summary>What an admin should know at once on whatever page; null: nothing, or the caller is none.</summary>
    public async Task<string?> WarningAsync(Caller caller, CancellationToken ct)
    {
        if (!caller.May(Permissions.SystemWrite))
        {
            return null;
        }

        var now = clock.UtcNow();
        return Warning(await book.NewestAsync(2, ct), await book.ScheduleAsync(ct) ?? BackupSchedule.Usual(now), await book.LastGoodAsync(ct), now);
    }

    /// <summary>Asks for one now; the one under way, when there is one.</summary>
    public async Task<Result<BackupRun>> RequestAsync(Caller caller, CancellationToken ct) =>
        caller.Lacks(Permissions.SystemWrite) is { } refused ? refused : await book.EnqueueAsync(caller, BackupTriggers.Manual, ct);

    /// <summary>Changes when they are made and how many stay.</summary>
    public async Task<Result<Done>> PlanAsync(Caller caller, bool daily, int hourUtc, int keep, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.SystemWrite) is { } refused)
        {
            return refused;
        }

        return hourUtc is < 0 or > 23 ? Problem.Invalid("hourUtc", "The hour is a number from 0 to 23.")
            : keep is < 1 or > BackupSchedule.MostKept ? Problem.Invalid("keep", $"At least one backup stays, and at most {BackupSchedule.MostKept}.")
            : await book.KeepScheduleAsync(caller, new BackupSchedule(daily, hourUtc, keep, clock.UtcNow()), ct);
    }

    /// <summary>Opens the file of one to take it away. It is encrypted, and useless without the encryption key.</summary>
    public async Task<Result<BackupDownload>> OpenAsync(Caller caller, Guid id, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.SystemWrite) is { } refused)
        {
            return refused;
        }

        if (await book.FindAsync(id, ct) is not { Status: BackupStatus.Succeeded, RemovedAt: null, FileName: { } name } run || shelf.Open(name) is not { } content)
        {
            return BackupProblems.Unknown;
        }

        if ((await book.TakenAsync(caller, run, ct)).Problem is { } changed)
        {
            await content.DisposeAsync();
            return changed;
        }

        return new BackupDownload(name, content);
    }

    /// <summary>True when the file lies on this machine.</summary>
    public bool IsHere(BackupRun run) => run is { RemovedAt: null, FileName: { } name } && shelf.Has(name);

    private static string? Warning(IReadOnlyList<BackupRun> newest, BackupSchedule schedule, DateTime? good, DateTime now)
    {
        if (newest.FirstOrDefault(run => !BackupStatus.IsOpen(run.Status)) is { Status: BackupStatus.Failed } failed)
        {
            return $"The last backup failed: {failed.ErrorMessage}";
        }

        return schedule.IsLate(now, good) ? "The daily backup did not come. Look at the log, and make one now." : null;
    }
}
