using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Backups;

/// <summary>What a backup holds.</summary>
/// <param name="CreatedAt">UTC of the snapshot: everything in it is as it was then.</param>
/// <param name="ProductVersion">The version that wrote it.</param>
/// <param name="Rows">Of all tables.</param>
/// <param name="Bytes">Of the file.</param>
public sealed record BackupFacts(DateTime CreatedAt, string ProductVersion, long Rows, long Bytes);

/// <summary>Makes files of everything and everything of files, on either database.</summary>
public interface IBackupArchive
{
    /// <summary>
    /// Ends what processes left that died: a backup that the audit trail knows gets its name, in whatever folder; what is half written in
    /// <paramref name="folder"/> goes.
    /// </summary>
    Task TidyAsync(string folder, CancellationToken ct);

    /// <summary>
    /// Writes one consistent snapshot, sealed with the encryption key, while everybody goes on working; restores it into a database of its own to prove it, and only
    /// then gives it its name. Leaves no file when anything fails.
    /// </summary>
    Task<Result<BackupFacts>> WriteAsync(Caller caller, string file, CancellationToken ct);

    /// <summary>
    /// Replaces everything in the database by what the file holds, or changes nothing. A database with data in it only when <paramref name="force"/>.
    /// </summary>
    Task<Result<BackupFacts>> RestoreAsync(Caller caller, string file, bool force, CancellationToken ct);
}
