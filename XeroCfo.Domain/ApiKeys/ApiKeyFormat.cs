using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace XeroCfo.Domain.ApiKeys;

/// <summary>
/// How a key is written: <c>xcfo_</c>, a letter for its sort, 32 random base62 characters (190 bits), 6 characters of CRC32.
/// The checksum refuses typing errors without a database read, and lets secret scanners recognise a key.
/// </summary>
public static class ApiKeyFormat
{
    public const string Start = "xcfo_";

    /// <summary>The sort of a key that a program keeps.</summary>
    public const char ServiceKey = 'k';

    /// <summary>The sort of a token that a person has for an hour.</summary>
    public const char PersonToken = 'p';

    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int RandomLength = 32;
    private const int ChecksumLength = 6;
    private const int Length = 5 + 1 + RandomLength + ChecksumLength;
    private const int PrefixLength = 12;

    private static readonly SearchValues<char> Base62Letters = SearchValues.Create(Base62);

    private static readonly uint[] Crc32Table = [.. Enumerable.Range(0, 256).Select(value => CrcOf((uint)value))];

    /// <summary>A new key from the system's secure random numbers.</summary>
    public static string New(char sort = ServiceKey)
    {
        var body = Start + sort + RandomNumberGenerator.GetString(Base62, RandomLength);
        return body + Checksum(body);
    }

    /// <summary>True when it could be one of ours: shape and checksum, no more.</summary>
    public static bool IsWellFormed(string? presented)
    {
        if (presented is not { Length: Length } || !presented.StartsWith(Start, StringComparison.Ordinal) || !char.IsAsciiLetter(presented[Start.Length]))
        {
            return false;
        }

        var body = presented[..^ChecksumLength];
        return body.AsSpan(Start.Length).IndexOfAnyExcept(Base62Letters) < 0 && presented.EndsWith(Checksum(body), StringComparison.Ordinal);
    }

    /// <summary>What is stored of a key: SHA-256, lower-case hex. A slow hash would add nothing to 190 random bits.</summary>
    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>What may be shown of a key, so that a person can tell keys apart.</summary>
    public static string PrefixOf(string key) => key[..PrefixLength];

    private static string Checksum(string body)
    {
        var crc = uint.MaxValue;
        foreach (var letter in body)
        {
            crc = Crc32Table[(crc ^ letter) & 0xFF] ^ (crc >> 8);
        }

        crc = ~crc;
        Span<char> digits = stackalloc char[ChecksumLength];
        for (var place = ChecksumLength - 1; place >= 0; place--)
        {
            digits[place] = Base62[(int)(crc % 62)];
            crc /= 62;
        }

        return digits.ToString();
    }

    private static uint CrcOf(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 1 ? (value >> 1) ^ 0xEDB88320u : value >> 1;
        }

        return value;
    }
}
