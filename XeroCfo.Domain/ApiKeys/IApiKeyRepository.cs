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
public sealed record OwnedApiKey(ApiKey Key, ApiKeyOwner Owner, IReadOnlySet<Guid>? Limits);

/// <summary>Keys in the database.</summary>
public interface IApiKeyRepository
{
    /// <summary>The key with that hash, revoked and expired ones too.</summary>
    Task<OwnedApiKey?> FindByHashAsync(string hash, CancellationToken ct);

    Task<OwnedApiKey?> FindAsync(Guid keyId, CancellationToken ct);

    /// <summary>The person who would own a key; null when there is none.</summary>
    Task<ApiKeyOwner?> OwnerAsync(Guid userId, CancellationToken ct);

    /// <summary>Keys of <paramref name="owner"/>, or everybody's when null; newest first.</summary>
    Task<IReadOnlyList<OwnedApiKey>> ListAsync(Guid? owner, CancellationToken ct);

    /// <summary>Stores the key and its limits together with the audit entry.</summary>
    Task<Result<Done>> AddAsync(Caller caller, ApiKey key, IReadOnlySet<Guid>? limits, CancellationToken ct);

    /// <summary>Revokes it together with the audit entry; a second time changes nothing.</summary>
    Task<Result<Done>> RevokeAsync(Caller caller, Guid keyId, CancellationToken ct);

    /// <summary>Notes that the key was used, unless that was noted within the last minute. Never makes a request fail or wait long.</summary>
    Task TouchAsync(Guid keyId, DateTime? lastUsedAt, CancellationToken ct);
}
