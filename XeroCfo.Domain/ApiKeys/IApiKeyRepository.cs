using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.ApiKeys;

/// <summary>The person behind a key, as of now.</summary>
/// <param name="Id">The person.</param>
/// <param name="Email">For <c>GET /me</c> and the audit trail.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Stamp">Identity's security stamp.</param>
/// <param name="IsDisabled">Cannot come in, nor can any key.</param>
/// <param name="Tenants">The organisations granted, spelt out.</param>
public sealed record ApiKeyOwner(Guid Id, string Email, string Role, string? Stamp, bool IsDisabled, IReadOnlySet<Guid> Tenants);

/// <summary>A key with its owner and the organisations that it is limited to; null: all of the owner's, later ones too.</summary>
public sealed record OwnedApiKey(ApiKey Key, ApiKeyOwner Owner, IReadOnlySet<Guid>? Limits)
{
    /// <summary>When each permission was last made use of; only where somebody looks at keys, not where one is recognised.</summary>
    public IReadOnlyDictionary<string, DateTime> Uses { get; init; } = new Dictionary<string, DateTime>();
}

/// <summary>What a key is used for.</summary>
/// <param name="Route">Method and route, without ids; null: nothing worth noting.</param>
/// <param name="Permission">What the route needs; null: any key.</param>
public sealed record ApiKeyPurpose(string? Route = null, string? Permission = null)
{
    public static readonly ApiKeyPurpose None = new();
}

/// <summary>A key that was made or found by a repeated request.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsNew">False: the request was answered before, and what was shown then is not to be had again.</param>
public sealed record KeptApiKey(Guid Id, bool IsNew);

/// <summary>A new key in place of an old one.</summary>
/// <param name="Hash">Of the new key.</param>
/// <param name="Prefix">Of the new key.</param>
/// <param name="ExpiresAt">The new key's end; null: never.</param>
/// <param name="PreviousEndsAt">Until when the old one goes on working; null: it ends at once.</param>
public sealed record ApiKeyReplacement(string Hash, string Prefix, DateTime? ExpiresAt, DateTime? PreviousEndsAt);

/// <summary>Keys in the database. Each write is one transaction with its audit entry.</summary>
public interface IApiKeyRepository
{
    /// <summary>The key with that hash, replaced, revoked and expired ones too.</summary>
    Task<OwnedApiKey?> FindByHashAsync(string hash, CancellationToken ct);

    Task<OwnedApiKey?> FindAsync(Guid keyId, CancellationToken ct);

    /// <summary>The person who would own a key; null when there is none.</summary>
    Task<ApiKeyOwner?> OwnerAsync(Guid userId, CancellationToken ct);

    /// <summary>Keys of <paramref name="owner"/>, or everybody's when null; newest first.</summary>
    Task<Result<Page<OwnedApiKey>>> ListAsync(Guid? owner, string? cursor, int limit, CancellationToken ct);

    /// <summary>How many there are, counted up to <see cref="CappedCount.Cap"/>.</summary>
    Task<CappedCount> CountAsync(Guid? owner, CancellationToken ct);

    /// <summary>Stores the key and its limits, or finds the one that a request with the same idempotency key made.</summary>
    Task<Result<KeptApiKey>> AddAsync(Caller caller, ApiKey key, IReadOnlySet<Guid>? limits, CancellationToken ct);

    /// <summary>Puts a new key in an old one's place, under the same id; refused for a revoked one.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="keyId">The key.</param>
    /// <param name="replacement">What comes.</param>
    /// <param name="asked">What was asked for, in words that tell one request from another.</param>
    /// <param name="ct">Stops the work.</param>
    Task<Result<KeptApiKey>> RotateAsync(Caller caller, Guid keyId, ApiKeyReplacement replacement, string asked, CancellationToken ct);

    /// <summary>Revokes it; a second time changes nothing.</summary>
    Task<Result<Done>> RevokeAsync(Caller caller, Guid keyId, CancellationToken ct);

    /// <summary>Notes that the key was used, unless that was noted within the last minute. Never makes a request fail or wait long.</summary>
    Task TouchAsync(ApiKey key, ApiKeyPurpose purpose, string? address, CancellationToken ct);

    /// <summary>Notes in the audit trail that a known key was turned away, at most once a minute for each reason.</summary>
    Task NoteRefusalAsync(OwnedApiKey found, string reason, Origin origin, CancellationToken ct);

    /// <summary>Announces, once each, the keys that end before <paramref name="until"/>, to each organisation that they reach; how many.</summary>
    Task<int> AnnounceExpiringAsync(DateTime until, CancellationToken ct);
}
