using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using XeroCfo.Data.Saving;

namespace XeroCfo.Data.Storage;

/// <summary>How SQLite is opened: WAL, foreign keys, full durability, waiting for a lock instead of failing.</summary>
public static class SqliteSetup
{
    /// <summary>
    /// Set on every open, because pragmas leak through the connection pool. Each pooled connection may fill its cache, and a page that is not
    /// in it mostly comes from the system's: so it is small.
    /// </summary>
    private const string Pragmas = "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 30000; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000; PRAGMA wal_autocheckpoint = 8000;";

    /// <summary>
    /// For data that can be fetched from Xero again. Each batch touches pages all over many indexes, and those that the next one touches again are copied out of the log once
    /// instead of twice where the log may grow to 256 MB: 200 000 documents 101 → 77 s.
    /// </summary>
    public const string BulkPragmas = "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 64000;";

    // SQLite counts its memory behind one lock for all connections, which readers beside each other wait for at each allocation; nobody reads the count.
    static SqliteSetup()
    {
        SQLitePCL.Batteries_V2.Init();
        SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    /// <summary>The options of a context on the file of <paramref name="options"/>.</summary>
    public static DbContextOptions<SqliteDb> Options(DatabaseOptions options, params IInterceptor[] interceptors) =>
        new DbContextOptionsBuilder<SqliteDb>()
            .UseSqlite(ConnectionString(options), sqlite => sqlite
                .MigrationsAssembly(typeof(SqliteDb).Assembly.FullName)
                .MigrationsHistoryTable("__EFMigrationsHistory"))
            .ReplaceService<IModelCacheKeyFactory, ScopedModels>()
            .AddInterceptors([new PragmaSetter(), .. interceptors])
            .Options;

    /// <summary>The connection string with what we rely on.</summary>
    public static string ConnectionString(DatabaseOptions options) => new SqliteConnectionStringBuilder(options.ConnectionString)
    {
        ForeignKeys = true,
        DefaultTimeout = 30,
        Pooling = true,
    }.ToString();

    private sealed class PragmaSetter : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
