using System.Net;
using XeroCfo.Data.Xero;

namespace XeroCfo.Tests.Xero;

/// <summary>The bytes of an answer are whole, however they come, and lent ones hold nothing of an answer before.</summary>
public sealed class XeroBodyTests
{
    private const int Largest = 8 * 1024 * 1024;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(262_143)]
    [InlineData(262_144)]
    [InlineData(262_145)]
    [InlineData(3_000_000)]
    [InlineData(5_000_000)]
    public async Task An_answer_is_whole_whether_it_says_its_length_or_not(int length)
    {
        var bytes = Enumerable.Range(0, length).Select(i => (byte)((i * 31) + length)).ToArray();

        using (var said = await XeroBody.ReadAsync(new ByteArrayContent(bytes), Largest, default))
        {
            Assert.Equal(bytes, said!.Bytes.ToArray());
        }

        using (var unsaid = await XeroBody.ReadAsync(new InParts(bytes), Largest, default))
        {
            Assert.Equal(bytes, unsaid!.Bytes.ToArray());
        }

        using var shorter = await XeroBody.ReadAsync(new InParts("{}"u8.ToArray()), Largest, default);
        Assert.Equal("{}"u8.ToArray(), shorter!.Bytes.ToArray());
    }

    [Fact]
    public async Task One_that_is_too_large_is_refused()
    {
        Assert.Null(await XeroBody.ReadAsync(new ByteArrayContent(new byte[101]), 100, default));
        Assert.Null(await XeroBody.ReadAsync(new InParts(new byte[101]), 100, default));
        using var just = await XeroBody.ReadAsync(new InParts(new byte[100]), 100, default);
        Assert.Equal(100, just!.Bytes.Length);
    }

    [Fact]
    public async Task Nobody_reads_what_was_given_back()
    {
        var body = await XeroBody.ReadAsync(new ByteArrayContent([1, 2]), Largest, default);
        body!.Dispose();
        body.Dispose();

        Assert.Throws<ObjectDisposedException>(() => body.Bytes);
    }

    /// <summary>Bytes that come in parts and do not say how many they are.</summary>
    private sealed class InParts(byte[] bytes) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            foreach (var part in bytes.Chunk(100_000))
            {
                await stream.WriteAsync(part);
            }
        }

        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new MemoryStream(bytes));

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
