using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Hosting.Api;

/// <summary>
/// Recognises a key, or a person's token, in <c>Authorization: Bearer</c> or <c>X-Api-Key</c>, builds the request's <see cref="Caller"/> and counts requests.
/// Whatever is refused here is a problem document, never a redirect.
/// </summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ApiKeyService keys, PersonTokenService tokens, ApiLimits limits)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string HeaderName = "X-Api-Key";

    private static readonly HashSet<string> KeyParameters = new(StringComparer.OrdinalIgnoreCase)
    {
        "api_key", "api-key", "apikey", "x-api-key", "x_api_key", "xapikey", "access_token",
    };

    private ApiProblem _refusal = ApiProblem.AuthenticationRequired;

    /// <summary>True when the request brings something that this scheme should look at.</summary>
    public static bool Concerns(HttpContext http) =>
        http.Request.Headers.ContainsKey(HeaderName) || BearerOf(http) is not null || HasKeyInQuery(http.Request);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        try
        {
            return await RecogniseAsync();
        }
        catch (Exception exception) when (!Context.RequestAborted.IsCancellationRequested)
        {
            return Refuse(ApiErrors.Of(Context, exception));
        }
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await HandleAuthenticateOnceSafeAsync();
        if (_refusal.Status == StatusCodes.Status401Unauthorized)
        {
            Response.Headers.WWWAuthenticate = ReferenceEquals(_refusal, ApiProblem.AuthenticationRequired)
                ? "Bearer realm=\"XeroCfo\""
                : "Bearer realm=\"XeroCfo\", error=\"invalid_token\"";
        }

        await _refusal.ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        new ApiProblem(StatusCodes.Status403Forbidden, "permission-missing", "This key may not do that.").ExecuteAsync(Context);

    private async Task<AuthenticateResult> RecogniseAsync()
    {
        if (HasKeyInQuery(Request))
        {
            return RefuseAddress(ApiProblem.KeyInQuery);
        }

        var header = Request.Headers[HeaderName];
        var presented = BearerOf(Context) ?? header.ToString();
        if (presented.Length == 0)
        {
            return RefuseAddress(ApiProblem.AuthenticationRequired);
        }

        if (header.Count > 0 && header.ToString() != presented)
        {
            return RefuseAddress(new ApiProblem(StatusCodes.Status401Unauthorized, "two-api-keys", "Two headers bring different keys. Send one."));
        }

        var found = await HolderOfAsync(presented);
        if (found.Problem is { } problem)
        {
            return problem.Kind == ProblemKind.Unauthenticated ? RefuseAddress(ApiProblem.From(problem)) : Refuse(ApiProblem.From(problem));
        }

        if (limits.OfKey(found.Value.ApiKeyId ?? found.Value.UserId!.Value, Context.GetEndpoint()) is { } tooMany)
        {
            return Refuse(tooMany);
        }

        Context.SetCaller(found.Value);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, found.Value.Name)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    // A program's key, or the token of a person.
    private async Task<Result<Caller>> HolderOfAsync(string presented)
    {
        var origin = ApiCaller.OriginOf(Context);
        if (!PersonTokenService.IsOne(presented))
        {
            return await keys.AuthenticateAsync(presented, origin, PurposeOf(Context), Context.RequestAborted);
        }

        var holder = await tokens.AuthenticateAsync(presented, origin, Context.RequestAborted);
        if (holder.Problem is { } refused)
        {
            return refused;
        }

        Context.Features.Set(holder.Value);
        return holder.Value.Caller;
    }

    private AuthenticateResult RefuseAddress(ApiProblem refusal) => Refuse(limits.OfAddress(Context.Connection.RemoteIpAddress) ?? refusal);

    private AuthenticateResult Refuse(ApiProblem refusal)
    {
        _refusal = refusal;
        return AuthenticateResult.Fail(refusal.Code);
    }

    private static ApiKeyPurpose PurposeOf(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<NeededPermission>() is { } needed ? new ApiKeyPurpose(ApiRoutes.NameOf(http), needed.Permission) : ApiKeyPurpose.None;

    private static string? BearerOf(HttpContext http) =>
        AuthenticationHeaderValue.TryParse(http.Request.Headers.Authorization, out var header)
        && header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
        && !string.IsNullOrWhiteSpace(header.Parameter)
            ? header.Parameter.Trim()
            : null;

    // A search for text that merely looks like a key is let through: only a whole key is one.
    private static bool HasKeyInQuery(HttpRequest request) =>
        request.Query.Any(pair => KeyParameters.Contains(pair.Key) || pair.Value.Any(ApiKeyFormat.IsWellFormed));
}
