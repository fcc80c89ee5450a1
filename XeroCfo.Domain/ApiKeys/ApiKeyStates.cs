using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.ApiKeys;

/// <summary>How a key stands.</summary>
public static class ApiKeyStates
{
    public const string Active = "active", Expiring = "expiring", Expired = "expired", Revoked = "revoked", OwnerDisabled = "owner_disabled";

    public static readonly IReadOnlyList<string> All = [Active, Expiring, Expired, Revoked, OwnerDisabled];

    /// <summary>How long before its end a key is said to expire, and its expiry announced.</summary>
    public static readonly TimeSpan Warning = TimeSpan.FromDays(14);

    public static string Of(OwnedApiKey owned, DateTime now) => owned switch
    {
        { Key.RevokedAt: not null } => Revoked,
        { Key.ExpiresAt: { } end } when end <= now => Expired,
        { Owner.IsDisabled: true } => OwnerDisabled,
        { Key.ExpiresAt: { } end } when end <= now + Warning => Expiring,
        _ => Active,
    };
}

/// <summary>Permissions that a key had better be without.</summary>
/// <param name="Unused">It has had them for 90 days or more and made no use of them for as long.</param>
/// <param name="Lost">Its owner no longer has them, so they are worth nothing.</param>
public sealed record ApiKeyHints(IReadOnlyList<string> Unused, IReadOnlyList<string> Lost)
{
    /// <summary>How long something may lie idle.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromDays(90);

    public static ApiKeyHints Of(OwnedApiKey owned, DateTime now)
    {
        var ofOwner = Permissions.Of(owned.Owner.Role);
        var lost = owned.Key.Permissions.Where(permission => !ofOwner.Contains(permission)).ToList();
        var unused = owned.Key.CreatedAt > now - Idle
            ? []
            : owned.Key.Permissions.Except(lost).Where(permission => !owned.Uses.TryGetValue(permission, out var used) || used <= now - Idle);
        return new ApiKeyHints([.. unused], lost);
    }
}
