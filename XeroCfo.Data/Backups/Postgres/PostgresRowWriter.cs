using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using XeroCfo.Data.Backups.Format;
using XeroCfo.Data.Storage;

namespace XeroCfo.Data.Backups.Postgres;

/// <summary>Puts packed rows into a table by binary COPY.</summary>
internal sealed class PostgresRowWriter : IRowWriter
{
    private readonly NpgsqlBinaryImporter _import;
    private readonly TableShape _table;
    private readonly NpgsqlDbType[] _types;

    /// <param name="import">A COPY of the table's columns.</param>
    /// <param name="table">The table.</param>
    /// <param name="types">What PostgreSQL calls the type of each column.</param>
    public PostgresRowWriter(NpgsqlBinaryImporter import, TableShape table, Dictionary<string, string> types)
    {
        import.Timeout = TimeSpan.FromMinutes(30);
        (_import, _table) = (import, table);
        _types = [.. table.Columns.Select(column => types[column.Name] switch
        {
            "smallint" => NpgsqlDbType.Smallint,
            "integer" => NpgsqlDbType.Integer,
            _ => NpgsqlDbType.Bigint,
        })];
    }

    public void Write(ReadOnlySpan<byte> row)
    {
        _import.StartRow();
        var reader = new RowReader(row, _table.Columns.Count);
        for (var at = 0; at < _table.Columns.Count; at++)
        {
            if (reader.TakeNull())
            {
                _import.WriteNull();
            }
            else
            {
                Write(ref reader, at);
            }
        }
    }

    public async Task CompleteAsync(CancellationToken ct) => await _import.CompleteAsync(ct);

    public ValueTask DisposeAsync() => _import.DisposeAsync();

    private void Write(ref RowReader reader, int at)
    {
        switch (_table.Columns[at].Kind)
        {
            case ColumnKind.Text:
                _import.Write(Encoding.UTF8.GetString(reader.Bytes()), NpgsqlDbType.Text);
                break;
            case ColumnKind.Json:
                _import.Write(Encoding.UTF8.GetString(reader.Bytes()), NpgsqlDbType.Jsonb);
                break;
            case ColumnKind.Bytes:
                _import.Write(reader.Bytes().ToArray(), NpgsqlDbType.Bytea);
                break;
            case ColumnKind.Id:
                _import.Write(reader.Id(), NpgsqlDbType.Uuid);
                break;
            case ColumnKind.Flag:
                _import.Write(reader.Number() != 0, NpgsqlDbType.Boolean);
                break;
            case ColumnKind.Number:
                WriteNumber(reader.Number(), _types[at]);
                break;
            case ColumnKind.Money:
                _import.Write(SqliteMoneyConverter.FromStored(reader.Number()), NpgsqlDbType.Numeric);
                break;
            case ColumnKind.Rate:
                _import.Write(decimal.Parse(reader.Bytes(), NumberStyles.Number, CultureInfo.InvariantCulture), NpgsqlDbType.Numeric);
                break;
            case ColumnKind.Day:
                _import.Write(DateOnly.FromDayNumber((int)reader.Number()), NpgsqlDbType.Date);
                break;
            default:
                _import.Write(new DateTime(reader.Number() * TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc), NpgsqlDbType.TimestampTz);
                break;
        }
    }

    private void WriteNumber(long number, NpgsqlDbType type)
    {
        switch (type)
        {
            case NpgsqlDbType.Smallint:
                _import.Write((short)number, type);
                break;
            case NpgsqlDbType.Integer:
                _import.Write((int)number, type);
                break;
            default:
                _import.Write(number, type);
                break;
        }
    }
}
