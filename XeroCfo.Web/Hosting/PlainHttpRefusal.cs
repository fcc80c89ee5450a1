using System.Net;
using XeroCfo.Web.Account;

namespace XeroCfo.Web.Hosting;

/// <summary>Nobody types a password into a page that came over plain http, except on this very machine.</summary>
internal sealed class PlainHttpRefusal(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.IsHttps || IsLoopback(context.Request.Host.Host) || !AccountRoutes.TakesSecrets(context.Request.Path))
        {
            await next(context);
            return;
        }

        await PlainPage.WriteAsync(
            context,
            StatusCodes.Status403Forbidden,
            "Sign-in needs https",
            "This page came over plain http, where a password could be read on its way. Open XeroCfo by its https address. "
            + "If a proxy in front of it speaks https, name that proxy in the setting Proxy:Trusted and let it send X-Forwarded-Proto.");
    }

    /// <summary>True for the names and addresses that never leave the machine.</summary>
    internal static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
