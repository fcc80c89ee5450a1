using System.Globalization;
using XeroCfo.Data.Encryption;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Users;

/// <summary>
/// The code says whom it is for and until when, and is signed together with the security stamp: nothing is stored, and any change of the
/// account makes it worthless. The same account always gives the same code, so that a repeated request is answered alike.
/// </summary>
internal sealed class PasswordCodes(Envelope envelope, TimeProvider clock) : IPasswordCodes
{
    private static readonly SealedFor Use = new("password code");

    public TimeSpan Validity { get; } = TimeSpan.FromHours(24);

    public string Make(User user)
    {
        var until = new DateTimeOffset(user.UpdatedAt + Validity, TimeSpan.Zero).ToUnixTimeSeconds();
        var head = string.Create(CultureInfo.InvariantCulture, $"{user.Id:N}.{until}");
        return $"{head}.{envelope.Sign($"{head}.{user.SecurityStamp}", Use)}";
    }

    public Guid? HolderOf(string code) =>
        code.Split('.', 3) is [var id, var until, _] && Guid.TryParseExact(id, "N", out var holder)
        && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var end) && end > clock.GetUtcNow().ToUnixTimeSeconds()
            ? holder
            : null;

    public bool Fits(string code, User user) =>
        HolderOf(code) == user.Id && code.Split('.', 3) is [var id, var until, var signature] && envelope.IsSignedBy($"{id}.{until}.{user.SecurityStamp}", signature, Use);
}
