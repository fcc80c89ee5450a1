using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using XeroCfo.Data.Backups.Format;
using XeroCfo.Data.Backups.Sqlite;
using XeroCfo.Data.Storage;

namespace XeroCfo.Data.Backups.Postgres;

/// <summary>The rows of a PostgreSQL database, by its binary COPY.</summary>
internal sealed class PostgresRows(XeroCfoDb db) : IRowStore
{
    private const int LongTime = 0;
    private readonly List<string> _putBack = [];

    private NpgsqlConnection Connection => (NpgsqlConnection)db.Database.GetDbConnection();

    public async Task ReadAsync(TableShape table, RowReceiver receiver, CancellationToken ct)
    {
        var columns = string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\"{Cast(column.Kind)}"));
        await using var export = await Connection.BeginBinaryExportAsync($"COPY (SELECT {columns} FROM {table.Quoted}) TO STDOUT (FORMAT BINARY)", ct);
        export.Timeout = TimeSpan.FromMinutes(10);
        var row = new RowBuffer(table.Columns.Count);
        while (export.StartRow() >= 0)
        {
            Pack(export, table, row);
            if (receiver.Add(row.Row))
            {
                ct.ThrowIfCancellationRequested();
                await receiver.SendAsync(ct);
            }
        }

        await receiver.SendAsync(ct);
    }

    public async Task<long?> LastNumberAsync(TableShape table, CancellationToken ct)
    {
        if (table.Counter is null)
        {
            return null;
        }

        var name = await ScalarAsync($"SELECT pg_get_serial_sequence('{table.Quoted}', '{table.Counter}')", ct) as string;
        return await ScalarAsync($"SELECT CASE WHEN is_called THEN last_value END FROM {name}", ct) as long?;
    }

    // Outside of transactions; but the counter itself is as new as its table and goes with it.
    public Task NumberFromAsync(TableShape table, long last, CancellationToken ct) =>
        RunAsync($"SELECT setval(pg_get_serial_sequence('{table.Quoted}', '{table.Counter}'), {last})", ct);

    public async Task<IRowWriter> WriteAsync(TableShape table, CancellationToken ct)
    {
        var widths = (await PairsAsync(
            $"SELECT attname::text, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = '{table.Quoted}'::regclass AND attnum > 0 AND NOT attisdropped", ct))
            .ToDictionary(pair => pair.Take, pair => pair.Back, StringComparer.Ordinal);
        return new PostgresRowWriter(await Connection.BeginBinaryImportAsync($"COPY {table.Quoted} ({table.QuotedColumns}) FROM STDIN (FORMAT BINARY)", ct), table, widths);
    }

    public async Task LayAsideAsync(CancellationToken ct)
    {
        var keys = await PairsAsync(
            """
            SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname), format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
            FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
            """,
            ct);
        var indexes = await PairsAsync(
            """
            SELECT format('DROP INDEX %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
            FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
            WHERE c.relnamespace = current_schema()::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
            """,
            ct);
        var triggers = await PairsAsync(
            """
            SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname), format('ALTER TABLE %s ENABLE TRIGGER %I', tgrelid::regclass, tgname)
            FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT tgisinternal AND c.relnamespace = current_schema()::regnamespace
            """,
            ct);
        foreach (var (take, _) in keys.Concat(indexes).Concat(triggers))
        {
            await RunAsync(take, ct);
        }

        _putBack.AddRange(indexes.Concat(keys).Concat(triggers).Select(pair => pair.Back));
    }

    public async Task PutBackAsync(CancellationToken ct)
    {
        foreach (var sql in _putBack)
        {
            await RunAsync(sql, ct);
        }
    }

    /// <summary>Runs statements that may take as long as they need.</summary>
    internal async Task RunAsync(string sql, CancellationToken ct)
    {
        await using var command = RawSql.Command(db, sql);
        command.CommandTimeout = LongTime;
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The pairs that a query gives.</summary>
    internal async Task<IReadOnlyList<(string Take, string Back)>> PairsAsync(string sql, CancellationToken ct)
    {
        List<(string, string)> pairs = [];
        await using var command = RawSql.Command(db, sql);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            pairs.Add((reader.GetString(0), reader.GetString(1)));
        }

        return pairs;
    }

    private static string Cast(ColumnKind kind) => kind switch
    {
        ColumnKind.Json => "::text",
        ColumnKind.Number => "::bigint",
        _ => "",
    };

    private static void Pack(NpgsqlBinaryExporter export, TableShape table, RowBuffer row)
    {
        row.Begin();
        foreach (var column in table.Columns)
        {
            if (export.IsNull)
            {
                export.Skip();
                row.Null();
                continue;
            }

            switch (column.Kind)
            {
                case ColumnKind.Text or ColumnKind.Json:
                    row.Text(export.Read<string>(NpgsqlDbType.Text));
                    break;
                case ColumnKind.Bytes:
                    row.Bytes(export.Read<byte[]>(NpgsqlDbType.Bytea));
                    break;
                case ColumnKind.Id:
                    row.Id(export.Read<Guid>(NpgsqlDbType.Uuid));
                    break;
                case ColumnKind.Flag:
                    row.Number(export.Read<bool>(NpgsqlDbType.Boolean) ? 1 : 0);
                    break;
                case ColumnKind.Number:
                    row.Number(export.Read<long>(NpgsqlDbType.Bigint));
                    break;
                case ColumnKind.Money:
                    row.Number(SqliteMoneyConverter.ToStored(export.Read<decimal>(NpgsqlDbType.Numeric)));
                    break;
                case ColumnKind.Rate:
                    row.Text(SqliteText.Rate(export.Read<decimal>(NpgsqlDbType.Numeric)));
                    break;
                case ColumnKind.Day:
                    row.Number(export.Read<DateOnly>(NpgsqlDbType.Date).DayNumber);
                    break;
                default:
                    row.Number(export.Read<DateTime>(NpgsqlDbType.TimestampTz).Ticks / TimeSpan.TicksPerMicrosecond);
                    break;
            }
        }
    }

    private async Task<object?> ScalarAsync(string sql, CancellationToken ct)
    {
        await using var command = RawSql.Command(db, sql);
        return await command.ExecuteScalarAsync(ct);
    }
}
