using XeroCfo.Domain.Primitives;

namespace XeroCfo.Data.Encryption;

/// <summary>The master key that seals every secret in the database. Kept apart from the database and its backups.</summary>
public sealed class EncryptionOptions : ISettings
{
    public const string Section = "Encryption";

    /// <summary>64 hex digits; null: the key file of a SQLite installation.</summary>
    public string? Key { get; set; }

    /// <summary>Older keys, so that what they sealed can still be opened.</summary>
    public IReadOnlyList<string> PreviousKeys { get; set; } = [];

    public IEnumerable<string> Faults()
    {
        if (Key is not null && !MasterKey.TryParse(Key, out _))
        {
            yield return "Encryption:Key must be 64 hex digits. Make one with: openssl rand -hex 32";
        }

        if (PreviousKeys.Any(key => !MasterKey.TryParse(key, out _)))
        {
            yield return "Each of Encryption:PreviousKeys must be 64 hex digits.";
        }
    }
}
