using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Backups.Format;
using XeroCfo.Data.Encryption;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Backups;

namespace XeroCfo.Data.Backups;

/// <summary>Opens a backup, or says why it cannot be used here.</summary>
internal static class BackupOpening
{
    /// <summary>This version of the product.</summary>
    public static Version Product { get; } = typeof(XeroCfoDb).Assembly.GetName().Version!;

    /// <exception cref="BackupFaultException">It is none, is sealed with another key, or a newer version made it.</exception>
    public static BackupReader Open(string file, KeyRing keys) =>
        Open(new FileStream(file, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.Read | FileShare.Delete, BufferSize = 1 << 16, Options = FileOptions.SequentialScan }), keys);

    /// <exception cref="BackupFaultException">As above.</exception>
    public static BackupReader Open(Stream file, KeyRing keys)
    {
        var backup = BackupReader.Open(file, keys);
        try
        {
            if (Version.TryParse(backup.Head.ProductVersion, out var version) && version > Product)
            {
                throw new BackupFaultException(BackupProblems.Newer(backup.Head.ProductVersion));
            }

            return backup.Head.Steps.FirstOrDefault(step => !BackupShapes.KnownSteps.Contains(step)) is { } unknown
                ? throw new BackupFaultException(BackupProblems.Newer($"it has the migration {unknown}"))
                : backup;
        }
        catch
        {
            backup.Dispose();
            throw;
        }
    }

    /// <summary>The step that gives a database of this kind the shape that the backup was made with.</summary>
    public static string StepOf(BackupHead head, IDbFactory databases)
    {
        using var db = databases.Create();
        return db.Database.GetMigrations().LastOrDefault(step => head.Steps.Contains(BackupShapes.StepName(step)))
            ?? throw BackupFaultException.Damaged("it names no step of the database's shape");
    }
}
