using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using XeroCfo.Data.Encryption;

namespace XeroCfo.Data.Backups.Format;

/// <summary>Reads a backup from its front to its end, once.</summary>
internal sealed class BackupReader : IDisposable
{
    /// <summary>No row is larger: a saved report with every line of a large ledger is a tenth of it.</summary>
    private const int LargestRecord = 1 << 30;

    private readonly Stream _file;
    private readonly SealedReader _sealed;
    private readonly ZLibStream _packed;
    private byte[] _record = new byte[BackupWriter.BlockSize];
    private int _length;

    private BackupReader(Stream file, SealedReader opened)
    {
        (_file, _sealed) = (file, opened);
        _packed = new ZLibStream(opened, CompressionMode.Decompress, leaveOpen: true);
        Head = NextRecord() == RecordKind.Head ? Json<BackupHead>() : throw BackupFaultException.Damaged("it does not begin as it should");
    }

    public BackupHead Head { get; }

    /// <summary>There once <see cref="NextBlock"/> has said that nothing follows.</summary>
    public BackupTotals? Totals { get; private set; }

    /// <summary>Opens what <paramref name="file"/> gives from its front, and closes it at the end.</summary>
    /// <exception cref="BackupFaultException">It cannot be read here.</exception>
    public static BackupReader Open(Stream file, KeyRing keys)
    {
        SealedReader? opened = null;
        try
        {
            opened = SealedReader.Open(file, keys);
            return new BackupReader(file, opened);
        }
        catch
        {
            opened?.Dispose();
            file.Dispose();
            throw;
        }
    }

    /// <summary>Goes to the next rows; false at the end, and then everything was there.</summary>
    public bool NextBlock()
    {
        switch (NextRecord())
        {
            case RecordKind.Rows:
                return true;
            case RecordKind.Totals:
                Totals = Json<BackupTotals>();
                ExpectEnd();
                return false;
            default:
                throw BackupFaultException.Damaged("its parts do not follow each other as they should");
        }
    }

    /// <summary>Which of the head's tables the rows are of.</summary>
    public int Table => BinaryPrimitives.ReadUInt16LittleEndian(_record);

    /// <summary>How many rows there are.</summary>
    public int Count => BinaryPrimitives.ReadInt32LittleEndian(_record.AsSpan(sizeof(ushort)));

    /// <summary>The rows, one after the other.</summary>
    public BlockRows Rows => new(_record.AsSpan(TableSink.BlockHead, _length - TableSink.BlockHead));

    public void Dispose()
    {
        _packed.Dispose();
        _sealed.Dispose();
        _file.Dispose();
    }

    private RecordKind NextRecord()
    {
        Span<byte> head = stackalloc byte[1 + sizeof(int)];
        Fill(head);
        _length = BinaryPrimitives.ReadInt32LittleEndian(head[1..]);
        if (_length is < 0 or > LargestRecord)
        {
            throw BackupFaultException.Damaged("a length is impossible");
        }

        if (_record.Length < _length)
        {
            _record = new byte[_length];
        }

        Fill(_record.AsSpan(0, _length));
        return (RecordKind)head[0];
    }

    private T Json<T>() => JsonSerializer.Deserialize<T>(_record.AsSpan(0, _length), JsonSerializerOptions.Web) ?? throw BackupFaultException.Damaged("its description is empty");

    private void ExpectEnd()
    {
        Span<byte> one = stackalloc byte[1];
        if (_packed.Read(one) != 0 || _sealed.Read(one) != 0)
        {
            throw BackupFaultException.Damaged("something follows its end");
        }
    }

    private void Fill(Span<byte> buffer)
    {
        try
        {
            if (_packed.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length)
            {
                throw BackupFaultException.Damaged("it is cut short");
            }
        }
        catch (InvalidDataException)
        {
            throw BackupFaultException.Damaged("it cannot be unpacked");
        }
    }
}

/// <summary>Walks through the rows of a block.</summary>
internal ref struct BlockRows
{
    private ReadOnlySpan<byte> _rest;

    public BlockRows(ReadOnlySpan<byte> block) => _rest = block;

    public ReadOnlySpan<byte> Current { get; private set; }

    public bool MoveNext()
    {
        if (_rest.Length == 0)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(_rest);
        Current = _rest.Slice(sizeof(int), length);
        _rest = _rest[(sizeof(int) + length)..];
        return true;
    }

    public readonly BlockRows GetEnumerator() => this;
}
