using Microsoft.Extensions.Primitives;

namespace XeroCfo.Web.Hosting;

/// <summary>
/// Over https our cookies carry the prefix <c>__Host-</c>, which browsers accept only with Secure, for exactly this host and all its
/// paths. Over http on this machine browsers would refuse the prefix, so there they go by their plain names. Everything behind here
/// knows only the plain names; a plain one sent over https is ignored.
/// </summary>
internal sealed class HostCookies(RequestDelegate next)
{
    public const string Session = "xerocfo.session";
    public const string Form = "xerocfo.form";
    public const string Pending = "xerocfo.pending";
    private const string Prefix = "__Host-";
    private const string Ours = "xerocfo.";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.IsHttps)
        {
            context.Request.Headers.Cookie = Incoming(context.Request.Headers.Cookie);
            context.Response.OnStarting(Outgoing, context);
        }

        return next(context);
    }

    private static StringValues Incoming(StringValues header)
    {
        var pairs = header.SelectMany(line => line?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
            .Where(pair => !pair.StartsWith(Ours, StringComparison.Ordinal))
            .Select(pair => pair.StartsWith(Prefix + Ours, StringComparison.Ordinal) ? pair[Prefix.Length..] : pair);
        return string.Join("; ", pairs);
    }

    private static Task Outgoing(object state)
    {
        var headers = ((HttpContext)state).Response.Headers;
        headers.SetCookie = headers.SetCookie
            .Select(cookie => cookie is not null && cookie.StartsWith(Ours, StringComparison.Ordinal) ? Prefix + cookie : cookie)
            .ToArray();
        return Task.CompletedTask;
    }
}
