using Microsoft.AspNetCore.Mvc;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;
using XeroCfo.Domain.Xero.Consents;
using XeroCfo.Web.Account;
using XeroCfo.Web.Hosting;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Xero;

/// <summary>The way to Xero's page for the consent, and back.</summary>
internal static class XeroConsentRoutes
{
    public const string Callback = "/xero/callback";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(PageLinks.ConnectXero, BeginAsync).ExcludeFromDescription();
        app.MapGet(Callback, EndAsync).ExcludeFromDescription();
    }

    /// <summary>The address that Xero sends people back to: the setting, else where this request came to.</summary>
    public static string RedirectUri(XeroOptions xero, string scheme, string host) => xero.RedirectUri ?? $"{scheme}://{host}{Callback}";

    private static async Task BeginAsync(
        HttpContext http, [FromServices] CallerService callers, [FromServices] XeroConnectionService connections, [FromServices] XeroOptions xero, [FromServices] ConsentCookie cookie)
    {
        var person = await CallerOfAsync(http, callers);
        if ((person.Problem ?? connections.MayBegin(person.Value)) is { } refused)
        {
            await ConsentPages.WriteAsync(http, refused, xero);
            return;
        }

        var request = ConsentRequest.New(RedirectUri(xero, http.Request.Scheme, http.Request.Host.Value ?? ""));
        cookie.Keep(http, request, person.Value.UserId!.Value);
        http.Response.Redirect(request.Address(xero).AbsoluteUri);
    }

    private static async Task EndAsync(
        HttpContext http, [FromServices] CallerService callers, [FromServices] XeroConnectionService connections, [FromServices] XeroOptions xero, [FromServices] ConsentCookie cookie)
    {
        var (query, ct) = (http.Request.Query, http.RequestAborted);
        var person = await CallerOfAsync(http, callers);
        if (person.Problem is { } refused)
        {
            await ConsentPages.WriteAsync(http, refused, xero);
            return;
        }

        var request = cookie.Take(http, query["state"], person.Value.UserId!.Value);
        if (query["error"].ToString() is { Length: > 0 } error)
        {
            await ConsentPages.DeclinedAsync(http, error, query["error_description"].ToString(), xero);
            return;
        }

        if (request is null || query["code"].ToString() is not { Length: > 0 } code)
        {
            await ConsentPages.WriteAsync(http, NotAsked, xero);
            return;
        }

        var connected = await connections.ConnectAsync(person.Value, code, request, ct);
        if (connected.Problem is { } problem)
        {
            await ConsentPages.WriteAsync(http, problem, xero);
            return;
        }

        http.Response.Redirect(PageLinks.Connections);
    }

    private static Problem NotAsked { get; } = new(
        "xero-state-unknown", "This answer of Xero's belongs to no question of this session: it is older than a quarter of an hour, was used before, or came to another browser. Nothing was changed. Connect again.", ProblemKind.Invalid);

    private static Task<Result<Caller>> CallerOfAsync(HttpContext http, CallerService callers) =>
        callers.ForUserAsync(SessionCheck.PersonOf(http.User) ?? Guid.Empty, Session.OriginOf(http), http.RequestAborted, SessionCheck.SessionOf(http.User));
}
