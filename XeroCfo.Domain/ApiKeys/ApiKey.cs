using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.ApiKeys;

/// <summary>A key for a program. The key itself is shown once and stored nowhere.</summary>
public sealed class ApiKey : Entity
{
    public Guid UserId { get; set; }

    public required string Name { get; set; }

    /// <summary>SHA-256 of the key, lower-case hex.</summary>
    public required string KeyHash { get; set; }

    /// <summary>The first characters, so that a person can tell keys apart.</summary>
    public required string Prefix { get; set; }

    public List<string> Permissions { get; set; } = [];

    /// <summary>UTC; null: never.</summary>
    public DateTime? ExpiresAt { get; set; }

    /// <summary>UTC, written at most once a minute.</summary>
    public DateTime? LastUsedAt { get; set; }

    public DateTime? RevokedAt { get; set; }
}

/// <summary>An organisation that a key is limited to; a key without any has all of its owner's.</summary>
public sealed class ApiKeyTenant : ITenantOwned
{
    public Guid ApiKeyId { get; set; }

    public Guid TenantId { get; set; }
}
