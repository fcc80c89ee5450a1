using System.ComponentModel.DataAnnotations;
using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Users;

internal sealed record TokenRequest(
    [property: Required, StringLength(EmailAddress.MaximumLength)] string? Email = null,
    [property: Required, StringLength(PasswordPolicy.MaximumLength)] string? Password = null,
    [property: StringLength(TokenRequest.CodeLimit)] string? TwoFactorCode = null) : IExample<TokenRequest>
{
    public const int CodeLimit = 40;

    public static TokenRequest Example => new("ada@example.com", "correct horse battery staple", "492039");
}

/// <summary>A person's token, good until <c>ExpiresAt</c>. It is never to be had again.</summary>
internal sealed record TokenAnswer(string Token, string TokenType, DateTime ExpiresAt) : IExample<TokenAnswer>
{
    public static TokenAnswer Example => new("xcfo_p…", "Bearer", Examples.Instant.AddHours(1));
}

internal static class TokenApi
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/auth/token", IssueAsync)
        .WithName("IssueToken").WithTags("Me").WithSummary("A bearer token with a person's own rights for 60 minutes, under the same lock-out as sign-in.")
        .NeedsNobody().TakesBody<TokenRequest>();

    private static async Task<ApiAnswer<TokenAnswer>> IssueAsync(HttpContext http, PersonTokenService tokens, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new TokenRequest());
        if ((wrong ?? Fault(body)) is { } refusal)
        {
            return refusal;
        }

        var issued = await tokens.IssueAsync(body.Email!, body.Password!, body.TwoFactorCode, ApiCaller.OriginOf(http), ct);
        if (issued.Problem is { } refused)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer realm=\"XeroCfo\"";
            return refused;
        }

        return new TokenAnswer(issued.Value.Token, "Bearer", issued.Value.ExpiresAt);
    }

    private static ApiProblem? Fault(TokenRequest body) =>
        string.IsNullOrEmpty(body.Email) ? ApiProblem.Invalid("email", "Say whose token it is to be.")
        : body.Email.Length > EmailAddress.MaximumLength ? ApiProblem.Invalid("email", $"email has at most {EmailAddress.MaximumLength} characters.")
        : string.IsNullOrEmpty(body.Password) ? ApiProblem.Invalid("password", "The password is missing.")
        : body.Password.Length > PasswordPolicy.MaximumLength ? ApiProblem.Invalid("password", $"password has at most {PasswordPolicy.MaximumLength} characters.")
        : body.TwoFactorCode is { Length: > TokenRequest.CodeLimit } ? ApiProblem.Invalid("twoFactorCode", $"twoFactorCode has at most {TokenRequest.CodeLimit} characters.")
        : null;
}
