using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Webhooks.Deliveries;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Webhooks;

internal static class DeliveriesApi
{
    private static readonly ApiParameter<string> Status = ApiParameters.Word("status", "Only deliveries with this status.", DeliveryStatus.All);

    public static void Map(RouteGroupBuilder webhooks)
    {
        webhooks.MapGet("/{id}/deliveries", ListAsync)
            .WithName("ListWebhookDeliveries").WithSummary("What was sent to a webhook, newest first, each with all of its attempts.")
            .Needs(Permissions.WebhooksRead).Takes(Status).TakesPage();
        webhooks.MapGet("/{id}/deliveries/count", CountAsync)
            .WithName("CountWebhookDeliveries").WithSummary("How many deliveries, counted up to 10 001.")
            .Needs(Permissions.WebhooksRead).Takes(Status);
        webhooks.MapGet("/{id}/deliveries/{deliveryId}", GetAsync)
            .WithName("GetWebhookDelivery").WithSummary("One delivery.")
            .Needs(Permissions.WebhooksRead);
        webhooks.MapPost("/{id}/test", TestAsync)
            .WithName("TestWebhook").WithSummary("Sends webhooks.test to this webhook, also when it is switched off. Needs no body.")
            .Needs(Permissions.WebhooksWrite).TakesIdempotencyKey();
        webhooks.MapPost("/{id}/deliveries/redeliver", RedeliverFailedAsync)
            .WithName("RedeliverFailedWebhookDeliveries").WithSummary("Sends all deliveries that failed again, each under its own id. Needs no body.")
            .Needs(Permissions.WebhooksWrite).TakesIdempotencyKey();
        webhooks.MapPost("/{id}/deliveries/{deliveryId}/redeliver", RedeliverAsync)
            .WithName("RedeliverWebhookDelivery").WithSummary("Sends a delivery again at once, under its own id. Needs no body.")
            .Needs(Permissions.WebhooksWrite).TakesIdempotencyKey();
    }

    private static async Task<ApiAnswer<PageAnswer<DeliveryAnswer>>> ListAsync(HttpContext http, DeliveryService deliveries, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var (status, limit, cursor) = (query.Read(Status), query.Limit, query.Cursor);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        if (http.Id("id") is not { } id)
        {
            return WebhookProblems.Unknown;
        }

        var page = await deliveries.ListAsync(http.Caller(), http.Tenant(), id, status, cursor, limit, ct);
        return page.Problem is { } refused ? refused : new PageAnswer<DeliveryAnswer>([.. page.Value.Items.Select(DeliveryAnswer.Of)], ApiPaging.Next(http.Request, page.Value.Next));
    }

    private static async Task<ApiAnswer<CountAnswer>> CountAsync(HttpContext http, DeliveryService deliveries, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var status = query.Read(Status);
        if (http.Id("id") is not { } id)
        {
            return WebhookProblems.Unknown;
        }

        var count = await deliveries.CountAsync(http.Caller(), http.Tenant(), id, status, ct);
        return count.Problem is { } refused ? refused : CountAnswer.Of(count.Value);
    }

    private static async Task<ApiAnswer<DeliveryAnswer>> GetAsync(HttpContext http, DeliveryService deliveries, CancellationToken ct)
    {
        if (http.Id("id") is not { } id)
        {
            return WebhookProblems.Unknown;
        }

        var found = http.Id("deliveryId") is { } delivery ? await deliveries.GetAsync(http.Caller(), http.Tenant(), id, delivery, ct) : WebhookProblems.NoSuchDelivery;
        return found.Problem is { } refused ? refused : DeliveryAnswer.Of(found.Value);
    }

    private static async Task<ApiAccepted<DeliveryAnswer>> TestAsync(HttpContext http, DeliveryService deliveries, CancellationToken ct) =>
        http.Id("id") is { } id ? Accepted(http, id, await deliveries.TestAsync(http.Caller(), http.Tenant(), id, ct)) : WebhookProblems.Unknown;

    private static async Task<ApiAccepted<DeliveryAnswer>> RedeliverAsync(HttpContext http, DeliveryService deliveries, CancellationToken ct) =>
        http.Id("id") is not { } id ? WebhookProblems.Unknown
        : http.Id("deliveryId") is { } delivery ? Accepted(http, id, await deliveries.RedeliverAsync(http.Caller(), http.Tenant(), id, delivery, ct))
        : WebhookProblems.NoSuchDelivery;

    private static async Task<ApiAccepted<RedeliveredAnswer>> RedeliverFailedAsync(HttpContext http, DeliveryService deliveries, CancellationToken ct)
    {
        if (http.Id("id") is not { } id)
        {
            return WebhookProblems.Unknown;
        }

        var count = await deliveries.RedeliverFailedAsync(http.Caller(), http.Tenant(), id, ct);
        return count.Problem is { } refused ? refused : ApiAccepted<RedeliveredAnswer>.At(PathOf(http, id), new RedeliveredAnswer(count.Value));
    }

    private static ApiAccepted<DeliveryAnswer> Accepted(HttpContext http, Guid webhook, Result<DeliveryView> sent) =>
        sent.Problem is { } refused ? refused : ApiAccepted<DeliveryAnswer>.At($"{PathOf(http, webhook)}/{sent.Value.Delivery.Id:D}", DeliveryAnswer.Of(sent.Value));

    private static string PathOf(HttpContext http, Guid webhook) => $"{http.Request.PathBase}{ApiRoutes.Root}/tenants/{http.Tenant()}/webhooks/{webhook:D}/deliveries";
}
