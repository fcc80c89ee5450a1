using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using XeroCfo.Data.Encryption;

namespace XeroCfo.Data.Backups.Format;

/// <summary>
/// How the bytes of a backup are sealed: a head that names the key and brings a random salt, then chunks of at most a megabyte under
/// AES-256-GCM. Each file has a key of its own, derived from the master key and the salt; a chunk's number is its nonce, and whether it is
/// the last one is bound into its seal. So a file that was changed, cut, or put together differently does not open.
/// </summary>
internal static class Sealing
{
    public const int ChunkSize = 1 << 20;
    public const int TagLength = 16;
    public const int HeadLength = 8 + 1 + KeyIdLength + SaltLength;
    public const byte FormatVersion = 1;

    /// <summary>Set in the length of the last chunk.</summary>
    public const uint LastFlag = 0x8000_0000;

    private const int KeyIdLength = 8;
    private const int SaltLength = 32;

    public static ReadOnlySpan<byte> Magic => "XeroCfoB"u8;

    public static byte[] NewHead(MasterKey key)
    {
        var head = new byte[HeadLength];
        Magic.CopyTo(head);
        head[8] = FormatVersion;
        Encoding.ASCII.GetBytes(key.Id, head.AsSpan(9));
        RandomNumberGenerator.Fill(head.AsSpan(9 + KeyIdLength));
        return head;
    }

    public static string KeyIdOf(ReadOnlySpan<byte> head) => Encoding.ASCII.GetString(head.Slice(9, KeyIdLength));

    public static AesGcm Cipher(MasterKey key, ReadOnlySpan<byte> head)
    {
        Span<byte> derived = stackalloc byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Bytes, derived, head[(9 + KeyIdLength)..], "XeroCfo backup"u8);
        var cipher = new AesGcm(derived, TagLength);
        CryptographicOperations.ZeroMemory(derived);
        return cipher;
    }

    public static void Nonce(Span<byte> nonce, ulong number)
    {
        nonce[..4].Clear();
        BinaryPrimitives.WriteUInt64BigEndian(nonce[4..], number);
    }

    /// <summary>The head and what kind of chunk it is.</summary>
    public static byte[] BoundTo(ReadOnlySpan<byte> head, bool last) => [.. head, last ? (byte)1 : (byte)0];
}

/// <summary>Seals what is written to it. Without <see cref="Complete"/> the file has no last chunk and counts as cut short.</summary>
internal sealed class SealedWriter : Stream
{
    private readonly Stream _file;
    private readonly AesGcm _cipher;
    private readonly byte[] _middle;
    private readonly byte[] _last;
    private readonly byte[] _plain = new byte[Sealing.ChunkSize];
    private readonly byte[] _sealed = new byte[sizeof(uint) + Sealing.ChunkSize + Sealing.TagLength];
    private int _length;
    private ulong _number;

    public SealedWriter(Stream file, MasterKey key)
    {
        var head = Sealing.NewHead(key);
        file.Write(head);
        (_file, _cipher, _middle, _last) = (file, Sealing.Cipher(key, head), Sealing.BoundTo(head, last: false), Sealing.BoundTo(head, last: true));
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            if (_length == _plain.Length)
            {
                WriteChunk(last: false);
            }

            var taken = Math.Min(buffer.Length, _plain.Length - _length);
            buffer[..taken].CopyTo(_plain.AsSpan(_length));
            _length += taken;
            buffer = buffer[taken..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Seals the end.</summary>
    public void Complete() => WriteChunk(last: true);

    public override void Flush()
    {
        // A chunk is written when it is full, or the last.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _cipher.Dispose();
            CryptographicOperations.ZeroMemory(_plain);
        }

        base.Dispose(disposing);
    }

    private void WriteChunk(bool last)
    {
        Span<byte> nonce = stackalloc byte[12];
        Sealing.Nonce(nonce, _number++);
        BinaryPrimitives.WriteUInt32LittleEndian(_sealed, (uint)_length | (last ? Sealing.LastFlag : 0));
        var body = _sealed.AsSpan(sizeof(uint));
        _cipher.Encrypt(nonce, _plain.AsSpan(0, _length), body[.._length], body.Slice(_length, Sealing.TagLength), last ? _last : _middle);
        _file.Write(_sealed, 0, sizeof(uint) + _length + Sealing.TagLength);
        _length = 0;
    }
}
