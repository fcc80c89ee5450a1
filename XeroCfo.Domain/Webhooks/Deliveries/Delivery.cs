using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Webhooks.Deliveries;

/// <summary>The words of a delivery's status.</summary>
public static class DeliveryStatus
{
    /// <summary>It waits for its first or next attempt, or one is under way.</summary>
    public const string Pending = "pending";
    public const string Succeeded = "succeeded";

    /// <summary>It is not tried again by itself.</summary>
    public const string Failed = "failed";

    public static readonly IReadOnlyList<string> All = [Pending, Succeeded, Failed];
}

/// <summary>Why there was no answer. Nothing here tells an open port from a closed one.</summary>
public static class DeliveryErrors
{
    /// <summary>Nobody answered in time.</summary>
    public const string NoAnswer = "no-answer";

    /// <summary>The address is a private one that the settings do not allow.</summary>
    public const string AddressRefused = "address-refused";

    /// <summary>The secret cannot be opened with the keys that there are.</summary>
    public const string SecretUnreadable = "secret-unreadable";

    /// <summary>The product or a person switched the endpoint off while it waited.</summary>
    public const string SwitchedOff = "webhook-inactive";

    public static readonly IReadOnlyList<string> All = [NoAnswer, AddressRefused, SecretUnreadable, SwitchedOff];
}

/// <summary>One event on its way to one endpoint.</summary>
public sealed class WebhookDelivery : Entity, ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid WebhookId { get; set; }

    /// <summary>The event, whose id is the same at every attempt.</summary>
    public Guid EventId { get; set; }

    /// <summary>One of <see cref="DeliveryStatus"/>.</summary>
    public string Status { get; set; } = DeliveryStatus.Pending;

    /// <summary>All attempts that ended, also those before it was sent again by hand.</summary>
    public int Attempts { get; set; }

    /// <summary>Attempts of the plan that is under way.</summary>
    public int Tries { get; set; }

    /// <summary>Null: none.</summary>
    public DateTime? NextAttemptAt { get; set; }

    public DateTime? FinishedAt { get; set; }

    /// <summary>One of <see cref="DeliveryErrors"/>; null where there was an answer, or no attempt yet.</summary>
    public string? Error { get; set; }

    /// <summary>Which process sends it.</summary>
    public string? LeaseOwner { get; set; }

    /// <summary>UTC until which that process is believed to be alive.</summary>
    public DateTime? LeaseUntil { get; set; }
}

/// <summary>One attempt, and what came of it.</summary>
public sealed class WebhookAttempt : ITenantOwned
{
    /// <summary>So much of an answer is kept.</summary>
    public const int AnswerLimit = 200;

    public Guid TenantId { get; set; }

    public Guid DeliveryId { get; set; }

    /// <summary>From 1.</summary>
    public int Number { get; set; }

    public DateTime StartedAt { get; set; }

    public int DurationMilliseconds { get; set; }

    /// <summary>The HTTP status; null: nobody answered.</summary>
    public int? AnswerStatus { get; set; }

    /// <summary>One of <see cref="DeliveryErrors"/>.</summary>
    public string? Error { get; set; }

    /// <summary>How the answer begins, without control characters.</summary>
    public string? Answer { get; set; }
}

/// <summary>A delivery with its event and its attempts, the first one first.</summary>
public sealed record DeliveryView(WebhookDelivery Delivery, OutboxEvent Event, IReadOnlyList<WebhookAttempt> Attempts);
