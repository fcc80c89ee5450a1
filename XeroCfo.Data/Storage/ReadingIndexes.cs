using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace XeroCfo.Data.Storage;

/// <summary>
/// SQLite's indexes that serve nobody but who reads. A first load changes pages all over them with each batch, and makes each of them in one go for a tenth of that once
/// everything is in. What is away is written down in the file itself, so that any process can make it again. PostgreSQL keeps them: it is shared by several nodes, and pays
/// less for them.
/// </summary>
internal static class ReadingIndexes
{
    // What SQLite says of a folder for temporary files that cannot be written to, or is full: error of reading or writing, full, cannot open.
    private static readonly int[] NoTemporaryFile = [10, 13, 14];

    // There only while some are away; no part of the model.
    private const string List = "__IndexesToMake";

    // All but those by which posting finds what it writes over, and the one that a query names.
    private const string Served = """
        FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('ContactBalances', 'LedgerLines', 'TransactionLines', 'Transactions') AND sql LIKE 'CREATE INDEX %' AND name NOT IN (
            'IX_ContactBalances_tenantId_contactId', 'IX_LedgerLines_foreign', 'IX_LedgerLines_tenantId_documentXeroId', 'IX_LedgerLines_xeroOnly', 'IX_TransactionLines_tenantId_transactionId',
            'IX_TransactionLines_transactionId', 'IX_Transactions_open', 'IX_Transactions_tenantId_creditXeroId')
        """;

    /// <summary>Who waited to write while an index was made writes before the next one begins: it asks again at least that often.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(120);

    /// <summary>Takes them away, all or none.</summary>
    public static async Task LayAsideAsync(XeroCfoDb db, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var names = await TextsAsync(db, $"SELECT name {Served}", ct);
        if (names.Count == 0)
        {
            return;
        }

        await RunAsync(db, $"CREATE TABLE IF NOT EXISTS \"{List}\" (\"sql\" TEXT NOT NULL PRIMARY KEY); INSERT INTO \"{List}\" SELECT sql {Served};", ct);
        await RunAsync(db, string.Concat(names.Select(name => $"DROP INDEX \"{name}\";")), ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Makes those that are away, each by itself: whoever dies over it, or makes them at the same time, leaves the others.</summary>
    public static async Task MakeAsync(XeroCfoDb db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        var away = await AwayAsync(db, ct);
        if (away.Count == 0)
        {
            return;
        }

        // Sorted in files, in pieces of the cache: a million rows do not belong in memory.
        await RunAsync(db, SqliteSetup.BulkPragmas + " PRAGMA temp_store = FILE; PRAGMA cache_size = -2000;", ct);
        foreach (var sql in away)
        {
            try
            {
                await MakeAsync(db, sql, ct);
            }
            catch (SqliteException noFile) when (NoTemporaryFile.Contains(noFile.SqliteErrorCode))
            {
                await RunAsync(db, "PRAGMA temp_store = MEMORY;", ct);
                await MakeAsync(db, sql, ct);
            }

            await Task.Delay(Turn, ct);
        }

        // What was known of them went with them.
        await db.RefreshStatisticsAsync(ct);
    }

    private static async Task<List<string>> AwayAsync(XeroCfoDb db, CancellationToken ct)
    {
        if (!await IsListThereAsync(db, ct))
        {
            return [];
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        return await IsListThereAsync(db, ct) ? await TextsAsync(db, $"SELECT \"sql\" FROM \"{List}\"", ct) : [];
    }

    private static async Task<bool> IsListThereAsync(XeroCfoDb db, CancellationToken ct) => (await TextsAsync(db, $"SELECT name FROM sqlite_master WHERE name = '{List}'", ct)).Count > 0;

    private static async Task MakeAsync(XeroCfoDb db, string sql, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await IsListThereAsync(db, ct) && await RunAsync(db, $"DELETE FROM \"{List}\" WHERE \"sql\" = @sql", ct, sql) == 1)
        {
            await RunAsync(db, sql, ct);
            if ((await TextsAsync(db, $"SELECT \"sql\" FROM \"{List}\" LIMIT 1", ct)).Count == 0)
            {
                await RunAsync(db, $"DROP TABLE \"{List}\"", ct);
            }
        }

        await transaction.CommitAsync(ct);
    }

    private static async Task<List<string>> TextsAsync(XeroCfoDb db, string sql, CancellationToken ct)
    {
        await using var command = RawSql.Command(db, sql);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var texts = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }

    private static async Task<int> RunAsync(XeroCfoDb db, string sql, CancellationToken ct, string? text = null)
    {
        await using var command = RawSql.Command(db, sql);
        command.CommandTimeout = 0;
        if (text is not null)
        {
            RawSql.AddParameter(command, "@sql", text);
        }

        return await command.ExecuteNonQueryAsync(ct);
    }
}
