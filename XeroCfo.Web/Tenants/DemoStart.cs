using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Web.Tenants;

/// <summary>At start: the demo company is there while no Xero app is set, unless the settings say otherwise.</summary>
internal sealed class DemoStart(IDemoCompany demo, DemoOptions options, XeroOptions xero)
{
    public async Task PrepareAsync(CancellationToken ct)
    {
        if ((options.Enabled ?? xero.ClientId is null) && !await demo.WasRemovedAsync(ct))
        {
            await demo.EnsureAsync(ct);
        }
    }
}
