using System.Buffers.Text;
using System.Numerics;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using XeroCfo.Data.Backups.Format;

namespace XeroCfo.Data.Backups.Sqlite;

/// <summary>
/// Inserts packed rows by one prepared statement. SQLite keeps what was bound, and the rows of a ledger repeat the values of those before them: only what differs is
/// unpacked and bound anew.
/// </summary>
internal sealed class SqliteRowWriter : IRowWriter
{
    private readonly sqlite3 _file;
    private readonly TableShape _table;
    private readonly sqlite3_stmt _statement;

    /// <summary>Where the value that is bound to each column lies in the row before; nothing: null.</summary>
    private readonly Range?[] _bound;
    private byte[] _before = [];

    public SqliteRowWriter(SqliteConnection connection, TableShape table)
    {
        (_file, _table, _bound) = (connection.Handle!, table, new Range?[table.Columns.Count]);
        var sql = $"INSERT INTO {table.Quoted} ({table.QuotedColumns}) VALUES ({string.Join(", ", table.Columns.Select(_ => "?"))})";
        Check(raw.sqlite3_prepare_v2(_file, sql, out _statement));
    }

    public void Write(ReadOnlySpan<byte> row)
    {
        var reader = new RowReader(row, _table.Columns.Count);
        for (var at = 0; at < _table.Columns.Count; at++)
        {
            var (kind, before) = (_table.Columns[at].Kind, _bound[at]);
            if (reader.TakeNull())
            {
                if (before is not null)
                {
                    Check(raw.sqlite3_bind_null(_statement, at + 1));
                    _bound[at] = null;
                }

                continue;
            }

            var value = reader.Packed(kind, out var place);
            if (before is not { } range || !value.SequenceEqual(_before.AsSpan()[range]))
            {
                Check(Bind(RowReader.OfValue(value), at + 1, kind));
            }

            _bound[at] = place;
        }

        Remember(row);
        var ended = raw.sqlite3_step(_statement);
        if (ended != raw.SQLITE_DONE)
        {
            Check(ended);
        }

        Check(raw.sqlite3_reset(_statement));
    }

    public Task CompleteAsync(CancellationToken ct) => Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _statement.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Remember(ReadOnlySpan<byte> row)
    {
        if (_before.Length < row.Length)
        {
            _before = new byte[(int)BitOperations.RoundUpToPowerOf2((uint)row.Length)];
        }

        row.CopyTo(_before);
    }

    private int Bind(RowReader reader, int at, ColumnKind kind)
    {
        Span<byte> room = stackalloc byte[40];
        switch (kind)
        {
            case ColumnKind.Text or ColumnKind.Json or ColumnKind.Rate:
                return raw.sqlite3_bind_text(_statement, at, reader.Bytes());
            case ColumnKind.Bytes:
                return raw.sqlite3_bind_blob(_statement, at, reader.Bytes());
            case ColumnKind.Id:
                Utf8Formatter.TryFormat(reader.Id(), room, out var written);
                Upper(room[..written]);
                return raw.sqlite3_bind_text(_statement, at, room[..written]);
            case ColumnKind.Day:
                return raw.sqlite3_bind_text(_statement, at, room[..SqliteText.WriteDay(reader.Number(), room)]);
            case ColumnKind.Instant or ColumnKind.Moment:
                return raw.sqlite3_bind_text(_statement, at, room[..SqliteText.WriteInstant(reader.Number(), kind == ColumnKind.Moment, room)]);
            default:
                return raw.sqlite3_bind_int64(_statement, at, reader.Number());
        }
    }

    private static void Upper(Span<byte> text)
    {
        foreach (ref var letter in text)
        {
            letter = letter is >= (byte)'a' and <= (byte)'f' ? (byte)(letter - 32) : letter;
        }
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(code, _file);
        }
    }
}
