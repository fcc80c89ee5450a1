using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace XeroCfo.Data.Storage;

/// <summary>
/// SQLite's indexes that serve nobody but who reads. A first load changes pages all over them with each batch, and makes each of them in one go for a tenth of that once
/// everything is in. PostgreSQL keeps them: it is shared by several nodes, and pays less for them.
/// </summary>
internal static class ReadingIndexes
{
    private const int CannotOpen = 14;

    /// <summary>Who waited to write while an index was made writes before the next one begins: it asks again at least that often.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(120);

    private static readonly string[] Tables = ["LedgerLines", "TransactionLines", "Transactions"];

    // By these posting finds what it writes over, and queries name one of them.
    private static readonly string[] Posting =
    [
        "IX_LedgerLines_foreign", "IX_LedgerLines_tenantId_documentXeroId", "IX_LedgerLines_xeroOnly", "IX_TransactionLines_tenantId_transactionId", "IX_TransactionLines_transactionId",
        "IX_Transactions_open", "IX_Transactions_tenantId_creditXeroId",
    ];

    /// <summary>Takes them away, all or none.</summary>
    public static async Task LayAsideAsync(XeroCfoDb db, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var there = await ThereAsync(db, ct);
        foreach (var index in All(db).Where(index => there.Contains(index.Name)))
        {
            await RunAsync(db, $"DROP INDEX \"{index.Name}\"", ct);
        }

        await transaction.CommitAsync(ct);
    }

    /// <summary>Makes those that are missing, each by itself: whoever has died over it left the others.</summary>
    public static async Task MakeAsync(XeroCfoDb db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        var there = await ThereAsync(db, ct);
        var missing = All(db).Where(index => !there.Contains(index.Name)).Select(index => db.GetService<IMigrationsSqlGenerator>().Generate([CreateIndexOperation.CreateFrom(index)]).Single().CommandText).ToList();
        if (missing.Count > 0)
        {
            // Sorted in files, in pieces of the cache: a million rows do not belong in memory.
            await RunAsync(db, SqliteSetup.BulkPragmas + " PRAGMA temp_store = FILE; PRAGMA cache_size = -2000;", ct);
        }

        foreach (var sql in missing)
        {
            try
            {
                await RunAsync(db, sql, ct);
            }
            catch (SqliteException noFile) when (noFile.SqliteErrorCode == CannotOpen)
            {
                // No folder for temporary files that can be written to.
                await RunAsync(db, "PRAGMA temp_store = MEMORY;", ct);
                await RunAsync(db, sql, ct);
            }

            await Task.Delay(Turn, ct);
        }
    }

    private static IEnumerable<ITableIndex> All(XeroCfoDb db) =>
        from table in db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables
        where Tables.Contains(table.Name)
        from index in table.Indexes
        where !index.IsUnique && !Posting.Contains(index.Name)
        select index;

    private static async Task<HashSet<string>> ThereAsync(XeroCfoDb db, CancellationToken ct) =>
        [.. await db.Database.SqlQuery<string>($"SELECT \"name\" AS \"Value\" FROM sqlite_master WHERE \"type\" = 'index'").ToListAsync(ct)];

    private static async Task RunAsync(XeroCfoDb db, string sql, CancellationToken ct)
    {
        await using var command = RawSql.Command(db, sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(ct);
    }
}
