using System.Security.Cryptography;

namespace XeroCfo.Data.Encryption;

/// <summary>256 bits, and a public name for them that is stored with what they seal.</summary>
public sealed class MasterKey
{
    private const int Length = 32;
    private readonly byte[] _bytes;

    private MasterKey(byte[] bytes)
    {
        _bytes = bytes;
        Id = Convert.ToHexStringLower(HMACSHA256.HashData(bytes, "XeroCfo key id"u8))[..8];
    }

    /// <summary>Eight hex digits that name the key without telling anything of it.</summary>
    public string Id { get; }

    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads 64 hex digits, blanks around them ignored.</summary>
    public static bool TryParse(string? text, out MasterKey? key)
    {
        var digits = text?.Trim() ?? "";
        var valid = digits.Length == Length * 2 && digits.All(char.IsAsciiHexDigit);
        key = valid ? new MasterKey(Convert.FromHexString(digits)) : null;
        return valid;
    }

    /// <summary>64 hex digits from the system's random source.</summary>
    public static string NewText() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Length));

    /// <summary>Never the key: an accidental log line stays harmless.</summary>
    public override string ToString() => $"key {Id}";
}
