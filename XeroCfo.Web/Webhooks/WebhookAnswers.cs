using System.ComponentModel.DataAnnotations;
using System.Text;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Webhooks.Deliveries;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Webhooks;

/// <summary>How an endpoint fares: deliveries that wait and that failed, and since when nothing arrives.</summary>
internal sealed record WebhookHealthAnswer(int Pending, int Failed, DateTime? LastSucceededAt, DateTime? FailingSince, DateTime? DisabledAt, [property: Words(typeof(DisabledReasons))] string? DisabledBecause);

/// <summary>An endpoint. Two secrets sign until <c>previousSecretUntil</c>, when it was rotated.</summary>
internal sealed record WebhookAnswer(Guid Id, string Event, string Url, bool IsActive, DateTime? PreviousSecretUntil, WebhookHealthAnswer Health, DateTime CreatedAt, DateTime UpdatedAt)
    : IExample<WebhookAnswer>
{
    public static WebhookAnswer Example => new(
        Examples.Thing, "sync.*", "https://n8n.example.com/webhook/books", true, null, new WebhookHealthAnswer(0, 2, Examples.Instant, null, null, null), Examples.Instant, Examples.Instant);

    public static WebhookAnswer Of(WebhookView view) => view.Webhook is var webhook
        ? new(webhook.Id, webhook.Event, webhook.Url, webhook.IsActive, webhook.PreviousSecretUntil,
            new WebhookHealthAnswer(view.Pending, view.Failed, webhook.LastSucceededAt, webhook.FailingSince, webhook.DisabledAt, webhook.DisabledBecause), webhook.CreatedAt, webhook.UpdatedAt)
        : throw new InvalidOperationException();
}

/// <summary>An endpoint with its secret, which is told this once.</summary>
internal sealed record WebhookSecretAnswer(
    Guid Id, string Event, string Url, bool IsActive, string Secret, DateTime? PreviousSecretUntil, WebhookHealthAnswer Health, DateTime CreatedAt, DateTime UpdatedAt) : IExample<WebhookSecretAnswer>
{
    public static WebhookSecretAnswer Example => Of(WebhookAnswer.Example, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=");

    public static WebhookSecretAnswer Of(WebhookAnswer told, string secret) =>
        new(told.Id, told.Event, told.Url, told.IsActive, secret, told.PreviousSecretUntil, told.Health, told.CreatedAt, told.UpdatedAt);
}

/// <summary>An event's name, a prefix such as <c>sync.*</c> or <c>*</c>, and where to send it.</summary>
internal sealed record WebhookRequest(
    [property: Required, Words(typeof(WebhookEvents), nameof(WebhookEvents.Choices))] string? Event = null,
    [property: Required, StringLength(Webhook.UrlLimit, MinimumLength = 1)] string? Url = null,
    bool IsActive = true) : IExample<WebhookRequest>
{
    public static WebhookRequest Example => new("sync.*", "https://n8n.example.com/webhook/books");

    public WebhookInput ToInput() => new(Event, Url, IsActive);
}

/// <summary>No status: nobody answered.</summary>
internal sealed record AttemptAnswer(int Number, DateTime StartedAt, int DurationMilliseconds, int? Status, [property: Words(typeof(DeliveryErrors))] string? Error, string? Answer);

/// <summary>An event on its way to an endpoint. <c>eventId</c> is the webhook-id of all attempts; <c>body</c> is what was signed and sent, letter by letter.</summary>
internal sealed record DeliveryAnswer(
    Guid Id, Guid EventId, string Type, [property: Words(typeof(DeliveryStatus))] string Status, [property: Words(typeof(DeliveryErrors))] string? Error,
    DateTime CreatedAt, DateTime? NextAttemptAt, DateTime? FinishedAt, IReadOnlyList<AttemptAnswer> Attempts, string Body) : IExample<DeliveryAnswer>
{
    public static DeliveryAnswer Example => new(
        Examples.Thing, Examples.Document, WebhookEvents.SyncSucceeded, DeliveryStatus.Succeeded, null, Examples.Instant, null, Examples.Instant,
        [new AttemptAnswer(1, Examples.Instant, 128, 204, null, null)],
        Encoding.UTF8.GetString(WebhookMessage.BodyOf(Told)));

    private static OutboxEvent Told
    {
        get
        {
            var told = OutboxEvent.Of(Examples.Tenant, WebhookEvents.SyncSucceeded, $"syncs/{Examples.Thing:D}", [Examples.Thing], ("received", 12), ("inserted", 3), ("updated", 1), ("deleted", 0));
            (told.Id, told.CreatedAt) = (Examples.Document, Examples.Instant);
            return told;
        }
    }

    public static DeliveryAnswer Of(DeliveryView view) => new(
        view.Delivery.Id, view.Delivery.EventId, view.Event.Type, view.Delivery.Status, view.Delivery.Error, view.Delivery.CreatedAt, view.Delivery.NextAttemptAt, view.Delivery.FinishedAt,
        [.. view.Attempts.Select(attempt => new AttemptAnswer(attempt.Number, attempt.StartedAt, attempt.DurationMilliseconds, attempt.AnswerStatus, attempt.Error, attempt.Answer))],
        Encoding.UTF8.GetString(WebhookMessage.BodyOf(view.Event)));
}

/// <summary>How many are sent again.</summary>
internal sealed record RedeliveredAnswer(int Redelivered) : IExample<RedeliveredAnswer>
{
    public static RedeliveredAnswer Example => new(12);
}
