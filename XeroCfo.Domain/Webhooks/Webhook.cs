using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Webhooks;

/// <summary>An address that is told of events.</summary>
public sealed class Webhook : Entity, ITenantOwned
{
    /// <summary>The longest address that is kept.</summary>
    public const int UrlLimit = 255;

    public Guid UserId { get; set; }

    public Guid TenantId { get; set; }

    /// <summary>A name of <see cref="WebhookEvents"/>, a prefix such as <c>sync.*</c>, or <c>*</c>.</summary>
    public required string Event { get; set; }

    public required string Url { get; set; }

    /// <summary>Ciphertext.</summary>
    public required string Secret { get; set; }

    public bool IsActive { get; set; } = true;

    /// <summary>Ciphertext of the secret before the last rotation; it signs beside the new one until <see cref="PreviousSecretUntil"/>.</summary>
    public string? PreviousSecret { get; set; }

    public DateTime? PreviousSecretUntil { get; set; }

    public DateTime? LastSucceededAt { get; set; }

    /// <summary>The first failure since the last success; null: what was sent last arrived, or nothing was sent.</summary>
    public DateTime? FailingSince { get; set; }

    /// <summary>When the product itself switched it off; null: it did not.</summary>
    public DateTime? DisabledAt { get; set; }

    /// <summary>One of <see cref="DisabledReasons"/>.</summary>
    public string? DisabledBecause { get; set; }
}

/// <summary>Why the product switched an endpoint off.</summary>
public static class DisabledReasons
{
    /// <summary>It answered 410: nobody is there any more.</summary>
    public const string Gone = "gone";

    /// <summary>Nothing arrived for <see cref="Deliveries.RetryPlan.Patience"/>.</summary>
    public const string Failing = "failing";

    public static readonly IReadOnlyList<string> All = [Gone, Failing];
}
