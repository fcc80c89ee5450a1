using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.ApiKeys;

/// <summary>What somebody wants of a new key.</summary>
/// <param name="Owner">Whose key it is.</param>
/// <param name="Name">For people, 1–255 characters.</param>
/// <param name="Permissions">At least one of <see cref="Users.Permissions.All"/>.</param>
/// <param name="Tenants">The organisations that it is limited to; null: all of the owner's, later ones too.</param>
/// <param name="ExpiresAt">UTC; null: never.</param>
/// <param name="Addresses">Addresses and networks that it may come from; null: any.</param>
public sealed record ApiKeyWish(
    Guid Owner, string? Name, IReadOnlyCollection<string>? Permissions, IReadOnlyCollection<Guid>? Tenants = null, DateTime? ExpiresAt = null, IReadOnlyCollection<string>? Addresses = null);

/// <summary>A key with the key itself, which is never to be had again; <paramref name="Secret"/> is null when a request is repeated.</summary>
public sealed record ShownApiKey(OwnedApiKey Owned, string? Secret)
{
    public ApiKey Key => Owned.Key;
}

/// <summary>How a key is to be replaced.</summary>
/// <param name="Overlap">How long the old one goes on working; null: <see cref="ApiKeyService.UsualOverlap"/>.</param>
/// <param name="ExpiresAt">The new one's end.</param>
/// <param name="SameLife">The new one lives as long as the old one was made to, whatever <paramref name="ExpiresAt"/> says.</param>
public sealed record ApiKeyRotation(TimeSpan? Overlap = null, DateTime? ExpiresAt = null, bool SameLife = true);

/// <summary>Making, replacing, revoking and recognising keys. A key never has more than its owner has at the moment of the request.</summary>
public sealed class ApiKeyService(IApiKeyRepository keys, TimeProvider clock)
{
    /// <summary>How long a key lives when nobody said otherwise.</summary>
    public static readonly TimeSpan UsualLife = TimeSpan.FromDays(90);

    /// <summary>How long a replaced key goes on working when nobody said otherwise, and at most.</summary>
    public static readonly TimeSpan UsualOverlap = TimeSpan.FromHours(24), LongestOverlap = TimeSpan.FromDays(30);

    /// <summary>Makes a key. More than its owner, or the key that asks for it, has is refused rather than cut.</summary>
    public async Task<Result<ShownApiKey>> CreateAsync(Caller caller, ApiKeyWish wish, CancellationToken ct)
    {
        if ((ApiKeyRules.LacksRightOver(caller, wish.Owner) ?? ApiKeyRules.Check(wish, clock.UtcNow())) is { } refused)
        {
            return refused;
        }

        if (await keys.OwnerAsync(wish.Owner, ct) is not { IsDisabled: false } owner)
        {
            return ApiKeyProblems.OwnerUnknown;
        }

        var unlimited = caller.ApiKeyId is { } maker && await keys.FindAsync(maker, ct) is { Limits: null };
        var limits = ApiKeyRules.Limits(caller, unlimited, owner, wish.Tenants);
        if (ApiKeyRules.Exceeds(caller, owner, wish.Permissions!, limits) is { } tooMuch)
        {
            return tooMuch;
        }

        var secret = ApiKeyFormat.New();
        var key = new ApiKey
        {
            UserId = wish.Owner,
            Name = wish.Name!.Trim(),
            KeyHash = ApiKeyFormat.Hash(secret),
            Prefix = ApiKeyFormat.PrefixOf(secret),
            Permissions = [.. wish.Permissions!.Distinct().Order(StringComparer.Ordinal)],
            Addresses = wish.Addresses is { } addresses ? [.. addresses.Select(text => AddressList.Read(text)!).Distinct()] : null,
            ExpiresAt = wish.ExpiresAt is { } end ? Instants.Cut(end) : null,
            CreatedBy = TextRules.Limit(caller.Name, 255),
        };
        return await ShownAsync(await keys.AddAsync(caller, key, limits, ct), secret, ct);
    }

    /// <summary>
    /// Puts a new key in an old one's place: same id, name, permissions and organisations. The old one goes on working for the overlap, but
    /// never longer than it would have.
    /// </summary>
    public async Task<Result<ShownApiKey>> RotateAsync(Caller caller, Guid keyId, ApiKeyRotation rotation, CancellationToken ct)
    {
        var (now, overlap) = (clock.UtcNow(), rotation.Overlap ?? UsualOverlap);
        if ((ApiKeyRules.LacksRight(caller) ?? ApiKeyRules.Check(rotation, now)) is { } refused)
        {
            return refused;
        }

        if (await keys.FindAsync(keyId, ct) is not { } found || ApiKeyRules.LacksRightOver(caller, found.Owner.Id) is not null)
        {
            return ApiKeyProblems.Unknown;
        }

        // Who replaces a key learns one that reaches as far.
        if (ApiKeyRules.ReachesBeyond(caller, found) is { } tooMuch)
        {
            return tooMuch;
        }

        var (key, secret) = (found.Key, ApiKeyFormat.New());
        var expires = rotation.SameLife ? now + (key.ExpiresAt - (key.RotatedAt ?? key.CreatedAt)) : rotation.ExpiresAt;
        var ends = key.ExpiresAt is { } end && end < now + overlap ? end : now + overlap;
        var replacement = new ApiKeyReplacement(
            ApiKeyFormat.Hash(secret), ApiKeyFormat.PrefixOf(secret), expires is { } at ? Instants.Cut(at) : null, ends > now ? Instants.Cut(ends) : null);
        var asked = string.Create(CultureInfo.InvariantCulture, $"{overlap.Ticks} {rotation.SameLife} {rotation.ExpiresAt:O}");
        return await ShownAsync(await keys.RotateAsync(caller, keyId, replacement, asked, ct), secret, ct);
    }

    /// <summary>Revokes a key; it fails from the next request on.</summary>
    public async Task<Result<Done>> RevokeAsync(Caller caller, Guid keyId, CancellationToken ct)
    {
        var found = await GetAsync(caller, keyId, ct);
        return found.Problem is { } refused ? refused : await keys.RevokeAsync(caller, keyId, ct);
    }

    /// <summary>The caller's own keys, or everybody's for <see cref="Permissions.ApiKeysAdmin"/>; newest first.</summary>
    public async Task<Result<Page<OwnedApiKey>>> ListAsync(Caller caller, string? cursor, int limit, CancellationToken ct) =>
        ApiKeyRules.LacksRight(caller) is { } refused ? refused : await keys.ListAsync(OwnerShownTo(caller), cursor, limit, ct);

    /// <summary>How many that list has.</summary>
    public async Task<Result<CappedCount>> CountAsync(Caller caller, CancellationToken ct) =>
        ApiKeyRules.LacksRight(caller) is { } refused ? refused : await keys.CountAsync(OwnerShownTo(caller), ct);

    /// <summary>One of them; somebody else's is unknown.</summary>
    public async Task<Result<OwnedApiKey>> GetAsync(Caller caller, Guid keyId, CancellationToken ct)
    {
        if (ApiKeyRules.LacksRight(caller) is { } refused)
        {
            return refused;
        }

        return await keys.FindAsync(keyId, ct) is { } found && ApiKeyRules.LacksRightOver(caller, found.Owner.Id) is null ? found : ApiKeyProblems.Unknown;
    }

    /// <summary>
    /// Who stands behind a key, with the rights of this moment: stored permissions and limits, each cut to what the owner has now.
    /// A typing error is refused without a database read; a known key that is turned away is noted in the audit trail.
    /// </summary>
    public async Task<Result<Caller>> AuthenticateAsync(string? presented, Origin origin, ApiKeyPurpose purpose, CancellationToken ct)
    {
        if (presented is null || !ApiKeyFormat.IsWellFormed(presented))
        {
            return ApiKeyProblems.Bad;
        }

        var hash = ApiKeyFormat.Hash(presented);
        if (await keys.FindByHashAsync(hash, ct) is not { } found || !(SameHash(found.Key.KeyHash, hash) || SameHash(found.Key.PreviousKeyHash, hash)))
        {
            return ApiKeyProblems.Bad;
        }

        if (AgainstUse(found, hash, origin) is { } refused)
        {
            await keys.NoteRefusalAsync(found, found.Owner.IsDisabled ? "owner-disabled" : refused.Code, origin, ct);
            return refused;
        }

        await keys.TouchAsync(found.Key, found.Key.Permissions.Contains(purpose.Permission ?? "") ? purpose : purpose with { Permission = null }, origin.Address, ct);
        return CallerOf(found) with { Address = origin.Address, UserAgent = origin.UserAgent, RequestId = origin.RequestId };
    }

    /// <summary>The key that the caller came in with, for a test of credentials.</summary>
    public async Task<Result<OwnedApiKey>> OwnAsync(Caller caller, CancellationToken ct) =>
        caller.ApiKeyId is { } keyId && await keys.FindAsync(keyId, ct) is { } found ? found : ApiKeyProblems.Unknown;

    /// <summary>Announces the keys that expire within <see cref="ApiKeyStates.Warning"/>, once each; how many.</summary>
    public Task<int> AnnounceExpiringAsync(CancellationToken ct) => keys.AnnounceExpiringAsync(clock.UtcNow() + ApiKeyStates.Warning, ct);

    private static Guid? OwnerShownTo(Caller caller) => caller.May(Permissions.ApiKeysAdmin) ? null : caller.UserId ?? Guid.Empty;

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

    private static bool SameHash(string? stored, string computed) =>
        stored is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(stored), Encoding.ASCII.GetBytes(computed));

    private async Task<Result<ShownApiKey>> ShownAsync(Result<KeptApiKey> kept, string secret, CancellationToken ct)
    {
        if (kept.Problem is { } refused)
        {
            return refused;
        }

        return await keys.FindAsync(kept.Value.Id, ct) is { } found ? new ShownApiKey(found, kept.Value.IsNew ? secret : null) : ApiKeyProblems.Unknown;
    }

    private Problem? AgainstUse(OwnedApiKey found, string hash, Origin origin)
    {
        var (key, now) = (found.Key, clock.UtcNow());
        return found.Owner.IsDisabled ? ApiKeyProblems.Bad
            : key.RevokedAt is not null ? ApiKeyProblems.Revoked
            : !SameHash(key.KeyHash, hash) ? (key.PreviousEndsAt > now ? null : ApiKeyProblems.Replaced) ?? AgainstAddress(key, origin)
            : key.ExpiresAt <= now ? ApiKeyProblems.Expired
            : AgainstAddress(key, origin);
    }

    private static Problem? AgainstAddress(ApiKey key, Origin origin) => AddressList.Allows(key.Addresses, origin.Address) ? null : ApiKeyProblems.Elsewhere;
}
