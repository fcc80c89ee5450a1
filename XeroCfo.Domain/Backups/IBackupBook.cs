using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Backups;

/// <summary>The list of backups and their schedule, the same for every node.</summary>
public interface IBackupBook
{
    /// <summary>The newest <paramref name="count"/>, the newest first.</summary>
    Task<IReadOnlyList<BackupRun>> NewestAsync(int count, CancellationToken ct);

    Task<BackupRun?> FindAsync(Guid id, CancellationToken ct);

    /// <summary>When the newest proved snapshot was taken; null: there is none.</summary>
    Task<DateTime?> LastGoodAsync(CancellationToken ct);

    /// <summary>The schedule; null until one was kept.</summary>
    Task<BackupSchedule?> ScheduleAsync(CancellationToken ct);

    /// <summary>Keeps a schedule, audited.</summary>
    Task<Result<Done>> KeepScheduleAsync(Caller caller, BackupSchedule schedule, CancellationToken ct);

    /// <summary>Asks for a backup, audited; the one that is open already, when there is one.</summary>
    Task<Result<BackupRun>> EnqueueAsync(Caller caller, string trigger, CancellationToken ct);

    /// <summary>When one was last asked for by <paramref name="trigger"/>.</summary>
    Task<DateTime?> LastAskedAsync(string trigger, CancellationToken ct);

    /// <summary>Takes the backup that waits, or one whose process died, for this process on <paramref name="node"/>; null when there is none.</summary>
    Task<BackupRun?> ClaimAsync(string owner, string node, CancellationToken ct);

    /// <summary>Says that the process lives; false when the backup belongs to another one now.</summary>
    Task<bool> RenewAsync(BackupRun run, CancellationToken ct);

    /// <summary>Ends it, audited when it failed; nothing happens when it belongs to another process now.</summary>
    Task FinishAsync(BackupRun run, CancellationToken ct);

    /// <summary>Those whose file should be there, the newest first.</summary>
    Task<IReadOnlyList<BackupRun>> KeptAsync(CancellationToken ct);

    /// <summary>Notes that the file of one has gone.</summary>
    Task RemovedAsync(Guid id, CancellationToken ct);

    /// <summary>Notes who took a file away.</summary>
    Task<Result<Done>> TakenAsync(Caller caller, BackupRun run, CancellationToken ct);
}

/// <summary>The folder of backups on this machine.</summary>
public interface IBackupShelf
{
    /// <summary>This machine's name.</summary>
    string Node { get; }

    /// <summary>The folder itself, which is there once a backup was made.</summary>
    string Folder { get; }

    /// <summary>Where a file of that name lies or will lie.</summary>
    string PathOf(string fileName);

    bool Has(string fileName);

    /// <summary>Opens a file for reading; null when it is not here.</summary>
    Stream? Open(string fileName);

    /// <summary>Removes a file, if it is here.</summary>
    void Remove(string fileName);
}
