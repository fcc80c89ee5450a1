using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Data.Storage;

/// <summary>What must be seen, and done, before EF opens a SQLite file.</summary>
internal static class SqliteInspection
{
    /// <summary>Above this the thorough check would hold up the start; then only the file's frame is looked at.</summary>
    private const long ThoroughUpTo = 64L << 20;

    /// <summary>True for a SQLite file that does not exist yet or is empty.</summary>
    public static bool IsEmpty(DatabaseOptions database) => database.IsSqlite && new FileInfo(PathOf(database)) is not { Exists: true, Length: > 0 };

    /// <summary>Opens the file for reading only and refuses a damaged one.</summary>
    public static async Task CheckAsync(DatabaseOptions database, CancellationToken ct)
    {
        if (!database.IsSqlite || IsEmpty(database))
        {
            return;
        }

        var file = PathOf(database);
        var connectionString = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString();
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(ct);
        await ScalarAsync(connection, "SELECT count(*) FROM sqlite_master", ct);
        var check = new FileInfo(file).Length <= ThoroughUpTo ? await ScalarAsync(connection, "PRAGMA quick_check(1)", ct) : "ok";
        if (check != "ok")
        {
            throw Damaged(file);
        }
    }

    /// <summary>
    /// Makes the file with the owner's rights only, turns on write-ahead logging, which the file then keeps, and clears EF's own
    /// migration lock: a killed process leaves it behind, and we hold a lock that cannot be left behind.
    /// </summary>
    public static async Task PrepareAsync(IDbFactory databases, DatabaseOptions database, CancellationToken ct)
    {
        DataFolder.MakeOwnFile(PathOf(database));
        await using var db = databases.Create();
        await db.Database.OpenConnectionAsync(ct);
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", ct);
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", ct);
    }

    public static string PathOf(DatabaseOptions database) =>
        Path.GetFullPath(new SqliteConnectionStringBuilder(database.ConnectionString).DataSource);

    public static RefusedException Damaged(string file) =>
        new($"The database {file} is damaged or no SQLite database. Put it aside and restore a backup; nothing was changed.");

    private static async Task<string?> ScalarAsync(SqliteConnection connection, string sql, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only the two constant texts above come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToString(await command.ExecuteScalarAsync(ct), CultureInfo.InvariantCulture);
    }
}
