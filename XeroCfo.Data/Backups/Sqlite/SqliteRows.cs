using System.Buffers.Text;
using System.Data;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;
using XeroCfo.Data.Backups.Format;
using XeroCfo.Data.Storage;

namespace XeroCfo.Data.Backups.Sqlite;

/// <summary>
/// The rows of a SQLite file. Values go between SQLite's own memory and the packed row without objects in between: a backup of millions of
/// rows has no time for them.
/// </summary>
/// <param name="db">The open file.</param>
/// <param name="forProof">Only what can find a fault is put back after loading: unique indexes.</param>
internal sealed class SqliteRows(XeroCfoDb db, bool forProof = false) : IRowStore
{
    private readonly List<string> _aside = [];

    public async Task ReadAsync(TableShape table, RowReceiver receiver, CancellationToken ct)
    {
        await using var command = RawSql.Command(db, $"SELECT {table.QuotedColumns} FROM {table.Quoted}");
        await using var reader = (SqliteDataReader)await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, ct);
        var row = new RowBuffer(table.Columns.Count);
        while (reader.Read())
        {
            Pack(reader.Handle!, table, row);
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

        await using var command = RawSql.Command(db, "SELECT seq FROM sqlite_sequence WHERE name = @name");
        RawSql.AddParameter(command, "@name", table.Name);
        return await command.ExecuteScalarAsync(ct) as long?;
    }

    public async Task NumberFromAsync(TableShape table, long last, CancellationToken ct)
    {
        await using var command = RawSql.Command(db, "DELETE FROM sqlite_sequence WHERE name = @name; INSERT INTO sqlite_sequence (name, seq) VALUES (@name, @last)");
        RawSql.AddParameter(command, "@name", table.Name);
        RawSql.AddParameter(command, "@last", last);
        await command.ExecuteNonQueryAsync(ct);
    }

    public Task<IRowWriter> WriteAsync(TableShape table, CancellationToken ct) =>
        Task.FromResult<IRowWriter>(new SqliteRowWriter((SqliteConnection)db.Database.GetDbConnection(), table));

    public async Task LayAsideAsync(CancellationToken ct)
    {
        List<string> drops = [];
        await using (var command = RawSql.Command(db, "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type"))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                drops.Add($"DROP {reader.GetString(0)} \"{reader.GetString(1)}\"");
                _aside.Add(reader.GetString(2));
            }
        }

        await RunAsync(drops, ct);
    }

    public async Task PutBackAsync(CancellationToken ct)
    {
        await RunAsync(_aside.Where(sql => !forProof || sql.StartsWith("CREATE UNIQUE", StringComparison.OrdinalIgnoreCase)), ct);
        await using var command = RawSql.Command(db, "PRAGMA foreign_key_check");
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (await reader.ReadAsync(ct))
        {
            throw BackupFaultException.Damaged($"a row of {reader.GetString(0)} names one of {reader.GetString(2)} that is not there");
        }
    }

    private async Task RunAsync(IEnumerable<string> statements, CancellationToken ct)
    {
        foreach (var sql in statements)
        {
            await using var command = RawSql.Command(db, sql);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private static void Pack(sqlite3_stmt statement, TableShape table, RowBuffer row)
    {
        row.Begin();
        for (var at = 0; at < table.Columns.Count; at++)
        {
            if (raw.sqlite3_column_type(statement, at) == raw.SQLITE_NULL)
            {
                row.Null();
                continue;
            }

            switch (table.Columns[at].Kind)
            {
                case ColumnKind.Text or ColumnKind.Json or ColumnKind.Bytes:
                    row.Bytes(raw.sqlite3_column_blob(statement, at));
                    break;
                case ColumnKind.Id:
                    row.Id(Utf8Parser.TryParse(raw.sqlite3_column_blob(statement, at), out Guid id, out _) ? id : throw Unreadable(table, at));
                    break;
                case ColumnKind.Flag or ColumnKind.Number or ColumnKind.Money:
                    row.Number(raw.sqlite3_column_int64(statement, at));
                    break;
                case ColumnKind.Rate:
                    row.Text(SqliteText.Rate(raw.sqlite3_column_blob(statement, at)));
                    break;
                case ColumnKind.Day:
                    row.Number(SqliteText.Day(raw.sqlite3_column_blob(statement, at)) ?? throw Unreadable(table, at));
                    break;
                default:
                    row.Number(SqliteText.Instant(raw.sqlite3_column_blob(statement, at)) ?? throw Unreadable(table, at));
                    break;
            }
        }
    }

    private static InvalidDataException Unreadable(TableShape table, int at) => new($"{table.Name}.{table.Columns[at].Name} holds what is no {table.Columns[at].Kind}.");
}

/// <summary>Days, instants and rates as EF writes them into SQLite.</summary>
internal static class SqliteText
{
    private const int DayLength = 10;
    private const int SecondsLength = 19;

    public static long? Day(ReadOnlySpan<byte> text) =>
        text.Length == DayLength && Digits(text[..4]) is { } year && Digits(text.Slice(5, 2)) is { } month && Digits(text.Slice(8, 2)) is { } day
            ? new DateOnly(year, month, day).DayNumber
            : null;

    /// <summary>Microseconds since the year 1, UTC.</summary>
    public static long? Instant(ReadOnlySpan<byte> text)
    {
        if (text.Length < SecondsLength || Day(text[..DayLength]) is not { } day
            || Digits(text.Slice(11, 2)) is not { } hour || Digits(text.Slice(14, 2)) is not { } minute || Digits(text.Slice(17, 2)) is not { } second)
        {
            return null;
        }

        var ticks = (day * TimeSpan.TicksPerDay) + (((((hour * 60L) + minute) * 60L) + second) * TimeSpan.TicksPerSecond);
        var rest = text[SecondsLength..];
        if (rest is [(byte)'.', ..])
        {
            var place = TimeSpan.TicksPerSecond;
            for (rest = rest[1..]; rest is [>= (byte)'0' and <= (byte)'9', ..]; rest = rest[1..])
            {
                place /= 10;
                ticks += (rest[0] - '0') * place;
            }
        }

        return rest.Length == 0 ? ticks / TimeSpan.TicksPerMicrosecond
            : TimeSpan.TryParseExact(Encoding.ASCII.GetString(rest).TrimStart('+', '-'), @"hh\:mm", CultureInfo.InvariantCulture, out var offset)
                ? (ticks - ((rest[0] == '-' ? -1 : 1) * offset.Ticks)) / TimeSpan.TicksPerMicrosecond
                : null;
    }

    /// <summary>In one form, and as exact as PostgreSQL keeps it.</summary>
    public static string Rate(ReadOnlySpan<byte> text) => text is [(byte)'1'] ? "1" : Rate(decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture));

    public static string Rate(decimal rate) => PlainDecimal.Of(Math.Round(rate, 12, MidpointRounding.AwayFromZero));

    public static int WriteDay(long day, Span<byte> room)
    {
        DateOnly.FromDayNumber((int)day).TryFormat(room, out var written, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return written;
    }

    public static int WriteInstant(long microseconds, bool withOffset, Span<byte> room)
    {
        new DateTime(microseconds * TimeSpan.TicksPerMicrosecond).TryFormat(room, out var written, @"yyyy\-MM\-dd HH\:mm\:ss.FFFFFFF", CultureInfo.InvariantCulture);
        if (withOffset)
        {
            "+00:00"u8.CopyTo(room[written..]);
            written += 6;
        }

        return written;
    }

    private static int? Digits(ReadOnlySpan<byte> text)
    {
        var value = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return null;
            }

            value = (value * 10) + digit - '0';
        }

        return value;
    }
}
