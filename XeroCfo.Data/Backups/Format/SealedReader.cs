using System.Buffers.Binary;
using System.Security.Cryptography;
using XeroCfo.Data.Encryption;
using XeroCfo.Domain.Backups;

namespace XeroCfo.Data.Backups.Format;

/// <summary>Opens what <see cref="SealedWriter"/> sealed; not a byte comes out that was not sealed at that very place.</summary>
internal sealed class SealedReader : ForwardReader
{
    private readonly Stream _file;
    private readonly AesGcm _cipher;
    private readonly byte[] _middle;
    private readonly byte[] _last;
    private readonly byte[] _sealed = new byte[Sealing.ChunkSize + Sealing.TagLength];
    private readonly byte[] _plain = new byte[Sealing.ChunkSize];
    private int _at;
    private int _length;
    private bool _ended;
    private ulong _number;

    private SealedReader(Stream file, MasterKey key, byte[] head) =>
        (_file, _cipher, _middle, _last) = (file, Sealing.Cipher(key, head), Sealing.BoundTo(head, last: false), Sealing.BoundTo(head, last: true));

    /// <summary>Reads the head and finds its key.</summary>
    /// <exception cref="BackupFaultException">It is no backup, of a later format, or sealed with a key that is not here.</exception>
    public static SealedReader Open(Stream file, KeyRing keys)
    {
        var head = new byte[Sealing.HeadLength];
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.AsSpan(0, Sealing.Magic.Length).SequenceEqual(Sealing.Magic))
        {
            throw new BackupFaultException(BackupProblems.NotABackup);
        }

        if (head[Sealing.Magic.Length] > Sealing.FormatVersion)
        {
            throw new BackupFaultException(BackupProblems.Newer($"format {head[Sealing.Magic.Length]}"));
        }

        var id = Sealing.KeyIdOf(head);
        var key = keys.Find(id) ?? throw new BackupFaultException(BackupProblems.OtherKey(id, keys.IsReady ? keys.Current.Id : "none"));
        return new SealedReader(file, key, head);
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length == 0)
        {
            return 0;
        }

        while (_at == _length)
        {
            if (_ended)
            {
                return 0;
            }

            ReadChunk();
        }

        var taken = Math.Min(buffer.Length, _length - _at);
        _plain.AsSpan(_at, taken).CopyTo(buffer);
        _at += taken;
        return taken;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _cipher.Dispose();
            CryptographicOperations.ZeroMemory(_plain);
        }

        base.Dispose(disposing);
    }

    private void ReadChunk()
    {
        Span<byte> word = stackalloc byte[sizeof(uint)];
        Fill(word);
        var announced = BinaryPrimitives.ReadUInt32LittleEndian(word);
        var last = (announced & Sealing.LastFlag) != 0;
        var length = (int)(announced & ~Sealing.LastFlag);
        if (length > Sealing.ChunkSize)
        {
            throw BackupFaultException.Damaged("a length is impossible");
        }

        Fill(_sealed.AsSpan(0, length + Sealing.TagLength));
        Span<byte> nonce = stackalloc byte[12];
        Sealing.Nonce(nonce, _number++);
        try
        {
            _cipher.Decrypt(nonce, _sealed.AsSpan(0, length), _sealed.AsSpan(length, Sealing.TagLength), _plain.AsSpan(0, length), last ? _last : _middle);
        }
        catch (CryptographicException)
        {
            throw BackupFaultException.Damaged(_number == 1 ? "its first part does not open with the key that it names" : $"part {_number} was changed or moved");
        }

        (_at, _length, _ended) = (0, length, last);
        if (last && _file.ReadByte() >= 0)
        {
            throw BackupFaultException.Damaged("something follows its end");
        }
    }

    private void Fill(Span<byte> buffer)
    {
        if (_file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length)
        {
            throw BackupFaultException.Damaged("it is cut short");
        }
    }
}
