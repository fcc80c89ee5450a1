using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Backups.Format;
using XeroCfo.Data.Backups.Postgres;
using XeroCfo.Data.Backups.Sqlite;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;

namespace XeroCfo.Data.Backups;

/// <summary>
/// The whole database as it is at one moment. On SQLite a read transaction of the write-ahead log, on PostgreSQL one that reads repeatably: neither
/// keeps anybody from writing.
/// </summary>
internal sealed class Snapshot : IAsyncDisposable
{
    private readonly XeroCfoDb _db;
    private readonly DbTransaction _transaction;

    private Snapshot(XeroCfoDb db, DbTransaction transaction, IReadOnlyList<string> steps) => (_db, _transaction, Steps, Rows) = (db, transaction, steps, RowsOf(db));

    public IRowStore Rows { get; }

    /// <summary>The steps of its shape, by their short names.</summary>
    public IReadOnlyList<string> Steps { get; }

    public static IRowStore RowsOf(XeroCfoDb db) => db is SqliteDb ? new SqliteRows(db) : new PostgresRows(db);

    public static async Task<Snapshot> TakeAsync(IDbFactory databases, CancellationToken ct)
    {
        var db = databases.AcrossTenants("a backup holds every organisation");
        try
        {
            var transaction = await db.BeginReadingAsync(ct);

            // Its first read is the moment.
            var applied = await db.Database.GetAppliedMigrationsAsync(ct);
            return new Snapshot(db, transaction, [.. applied.Select(BackupShapes.StepName)]);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads every table into the backup.</summary>
    public async Task WriteAsync(BackupWriter writer, IReadOnlyList<TableShape> tables, CancellationToken ct)
    {
        for (var index = 0; index < tables.Count; index++)
        {
            var sink = writer.Table(index, tables[index]);
            await Rows.ReadAsync(tables[index], sink, ct);
            writer.Ended(sink.Totals(await Rows.LastNumberAsync(tables[index], ct)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _db.DisposeAsync();
    }
}
