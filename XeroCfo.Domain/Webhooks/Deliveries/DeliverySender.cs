using Microsoft.Extensions.Logging;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Webhooks.Deliveries;

/// <summary>An endpoint at which something is due.</summary>
public readonly record struct DueWebhook(TenantId Tenant, Guid WebhookId);

/// <summary>What one process sends to one endpoint next.</summary>
/// <param name="Url">Where to.</param>
/// <param name="Secrets">What signs, the newest first; none: the secret cannot be opened.</param>
/// <param name="Items">The deliveries and their events.</param>
public sealed record DeliveryBatch(string Url, IReadOnlyList<string> Secrets, IReadOnlyList<(Guid DeliveryId, OutboxEvent Event)> Items);

/// <summary>The deliveries of all organisations that wait for somebody to send them. Each call is one transaction.</summary>
public interface IDeliveryQueue
{
    /// <summary>Makes a delivery for each endpoint that wants an event, of events that were not handed out yet; how many events it looked at.</summary>
    Task<int> DispatchAsync(CancellationToken ct);

    /// <summary>Endpoints at which something is due that nobody sends.</summary>
    Task<IReadOnlyList<DueWebhook>> DueAsync(CancellationToken ct);

    /// <summary>Takes at most <paramref name="most"/> that are due; what one process gets, no other does. Null: nothing, or the endpoint is gone.</summary>
    Task<DeliveryBatch?> ClaimAsync(string owner, DueWebhook webhook, int most, CancellationToken ct);

    /// <summary>Says that the process is still alive.</summary>
    Task RenewAsync(string owner, DueWebhook webhook, CancellationToken ct);

    /// <summary>Keeps what came of attempts, plans the next ones, and switches off an endpoint that is given up. What is somebody else's by now is left to them.</summary>
    Task RecordAsync(string owner, DueWebhook webhook, IReadOnlyList<AttemptOutcome> outcomes, CancellationToken ct);

    /// <summary>Forgets events with all their deliveries that are older than <see cref="WebhookOptions.KeptDays"/> and wait for nothing; how many.</summary>
    Task<int> PruneAsync(CancellationToken ct);
}

/// <summary>A signed request, ready to go.</summary>
public sealed record SignedMessage(Uri Url, string Id, long Timestamp, string Signature, byte[] Body);

/// <summary>What a receiver said.</summary>
public sealed record ReceiverAnswer(int? Status, string? Error, string? Answer, TimeSpan? RetryAfter)
{
    public static ReceiverAnswer None(string error) => new(null, error, null, null);
}

/// <summary>Sends to addresses that people gave us: never to one that is refused, never after a redirect, never for longer than the settings say.</summary>
public interface IWebhookTransport
{
    Task<ReceiverAnswer> SendAsync(SignedMessage message, CancellationToken ct);
}

/// <summary>Sends what is due at one endpoint. A process that dies on the way leaves it to another one, which sends it again under the same id.</summary>
public sealed class DeliverySender(IDeliveryQueue queue, IWebhookTransport transport, TimeProvider clock, ILogger<DeliverySender> log)
{
    /// <summary>How many go to one endpoint at the same time.</summary>
    public const int AtOnce = 16;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(3);

    /// <summary>This process, as leases name it.</summary>
    private readonly string _owner = Guid.NewGuid().ToString("N");

    /// <summary>Sends the next ones and keeps what came of it; how many they were.</summary>
    public async Task<int> SendAsync(DueWebhook webhook, CancellationToken ct)
    {
        if (await queue.ClaimAsync(_owner, webhook, AtOnce, ct) is not { Items.Count: > 0 } batch)
        {
            return 0;
        }

        var sending = Task.WhenAll(batch.Items.Select(item => AttemptAsync(batch, item.DeliveryId, item.Event, ct)));
        while (await Task.WhenAny(sending, Task.Delay(Heartbeat, clock, ct)) != sending && !ct.IsCancellationRequested)
        {
            await queue.RenewAsync(_owner, webhook, ct);
        }

        // What was sent is kept also when the process is asked to stop now.
        await queue.RecordAsync(_owner, webhook, await sending, CancellationToken.None);
        return batch.Items.Count;
    }

    private async Task<AttemptOutcome> AttemptAsync(DeliveryBatch batch, Guid deliveryId, OutboxEvent told, CancellationToken ct)
    {
        var (started, watch) = (clock.UtcNow(), clock.GetTimestamp());
        var answer = batch.Secrets.Count == 0 ? ReceiverAnswer.None(DeliveryErrors.SecretUnreadable) : await transport.SendAsync(Signed(batch, told, started), ct);
        log.LogDebug("Webhook delivery {DeliveryId} of {Tenant}: {Status} {Error}", deliveryId, told.TenantId, answer.Status, answer.Error);
        return new AttemptOutcome(deliveryId, started, clock.GetElapsedTime(watch), answer.Status, answer.Error, answer.Answer, answer.RetryAfter);
    }

    private static SignedMessage Signed(DeliveryBatch batch, OutboxEvent told, DateTime now)
    {
        var (id, timestamp, body) = (WebhookMessage.IdOf(told), new DateTimeOffset(now).ToUnixTimeSeconds(), WebhookMessage.BodyOf(told));
        return new SignedMessage(new Uri(batch.Url), id, timestamp, WebhookSignature.Header(batch.Secrets, id, timestamp, body), body);
    }
}
