using Microsoft.Extensions.Logging;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Xero;

internal sealed class XeroSource(IXeroTransport transport, XeroPace pace, XeroOptions options, TimeProvider clock, ILogger<XeroSource> log) : IXeroSource
{
    public async Task<Result<IXeroSession>> OpenAsync(XeroTenant organisation, string purpose, CancellationToken ct)
    {
        var channel = await transport.ForAsync(organisation, ct);
        return channel.Succeeded
            ? Result<IXeroSession>.Of(new XeroSession(new XeroHttp(channel.Value, purpose, pace, options, clock, log), options.PageSize, clock))
            : channel.Problem!;
    }
}
