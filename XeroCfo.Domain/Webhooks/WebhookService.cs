using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks.Targets;

namespace XeroCfo.Domain.Webhooks;

/// <summary>An endpoint as somebody wants it.</summary>
public sealed record WebhookInput(string? Event, string? Url, bool IsActive = true);

/// <summary>An endpoint and how it fares.</summary>
/// <param name="Webhook">The endpoint; its secrets are ciphertext.</param>
/// <param name="Pending">Deliveries that wait.</param>
/// <param name="Failed">Deliveries that were given up and can be sent again.</param>
/// <param name="MadeBy">The e-mail address of whose it is.</param>
public sealed record WebhookView(Webhook Webhook, int Pending, int Failed, string? MadeBy);

/// <summary>An endpoint with its secret, which is told this once.</summary>
public sealed record WebhookWithSecret(WebhookView View, string Secret);

/// <summary>What endpoints refuse.</summary>
public static class WebhookProblems
{
    public static Problem Unknown { get; } = Problem.NotFound("webhook-not-found", "There is no such webhook in this organisation.");

    public static Problem NoSuchDelivery { get; } = Problem.NotFound("delivery-not-found", "There is no such delivery to this webhook.");

    public static Problem TooMany { get; } = new("too-many-webhooks", $"An organisation has at most {WebhookService.Most} webhooks. Delete one first.", ProblemKind.Refused);
}

/// <summary>Where endpoints are kept; secrets are sealed there.</summary>
public interface IWebhookRepository
{
    /// <summary>In the order in which they were made.</summary>
    Task<Result<Page<WebhookView>>> ListAsync(TenantId tenant, string? cursor, int limit, CancellationToken ct);

    /// <summary>How many there are, counted up to <see cref="CappedCount.Cap"/>.</summary>
    Task<CappedCount> CountAsync(TenantId tenant, CancellationToken ct);

    Task<WebhookView?> FindAsync(TenantId tenant, Guid id, CancellationToken ct);

    Task<Result<WebhookWithSecret>> CreateAsync(Caller caller, TenantId tenant, WebhookInput input, CancellationToken ct);

    /// <summary>Changes it. Switched off, what waits is given up; switched on, it begins anew.</summary>
    Task<Result<WebhookView>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, WebhookInput input, CancellationToken ct);

    /// <summary>Deletes it with all of its deliveries.</summary>
    Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CancellationToken ct);

    /// <summary>Gives it a new secret; the old one signs beside it for <see cref="WebhookService.Overlap"/>.</summary>
    Task<Result<WebhookWithSecret>> RotateAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct);
}

/// <summary>The organisation's endpoints.</summary>
public sealed class WebhookService(IWebhookRepository webhooks, TargetGuard guard)
{
    public const int Most = 1_000;

    /// <summary>So long both secrets sign after a rotation.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    public async Task<Result<Page<WebhookView>>> ListAsync(Caller caller, TenantId tenant, string? cursor, int limit, CancellationToken ct) =>
        caller.Lacks(Permissions.WebhooksRead, tenant) is { } refused ? refused : await webhooks.ListAsync(tenant, cursor, limit, ct);

    /// <summary>How many there are, counted up to <see cref="CappedCount.Cap"/>.</summary>
    public async Task<Result<CappedCount>> CountAsync(Caller caller, TenantId tenant, CancellationToken ct) =>
        caller.Lacks(Permissions.WebhooksRead, tenant) is { } refused ? refused : await webhooks.CountAsync(tenant, ct);

    public async Task<Result<WebhookView>> GetAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.WebhooksRead, tenant) is { } refused)
        {
            return refused;
        }

        return await webhooks.FindAsync(tenant, id, ct) is { } found ? found : WebhookProblems.Unknown;
    }

    public async Task<Result<WebhookWithSecret>> CreateAsync(Caller caller, TenantId tenant, WebhookInput input, CancellationToken ct) =>
        (caller.Lacks(Permissions.WebhooksWrite, tenant) ?? Check(input)) is { } refused ? refused : await webhooks.CreateAsync(caller, tenant, input, ct);

    public async Task<Result<WebhookView>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, WebhookInput input, CancellationToken ct)
    {
        var wrong = caller.Lacks(Permissions.WebhooksWrite, tenant) ?? Check(input);
        if (wrong is { Kind: ProblemKind.Refused } && await webhooks.FindAsync(tenant, id, ct) is var found)
        {
            // What the settings refuse comes after what is unknown or stale.
            return found is null ? WebhookProblems.Unknown : version.Against(found.Webhook.UpdatedAt) ?? wrong;
        }

        return wrong is not null ? wrong : await webhooks.UpdateAsync(caller, tenant, id, version, input, ct);
    }

    public async Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CancellationToken ct) =>
        caller.Lacks(Permissions.WebhooksWrite, tenant) is { } refused ? refused : await webhooks.DeleteAsync(caller, tenant, id, version, ct);

    public async Task<Result<WebhookWithSecret>> RotateAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct) =>
        caller.Lacks(Permissions.WebhooksWrite, tenant) is { } refused ? refused : await webhooks.RotateAsync(caller, tenant, id, ct);

    private Problem? Check(WebhookInput input) =>
        input.Event is null || !WebhookEvents.Choices.Contains(input.Event)
            ? Problem.Invalid("event", $"event must be one of {string.Join(", ", WebhookEvents.Choices)}.", "unknown-event")
            : guard.Check(input.Url);
}
