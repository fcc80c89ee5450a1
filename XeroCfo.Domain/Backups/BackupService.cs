using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Backups;

/// <summary>Backups of everything, and their restore.</summary>
public sealed class BackupService(IBackupArchive archive)
{
    /// <summary>Writes a backup to a file that the caller names.</summary>
    public async Task<Result<BackupFacts>> WriteAsync(Caller caller, string file, CancellationToken ct) =>
        caller.Lacks(Permissions.SystemWrite) is { } refused ? refused : await archive.WriteAsync(caller, Path.GetFullPath(file), ct);

    /// <summary>Puts a backup in the place of everything that is there.</summary>
    public async Task<Result<BackupFacts>> RestoreAsync(Caller caller, string file, bool force, CancellationToken ct) =>
        caller.Lacks(Permissions.SystemWrite) is { } refused ? refused : await archive.RestoreAsync(caller, Path.GetFullPath(file), force, ct);
}
