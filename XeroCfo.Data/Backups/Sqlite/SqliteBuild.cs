using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using XeroCfo.Data.Backups.Format;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;

namespace XeroCfo.Data.Backups.Sqlite;

/// <summary>A SQLite file of its own, made from a backup beside everything else; gone when it is disposed.</summary>
internal sealed class SqliteBuild : IAsyncDisposable
{
    private const string Prefix = "restore-";
    private const string Lock = ".lock";

    // Nothing of it is needed after a crash; and what does not fit into the cache is sorted on the disk.
    private const string Pragmas = "PRAGMA foreign_keys = OFF; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; PRAGMA cache_size = -65536;";

    /// <summary>What the query planner knows of the tables.</summary>
    private const string Statistics = "PRAGMA analysis_limit = 1000; ANALYZE;";

    private readonly string _file;
    private readonly DatabaseOptions _options;

    /// <summary>Held for as long as this process works on the file, and let go of by the operating system when it dies.</summary>
    private readonly FileStream _alive;

    private SqliteBuild(string file, Func<DatabaseOptions, IDbFactory> factory)
    {
        (_file, _alive) = (file, Hold(file + Lock) ?? throw new IOException($"{file} is somebody else's."));
        _options = new DatabaseOptions { ConnectionString = new SqliteConnectionStringBuilder { DataSource = file }.ToString() };
        Databases = factory(_options);
    }

    public IDbFactory Databases { get; }

    /// <summary>A place for one in a folder; what a process left there that died is cleared away.</summary>
    public static SqliteBuild In(DataFolder folder, Func<DatabaseOptions, IDbFactory> factory)
    {
        foreach (var held in Directory.GetFiles(folder.FullPath, Prefix + "*" + Lock))
        {
            using var dead = Hold(held);
            if (dead is not null)
            {
                Remove(held[..^Lock.Length]);
            }
        }

        var build = new SqliteBuild(Path.Combine(folder.FullPath, $"{Prefix}{Guid.NewGuid():N}.db"), factory);
        DataFolder.MakeOwnFile(build._file);
        return build;
    }

    /// <summary>Makes the tables as they were, and puts every row into them.</summary>
    /// <param name="backup">At its front.</param>
    /// <param name="step">The step of the shape that it was made with.</param>
    /// <param name="forProof">It will only be looked at: indexes that cannot fail are left out.</param>
    /// <param name="ct">Stops it.</param>
    public async Task FillAsync(BackupReader backup, string step, bool forProof, CancellationToken ct)
    {
        await using var db = Databases.Create();
        await db.GetService<IMigrator>().MigrateAsync(step, ct);
        await db.Database.OpenConnectionAsync(ct);
        await RunAsync(db, Pragmas, ct);
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            await BackupLoad.RunAsync(backup, new SqliteRows(db, forProof), ct);
            await transaction.CommitAsync(ct);
        }

        await CheckAsync(backup, db, ct);
        if (!forProof)
        {
            await RunAsync(db, Statistics, ct);
        }
    }

    /// <summary>Puts its content into the file of <paramref name="live"/>, in one transaction: whoever has that open goes on with the new content.</summary>
    public async Task ReplaceAsync(IDbFactory live, CancellationToken ct)
    {
        await using var from = Databases.Create();
        await using var to = live.Create();
        await from.Database.OpenConnectionAsync(ct);
        await to.Database.OpenConnectionAsync(ct);
        ((SqliteConnection)from.Database.GetDbConnection()).BackupDatabase((SqliteConnection)to.Database.GetDbConnection());
        await RunAsync(to, "PRAGMA wal_checkpoint(TRUNCATE)", ct);
    }

    public ValueTask DisposeAsync()
    {
        using (var connection = new SqliteConnection(SqliteSetup.ConnectionString(_options)))
        {
            SqliteConnection.ClearPool(connection);
        }

        Remove(_file);
        _alive.Dispose();
        return ValueTask.CompletedTask;
    }

    // Two read beside each other: nobody writes the file any more, and whoever was writing the backup has ended.
    private async Task CheckAsync(BackupReader backup, XeroCfoDb db, CancellationToken ct)
    {
        await using var other = Databases.Create();
        await other.Database.OpenConnectionAsync(ct);
        await BackupLoad.CheckAsync(backup, [new SqliteRows(db), new SqliteRows(other)], ct);
    }

    private static async Task RunAsync(XeroCfoDb db, string sql, CancellationToken ct)
    {
        await using var command = RawSql.Command(db, sql);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static FileStream? Hold(string file)
    {
        try
        {
            DataFolder.MakeOwnFile(file);
            return new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static void Remove(string file)
    {
        foreach (var suffix in new[] { "", "-wal", "-shm", "-journal", Lock })
        {
            File.Delete(file + suffix);
        }
    }
}
