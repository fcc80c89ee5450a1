using XeroCfo.Data.Xero.Consents;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Xero;

/// <summary>The right to ask Xero about one organisation: an access token that is renewed in time.</summary>
public interface IXeroKey
{
    /// <summary>A token that should work now.</summary>
    Task<Result<string>> TokenAsync(CancellationToken ct);

    /// <summary>Another one, after Xero did not take <paramref name="token"/>; refused when only a person can help.</summary>
    Task<Result<string>> RefusedAsync(string token, int status, CancellationToken ct);

    /// <summary>Xero answered to <paramref name="token"/>: where it refuses it later, it has ended early, and another one may help.</summary>
    void Taken(string token);
}

/// <summary>A token that never changes, for what is no real Xero.</summary>
public sealed class FixedKey(string token) : IXeroKey
{
    public Task<Result<string>> TokenAsync(CancellationToken ct) => Task.FromResult<Result<string>>(token);

    public Task<Result<string>> RefusedAsync(string token, int status, CancellationToken ct) =>
        Task.FromResult<Result<string>>(XeroProblems.NeedsReconnect(status == 403 ? "it is no longer connected." : "the consent has ended or lacks a right."));

    public void Taken(string token)
    {
        // It never changes.
    }
}

/// <summary>A way to Xero's accounting API for one organisation.</summary>
/// <param name="Client">Its base address ends with <c>/api.xro/2.0/</c>.</param>
/// <param name="Key">Gives what goes into the Authorization header; never logged.</param>
/// <param name="Organisation">Whose books.</param>
/// <param name="IsPaced">Xero's limits of calls hold; the demo company has none.</param>
public sealed record XeroChannel(HttpClient Client, IXeroKey Key, XeroTenant Organisation, bool IsPaced = true);

/// <summary>Finds the way to Xero: the real one, or the demo company's.</summary>
public interface IXeroTransport
{
    /// <summary>Refused when the organisation is not connected.</summary>
    Task<Result<XeroChannel>> ForAsync(XeroTenant organisation, CancellationToken ct);
}

/// <summary>Access tokens of connected organisations.</summary>
internal interface IXeroAccess
{
    /// <summary>A token that works now, other than <paramref name="refused"/>; refused when there is no healthy consent.</summary>
    Task<Result<HeldToken>> TokenAsync(TenantId tenant, string? refused, CancellationToken ct);

    /// <summary>A token of this very consent, other than <paramref name="refused"/>.</summary>
    Task<Result<HeldToken>> TokenOfAsync(XeroToken row, string? refused, CancellationToken ct);

    /// <summary>Xero answered 401 or 403 to a token that should work: its consent is marked, and another one's token is the answer where there is one.</summary>
    Task<Result<HeldToken>> LostAsync(TenantId tenant, HeldToken held, int status, CancellationToken ct);
}

/// <summary>The way to Xero: for the demo company its own handler, for others the network.</summary>
internal sealed class XeroTransport(DemoInstallation demo, IXeroAccess access, IHttpClientFactory clients, TimeProvider clock) : IXeroTransport
{
    /// <summary>The named client for Xero's accounting API.</summary>
    public const string ApiClient = "xero-api";

    public async Task<Result<XeroChannel>> ForAsync(XeroTenant organisation, CancellationToken ct)
    {
        if (organisation.IsDemo)
        {
            return new XeroChannel(await demo.ClientAsync(organisation.DaysAhead, ct), new FixedKey("demo"), organisation, IsPaced: false);
        }

        var key = new TenantKey(access, new TenantId(organisation.Id), clock);
        var token = await key.TokenAsync(ct);
        return token.Succeeded ? new XeroChannel(clients.CreateClient(ApiClient), key, organisation) : token.Problem!;
    }
}
