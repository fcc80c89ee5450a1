using System.Security.Cryptography;
using XeroCfo.Data.Backups.Format;
using XeroCfo.Data.Encryption;

namespace XeroCfo.Tests.Backups;

/// <summary>The seal alone, on files of several chunks.</summary>
public sealed class SealedFileTests
{
    private const int Chunk = sizeof(uint) + Sealing.ChunkSize + Sealing.TagLength;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Sealing.ChunkSize)]
    [InlineData(Sealing.ChunkSize + 1)]
    [InlineData((3 * Sealing.ChunkSize) + 17)]
    public void What_was_sealed_comes_out_and_the_same_never_looks_the_same_twice(int length)
    {
        var plain = RandomNumberGenerator.GetBytes(length);

        var (one, other) = (Seal(plain), Seal(plain));

        Assert.Equal<byte>(plain, Open(one));
        Assert.False(one.AsSpan().SequenceEqual(other));
        Assert.True(one.Length > length);
    }

    [Fact]
    public void Chunks_that_were_swapped_doubled_left_out_or_taken_from_another_file_do_not_open()
    {
        var (file, other) = (Seal(new byte[(3 * Sealing.ChunkSize) + 5]), Seal(new byte[(3 * Sealing.ChunkSize) + 5]));
        byte[] Part(byte[] of, int at) => of.AsSpan(Sealing.HeadLength + (at * Chunk), Chunk).ToArray();
        var (head, last) = (file[..Sealing.HeadLength], file[(Sealing.HeadLength + (3 * Chunk))..]);

        byte[] again = [.. head, .. Part(file, 0), .. Part(file, 1), .. Part(file, 2), .. last];
        Assert.Equal(file, again);
        foreach (var changed in new byte[][]
        {
            [.. head, .. Part(file, 1), .. Part(file, 0), .. Part(file, 2), .. last],
            [.. head, .. Part(file, 0), .. Part(file, 0), .. Part(file, 1), .. Part(file, 2), .. last],
            [.. head, .. Part(file, 0), .. Part(file, 1), .. last],
            [.. head, .. Part(file, 0), .. Part(file, 1), .. Part(file, 2)],
            [.. head, .. Part(other, 0), .. Part(file, 1), .. Part(file, 2), .. last],
            [.. other[..Sealing.HeadLength], .. file[Sealing.HeadLength..]],
        })
        {
            Assert.Equal("backup-damaged", Assert.Throws<BackupFaultException>(() => Open(changed)).Problem.Code);
        }
    }

    [Fact]
    public void A_middle_chunk_cannot_pass_for_the_last_one()
    {
        var file = Seal(new byte[2 * Sealing.ChunkSize]);
        var cut = file[..(Sealing.HeadLength + Chunk)];
        cut[Sealing.HeadLength + 3] |= 0x80;

        Assert.Throws<BackupFaultException>(() => Open(cut));
    }

    private static KeyRing Keys()
    {
        var ring = new KeyRing();
        ring.Use(BackupPlace.Key, []);
        return ring;
    }

    private static byte[] Seal(byte[] plain)
    {
        using var file = new MemoryStream();
        using (var writer = new SealedWriter(file, Keys().Current))
        {
            writer.Write(plain);
            writer.Complete();
        }

        return file.ToArray();
    }

    private static byte[] Open(byte[] file)
    {
        using var stream = new MemoryStream(file);
        using var reader = SealedReader.Open(stream, Keys());
        using var plain = new MemoryStream();
        reader.CopyTo(plain);
        return plain.ToArray();
    }
}
