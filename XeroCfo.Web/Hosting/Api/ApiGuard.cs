using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Hosting.Api;

/// <summary>What an endpoint needs; null: any good key.</summary>
/// <param name="Permission">This permission.</param>
/// <param name="OrElse">This one will do as well.</param>
internal sealed record NeededPermission(string? Permission, string? OrElse = null)
{
    /// <summary>Why the caller may not; null when nothing stands in the way.</summary>
    public Problem? Against(Caller caller) => Permission is { } permission && !(OrElse is { } other && caller.May(other)) ? caller.Lacks(permission) : null;
}

/// <summary>The endpoint takes neither key nor token: it is where one gets a token.</summary>
internal sealed record OpenToAll;

/// <summary>The endpoint takes an Idempotency-Key.</summary>
internal sealed record TakesIdempotencyKey
{
    public const string Header = "Idempotency-Key";
}

/// <summary>
/// Stands before every endpoint of the API, in the contract's order: organisation (404), permission (403); only then may the endpoint
/// look at query and body. An endpoint that does not say what it needs is refused as a bug.
/// </summary>
internal sealed class ApiGuard(AuditNotes notes) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            var answer = await RefusalAsync(http) ?? KeyRefusal(http) ?? await next(context);
            await (answer as IResult ?? throw new InvalidOperationException("An API endpoint answers with an IResult.")).ExecuteAsync(http);
        }
        catch (Exception exception) when (!http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted)
        {
            http.Response.Headers.Remove("ETag");
            await ApiErrors.Of(http, exception).ExecuteAsync(http);
        }

        return Results.Empty;
    }

    // What somebody may not have goes into the audit trail.
    private async Task<ApiProblem?> RefusalAsync(HttpContext http)
    {
        var endpoint = http.GetEndpoint()!;
        var needed = endpoint.Metadata.GetMetadata<NeededPermission>() ?? throw new InvalidOperationException($"{endpoint.DisplayName} needs a permission.");
        if (endpoint.Metadata.GetMetadata<OpenToAll>() is not null)
        {
            return null;
        }

        var (caller, tenant) = (http.Caller(), http.Id("tenant"));
        var refused = http.Request.RouteValues.ContainsKey("tenant") && (tenant is not { } asked || !caller.Sees(new TenantId(asked))) ? TenantProblems.Unknown : needed.Against(caller);
        if (refused is null)
        {
            return null;
        }

        await notes.RefusedAsync(caller, tenant, ApiRoutes.NameOf(http), refused, http.RequestAborted);
        return ApiProblem.From(refused);
    }

    private static ApiProblem? KeyRefusal(HttpContext http) =>
        http.GetEndpoint()!.Metadata.GetMetadata<TakesIdempotencyKey>() is null ? null : TakeIdempotencyKey(http, http.Caller());

    private static ApiProblem? TakeIdempotencyKey(HttpContext http, Caller caller)
    {
        var header = http.Request.Headers[TakesIdempotencyKey.Header];
        if (header.Count == 0)
        {
            return null;
        }

        if (header is not [{ Length: > 0 and <= 255 } key] || key.Any(letter => letter is < ' ' or > '~'))
        {
            return ApiProblem.Invalid(TakesIdempotencyKey.Header, "An Idempotency-Key is 1 to 255 printable ASCII characters.", "invalid-idempotency-key");
        }

        http.SetCaller(caller with { IdempotencyKey = key });
        return null;
    }
}
