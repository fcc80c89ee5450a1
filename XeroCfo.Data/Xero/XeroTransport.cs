using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Xero;

/// <summary>A way to Xero's accounting API for one organisation.</summary>
/// <param name="Client">Its base address ends with <c>/api.xro/2.0/</c>.</param>
/// <param name="AccessToken">Goes into the Authorization header; never logged.</param>
/// <param name="XeroTenantId">Xero's own tenant id.</param>
public sealed record XeroChannel(HttpClient Client, string AccessToken, string XeroTenantId);

/// <summary>Finds the way to Xero: the real one, or the demo company's.</summary>
public interface IXeroTransport
{
    /// <summary>Refused when the organisation is not connected.</summary>
    Task<Result<XeroChannel>> ForAsync(XeroTenant organisation, CancellationToken ct);
}
