using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Shell;

/// <summary>The way to the overview of the organisation that the person has selected.</summary>
public sealed partial class HomePage(ICircuitCaller circuit, TenantService tenants, NavigationManager navigation, TimeProvider clock) : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private bool _none;
    private bool _mayConnect;

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnInitializedAsync() => GoAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ = WaitAsync();
        }
    }

    private async Task<bool> GoAsync()
    {
        var caller = await circuit.GetAsync();
        if (await tenants.ActiveAsync(caller, _leaving.Token) is { } active)
        {
            navigation.NavigateTo(PageLinks.Overview(active.Id), replace: true);
            return true;
        }

        _mayConnect = caller.May(Permissions.ConnectionsWrite);
        _none = true;
        return false;
    }

    // The demo company is made in the background at first start: show it when it is there.
    private async Task WaitAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(3), clock);
            var gone = false;
            while (!gone && await timer.WaitForNextTickAsync(_leaving.Token))
            {
                await InvokeAsync(async () => gone = await GoAsync());
            }
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The person has left.
        }
    }
}
