using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Audit;
using XeroCfo.Data.Backups;
using XeroCfo.Data.Backups.Format;
using XeroCfo.Data.Encryption;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Backups;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Backups;

/// <summary>A folder with keys, and archives over test databases.</summary>
internal sealed class BackupPlace : IDisposable
{
    public static readonly string Key = new('a', 64);
    private readonly string _folder = Directory.CreateTempSubdirectory("xerocfo-backup").FullName;

    public string File(string name = "books.backup") => Path.Combine(_folder, name);

    /// <summary>What lies in the folder.</summary>
    public IReadOnlyList<string> Files => [.. Directory.GetFiles(_folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public IBackupArchive Archive(TestDatabase database, string? key = null, params string[] previous)
    {
        var (folder, ring) = (Folder, new KeyRing());
        var (lifecycle, check) = Prepared(database, ring, key, previous);
        var restore = new BackupRestore(database.Factory, database.Options, lifecycle, check, ring, folder, database.Clock);
        return new BackupArchive(database.Factory, database.Options, folder, ring, restore, database.Clock);
    }

    /// <summary>What prepares a database when a process starts on it.</summary>
    public DatabaseLifecycle Start(TestDatabase database) => Prepared(database, new KeyRing(), null, []).Lifecycle;

    /// <summary>The folder as the product sees it.</summary>
    public DataFolder Folder => new(_folder);

    private (DatabaseLifecycle Lifecycle, KeyCheck Key) Prepared(TestDatabase database, KeyRing ring, string? key, string[] previous)
    {
        var options = new EncryptionOptions { Key = key ?? Key, PreviousKeys = previous };
        var check = new KeyCheck(database.Factory, database.Options, options, Folder, new AuditKey(), ring, new Envelope(ring));
        check.Find();
        return (new DatabaseLifecycle(database.Factory, database.Options, Folder, check), check);
    }

    /// <summary>Count and checksum of every table.</summary>
    public static async Task<IReadOnlyList<TableTotals>> ContentAsync(TestDatabase database)
    {
        await using var db = database.Open();
        await db.Database.OpenConnectionAsync();
        var rows = Snapshot.RowsOf(db);
        List<TableTotals> totals = [];
        foreach (var table in BackupShapes.Tables)
        {
            var check = new RowCheck(table);
            await rows.ReadAsync(table, check, default);
            totals.Add(check.Totals(await rows.LastNumberAsync(table, default)));
        }

        return totals;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
