using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Webhooks;

internal static class WebhooksApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var webhooks = api.MapGroup("/tenants/{tenant}/webhooks").WithTags("Webhooks");
        webhooks.MapGet("", ListAsync)
            .WithName("ListWebhooks").WithSummary("The organisation's webhooks and how they fare.")
            .Needs(Permissions.WebhooksRead).TakesPage();
        webhooks.MapGet("/count", CountAsync)
            .WithName("CountWebhooks").WithSummary("How many webhooks, counted up to 10 001.")
            .Needs(Permissions.WebhooksRead);
        webhooks.MapPost("", CreateAsync)
            .WithName("CreateWebhook").WithSummary("Makes a webhook; its secret stands in this answer only.")
            .Needs(Permissions.WebhooksWrite).TakesBody<WebhookRequest>().TakesIdempotencyKey().MayRefuse(422);
        webhooks.MapGet("/{id}", GetAsync)
            .WithName("GetWebhook").WithSummary("One webhook.")
            .Needs(Permissions.WebhooksRead).GivesVersion();
        webhooks.MapPut("/{id}", UpdateAsync)
            .WithName("UpdateWebhook").WithSummary("Changes a webhook. Switched off, what waits is given up; it can be sent again.")
            .Needs(Permissions.WebhooksWrite).TakesBody<WebhookRequest>().TakesVersion().GivesVersion().MayRefuse(422);
        webhooks.MapDelete("/{id}", DeleteAsync)
            .WithName("DeleteWebhook").WithSummary("Deletes a webhook with all of its deliveries.")
            .Needs(Permissions.WebhooksWrite).TakesVersion();
        webhooks.MapPost("/{id}/rotate-secret", RotateAsync)
            .WithName("RotateWebhookSecret").WithSummary("Gives a new secret, in this answer only; the old one signs beside it for 24 hours. Needs no body.")
            .Needs(Permissions.WebhooksWrite).TakesIdempotencyKey().GivesVersion();
        DeliveriesApi.Map(webhooks);
    }

    private static async Task<ApiAnswer<PageAnswer<WebhookAnswer>>> ListAsync(HttpContext http, WebhookService webhooks, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var (limit, cursor) = (query.Limit, query.Cursor);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var page = await webhooks.ListAsync(http.Caller(), http.Tenant(), cursor, limit, ct);
        return page.Problem is { } refused ? refused : new PageAnswer<WebhookAnswer>([.. page.Value.Items.Select(WebhookAnswer.Of)], ApiPaging.Next(http.Request, page.Value.Next));
    }

    private static async Task<ApiAnswer<CountAnswer>> CountAsync(HttpContext http, WebhookService webhooks, CancellationToken ct)
    {
        var count = await webhooks.CountAsync(http.Caller(), http.Tenant(), ct);
        return count.Problem is { } refused ? refused : CountAnswer.Of(count.Value);
    }

    private static async Task<ApiAnswer<WebhookAnswer>> GetAsync(HttpContext http, WebhookService webhooks, CancellationToken ct) =>
        http.Id("id") is { } id ? Answer(await webhooks.GetAsync(http.Caller(), http.Tenant(), id, ct)) : WebhookProblems.Unknown;

    private static async Task<ApiCreated<WebhookSecretAnswer>> CreateAsync(HttpContext http, WebhookService webhooks, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new WebhookRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        var made = await webhooks.CreateAsync(http.Caller(), http.Tenant(), body.ToInput(), ct);
        return made.Problem is { } refused
            ? refused
            : ApiCreated<WebhookSecretAnswer>.At(
                $"{http.Request.PathBase}{ApiRoutes.Root}/tenants/{http.Tenant()}/webhooks/{made.Value.View.Webhook.Id:D}", Answer(made.Value), VersionOf(made.Value.View));
    }

    private static async Task<ApiAnswer<WebhookAnswer>> UpdateAsync(HttpContext http, WebhookService webhooks, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new WebhookRequest());
        return wrong is not null ? wrong
            : http.Id("id") is { } id ? Answer(await webhooks.UpdateAsync(http.Caller(), http.Tenant(), id, TakesVersion.Of(http.Request), body.ToInput(), ct))
            : WebhookProblems.Unknown;
    }

    private static async Task<ApiDone> DeleteAsync(HttpContext http, WebhookService webhooks, CancellationToken ct)
    {
        if (http.Id("id") is not { } id)
        {
            return WebhookProblems.Unknown;
        }

        return await webhooks.DeleteAsync(http.Caller(), http.Tenant(), id, TakesVersion.Of(http.Request), ct);
    }

    private static async Task<ApiAnswer<WebhookSecretAnswer>> RotateAsync(HttpContext http, WebhookService webhooks, CancellationToken ct)
    {
        if (http.Id("id") is not { } id)
        {
            return WebhookProblems.Unknown;
        }

        var rotated = await webhooks.RotateAsync(http.Caller(), http.Tenant(), id, ct);
        return rotated.Problem is { } refused ? refused : ApiAnswer<WebhookSecretAnswer>.WithVersion(Answer(rotated.Value), VersionOf(rotated.Value.View));
    }

    private static ApiAnswer<WebhookAnswer> Answer(Result<WebhookView> found) =>
        found.Problem is { } refused ? refused : ApiAnswer<WebhookAnswer>.WithVersion(WebhookAnswer.Of(found.Value), VersionOf(found.Value));

    private static WebhookSecretAnswer Answer(WebhookWithSecret made) => WebhookSecretAnswer.Of(WebhookAnswer.Of(made.View), made.Secret);

    private static string VersionOf(WebhookView view) => ReadVersion.Of(view.Webhook.UpdatedAt).Value!;
}
