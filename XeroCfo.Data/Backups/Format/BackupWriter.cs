using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using System.Threading.Channels;
using XeroCfo.Data.Encryption;

namespace XeroCfo.Data.Backups.Format;

/// <summary>What kinds of records follow each other in a backup, each with its length before it.</summary>
internal enum RecordKind : byte
{
    Head = 0,
    Rows = 1,
    Totals = 2,
}

/// <summary>
/// Writes a backup: head, rows table by table, totals. While rows are read from the database, those before are packed and sealed on another
/// thread; a few blocks wait between the two, so memory does not grow with the rows.
/// </summary>
internal sealed class BackupWriter : IAsyncDisposable
{
    internal const int BlockSize = 256 * 1024;
    private const int Waiting = 8;

    private readonly Channel<(byte[] Bytes, int Length)> _blocks = Channel.CreateBounded<(byte[], int)>(Waiting);
    private readonly SealedWriter _sealed;
    private readonly ZLibStream _packed;
    private readonly Task _writing;
    private readonly List<TableTotals> _totals = [];

    public BackupWriter(Stream file, MasterKey key, BackupHead head)
    {
        _sealed = new SealedWriter(file, key);
        _packed = new ZLibStream(_sealed, CompressionLevel.Fastest, leaveOpen: true);
        Record(RecordKind.Head, JsonSerializer.SerializeToUtf8Bytes(head, JsonSerializerOptions.Web));
        _writing = Task.Run(WriteBlocksAsync);
    }

    /// <summary>Begins a table, in the order of the head.</summary>
    public TableSink Table(int index, TableShape table) => new(this, (ushort)index, table);

    /// <summary>Writes the end; only then is it a backup.</summary>
    public async Task<BackupTotals> CompleteAsync()
    {
        _blocks.Writer.TryComplete();
        await _writing;
        var totals = new BackupTotals(_totals);
        Record(RecordKind.Totals, JsonSerializer.SerializeToUtf8Bytes(totals, JsonSerializerOptions.Web));
        await _packed.DisposeAsync();
        _sealed.Complete();
        return totals;
    }

    public async ValueTask DisposeAsync()
    {
        _blocks.Writer.TryComplete();
        await _writing.ContinueWith(_ => { }, TaskScheduler.Default);
        await _packed.DisposeAsync();
        await _sealed.DisposeAsync();
    }

    internal void Ended(TableTotals totals) => _totals.Add(totals);

    internal async ValueTask SendAsync(byte[] block, int length, CancellationToken ct)
    {
        try
        {
            await _blocks.Writer.WriteAsync((block, length), ct);
        }
        catch (ChannelClosedException)
        {
            // The other side stopped, as with a full disk: its reason is the one to tell.
            await _writing;
            throw;
        }
    }

    private async Task WriteBlocksAsync()
    {
        try
        {
            await foreach (var (bytes, length) in _blocks.Reader.ReadAllAsync())
            {
                Record(RecordKind.Rows, bytes.AsSpan(0, length));
                ArrayPool<byte>.Shared.Return(bytes);
            }
        }
        finally
        {
            _blocks.Writer.TryComplete();
        }
    }

    private void Record(RecordKind kind, ReadOnlySpan<byte> content)
    {
        Span<byte> head = stackalloc byte[1 + sizeof(int)];
        head[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], content.Length);
        _packed.Write(head);
        _packed.Write(content);
    }
}
