using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Webhooks.Deliveries;

/// <summary>Where deliveries are kept, for those who look at them or ask for another one.</summary>
public interface IDeliveryRepository
{
    /// <summary>Newest first; refused where the endpoint is unknown.</summary>
    Task<Result<Page<DeliveryView>>> ListAsync(TenantId tenant, Guid webhookId, string? status, string? cursor, int limit, CancellationToken ct);

    /// <summary>How many there are, counted up to <see cref="CappedCount.Cap"/>.</summary>
    Task<Result<CappedCount>> CountAsync(TenantId tenant, Guid webhookId, string? status, CancellationToken ct);

    Task<Result<DeliveryView>> FindAsync(TenantId tenant, Guid webhookId, Guid id, CancellationToken ct);

    /// <summary>Makes an event <see cref="WebhookEvents.Test"/> for this endpoint alone.</summary>
    Task<Result<DeliveryView>> TestAsync(Caller caller, TenantId tenant, Guid webhookId, CancellationToken ct);

    /// <summary>Lets it be sent again at once, whatever became of it, with all attempts of a new plan.</summary>
    Task<Result<DeliveryView>> RedeliverAsync(Caller caller, TenantId tenant, Guid webhookId, Guid id, CancellationToken ct);

    /// <summary>The same for all that failed; how many they are.</summary>
    Task<Result<int>> RedeliverFailedAsync(Caller caller, TenantId tenant, Guid webhookId, CancellationToken ct);
}

/// <summary>What was sent to endpoints, and sending it again.</summary>
public sealed class DeliveryService(IDeliveryRepository deliveries)
{
    public async Task<Result<Page<DeliveryView>>> ListAsync(Caller caller, TenantId tenant, Guid webhookId, string? status, string? cursor, int limit, CancellationToken ct) =>
        caller.Lacks(Permissions.WebhooksRead, tenant) is { } refused ? refused : await deliveries.ListAsync(tenant, webhookId, status, cursor, limit, ct);

    /// <summary>How many there are, counted up to <see cref="CappedCount.Cap"/>.</summary>
    public async Task<Result<CappedCount>> CountAsync(Caller caller, TenantId tenant, Guid webhookId, string? status, CancellationToken ct) =>
        caller.Lacks(Permissions.WebhooksRead, tenant) is { } refused ? refused : await deliveries.CountAsync(tenant, webhookId, status, ct);

    public async Task<Result<DeliveryView>> GetAsync(Caller caller, TenantId tenant, Guid webhookId, Guid id, CancellationToken ct) =>
        caller.Lacks(Permissions.WebhooksRead, tenant) is { } refused ? refused : await deliveries.FindAsync(tenant, webhookId, id, ct);

    /// <summary>Sends a test event, also to an endpoint that is switched off.</summary>
    public async Task<Result<DeliveryView>> TestAsync(Caller caller, TenantId tenant, Guid webhookId, CancellationToken ct) =>
        caller.Lacks(Permissions.WebhooksWrite, tenant) is { } refused ? refused : await deliveries.TestAsync(caller, tenant, webhookId, ct);

    /// <summary>Sends an event again under the same id.</summary>
    public async Task<Result<DeliveryView>> RedeliverAsync(Caller caller, TenantId tenant, Guid webhookId, Guid id, CancellationToken ct) =>
        caller.Lacks(Permissions.WebhooksWrite, tenant) is { } refused ? refused : await deliveries.RedeliverAsync(caller, tenant, webhookId, id, ct);

    /// <summary>Sends all that failed again under their own ids.</summary>
    public async Task<Result<int>> RedeliverFailedAsync(Caller caller, TenantId tenant, Guid webhookId, CancellationToken ct) =>
        caller.Lacks(Permissions.WebhooksWrite, tenant) is { } refused ? refused : await deliveries.RedeliverFailedAsync(caller, tenant, webhookId, ct);
}
