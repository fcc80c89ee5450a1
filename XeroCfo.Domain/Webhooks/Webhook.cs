using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Webhooks;

/// <summary>An address that is told of events.</summary>
public sealed class Webhook : Entity, ITenantOwned
{
    public Guid UserId { get; set; }

    public Guid TenantId { get; set; }

    public required string Event { get; set; }

    public required string Url { get; set; }

    /// <summary>Ciphertext.</summary>
    public required string Secret { get; set; }

    public bool IsActive { get; set; } = true;
}

/// <summary>An event written in the transaction that caused it; delivered from there.</summary>
public sealed class OutboxEvent : ITenantOwned
{
    public Guid Id { get; set; } = Guid.CreateVersion7();

    public Guid TenantId { get; set; }

    /// <summary>Name in the contract, such as <c>sync.succeeded</c>.</summary>
    public required string Type { get; set; }

    /// <summary>JSON: ids, counts and a link, never amounts.</summary>
    public required string Data { get; set; }

    public DateTime CreatedAt { get; set; }

    /// <summary>Null until it was handed to every webhook that wants it.</summary>
    public DateTime? DispatchedAt { get; set; }
}
