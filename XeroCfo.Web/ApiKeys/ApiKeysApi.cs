using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.ApiKeys;

/// <summary>Own keys, or everybody's with apikeys:admin. Keys are made for oneself only.</summary>
internal static class ApiKeysApi
{
    private const string Address = ApiRoutes.Root + "/api-keys";

    public static void Map(RouteGroupBuilder api)
    {
        var keys = api.MapGroup("/api-keys").WithTags("API keys");
        Needing(keys.MapGet("", ListAsync), "ListApiKeys", "Your keys, or everybody's with apikeys:admin, newest first; revoked and expired ones too.").TakesPage();
        Needing(keys.MapGet("/count", CountAsync), "CountApiKeys", "How many keys, counted up to 10 001.");
        Needing(keys.MapGet("/{id}", GetAsync), "GetApiKey", "One key; somebody else's is unknown without apikeys:admin.");
        Needing(keys.MapPost("", CreateAsync), "CreateApiKey", "Makes a key of your own and shows it this once. More than you have, or this key has, is refused.")
            .TakesBody<ApiKeyRequest>().TakesIdempotencyKey().MayRefuse(422);
        Needing(keys.MapPost("/{id}/rotate", RotateAsync), "RotateApiKey", "Puts a new key in the old one's place and shows it this once; the old one goes on working for a while.")
            .TakesBody<RotateApiKeyRequest>(required: false).TakesIdempotencyKey().MayRefuse(409, 422);
        Needing(keys.MapDelete("/{id}", RevokeAsync), "RevokeApiKey", "Revokes a key at once and for good. It stays in the list.");
    }

    private static RouteHandlerBuilder Needing(RouteHandlerBuilder endpoint, string name, string summary) =>
        endpoint.WithName(name).WithSummary(summary).Needs(Permissions.ApiKeysWrite, orElse: Permissions.ApiKeysAdmin);

    private static async Task<ApiAnswer<PageAnswer<ApiKeyAnswer>>> ListAsync(HttpContext http, ApiKeyService keys, TimeProvider clock, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var page = await keys.ListAsync(http.Caller(), query.Cursor, query.Limit, ct);
        return page.Problem is { } refused
            ? refused
            : new PageAnswer<ApiKeyAnswer>([.. page.Value.Items.Select(owned => ApiKeyAnswer.Of(owned, http.Caller(), clock.UtcNow()))], ApiPaging.Next(http.Request, page.Value.Next));
    }

    private static async Task<ApiAnswer<CountAnswer>> CountAsync(HttpContext http, ApiKeyService keys, CancellationToken ct)
    {
        var count = await keys.CountAsync(http.Caller(), ct);
        return count.Problem is { } refused ? refused : CountAnswer.Of(count.Value);
    }

    private static async Task<ApiAnswer<ApiKeyAnswer>> GetAsync(HttpContext http, ApiKeyService keys, TimeProvider clock, CancellationToken ct)
    {
        if (http.Id("id") is not { } id)
        {
            return ApiKeyProblems.Unknown;
        }

        var found = await keys.GetAsync(http.Caller(), id, ct);
        return found.Problem is { } refused ? refused : ApiKeyAnswer.Of(found.Value, http.Caller(), clock.UtcNow());
    }

    private static async Task<ApiCreated<ShownApiKeyAnswer>> CreateAsync(HttpContext http, ApiKeyService keys, TimeProvider clock, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new ApiKeyRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        var caller = http.Caller();
        var wish = body.ToWish(caller.UserId ?? Guid.Empty, clock.UtcNow());
        if (wish.Problem is { } unreadable)
        {
            return unreadable;
        }

        var made = await keys.CreateAsync(caller, wish.Value, ct);
        return made.Problem is { } refused
            ? refused
            : ApiCreated<ShownApiKeyAnswer>.At($"{http.Request.PathBase}{Address}/{made.Value.Key.Id:D}", ShownApiKeyAnswer.Of(made.Value, caller, clock.UtcNow()), ReadVersion.Of(made.Value.Key.UpdatedAt).Value!);
    }

    private static async Task<ApiAnswer<ShownApiKeyAnswer>> RotateAsync(HttpContext http, ApiKeyService keys, TimeProvider clock, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new RotateApiKeyRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        var rotation = body.ToRotation();
        if (rotation.Problem is { } unreadable)
        {
            return unreadable;
        }

        if (http.Id("id") is not { } id)
        {
            return ApiKeyProblems.Unknown;
        }

        var rotated = await keys.RotateAsync(http.Caller(), id, rotation.Value, ct);
        return rotated.Problem is { } refused ? refused : ShownApiKeyAnswer.Of(rotated.Value, http.Caller(), clock.UtcNow());
    }

    private static async Task<ApiDone> RevokeAsync(HttpContext http, ApiKeyService keys, CancellationToken ct)
    {
        if (http.Id("id") is not { } id)
        {
            return ApiKeyProblems.Unknown;
        }

        return await keys.RevokeAsync(http.Caller(), id, ct);
    }
}
