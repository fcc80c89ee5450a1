using System.Security.Cryptography;
using System.Text;

namespace XeroCfo.Web.Account;

/// <summary>
/// Shows that whoever sets the product up can read its console. Made at each start while there is no admin, good for an hour, for a
/// limited number of tries, and gone once used.
/// </summary>
internal sealed class SetupCode(TimeProvider clock)
{
    public static readonly TimeSpan Validity = TimeSpan.FromMinutes(60);
    private const string Letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    private const int Length = 20;
    private const int MostTries = 200;
    private DateTimeOffset _until;
    private int _tries;

    /// <summary>The code, in groups of five; null when there is none.</summary>
    public string? Text { get; private set; }

    /// <summary>True while the product waits to be set up.</summary>
    public bool IsOpen => Text is not null;

    /// <summary>True when the code can no longer be used and a restart is needed.</summary>
    public bool IsExpired => clock.GetUtcNow() >= _until || Volatile.Read(ref _tries) >= MostTries;

    public void Open()
    {
        var letters = RandomNumberGenerator.GetString(Letters, Length);
        Text = string.Join('-', letters.Chunk(5).Select(group => new string(group)));
        (_until, _tries) = (clock.GetUtcNow() + Validity, 0);
    }

    public void Close() => Text = null;

    /// <summary>True for the code, in whatever case and with or without its dashes.</summary>
    public bool Fits(string typed)
    {
        if (Text is not { } code || IsExpired)
        {
            return false;
        }

        Interlocked.Increment(ref _tries);
        return CryptographicOperations.FixedTimeEquals(Bare(code), Bare(typed));
    }

    private static byte[] Bare(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant()));
}
