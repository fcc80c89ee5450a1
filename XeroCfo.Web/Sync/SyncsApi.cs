using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Sync;

/// <summary>What to sync; <c>full</c>: everything again, not only what changed.</summary>
internal sealed record SyncRequest(bool Full = false) : IExample<SyncRequest>
{
    public static SyncRequest Example => new(true);
}

internal static class SyncsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var syncs = api.MapGroup("/tenants/{tenant}/syncs").WithTags("Syncs");
        syncs.MapPost("", RequestAsync)
            .WithName("RequestSync").WithSummary("Asks for a sync; the queued or running one is the answer when there is one.")
            .Needs(Permissions.SyncWrite).TakesBody<SyncRequest>(required: false).TakesIdempotencyKey().Costly();
        syncs.MapGet("", ListAsync)
            .WithName("ListSyncs").WithSummary("The runs of the organisation, newest first.")
            .Needs(Permissions.SyncRead).TakesPage();
        syncs.MapGet("/count", CountAsync)
            .WithName("CountSyncs").WithSummary("How many runs, counted up to 10 001.")
            .Needs(Permissions.SyncRead);
        syncs.MapGet("/{id}", GetAsync)
            .WithName("GetSync").WithSummary("One run with its progress, counts and issues.")
            .Needs(Permissions.SyncRead);
        syncs.MapPost("/{id}/cancel", CancelAsync)
            .WithName("CancelSync").WithSummary("Stops a run; what it has stored stays. Needs no body.")
            .Needs(Permissions.SyncWrite).TakesIdempotencyKey().MayRefuse(409);
    }

    private static async Task<ApiAccepted<SyncRunAnswer>> RequestAsync(HttpContext http, SyncService syncs, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new SyncRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        var run = await syncs.RequestAsync(http.Caller(), http.Tenant(), body.Full, ct);
        return run.Problem is { } refused
            ? refused
            : ApiAccepted<SyncRunAnswer>.At($"{http.Request.PathBase}{ApiRoutes.Root}/tenants/{http.Tenant()}/syncs/{run.Value.Id:D}", SyncRunAnswer.Of(run.Value, []));
    }

    private static async Task<ApiAnswer<PageAnswer<SyncRunAnswer>>> ListAsync(HttpContext http, SyncService syncs, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var (limit, cursor) = (query.Limit, query.Cursor);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var page = await syncs.ListAsync(http.Caller(), http.Tenant(), cursor, limit, ct);
        return page.Problem is { } refused
            ? refused
            : new PageAnswer<SyncRunAnswer>([.. page.Value.Items.Select(SyncRunAnswer.Of)], ApiPaging.Next(http.Request, page.Value.Next));
    }

    private static async Task<ApiAnswer<CountAnswer>> CountAsync(HttpContext http, SyncService syncs, CancellationToken ct)
    {
        var count = await syncs.CountAsync(http.Caller(), http.Tenant(), ct);
        return count.Problem is { } refused ? refused : CountAnswer.Of(count.Value);
    }

    private static async Task<ApiAnswer<SyncRunAnswer>> GetAsync(HttpContext http, SyncService syncs, CancellationToken ct)
    {
        if (http.Id("id") is not { } id)
        {
            return SyncProblems.RunUnknown;
        }

        var run = await syncs.GetAsync(http.Caller(), http.Tenant(), id, ct);
        return run.Problem is { } refused ? refused : SyncRunAnswer.Of(run.Value);
    }

    private static async Task<ApiAnswer<SyncRunAnswer>> CancelAsync(HttpContext http, SyncService syncs, CancellationToken ct)
    {
        if (http.Id("id") is not { } id)
        {
            return SyncProblems.RunUnknown;
        }

        var run = await syncs.CancelAsync(http.Caller(), http.Tenant(), id, ct);
        return run.Problem is { } refused ? refused : SyncRunAnswer.Of(run.Value);
    }
}
