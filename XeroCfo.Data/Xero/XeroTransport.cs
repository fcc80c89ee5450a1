using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Xero;

/// <summary>A way to Xero's accounting API for one organisation.</summary>
/// <param name="Client">Its base address ends with <c>/api.xro/2.0/</c>.</param>
/// <param name="AccessToken">Goes into the Authorization header; never logged.</param>
/// <param name="XeroTenantId">Xero's own tenant id.</param>
/// <param name="IsPaced">Xero's limits of calls hold; the demo company has none.</param>
public sealed record XeroChannel(HttpClient Client, string AccessToken, string XeroTenantId, bool IsPaced = true);

/// <summary>Finds the way to Xero: the real one, or the demo company's.</summary>
public interface IXeroTransport
{
    /// <summary>Refused when the organisation is not connected.</summary>
    Task<Result<XeroChannel>> ForAsync(XeroTenant organisation, CancellationToken ct);
}

/// <summary>Access tokens of connected organisations.</summary>
internal interface IXeroAccess
{
    /// <summary>A token that works now; refused when there is no healthy consent.</summary>
    Task<Result<string>> AccessTokenAsync(TenantId tenant, CancellationToken ct);
}

/// <summary>The way to Xero: for the demo company its own handler, for others the network.</summary>
internal sealed class XeroTransport(DemoInstallation demo, IXeroAccess access, IHttpClientFactory clients) : IXeroTransport
{
    /// <summary>The named client for Xero's accounting API.</summary>
    public const string ApiClient = "xero-api";

    public async Task<Result<XeroChannel>> ForAsync(XeroTenant organisation, CancellationToken ct)
    {
        if (organisation.IsDemo)
        {
            return new XeroChannel(await demo.ClientAsync(ct), "demo", organisation.XeroTenantId, IsPaced: false);
        }

        var token = await access.AccessTokenAsync(new TenantId(organisation.Id), ct);
        return token.Succeeded ? new XeroChannel(clients.CreateClient(ApiClient), token.Value, organisation.XeroTenantId) : token.Problem!;
    }
}
