using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Webhooks.Deliveries;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Webhooks;

/// <summary>The organisation's endpoints, how they fare, and what was sent to the one that is chosen.</summary>
public sealed partial class WebhooksPage(WebhookService webhooks, DeliveryService deliveries, TimeProvider clock) : TenantPage
{
    private const int PageSize = 1_000, DeliveriesShown = 25;
    private static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(2);

    private IReadOnlyList<WebhookView> _webhooks = [];
    private WebhookView? _chosen, _edited;
    private WebhookWithSecret? _secret;
    private Problem? _problem;
    private Sending _sending = new();
    private Side _side;
    private string _said = "";
    private bool _working;

    private enum Side
    {
        None,
        Form,
        Secret,
        Rotate,
        Delete,
    }

    /// <summary>The endpoint whose deliveries are shown; none: the first one's.</summary>
    [SupplyParameterFromQuery]
    public Guid? Webhook { get; set; }

    /// <summary>Only deliveries with this status.</summary>
    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    [SupplyParameterFromQuery]
    public string? After { get; set; }

    private Page<DeliveryView>? Deliveries { get; set; }

    private bool MayWrite => Caller.May(Permissions.WebhooksWrite);

    private string CountWords => _webhooks.Count == 1 ? "1 webhook" : $"{_webhooks.Count} webhooks";

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        var page = await webhooks.ListAsync(Caller, Tenant, null, PageSize, ct);
        if (page.Problem is { } refused)
        {
            return refused;
        }

        _webhooks = page.Value.Items;
        _chosen = _webhooks.FirstOrDefault(view => view.Webhook.Id == Webhook) ?? (Webhook is null && _webhooks.Count > 0 ? _webhooks[0] : null);
        var status = DeliveryStatus.All.Contains(Status) ? Status : null;
        var sent = _chosen is { } chosen ? await deliveries.ListAsync(Caller, Tenant, chosen.Webhook.Id, status, After, DeliveriesShown, ct) : default;
        Deliveries = _chosen is not null && sent.Succeeded ? sent.Value : null;
        return null;
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ = EveryAsync(Rhythm, clock, LookAsync);
        }
    }

    // Only what waits changes by itself.
    private Task LookAsync() => Loaded && !Busy && !_working && After is null && _webhooks.Any(view => view.Pending > 0) ? ReloadAsync() : Task.CompletedTask;

    private void Open(Side side, WebhookView? view) => (_side, _edited, _problem, _said, _sending) = (side, view, null, "", new());

    private void Close() => (_side, _edited, _secret) = (Side.None, null, null);

    private void Filter(string? status) => ShowAs(new Dictionary<string, object?> { ["webhook"] = _chosen?.Webhook.Id, ["status"] = status, ["after"] = null });

    private void Turn(string? cursor) => ShowAs(new Dictionary<string, object?> { ["webhook"] = _chosen?.Webhook.Id, ["after"] = cursor });

    private Task SaveAsync(WebhookInput input) => _sending.OnceAsync(once => TryAsync(async () =>
    {
        if (_edited is { } known)
        {
            var changed = await webhooks.UpdateAsync(Caller, Tenant, known.Webhook.Id, ReadVersion.Of(known.Webhook.UpdatedAt), input, Leaving);
            return Ended(changed.Problem, "Saved");
        }

        return Told(await webhooks.CreateAsync(Caller with { IdempotencyKey = once }, Tenant, input, Leaving));
    }));

    private Task RotateAsync() => DoAsync(async () => Told(await webhooks.RotateAsync(Caller, Tenant, _edited!.Webhook.Id, Leaving)));

    private Task DeleteAsync() => DoAsync(async () =>
        Ended((await webhooks.DeleteAsync(Caller, Tenant, _edited!.Webhook.Id, ReadVersion.Of(_edited.Webhook.UpdatedAt), Leaving)).Problem, "The webhook is deleted"));

    private Task TestAsync() => DoAsync(async () => Said((await deliveries.TestAsync(Caller, Tenant, _chosen!.Webhook.Id, Leaving)).Problem, "A test is on its way"));

    private Task RedeliverAsync(Guid delivery) => DoAsync(async () =>
        Said((await deliveries.RedeliverAsync(Caller, Tenant, _chosen!.Webhook.Id, delivery, Leaving)).Problem, "It is sent again under the same id"));

    private Task RedeliverFailedAsync() => DoAsync(async () =>
    {
        var count = await deliveries.RedeliverFailedAsync(Caller, Tenant, _chosen!.Webhook.Id, Leaving);
        return Said(count.Problem, count.Succeeded ? $"{count.Value} are sent again, each under its own id" : "");
    });

    private Problem? Told(Result<WebhookWithSecret> made)
    {
        if (made.Succeeded)
        {
            (_side, _secret, _edited) = (Side.Secret, made.Value, null);
        }

        return made.Problem;
    }

    private Problem? Ended(Problem? problem, string said)
    {
        if (problem is null)
        {
            Close();
        }

        return Said(problem, said);
    }

    private Problem? Said(Problem? problem, string said)
    {
        _said = problem is null ? said : "";
        return problem;
    }

    private async Task DoAsync(Func<Task<Problem?>> work) => await TryAsync(work);

    // True when it is done.
    private async Task<bool> TryAsync(Func<Task<Problem?>> work)
    {
        if (_working)
        {
            return false;
        }

        _working = true;
        _problem = await work();
        await ReloadAsync();
        _working = false;
        return _problem is null;
    }

    private static string Number(int count) => count == 0 ? "–" : MoneyFormat.Neutral.Count(count);
}
