namespace XeroCfo.Data.Saving;

/// <summary>What a request with an Idempotency-Key led to; written in the transaction of its effect.</summary>
public sealed class IdempotencyRecord
{
    public Guid Id { get; set; } = Guid.CreateVersion7();

    /// <summary>The person that asked, by whichever key.</summary>
    public Guid OwnerId { get; set; }

    /// <summary>The organisation, or an empty id for requests without one.</summary>
    public Guid TenantId { get; set; }

    public required string Key { get; set; }

    /// <summary>SHA-256 of operation and body, hex.</summary>
    public required string RequestHash { get; set; }

    /// <summary>The thing that was made or found; the answer is rendered from it again.</summary>
    public Guid ResourceId { get; set; }

    public DateTime CreatedAt { get; set; }
}
