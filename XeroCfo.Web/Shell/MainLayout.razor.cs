using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Shell;

public sealed partial class MainLayout(ICircuitCaller circuit, TenantService tenants, NavigationManager navigation) : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private Caller? _caller;
    private IReadOnlyList<XeroTenant> _organisations = [];
    private XeroTenant? _current;
    private PageErrorBoundary? _boundary;
    private bool _drawerOpen;
    private bool _interactive;

    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    // The base address is "/": a bare "#main" would lead to the first page.
    private string MainAnchor => navigation.ToBaseRelativePath(navigation.Uri).Split('#')[0] + "#main";

    private IReadOnlyList<SitePage> Pages => _current is { Id: var org } && _caller is { } caller ? SitePages.Of(org, caller) : [];

    public void Dispose()
    {
        navigation.LocationChanged -= OnMoved;
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += OnMoved;
        if (Authentication is not null && (await Authentication).User.Identity?.IsAuthenticated != true)
        {
            return;
        }

        _caller = await circuit.GetAsync();
        await FindCurrentAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            // The circuit is attached: clicks are heard from here on.
            _interactive = true;
            StateHasChanged();
        }
    }

    // Also on the pages within it.
    private bool IsHere(SitePage site) =>
        new Uri(navigation.Uri).AbsolutePath is var path && path.StartsWith(site.Href, StringComparison.OrdinalIgnoreCase) && (path.Length == site.Href.Length || path[site.Href.Length] == '/');

    private void ToggleDrawer() => _drawerOpen = !_drawerOpen;

    private void OnMoved(object? sender, LocationChangedEventArgs moved) => _ = InvokeAsync(async () =>
    {
        _drawerOpen = false;
        _boundary?.Recover();
        await FindCurrentAsync();
        StateHasChanged();
    });

    private async Task FindCurrentAsync()
    {
        if (_caller is null || _leaving.IsCancellationRequested)
        {
            return;
        }

        var wanted = PageLinks.OrganisationIn(navigation);
        if (_organisations.Count == 0 || (wanted is not null && _organisations.All(organisation => organisation.Id != wanted)))
        {
            var mine = await tenants.ListAsync(_caller, _leaving.Token);
            var hidden = await tenants.HiddenAsync(_caller, _leaving.Token);
            _organisations = mine.Succeeded ? [.. mine.Value.Where(organisation => organisation.Id == wanted || !hidden.Contains(organisation.Id))] : [];
        }

        _current = _organisations.FirstOrDefault(organisation => organisation.Id == wanted)
            ?? _current
            ?? await tenants.ActiveAsync(_caller, _leaving.Token);
    }
}
