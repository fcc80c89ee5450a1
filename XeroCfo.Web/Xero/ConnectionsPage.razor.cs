using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Xero;

/// <summary>The organisations that the person may see, and how each stands with Xero.</summary>
public sealed partial class ConnectionsPage(ICircuitCaller circuit, TenantService tenants, DemoService demo, XeroOptions xero) : IDisposable
{
    private static readonly (string Key, string Words)[] Keys = [("↑ ↓", "organisation"), ("s", "sync it now"), ("h", "its history")];

    private readonly CancellationTokenSource _leaving = new();
    private Caller? _caller;
    private IReadOnlyList<XeroTenant>? _organisations;
    private IReadOnlySet<Guid> _hidden = new HashSet<Guid>();
    private Problem? _problem;
    private bool _working;

    private bool MayConnect => _caller?.May(Permissions.ConnectionsWrite) == true;

    private bool MayHaveDemo => _caller?.May(Permissions.SystemWrite) == true && _organisations?.Any(organisation => organisation.IsDemo) != true;

    private bool HasReal => _organisations?.Any(organisation => !organisation.IsDemo) == true;

    private IEnumerable<XeroTenant> Shown => _organisations!.Where(organisation => !_hidden.Contains(organisation.Id));

    private IReadOnlyList<XeroTenant> HiddenOnes => [.. _organisations!.Where(organisation => _hidden.Contains(organisation.Id))];

    private string ConnectHref => xero.ClientId is null || xero.CustomConnection ? PageLinks.ConnectSteps : PageLinks.ConnectXero;

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _caller = await circuit.GetAsync();
        var found = await tenants.ListAsync(_caller, _leaving.Token);
        _hidden = await tenants.HiddenAsync(_caller, _leaving.Token);
        (_organisations, _problem) = (found.Succeeded ? found.Value : null, found.Problem);
    }

    private async Task ShowAsync(XeroTenant organisation)
    {
        _problem = (await tenants.HideAsync(_caller!, new TenantId(organisation.Id), false, _leaving.Token)).Problem;
        await LoadAsync();
    }

    private async Task AddDemoAsync()
    {
        _working = true;
        var added = await demo.AddAsync(_caller!, _leaving.Token);
        circuit.Forget();
        await LoadAsync();
        (_problem, _working) = (added.Problem ?? _problem, false);
    }
}
