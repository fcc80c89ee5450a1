using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using XeroCfo.Domain.Ledger;

namespace XeroCfo.Data.Storage;

/// <summary>A column of a bulk write.</summary>
internal interface IBulkColumn<in TRow>
{
    string Name { get; }

    /// <summary>The value as SQLite keeps it.</summary>
    object SqliteValue(TRow row);

    /// <summary>All values of the column, for PostgreSQL's unnest.</summary>
    Array PostgresValues(IReadOnlyList<TRow> rows);
}

/// <summary>
/// Writes many rows at once, past the change tracker: prepared single-row upserts on SQLite, <c>unnest</c> arrays on PostgreSQL.
/// It also bypasses the interceptors, so every row must bring its organisation and its times.
/// </summary>
internal sealed class BulkTable<TRow>(string table, params IBulkColumn<TRow>[] columns)
{
    private const int PostgresBatch = 5_000;

    private string _conflict = "";

    /// <summary>What to do with a row whose key is there already: set these columns to the new values.</summary>
    public BulkTable<TRow> Upsert(IEnumerable<string> key, IEnumerable<string> update)
    {
        var set = string.Join(", ", update.Select(name => $"\"{name}\" = excluded.\"{name}\""));
        _conflict = $" ON CONFLICT ({Quote(key)}) DO " + (set.Length == 0 ? "NOTHING" : "UPDATE SET " + set);
        return this;
    }

    /// <summary>The same, but a row that is there already and says the same is left alone, and with it its entries in all indexes.</summary>
    public BulkTable<TRow> UpsertChanged(string[] key, string[] update)
    {
        Upsert(key, update);
        _conflict += $" WHERE ({string.Join(", ", update.Select(name => $"\"{table}\".\"{name}\""))}) IS DISTINCT FROM ({string.Join(", ", update.Select(name => $"excluded.\"{name}\""))})";
        return this;
    }

    /// <summary>What to do with a row whose key is there already: add the new value of one column to the old one.</summary>
    public BulkTable<TRow> Add(IEnumerable<string> key, string column)
    {
        _conflict = $" ON CONFLICT ({Quote(key)}) DO UPDATE SET \"{column}\" = \"{table}\".\"{column}\" + excluded.\"{column}\"";
        return this;
    }

    /// <summary>Writes the rows in the context's current transaction.</summary>
    public async Task WriteAsync(XeroCfoDb db, IReadOnlyList<TRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0)
        {
            return;
        }

        if (db is SqliteDb)
        {
            await WriteSqliteAsync(db, rows, ct);
        }
        else
        {
            foreach (var batch in rows.Chunk(PostgresBatch))
            {
                await WritePostgresAsync(db, batch, ct);
            }
        }
    }

    private async Task WriteSqliteAsync(XeroCfoDb db, IReadOnlyList<TRow> rows, CancellationToken ct)
    {
        await using var command = RawSql.Command(
            db, $"INSERT INTO \"{table}\" ({Quote(columns.Select(column => column.Name))}) VALUES ({string.Join(", ", columns.Select((_, i) => "@p" + i))}){_conflict}");
        var parameters = new DbParameter[columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            parameters[i] = RawSql.AddParameter(command, "@p" + i, DBNull.Value);
        }

        await command.PrepareAsync(ct);
        foreach (var row in rows)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                parameters[i].Value = columns[i].SqliteValue(row);
            }

            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private async Task WritePostgresAsync(XeroCfoDb db, TRow[] rows, CancellationToken ct)
    {
        await using var command = RawSql.Command(
            db, $"INSERT INTO \"{table}\" ({Quote(columns.Select(column => column.Name))}) SELECT * FROM unnest({string.Join(", ", columns.Select((_, i) => "@p" + i))}){_conflict}");
        for (var i = 0; i < columns.Length; i++)
        {
            RawSql.AddParameter(command, "@p" + i, columns[i].PostgresValues(rows));
        }

        await command.ExecuteNonQueryAsync(ct);
    }

    private static string Quote(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"\"{name}\""));
}

/// <summary>Columns of a bulk write.</summary>
internal static class Column
{
    public static IBulkColumn<TRow> Of<TRow, TValue>(Func<TRow, TValue> value, string name) => new Typed<TRow, TValue>(name, value);

    private sealed class Typed<TRow, TValue>(string name, Func<TRow, TValue> value) : IBulkColumn<TRow>
    {
        public string Name => name;

        public object SqliteValue(TRow row) => value(row) switch
        {
            null => DBNull.Value,
            decimal amount => SqliteMoneyConverter.ToStored(amount),
            FxRate rate => rate.ForeignPerBase.ToString(System.Globalization.CultureInfo.InvariantCulture),
            DateTime instant => Domain.Primitives.Instants.Cut(instant),
            var other => other,
        };

        public Array PostgresValues(IReadOnlyList<TRow> rows)
        {
            if (typeof(TValue) == typeof(FxRate))
            {
                return rows.Select(row => ((FxRate)(object)value(row)!).ForeignPerBase).ToArray();
            }

            var values = new TValue[rows.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = value(rows[i]) is DateTime instant ? (TValue)(object)Domain.Primitives.Instants.Cut(instant) : value(rows[i]);
            }

            return values;
        }
    }
}

/// <summary>Hand-written SQL on the connection and transaction of a context.</summary>
internal static class RawSql
{
    /// <summary>Keeps the locks of consents apart from those of organisations.</summary>
    private const long ConsentLocks = 0x436F6E73656E74;
    private const long PaceLocks = 0x50616365;
    private const long PersonLocks = 0x506572736F6E;
    private const long TrailLock = 0x547261696C;

    /// <summary>One that renews asks Xero twice, for half a minute each, and another node may stand in line before us.</summary>
    private static readonly TimeSpan ConsentPatience = TimeSpan.FromMinutes(3);

    public static DbCommand Command(XeroCfoDb db, string sql)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        return command;
    }

    public static DbParameter AddParameter(DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
        return parameter;
    }

    /// <summary>
    /// Lets nobody else post this organisation's documents until the transaction ends. SQLite has one writer at a time anyway.
    /// </summary>
    public static async Task LockOrganisationAsync(this XeroCfoDb db, Guid tenant, CancellationToken ct)
    {
        if (db is not SqliteDb)
        {
            await LockAsync(db, BitConverter.ToInt64(tenant.ToByteArray(), 8), ct);
        }
    }

    /// <summary>Lets nobody else renew this consent until the transaction ends; on PostgreSQL only. Who holds it may wait for Xero, and others with it.</summary>
    public static Task LockConsentAsync(this XeroCfoDb db, Guid grant, CancellationToken ct) =>
        LockAsync(db, BitConverter.ToInt64(grant.ToByteArray(), 8) ^ ConsentLocks, ConsentPatience, ct);

    /// <summary>Lets nobody else count a call of this organisation until the transaction ends. SQLite has one writer at a time anyway.</summary>
    public static Task LockPaceAsync(this XeroCfoDb db, Guid tenant, CancellationToken ct) =>
        db is SqliteDb ? Task.CompletedTask : LockAsync(db, BitConverter.ToInt64(tenant.ToByteArray(), 8) ^ PaceLocks, ct);

    /// <summary>Lets nobody else make keys of this person until the transaction ends. SQLite has one writer at a time anyway.</summary>
    public static Task LockKeysAsync(this XeroCfoDb db, Guid owner, CancellationToken ct) =>
        db is SqliteDb ? Task.CompletedTask : LockAsync(db, BitConverter.ToInt64(owner.ToByteArray(), 8) ^ PersonLocks, ct);

    /// <summary>True when this transaction alone may seal the audit trail until it ends. SQLite has one writer at a time anyway.</summary>
    public static async Task<bool> TryLockTrailAsync(this XeroCfoDb db, CancellationToken ct)
    {
        if (db is SqliteDb)
        {
            return true;
        }

        await using var command = Command(db, "SELECT pg_try_advisory_xact_lock(@key)");
        AddParameter(command, "key", TrailLock);
        return await command.ExecuteScalarAsync(ct) is true;
    }

    /// <summary>Renews what the query planner knows of the tables.</summary>
    public static async Task RefreshStatisticsAsync(this XeroCfoDb db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        await using var command = Command(db, db is SqliteDb ? "PRAGMA optimize" : "ANALYZE");
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>
    /// Begins a transaction for data that can be fetched again: on SQLite without waiting for the disk at each commit.
    /// </summary>
    public static async Task<IDbContextTransaction> BeginBulkAsync(this XeroCfoDb db, CancellationToken ct)
    {
        if (db is SqliteDb)
        {
            await db.Database.OpenConnectionAsync(ct);
            await using var pragma = Command(db, SqliteSetup.BulkPragmas);
            await pragma.ExecuteNonQueryAsync(ct);
        }

        return await db.Database.BeginTransactionAsync(ct);
    }

    /// <summary>What is read until this is disposed is of one moment; nobody waits for it, and it writes nothing.</summary>
    public static async Task<DbTransaction> BeginReadingAsync(this XeroCfoDb db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        var connection = db.Database.GetDbConnection();
        var moment = connection is SqliteConnection sqlite ? sqlite.BeginTransaction(deferred: true) : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await db.Database.UseTransactionAsync(moment, ct);
        return moment;
    }

    private static Task LockAsync(XeroCfoDb db, long key, CancellationToken ct) => LockAsync(db, key, null, ct);

    private static async Task LockAsync(XeroCfoDb db, long key, TimeSpan? patience, CancellationToken ct)
    {
        await using var command = Command(db, "SELECT pg_advisory_xact_lock(@key)");
        if (patience is { } longer)
        {
            command.CommandTimeout = (int)longer.TotalSeconds;
        }

        AddParameter(command, "@key", key);
        await command.ExecuteNonQueryAsync(ct);
    }
}
