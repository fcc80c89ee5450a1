using System.Buffers.Binary;
using System.Security.Cryptography;

namespace XeroCfo.Data.Backups.Format;

/// <summary>
/// A checksum of a table's content that does not depend on the order of its rows: the sum, modulo 2^256, of their SHA-256. Two databases
/// with the same rows have the same, whatever order they give them in.
/// </summary>
internal sealed class RowDigest
{
    private const int Words = 4;
    private readonly ulong[] _sum = new ulong[Words];

    public void Add(ReadOnlySpan<byte> row)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(row, hash);
        UInt128 carry = 0;
        for (var i = 0; i < Words; i++)
        {
            carry += (UInt128)_sum[i] + BinaryPrimitives.ReadUInt64LittleEndian(hash[(i * sizeof(ulong))..]);
            _sum[i] = (ulong)carry;
            carry >>= 64;
        }
    }

    /// <summary>Hex.</summary>
    public override string ToString() => string.Concat(_sum.Select(word => word.ToString("x16", System.Globalization.CultureInfo.InvariantCulture)));
}
