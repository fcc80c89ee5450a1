using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.ApiKeys;

/// <summary>Who may do what with keys, and what a key must be by itself. Pure.</summary>
internal static class ApiKeyRules
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(36_500);

    /// <summary>Why the caller may have nothing to do with keys at all; null when nothing stands in the way.</summary>
    public static Problem? LacksRight(Caller caller) => caller.May(Permissions.ApiKeysAdmin) ? null : caller.Lacks(Permissions.ApiKeysWrite);

    /// <summary>The same for keys of <paramref name="owner"/>.</summary>
    public static Problem? LacksRightOver(Caller caller, Guid owner) =>
        caller.May(Permissions.ApiKeysAdmin) ? null : caller.UserId == owner ? caller.Lacks(Permissions.ApiKeysWrite) : caller.Lacks(Permissions.ApiKeysAdmin);

    /// <summary>
    /// The organisations that a new key is limited to. What is made by a key, or for somebody else, is limited to what its maker sees, or it
    /// would be a way out of the maker's own limits.
    /// </summary>
    /// <param name="caller">Who makes it.</param>
    /// <param name="unlimited">The caller is a key without limits of its own.</param>
    /// <param name="owner">Whose it will be.</param>
    /// <param name="tenants">What was asked for; null: all.</param>
    public static IReadOnlySet<Guid>? Limits(Caller caller, bool unlimited, ApiKeyOwner owner, IReadOnlyCollection<Guid>? tenants) => tenants switch
    {
        not null => tenants.ToHashSet(),
        null when caller.SeesAllTenants || (caller.UserId == owner.Id && (caller.Kind != CallerKind.ApiKey || unlimited)) => null,
        null => caller.Tenants.Where(owner.Tenants.Contains).ToHashSet(),
    };

    /// <summary>Why a key may not have as much as that.</summary>
    public static Problem? Exceeds(Caller caller, ApiKeyOwner owner, IReadOnlyCollection<string> permissions, IReadOnlySet<Guid>? limits)
    {
        var ofOwner = Permissions.Of(owner.Role);
        if (permissions.FirstOrDefault(permission => !ofOwner.Contains(permission) || !caller.May(permission)) is { } tooMuch)
        {
            return ApiKeyProblems.TooMuch(tooMuch);
        }

        // A limit to nothing would be stored as none at all.
        return limits is not null && (limits.Count == 0 || limits.Any(tenant => !owner.Tenants.Contains(tenant) || !caller.Sees(new(tenant))))
            ? ApiKeyProblems.TenantNotGranted
            : null;
    }

    /// <summary>Why the caller may not learn a key that reaches as far as this one does now.</summary>
    public static Problem? ReachesBeyond(Caller caller, OwnedApiKey found)
    {
        var ofOwner = Permissions.Of(found.Owner.Role);
        if (found.Key.Permissions.FirstOrDefault(permission => ofOwner.Contains(permission) && !caller.May(permission)) is { } tooMuch)
        {
            return ApiKeyProblems.TooMuch(tooMuch);
        }

        return (found.Limits ?? found.Owner.Tenants).Any(tenant => found.Owner.Tenants.Contains(tenant) && !caller.Sees(new(tenant))) ? ApiKeyProblems.TenantNotGranted : null;
    }

    /// <summary>The first thing that is wrong with a wish by itself.</summary>
    public static Problem? Check(ApiKeyWish wish, DateTime now)
    {
        if (wish.Name?.Trim() is not { Length: > 0 and <= 255 } name || name.Any(char.IsControl) || TextRules.Askable(name) != name)
        {
            return Problem.Invalid("name", "A key needs a name of 1 to 255 characters.");
        }

        if (wish.Permissions is not { Count: > 0 })
        {
            return Problem.Invalid("permissions", "A key needs at least one permission.");
        }

        if (wish.Permissions.FirstOrDefault(permission => !Permissions.All.Contains(permission)) is { } unknown)
        {
            return Problem.Invalid("permissions", $"There is no permission {unknown}.");
        }

        if (wish.Tenants is { Count: 0 })
        {
            return Problem.Invalid("tenants", "Name at least one organisation, or leave the member out for all of the owner's.");
        }

        return CheckAddresses(wish.Addresses) ?? CheckEnd(wish.ExpiresAt, now);
    }

    /// <summary>The first thing that is wrong with a rotation by itself.</summary>
    public static Problem? Check(ApiKeyRotation rotation, DateTime now) =>
        rotation.Overlap is { } overlap && (overlap < TimeSpan.Zero || overlap > ApiKeyService.LongestOverlap)
            ? Problem.Invalid("overlapHours", $"overlapHours must be 0 to {ApiKeyService.LongestOverlap.TotalHours:0}.")
            : rotation.SameLife ? null : CheckEnd(rotation.ExpiresAt, now);

    private static Problem? CheckAddresses(IReadOnlyCollection<string>? addresses) =>
        addresses is null ? null
        : addresses.Count is 0 or > AddressList.Most ? Problem.Invalid("addresses", $"Name 1 to {AddressList.Most} addresses, or leave the member out for any.")
        : addresses.FirstOrDefault(text => AddressList.Read(text) is null) is { } wrong ? Problem.Invalid("addresses", $"{TextRules.Limit(wrong, 60)} is no address or network. Use one such as 203.0.113.7 or 10.0.0.0/24.")
        : null;

    private static Problem? CheckEnd(DateTime? end, DateTime now) =>
        end <= now ? Problem.Invalid("expiresAt", "The end of a key's life must lie in the future.")
        : end > now + LongestLife ? Problem.Invalid("expiresAt", "The end of a key's life lies too far ahead. null is never.")
        : null;
}
