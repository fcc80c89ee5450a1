using System.Security.Cryptography;
using System.Text;
using XeroCfo.Data.Encryption;
using XeroCfo.Domain.Audit;

namespace XeroCfo.Data.Audit;

/// <summary>
/// Marks what XeroCfo wrote to the audit trail, so that what somebody else put into the table is told apart. In the database it lies sealed
/// by the master key. Empty until the start-up checks have opened it.
/// </summary>
public sealed class AuditKey
{
    internal const string Name = "audit.key";
    internal static readonly SealedFor SealedFor = new("audit key");
    private const int Length = 32;
    private byte[]? _bytes;

    /// <summary>True once the key is there.</summary>
    public bool IsReady => _bytes is not null;

    /// <summary>The mark of an entry; null without a key.</summary>
    public string? MarkOf(AuditLog entry) => _bytes is { } key ? Convert.ToHexStringLower(HMACSHA256.HashData(key, AuditCanon.Of(entry))) : null;

    /// <summary>The mark of a text; null without a key.</summary>
    public string? MarkOf(string text) => _bytes is { } key ? Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("anchor " + text))) : null;

    /// <summary>True when the entry's mark is right, or none can be made.</summary>
    public bool IsOurs(AuditLog entry) => !IsReady || Same(entry.Mac, MarkOf(entry));

    /// <summary>True when <paramref name="mark"/> is the text's, or none can be made.</summary>
    public bool IsOurs(string text, string mark) => !IsReady || Same(mark, MarkOf(text));

    internal static string NewText() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Length));

    internal void Use(string? text) => _bytes = text is null ? null : Convert.FromHexString(text);

    private static bool Same(string? given, string? right) =>
        given is not null && right is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(right));
}
