using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;

namespace XeroCfo.Web.Hosting.Api;

/// <summary>What the routes of the API say about themselves.</summary>
internal static class ApiRoutes
{
    public const string Root = "/api/v1";

    /// <summary>Who may call it; checked before the body and the query are looked at, and told in <c>x-permission</c>.</summary>
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder endpoint, string permission) => endpoint.WithMetadata(new NeededPermission(permission));

    /// <summary>The same where a wider permission will do too; the first one is told.</summary>
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder endpoint, string permission, string orElse) => endpoint.WithMetadata(new NeededPermission(permission, orElse));

    /// <summary>Any good key will do.</summary>
    public static RouteHandlerBuilder NeedsOnlyAKey(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new NeededPermission(null));

    /// <summary>Whoever comes: this is where one gets in. It shares the limit of tries with the sign-in page.</summary>
    public static RouteHandlerBuilder NeedsNobody(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(new NeededPermission(null), new OpenToAll()).AllowAnonymous().RequireRateLimiting(SignInLimit.Policy);

    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder endpoint, params ApiParameter[] parameters) => endpoint.WithMetadata([.. parameters]);

    public static RouteHandlerBuilder TakesPage(this RouteHandlerBuilder endpoint) => endpoint.Takes(ApiParameters.Limit, ApiParameters.Cursor);

    public static RouteHandlerBuilder TakesBody<T>(this RouteHandlerBuilder endpoint, bool required = true)
        where T : class, IExample<T> => endpoint.WithMetadata(new TakesBody(typeof(T), required, () => T.Example));

    public static RouteHandlerBuilder TakesIdempotencyKey(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new TakesIdempotencyKey());

    /// <summary>A write over something that the caller read: If-Match says which version.</summary>
    public static RouteHandlerBuilder TakesVersion(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new TakesVersion());

    /// <summary>A write that makes something, or goes over what the caller read: there alone If-Match is needed.</summary>
    public static RouteHandlerBuilder TakesVersionOfEarlier(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new TakesVersion(Always: false));

    /// <summary>It costs much, and is counted on its own beside all the key's requests.</summary>
    public static RouteHandlerBuilder Costly(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new IsCostly());

    /// <summary>Refusals that the endpoint's own service may give, beyond those that follow from what it takes.</summary>
    public static RouteHandlerBuilder MayRefuse(this RouteHandlerBuilder endpoint, params int[] statuses) => endpoint.WithMetadata(new MayRefuse(statuses));

    /// <summary>The answer carries an ETag.</summary>
    public static RouteHandlerBuilder GivesVersion(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new GivesVersion());

    /// <summary>The answer is a file whose name stands in Content-Disposition; as JSON it is a <typeparamref name="T"/>.</summary>
    public static RouteHandlerBuilder GivesFile<T>(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new GivesFile(typeof(T)));

    /// <summary>Method and route of a request, without ids.</summary>
    public static string NameOf(HttpContext http) => $"{http.Request.Method} {(http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.TrimEnd('/')}";

    /// <summary>Answers addresses that no route has, and methods that a route does not take.</summary>
    public static ApiProblem Unknown(HttpContext http, EndpointDataSource endpoints)
    {
        var allowed = endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<NeededPermission>() is not null && endpoint.RoutePattern.Parameters is not [{ IsCatchAll: true }])
            .Where(endpoint => Matches(endpoint.RoutePattern, http.Request.Path))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (allowed.Length == 0)
        {
            return ApiProblem.RouteUnknown;
        }

        http.Response.Headers.Allow = string.Join(", ", allowed);
        return ApiProblem.MethodNotAllowed;
    }

    private static bool Matches(RoutePattern pattern, PathString path) =>
        new TemplateMatcher(new RouteTemplate(pattern), []).TryMatch(path, []);
}

/// <summary>For the OpenAPI document.</summary>
internal sealed record GivesVersion;

/// <summary>For the OpenAPI document.</summary>
internal sealed record MayRefuse(IReadOnlyList<int> Statuses);
