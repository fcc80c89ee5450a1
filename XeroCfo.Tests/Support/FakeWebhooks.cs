using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Webhooks.Deliveries;

namespace XeroCfo.Tests.Support;

/// <summary>Endpoints and what was sent to them, in memory.</summary>
internal sealed class FakeWebhooks : IWebhookRepository, IDeliveryRepository
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=";

    private static readonly DateTime Morning = new(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc);

    public List<Webhook> Webhooks { get; } = [];

    public List<DeliveryView> Sent { get; } = [];

    /// <summary>What every write is refused with.</summary>
    public Problem? Refusal { get; set; }

    public Webhook Add(string choice, string url, Action<Webhook>? change = null)
    {
        var webhook = new Webhook { Event = choice, Url = url, Secret = "ciphertext", UpdatedAt = Morning };
        change?.Invoke(webhook);
        Webhooks.Add(webhook);
        return webhook;
    }

    public DeliveryView Send(Webhook webhook, string type, string status, params (int? Status, string? Error, string? Answer)[] attempts)
    {
        var told = OutboxEvent.Of(Guid.NewGuid(), type, "syncs", [Guid.NewGuid()]);
        told.CreatedAt = Morning;
        var delivery = new WebhookDelivery { WebhookId = webhook.Id, EventId = told.Id, Status = status, Attempts = attempts.Length };
        var view = new DeliveryView(delivery, told, [.. attempts.Select((attempt, place) => new WebhookAttempt { Number = place + 1, StartedAt = Morning, DurationMilliseconds = 128, AnswerStatus = attempt.Status, Error = attempt.Error, Answer = attempt.Answer })]);
        Sent.Add(view);
        return view;
    }

    Task<Result<Page<WebhookView>>> IWebhookRepository.ListAsync(TenantId tenant, string? cursor, int limit, CancellationToken ct) =>
        Task.FromResult<Result<Page<WebhookView>>>(new Page<WebhookView>(Webhooks.ConvertAll(View), null));

    public Task<CappedCount> CountAsync(TenantId tenant, CancellationToken ct) => Task.FromResult(CappedCount.Of(Webhooks.Count));

    public Task<WebhookView?> FindAsync(TenantId tenant, Guid id, CancellationToken ct) => Task.FromResult(Webhooks.Find(webhook => webhook.Id == id) is { } found ? View(found) : null);

    public Task<Result<WebhookWithSecret>> CreateAsync(Caller caller, TenantId tenant, WebhookInput input, CancellationToken ct) =>
        Task.FromResult<Result<WebhookWithSecret>>(Refusal is { } refused ? refused : new WebhookWithSecret(View(Add(input.Event!, input.Url!)), Secret));

    public Task<Result<WebhookView>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, WebhookInput input, CancellationToken ct)
    {
        var webhook = Webhooks.Single(known => known.Id == id);
        (webhook.Event, webhook.Url, webhook.IsActive) = (input.Event!, input.Url!, input.IsActive);
        return Task.FromResult<Result<WebhookView>>(View(webhook));
    }

    public Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CancellationToken ct)
    {
        Webhooks.RemoveAll(known => known.Id == id);
        return Task.FromResult<Result<Done>>(Done.Value);
    }

    public Task<Result<WebhookWithSecret>> RotateAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct)
    {
        var webhook = Webhooks.Single(known => known.Id == id);
        webhook.PreviousSecretUntil = Morning.AddDays(1);
        return Task.FromResult<Result<WebhookWithSecret>>(new WebhookWithSecret(View(webhook), Secret));
    }

    public Task<Result<Page<DeliveryView>>> ListAsync(TenantId tenant, Guid webhookId, string? status, string? cursor, int limit, CancellationToken ct) =>
        Task.FromResult<Result<Page<DeliveryView>>>(new Page<DeliveryView>([.. Sent.Where(view => view.Delivery.WebhookId == webhookId && (status is null || view.Delivery.Status == status))], null));

    public Task<Result<CappedCount>> CountAsync(TenantId tenant, Guid webhookId, string? status, CancellationToken ct) => Task.FromResult<Result<CappedCount>>(CappedCount.Of(Sent.Count));

    public Task<Result<DeliveryView>> FindAsync(TenantId tenant, Guid webhookId, Guid id, CancellationToken ct) => Task.FromResult<Result<DeliveryView>>(Sent.Single(view => view.Delivery.Id == id));

    public Task<Result<DeliveryView>> TestAsync(Caller caller, TenantId tenant, Guid webhookId, CancellationToken ct) =>
        Task.FromResult<Result<DeliveryView>>(Send(Webhooks.Single(webhook => webhook.Id == webhookId), WebhookEvents.Test, DeliveryStatus.Pending));

    public Task<Result<DeliveryView>> RedeliverAsync(Caller caller, TenantId tenant, Guid webhookId, Guid id, CancellationToken ct)
    {
        var view = Sent.Single(known => known.Delivery.Id == id);
        view.Delivery.Status = DeliveryStatus.Pending;
        return Task.FromResult<Result<DeliveryView>>(view);
    }

    public Task<Result<int>> RedeliverFailedAsync(Caller caller, TenantId tenant, Guid webhookId, CancellationToken ct)
    {
        var failed = Sent.FindAll(view => view.Delivery.WebhookId == webhookId && view.Delivery.Status == DeliveryStatus.Failed);
        failed.ForEach(view => view.Delivery.Status = DeliveryStatus.Pending);
        return Task.FromResult<Result<int>>(failed.Count);
    }

    private WebhookView View(Webhook webhook) => new(
        webhook, Sent.Count(view => view.Delivery.WebhookId == webhook.Id && view.Delivery.Status == DeliveryStatus.Pending),
        Sent.Count(view => view.Delivery.WebhookId == webhook.Id && view.Delivery.Status == DeliveryStatus.Failed), "ana@tui-and-ash.example");
}
