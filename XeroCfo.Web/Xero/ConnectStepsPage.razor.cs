using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Xero;

/// <summary>From an app at Xero to figures that tie out. How far one is follows from what is there, so the page can be left at any step.</summary>
public sealed partial class ConnectStepsPage(ICircuitCaller circuit, TenantService tenants, SyncService sync, LedgerService ledger, TimeProvider clock, XeroOptions xero, NavigationManager navigation) : IDisposable
{
    private const int Last = 5;
    private static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(2);
    private static readonly (string, string)[] Keys = [("↑ ↓", "Account"), ("c", "Confirm its tag"), ("n", "Not this tag"), ("t", "Choose another tag")];

    private readonly CancellationTokenSource _leaving = new();
    private Caller? _caller;
    private Problem? _problem;
    private IReadOnlyList<XeroTenant> _organisations = [];
    private List<(XeroTenant Organisation, SyncRunDetail Run)> _running = [];
    private List<(XeroTenant Organisation, int Sure, int All)> _tags = [];

    private string RedirectUri => XeroConsentRoutes.RedirectUri(xero, new Uri(navigation.BaseUri).Scheme, new Uri(navigation.BaseUri).Authority);

    private IEnumerable<XeroTenant> Synced => _organisations.Where(organisation => organisation.DataAsOf is not null);

    /// <summary>The first step that is not done.</summary>
    private int Now => xero.ClientId is null ? 1
        : _organisations.Count == 0 ? 2
        : !Synced.Any() ? 3
        : _tags.Any(tags => tags.Sure < tags.All) ? 4
        : Last;

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ = WatchAsync();
        }
    }

    private string? Css(int step) => step < Now ? "done" : step == Now ? "now" : null;

    private string? Current(int step) => step == Now ? "step" : null;

    private async Task LoadAsync()
    {
        _caller = await circuit.GetAsync();
        if (_caller.Lacks(Permissions.ConnectionsWrite) is { } refused)
        {
            _problem = refused;
            return;
        }

        var mine = await tenants.ListAsync(_caller, _leaving.Token);
        (_organisations, _problem) = (mine.Succeeded ? [.. mine.Value.Where(organisation => !organisation.IsDemo)] : [], mine.Problem);
        var (running, tagged) = (new List<(XeroTenant, SyncRunDetail)>(), new List<(XeroTenant, int, int)>());
        foreach (var organisation in _organisations)
        {
            var tenant = new TenantId(organisation.Id);
            if (await sync.LatestAsync(_caller, tenant, _leaving.Token) is { } latest && !SyncStatus.IsOver(latest.Run.Status))
            {
                running.Add((organisation, latest));
            }

            if (organisation.DataAsOf is not null && await ledger.AccountsAsync(_caller, tenant, _leaving.Token) is { Succeeded: true } accounts)
            {
                var tags = accounts.Value.Where(account => account.Tag is not null).ToList();
                tagged.Add((organisation, tags.Count(account => account.TagConfirmedBy is not null), tags.Count));
            }
        }

        // At once: the parts of a step keep their state while the page looks again.
        (_running, _tags) = (running, tagged);
    }

    private Task WatchAsync() => clock.EveryAsync(Rhythm, async () =>
    {
        if (_running.Count > 0)
        {
            await InvokeAsync(LoadAsync);
            await InvokeAsync(StateHasChanged);
        }
    }, _leaving.Token);
}
