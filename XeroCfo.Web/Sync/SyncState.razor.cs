using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Sync;

/// <summary>The app bar's word on how fresh the figures are: a ring while a sync runs, else the time they stand at.</summary>
public sealed partial class SyncState(TenantService tenants, SyncService sync, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _leaving = new();
    private XeroTenant _organisation = default!;
    private bool _busy;

    [Parameter, EditorRequired]
    public XeroTenant Organisation { get; set; } = default!;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    private string Target => Caller.May(Permissions.SyncRead) ? PageLinks.Sync(_organisation.Id) : PageLinks.Connections;

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override void OnInitialized() => _organisation = Organisation;

    protected override async Task OnParametersSetAsync()
    {
        if (_organisation.Id != Organisation.Id)
        {
            _organisation = Organisation;
        }

        await LookAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ = WatchAsync();
        }
    }

    private Task WatchAsync() => clock.EveryAsync(Rhythm, async () =>
    {
        await InvokeAsync(LookAsync);
        await InvokeAsync(StateHasChanged);
    }, _leaving.Token);

    private async Task LookAsync()
    {
        var tenant = new TenantId(Organisation.Id);
        if (await tenants.GetAsync(Caller, tenant, _leaving.Token) is { Succeeded: true } found)
        {
            _organisation = found.Value;
        }

        var newest = Caller.May(Permissions.SyncRead) ? await sync.ListAsync(Caller, tenant, null, 1, _leaving.Token) : default;
        _busy = _organisation.SyncInProgress
            || (newest is { Succeeded: true } && newest.Value is { Items: [{ Run: { WaitUntil: null } run }, ..] } && !SyncStatus.IsOver(run.Status));
    }
}
