using System.Security.Cryptography;
using System.Text;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.ApiKeys;

/// <summary>A key just made. <paramref name="Secret"/> is the key itself and is never to be had again.</summary>
public sealed record NewApiKey(ApiKey Key, string Secret);

/// <summary>Making, revoking and recognising keys. A key never has more than its owner has at the moment of the request.</summary>
public sealed class ApiKeyService(IApiKeyRepository keys, TimeProvider clock)
{
    /// <summary>How long a key lives when nobody said otherwise.</summary>
    public static readonly TimeSpan UsualLife = TimeSpan.FromDays(90);

    /// <summary>Makes a key. More than its owner, or the key that asks for it, has is refused rather than cut.</summary>
    /// <param name="caller">Who asks: the owner, or somebody with <see cref="Permissions.ApiKeysAdmin"/>.</param>
    /// <param name="owner">Whose key it is.</param>
    /// <param name="name">For people, 1–255 characters.</param>
    /// <param name="permissions">At least one of <see cref="Permissions.All"/>.</param>
    /// <param name="tenants">The organisations that it is limited to; null: all of the owner's, later ones too.</param>
    /// <param name="expiresAt">UTC; null: never.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<Result<NewApiKey>> CreateAsync(
        Caller caller, Guid owner, string name, IReadOnlyCollection<string> permissions, IReadOnlyCollection<Guid>? tenants, DateTime? expiresAt, CancellationToken ct)
    {
        if (LacksRightOver(caller, owner) is { } refused)
        {
            return refused;
        }

        if (WrongByItself(name, permissions, tenants, expiresAt) is { } wrong)
        {
            return wrong;
        }

        if (await keys.OwnerAsync(owner, ct) is not { IsDisabled: false } person)
        {
            return ApiKeyProblems.OwnerUnknown;
        }

        var limits = Limits(caller, owner, tenants);
        if (Exceeds(caller, person, permissions, limits) is { } tooMuch)
        {
            return tooMuch;
        }

        var secret = ApiKeyFormat.New();
        var key = new ApiKey
        {
            UserId = owner,
            Name = name.Trim(),
            KeyHash = ApiKeyFormat.Hash(secret),
            Prefix = ApiKeyFormat.PrefixOf(secret),
            Permissions = [.. permissions.Distinct().Order(StringComparer.Ordinal)],
            ExpiresAt = expiresAt is { } end ? Instants.Cut(end) : null,
        };
        var saved = await keys.AddAsync(caller, key, limits, ct);
        return saved.Problem is { } notSaved ? notSaved : new NewApiKey(key, secret);
    }

    /// <summary>Revokes a key; it fails from the next request on.</summary>
    public async Task<Result<Done>> RevokeAsync(Caller caller, Guid keyId, CancellationToken ct)
    {
        if (!caller.May(Permissions.ApiKeysAdmin) && caller.Lacks(Permissions.ApiKeysWrite) is { } refused)
        {
            return refused;
        }

        return await keys.FindAsync(keyId, ct) is { } found && LacksRightOver(caller, found.Owner.Id) is null
            ? await keys.RevokeAsync(caller, keyId, ct)
            : ApiKeyProblems.Unknown;
    }

    /// <summary>The caller's own keys, or everybody's for <see cref="Permissions.ApiKeysAdmin"/>; newest first.</summary>
    public async Task<Result<IReadOnlyList<OwnedApiKey>>> ListAsync(Caller caller, CancellationToken ct)
    {
        var everybody = caller.May(Permissions.ApiKeysAdmin);
        if (!everybody && caller.Lacks(Permissions.ApiKeysWrite) is { } refused)
        {
            return refused;
        }

        return Result<IReadOnlyList<OwnedApiKey>>.Of(await keys.ListAsync(everybody ? null : caller.UserId ?? Guid.Empty, ct));
    }

    /// <summary>
    /// Who stands behind a key, with the rights of this moment: stored permissions and limits, each cut to what the owner has now.
    /// A typing error is refused without a database read.
    /// </summary>
    public async Task<Result<Caller>> AuthenticateAsync(string? presented, string? address, string? userAgent, string? requestId, CancellationToken ct)
    {
        if (presented is null || !ApiKeyFormat.IsWellFormed(presented))
        {
            return ApiKeyProblems.Bad;
        }

        var hash = ApiKeyFormat.Hash(presented);
        var found = await keys.FindByHashAsync(hash, ct);
        if (found is null || !SameHash(found.Key.KeyHash, hash) || found.Owner.IsDisabled)
        {
            return ApiKeyProblems.Bad;
        }

        if (found.Key.RevokedAt is not null)
        {
            return ApiKeyProblems.Revoked;
        }

        if (found.Key.ExpiresAt <= clock.UtcNow())
        {
            return ApiKeyProblems.Expired;
        }

        await keys.TouchAsync(found.Key.Id, found.Key.LastUsedAt, ct);
        return CallerOf(found) with { Address = address, UserAgent = userAgent, RequestId = requestId };
    }

    /// <summary>The key that the caller came in with, for a test of credentials.</summary>
    public async Task<Result<OwnedApiKey>> OwnAsync(Caller caller, CancellationToken ct) =>
        caller.ApiKeyId is { } keyId && await keys.FindAsync(keyId, ct) is { } found ? found : ApiKeyProblems.Unknown;

    private static Caller CallerOf(OwnedApiKey found)
    {
        var ofRole = Permissions.Of(found.Owner.Role);
        return new Caller
        {
            Kind = CallerKind.ApiKey,
            UserId = found.Owner.Id,
            ApiKeyId = found.Key.Id,
            Name = found.Key.Name,
            Role = found.Owner.Role,
            Stamp = found.Owner.Stamp,
            Permissions = found.Key.Permissions.Where(ofRole.Contains).ToHashSet(),
            Tenants = found.Limits is { } limits ? limits.Where(found.Owner.Tenants.Contains).ToHashSet() : found.Owner.Tenants,
        };
    }

    private static bool SameHash(string stored, string computed) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(stored), Encoding.ASCII.GetBytes(computed));

    private static Problem? LacksRightOver(Caller caller, Guid owner)
    {
        if (caller.May(Permissions.ApiKeysAdmin))
        {
            return null;
        }

        return caller.UserId == owner ? caller.Lacks(Permissions.ApiKeysWrite) : caller.Lacks(Permissions.ApiKeysAdmin);
    }

    // A key made by a key is limited to what its maker sees, or it would be a way out of the maker's own limits.
    private static IReadOnlySet<Guid>? Limits(Caller caller, Guid owner, IReadOnlyCollection<Guid>? tenants) => tenants switch
    {
        not null => tenants.ToHashSet(),
        null when caller.Kind == CallerKind.ApiKey && caller.UserId == owner => caller.Tenants,
        null => null,
    };

    private static Problem? Exceeds(Caller caller, ApiKeyOwner owner, IReadOnlyCollection<string> permissions, IReadOnlySet<Guid>? limits)
    {
        var ofOwner = Permissions.Of(owner.Role);
        if (permissions.FirstOrDefault(permission => !ofOwner.Contains(permission) || !caller.May(permission)) is { } tooMuch)
        {
            return ApiKeyProblems.TooMuch(tooMuch);
        }

        return limits is not null && limits.Any(tenant => !owner.Tenants.Contains(tenant) || (!caller.SeesAllTenants && !caller.Tenants.Contains(tenant)))
            ? ApiKeyProblems.TenantNotGranted
            : null;
    }

    private Problem? WrongByItself(string name, IReadOnlyCollection<string> permissions, IReadOnlyCollection<Guid>? tenants, DateTime? expiresAt)
    {
        if (name.Trim() is not { Length: > 0 and <= 255 } trimmed || trimmed.Any(char.IsControl))
        {
            return Problem.Invalid("name", "A key needs a name of 1 to 255 characters.");
        }

        if (permissions.Count == 0)
        {
            return Problem.Invalid("permissions", "A key needs at least one permission.");
        }

        if (permissions.FirstOrDefault(permission => !Permissions.All.Contains(permission)) is { } unknown)
        {
            return Problem.Invalid("permissions", $"There is no permission {unknown}.");
        }

        if (tenants is { Count: 0 })
        {
            return Problem.Invalid("tenants", "Name at least one organisation, or leave the member out for all of the owner's.");
        }

        return expiresAt <= clock.UtcNow() ? Problem.Invalid("expiresAt", "The end of a key's life must lie in the future.") : null;
    }
}
