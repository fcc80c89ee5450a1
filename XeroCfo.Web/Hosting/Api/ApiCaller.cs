using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Hosting.Api;

/// <summary>What the request stands on: who asks, and for which organisation. Set once, before any endpoint runs.</summary>
internal static class ApiCaller
{
    public static Caller Caller(this HttpContext http) =>
        http.Features.Get<Holder>()?.Caller ?? throw new InvalidOperationException("An API endpoint ran without a caller.");

    /// <summary>The same; null on a page's own routes.</summary>
    public static Caller? TryCaller(this HttpContext http) => http.Features.Get<Holder>()?.Caller;

    public static void SetCaller(this HttpContext http, Caller caller) => http.Features.Set(new Holder(caller));

    /// <summary>From where the request comes, for the audit trail.</summary>
    public static Origin OriginOf(HttpContext http) => new(AddressOf(http), http.Request.Headers.UserAgent.ToString(), ApiProblem.TraceIdOf(http));

    // An IPv4 address that comes in over an IPv6 socket is written as what it is.
    private static string? AddressOf(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : null;

    /// <summary>The organisation of the address. The guard has let it pass: the caller may see it.</summary>
    public static TenantId Tenant(this HttpContext http) => new(http.Id("tenant") ?? throw new InvalidOperationException("This route has no organisation."));

    /// <summary>An id in the address; null when it is none, which is to be answered as an unknown one.</summary>
    public static Guid? Id(this HttpContext http, string name) => Guid.TryParseExact(http.Request.RouteValues[name] as string, "D", out var id) ? id : null;

    private sealed record Holder(Caller Caller);
}
