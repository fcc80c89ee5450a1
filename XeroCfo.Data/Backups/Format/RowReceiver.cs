using System.Buffers;
using System.Buffers.Binary;

namespace XeroCfo.Data.Backups.Format;

/// <summary>Takes rows as a database gives them, and sums them up.</summary>
internal abstract class RowReceiver(TableShape table)
{
    private readonly RowDigest _digest = new();
    private readonly RowCanon _canon = new(table);
    private long _rows;

    /// <summary>Takes a row; true when <see cref="SendAsync"/> is due.</summary>
    public bool Add(ReadOnlySpan<byte> row)
    {
        _digest.Add(_canon.Of(row));
        _rows++;
        return Keep(row);
    }

    /// <summary>Lets go of what was taken.</summary>
    public virtual ValueTask SendAsync(CancellationToken ct) => ValueTask.CompletedTask;

    /// <summary>What came.</summary>
    public TableTotals Totals(long? lastNumber) => new(table.Name, _rows, _digest.ToString(), lastNumber);

    protected abstract bool Keep(ReadOnlySpan<byte> row);
}

/// <summary>Only counts and sums up.</summary>
internal sealed class RowCheck(TableShape table) : RowReceiver(table)
{
    protected override bool Keep(ReadOnlySpan<byte> row) => false;
}

/// <summary>Puts the rows of one table into a backup, block by block.</summary>
internal sealed class TableSink(BackupWriter writer, ushort index, TableShape table) : RowReceiver(table)
{
    /// <summary>Table and count stand before the rows of a block.</summary>
    internal const int BlockHead = sizeof(ushort) + sizeof(int);

    private const int Spare = 16 * 1024;

    private byte[] _block = ArrayPool<byte>.Shared.Rent(BackupWriter.BlockSize);
    private int _length = BlockHead;
    private int _inBlock;

    public override async ValueTask SendAsync(CancellationToken ct)
    {
        if (_inBlock == 0)
        {
            return;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(_block, index);
        BinaryPrimitives.WriteInt32LittleEndian(_block.AsSpan(sizeof(ushort)), _inBlock);
        await writer.SendAsync(_block, _length, ct);
        _block = ArrayPool<byte>.Shared.Rent(BackupWriter.BlockSize);
        (_length, _inBlock) = (BlockHead, 0);
    }

    protected override bool Keep(ReadOnlySpan<byte> row)
    {
        var wanted = _length + sizeof(int) + row.Length;
        if (wanted > _block.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(wanted);
            _block.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_block);
            _block = larger;
        }

        BinaryPrimitives.WriteInt32LittleEndian(_block.AsSpan(_length), row.Length);
        row.CopyTo(_block.AsSpan(_length + sizeof(int)));
        _length = wanted;
        _inBlock++;
        return _length >= BackupWriter.BlockSize - Spare;
    }
}
