using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Xero;
using XeroCfo.Domain.Xero.Consents;
using XeroCfo.Web.Hosting;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Xero;

/// <summary>What a person reads when a consent came to nothing: the cause in plain words, what to change where, and a way to try again.</summary>
internal static class ConsentPages
{
    private const int LongestQuote = 500;
    private const string NothingLost = "Nothing was changed: every connection and all data are as they were.";

    /// <summary>Xero itself said no.</summary>
    public static Task DeclinedAsync(HttpContext http, string error, string words, XeroOptions xero) => error switch
    {
        "access_denied" => WriteAsync(http, "You did not give consent", $"Xero says that the consent was declined. {NothingLost}", [], words, StatusCodes.Status400BadRequest),
        "invalid_scope" or "unauthorized_client" => ScopeAsync(http, XeroScopes.NamedIn(words, XeroScopes.Of(xero)), words, xero),
        "temporarily_unavailable" or "server_error" => WriteAsync(http, "Xero is busy", $"Xero could not ask you just now. Try again in a few minutes. {NothingLost}", [], words, StatusCodes.Status503ServiceUnavailable),
        _ => WriteAsync(http, "Xero refused to connect", $"Xero did not say why in words that XeroCfo knows. {NothingLost}", [], $"{error}: {words}", StatusCodes.Status400BadRequest),
    };

    /// <summary>Something on our side, or on the way, said no.</summary>
    public static Task WriteAsync(HttpContext http, Problem problem, XeroOptions xero)
    {
        if (problem.Code == IdentityProblems.ScopeRefusedCode)
        {
            return ScopeAsync(http, XeroScopes.NamedIn(problem.Message, XeroScopes.Of(xero)), problem.Message, xero);
        }

        var (status, title) = problem.Kind switch
        {
            ProblemKind.Forbidden => (StatusCodes.Status403Forbidden, "Your role does not connect Xero"),
            ProblemKind.Unauthenticated => (StatusCodes.Status401Unauthorized, "Sign in again"),
            ProblemKind.Unavailable => (StatusCodes.Status503ServiceUnavailable, "Xero did not answer as it should"),
            _ => (StatusCodes.Status400BadRequest, "Xero is not connected"),
        };
        var help = problem.Code == ConnectionProblems.NoApp.Code
            ? new[] { $"Redirect address to paste at developer.xero.com: {XeroConsentRoutes.RedirectUri(xero, http.Request.Scheme, http.Request.Host.Value ?? "")}" }
            : problem.Kind == ProblemKind.Forbidden ? ["An admin or accountant can connect, and give you the organisation."] : [];
        return WriteAsync(http, title, $"{problem.Message} {NothingLost}", help, null, status);
    }

    private static Task ScopeAsync(HttpContext http, IReadOnlyList<string> scopes, string words, XeroOptions xero)
    {
        var encode = HtmlEncoder.Default;
        var named = scopes.Count == 1;
        var left = XeroScopes.Of(xero).Except(named ? scopes : []).ToList();
        var body = new StringBuilder()
            .Append("<p>").Append(named ? $"Xero granted nothing, because your Xero app does not own the scope <code>{encode.Encode(scopes[0])}</code>." : "Xero granted nothing, because your Xero app does not own one of the scopes that were asked for.")
            .Append(' ').Append(NothingLost).Append("</p>")
            .Append("<p><strong>The fix:</strong> open your app at developer.xero.com and add the scope there; or leave it out here, with the setting <code>Xero:Scopes</code>");
        if (named)
        {
            body.Append(": <code>").Append(encode.Encode(string.Join(' ', left))).Append("</code>");
        }

        body.Append(". Then restart XeroCfo and connect again.</p><table><thead><tr><th>Scope</th><th>What it is for</th><th>Without it</th></tr></thead><tbody>");
        foreach (var scope in scopes.Select(XeroScopes.Describe))
        {
            body.Append("<tr><td><code>").Append(encode.Encode(scope.Name)).Append("</code></td><td>").Append(encode.Encode(scope.Unlocks)).Append("</td><td>").Append(encode.Encode(scope.WithoutIt)).Append("</td></tr>");
        }

        return WriteAsync(http, "Your Xero app lacks a scope", body.Append("</tbody></table>").Append(Foot(words)), StatusCodes.Status400BadRequest);
    }

    private static Task WriteAsync(HttpContext http, string title, string text, IReadOnlyList<string> more, string? words, int status)
    {
        var body = new StringBuilder();
        foreach (var line in more.Prepend(text))
        {
            body.Append("<p>").Append(HtmlEncoder.Default.Encode(line)).Append("</p>");
        }

        return WriteAsync(http, title, body.Append(Foot(words)), status);
    }

    private static Task WriteAsync(HttpContext http, string title, StringBuilder body, int status) =>
        PlainPage.WriteAsync(http, status, title, new HtmlString(body.ToString()), wide: true);

    private static string Foot(string? words)
    {
        var quote = words is { Length: > 0 }
            ? $"<details><summary>Xero's own words</summary><p><code>{HtmlEncoder.Default.Encode(words.Length > LongestQuote ? words[..LongestQuote] : words)}</code></p></details>"
            : "";
        return $"{quote}<p><a href=\"{PageLinks.ConnectXero}\">Try again</a> · <a href=\"{PageLinks.Connections}\">Connections</a></p>";
    }
}
