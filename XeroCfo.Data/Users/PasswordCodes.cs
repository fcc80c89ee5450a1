using System.Globalization;
using XeroCfo.Data.Encryption;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Users;

/// <summary>The code is sealed and says whom it is for: nothing is stored, and any change of the account makes it worthless.</summary>
internal sealed class PasswordCodes(Envelope envelope, TimeProvider clock) : IPasswordCodes
{
    private static readonly SealedFor Use = new("password code");

    public TimeSpan Validity { get; } = TimeSpan.FromHours(24);

    public string Make(User user)
    {
        var until = clock.GetUtcNow().Add(Validity).ToUnixTimeSeconds();
        return envelope.Seal(string.Create(CultureInfo.InvariantCulture, $"{user.Id:N}|{until}|{user.SecurityStamp}"), Use);
    }

    public (Guid UserId, string Stamp)? Read(string code)
    {
        try
        {
            var parts = envelope.Open(code, Use).Split('|', 3);
            var until = DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[1], CultureInfo.InvariantCulture));
            return until > clock.GetUtcNow() ? (Guid.ParseExact(parts[0], "N"), parts[2]) : null;
        }
        catch (SealBrokenException)
        {
            return null;
        }
    }
}
