namespace XeroCfo.Domain.Audit;

/// <summary>Who did what. Append-only; user and organisation are repeated inside <see cref="Details"/>.</summary>
public sealed class AuditLog
{
    public Guid Id { get; set; } = Guid.CreateVersion7();

    public Guid? UserId { get; set; }

    public Guid? TenantId { get; set; }

    /// <summary><c>area.verb</c>, such as <c>sync.requested</c>.</summary>
    public required string Action { get; set; }

    /// <summary>JSON: caller, organisation, object, before and after with secrets masked, request id.</summary>
    public string? Details { get; set; }

    public string? IpAddress { get; set; }

    public string? UserAgent { get; set; }

    /// <summary>
    /// What only XeroCfo can have written beside this entry: HMAC-SHA256 over <see cref="AuditCanon"/>, lower-case hex, set by the context.
    /// Null where there was no key yet.
    /// </summary>
    public string? Mac { get; set; }

    /// <summary>UTC, set by the context.</summary>
    public DateTime CreatedAt { get; set; }
}

/// <summary>One link of the chain over the audit trail, numbered without gaps.</summary>
public sealed class AuditSeal
{
    public long Seq { get; set; }

    public Guid AuditLogId { get; set; }

    /// <summary>SHA-256 of the previous hash and the canonical entry, lower-case hex.</summary>
    public required string Hash { get; set; }
}
