using System.Diagnostics;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Hosting;

/// <summary>From where a request of a page's own comes, for the audit trail.</summary>
internal static class PageOrigin
{
    public static Origin Of(HttpContext http) =>
        new(http.Connection.RemoteIpAddress?.ToString(), http.Request.Headers.UserAgent.ToString(), Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier);
}
