using System.Buffers;

namespace XeroCfo.Data.Xero;

/// <summary>
/// The bytes of an answer. A page of a thousand documents is more than a megabyte, which the runtime would collect late and one by one: so they are lent, and whoever has taken the
/// answer apart gives them back by disposing of it.
/// </summary>
internal sealed class XeroBody : IDisposable
{
    private const int FirstLength = 256 * 1024;

    // However much room there is: some streams make room of their own for all that they are asked for.
    private const int MostAtOnce = 64 * 1024;

    // A few answers are taken apart at once, one of each organisation that is read; what is lent beyond that, or is larger, is made for the moment.
    private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(4 * 1024 * 1024, 3);

    private byte[]? _lent;
    private int _length;

    private XeroBody(int length)
    {
        _lent = Pool.Rent(length);
    }

    public ReadOnlyMemory<byte> Bytes => (_lent ?? throw new ObjectDisposedException(nameof(XeroBody))).AsMemory(0, _length);

    /// <summary>The whole content; null when it is larger than <paramref name="largest"/>. One that breaks off throws.</summary>
    /// <param name="content">Of an answer.</param>
    /// <param name="largest">In bytes.</param>
    /// <param name="ct">Stops.</param>
    public static async Task<XeroBody?> ReadAsync(HttpContent content, int largest, CancellationToken ct)
    {
        if (content.Headers.ContentLength > largest)
        {
            return null;
        }

        await using var stream = await content.ReadAsStreamAsync(ct);
        var body = new XeroBody((int)(content.Headers.ContentLength + 1 ?? FirstLength));
        try
        {
            for (var read = await stream.ReadAsync(body.Free(largest), ct); read > 0; read = await stream.ReadAsync(body.Free(largest), ct))
            {
                body._length += read;
                if (body._length > largest)
                {
                    body.Dispose();
                    return null;
                }
            }

            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_lent is { } lent)
        {
            _lent = null;
            Pool.Return(lent);
        }
    }

    // Where the next bytes go: never nowhere, which would look like the content's end. One more than the largest tells that it is too large.
    private Memory<byte> Free(int largest)
    {
        var lent = _lent!;
        if (_length == lent.Length)
        {
            _lent = Pool.Rent(Math.Min(_length * 2, largest + 1));
            lent.CopyTo(_lent, 0);
            Pool.Return(lent);
            lent = _lent;
        }

        return lent.AsMemory(_length, Math.Min(lent.Length - _length, MostAtOnce));
    }
}
