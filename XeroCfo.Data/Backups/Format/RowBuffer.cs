using System.Numerics;
using System.Text;

namespace XeroCfo.Data.Backups.Format;

/// <summary>Packs one row after the other: a bit for each column that is null, then the others' values.</summary>
internal sealed class RowBuffer
{
    private readonly int _columns;
    private byte[] _bytes = new byte[4096];
    private int _length;
    private int _column;

    public RowBuffer(int columns) => _columns = columns;

    public ReadOnlySpan<byte> Row => _bytes.AsSpan(0, _length);

    public void Begin()
    {
        _length = NullBytes(_columns);
        _bytes.AsSpan(0, _length).Clear();
        _column = 0;
    }

    public void Null()
    {
        _bytes[_column >> 3] |= (byte)(1 << (_column & 7));
        _column++;
    }

    public void Number(long value)
    {
        Packed((ulong)((value << 1) ^ (value >> 63)));
        _column++;
    }

    public void Id(Guid value)
    {
        value.TryWriteBytes(Room(16), bigEndian: true, out var written);
        _length += written;
        _column++;
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Packed((ulong)value.Length);
        value.CopyTo(Room(value.Length));
        _length += value.Length;
        _column++;
    }

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Packed((ulong)length);
        _length += Encoding.UTF8.GetBytes(value, Room(length));
        _column++;
    }

    internal static int NullBytes(int columns) => (columns + 7) >> 3;

    private void Packed(ulong value)
    {
        var room = Room(10);
        var at = 0;
        while (value >= 0x80)
        {
            room[at++] = (byte)(value | 0x80);
            value >>= 7;
        }

        room[at++] = (byte)value;
        _length += at;
    }

    private Span<byte> Room(int length)
    {
        if (_bytes.Length - _length < length)
        {
            Array.Resize(ref _bytes, (int)BitOperations.RoundUpToPowerOf2((uint)(_length + length)));
        }

        return _bytes.AsSpan(_length);
    }
}

/// <summary>Unpacks a row, column after column.</summary>
internal ref struct RowReader
{
    private readonly ReadOnlySpan<byte> _row;
    private int _at;
    private int _column;

    public RowReader(ReadOnlySpan<byte> row, int columns)
    {
        _row = row;
        _at = RowBuffer.NullBytes(columns);
    }

    private RowReader(ReadOnlySpan<byte> value) => _row = value;

    /// <summary>Unpacks one value that <see cref="Packed(ColumnKind, out Range)"/> gave.</summary>
    public static RowReader OfValue(ReadOnlySpan<byte> packed) => new(packed);

    /// <summary>True when the next column is null, and then it is passed.</summary>
    public bool TakeNull()
    {
        var isNull = (_row[_column >> 3] & (1 << (_column & 7))) != 0;
        _column += 1;
        return isNull;
    }

    public long Number()
    {
        var packed = Packed();
        return (long)(packed >> 1) ^ -(long)(packed & 1);
    }

    public Guid Id()
    {
        var value = new Guid(_row.Slice(_at, 16), bigEndian: true);
        _at += 16;
        return value;
    }

    public ReadOnlySpan<byte> Bytes()
    {
        var length = (int)Packed();
        var value = _row.Slice(_at, length);
        _at += length;
        return value;
    }

    /// <summary>The next value as it is packed: equal bytes are equal values.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="place">Where in the row it lies.</param>
    public ReadOnlySpan<byte> Packed(ColumnKind kind, out Range place)
    {
        var from = _at;
        switch (kind)
        {
            case ColumnKind.Id:
                _at += 16;
                break;
            case ColumnKind.Text or ColumnKind.Json or ColumnKind.Rate or ColumnKind.Bytes:
                _ = Bytes();
                break;
            default:
                _ = Packed();
                break;
        }

        place = from.._at;
        return _row[place];
    }

    private ulong Packed()
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = _row[_at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}

/// <summary>A row as it enters a checksum: the same whichever database gave it.</summary>
internal sealed class RowCanon(TableShape table)
{
    private readonly bool _hasJson = table.Columns.Any(column => column.Kind == ColumnKind.Json);
    private readonly RowBuffer _canon = new(table.Columns.Count);

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> row)
    {
        if (!_hasJson)
        {
            return row;
        }

        var reader = new RowReader(row, table.Columns.Count);
        _canon.Begin();
        foreach (var column in table.Columns)
        {
            if (reader.TakeNull())
            {
                _canon.Null();
                continue;
            }

            switch (column.Kind)
            {
                case ColumnKind.Json:
                    _canon.Bytes(CanonicalJson.Of(reader.Bytes().ToArray()));
                    break;
                case ColumnKind.Id:
                    _canon.Id(reader.Id());
                    break;
                case ColumnKind.Text or ColumnKind.Rate or ColumnKind.Bytes:
                    _canon.Bytes(reader.Bytes());
                    break;
                default:
                    _canon.Number(reader.Number());
                    break;
            }
        }

        return _canon.Row;
    }
}
