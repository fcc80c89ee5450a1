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

    /// <summary>Addresses and networks that it may come from; null: any.</summary>
    public List<string>? Addresses { get; set; }

    /// <summary>UTC; null: never.</summary>
    public DateTime? ExpiresAt { get; set; }

    /// <summary>When the expiry was announced; null: not yet.</summary>
    public DateTime? ExpiryAnnouncedAt { get; set; }

    /// <summary>Who made it, by name: a person may be gone by the time somebody asks.</summary>
    public string? CreatedBy { get; set; }

    /// <summary>UTC, written at most once a minute.</summary>
    public DateTime? LastUsedAt { get; set; }

    /// <summary>From where that was.</summary>
    public string? LastUsedAddress { get; set; }

    /// <summary>What was asked for then: method and route, without ids.</summary>
    public string? LastUsedRoute { get; set; }

    /// <summary>When the key was last replaced by a new one.</summary>
    public DateTime? RotatedAt { get; set; }

    /// <summary>The hash of the key that was replaced; null once it is of no use any more.</summary>
    public string? PreviousKeyHash { get; set; }

    /// <summary>Until when the replaced key goes on working.</summary>
    public DateTime? PreviousEndsAt { get; set; }

    public DateTime? RevokedAt { get; set; }

    public string? RevokedBy { get; set; }
}

/// <summary>When a key last made use of one of its permissions; noted once a day.</summary>
public sealed class ApiKeyUse
{
    public Guid ApiKeyId { get; set; }

    public required string Permission { get; set; }

    public DateTime LastUsedAt { get; set; }
}

/// <summary>An organisation that a key is limited to; a key without any has all of its owner's.</summary>
public sealed class ApiKeyTenant : ITenantOwned
{
    public Guid ApiKeyId { get; set; }

    public Guid TenantId { get; set; }
}
