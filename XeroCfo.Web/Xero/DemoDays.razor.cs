using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Web.Xero;

/// <summary>Lets the demo company's days pass, or begin again.</summary>
public sealed partial class DemoDays(DemoService demo) : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private DateOnly? _anchor;
    private Problem? _problem;
    private bool _working;

    [Parameter, EditorRequired]
    public XeroTenant Organisation { get; set; } = default!;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    /// <summary>A sync reads it just now.</summary>
    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Its time has moved, and a sync waits.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    private string Days => Organisation.DaysAhead == 1 ? "a day" : $"{Organisation.DaysAhead} days";

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnParametersSetAsync() => _anchor = await demo.AnchorAsync(_leaving.Token);

    private Task AddDayAsync() => WorkAsync(tenant => demo.AddDayAsync(Caller, tenant, _leaving.Token));

    private Task StartAfreshAsync() => WorkAsync(tenant => demo.StartAfreshAsync(Caller, tenant, _leaving.Token));

    private async Task WorkAsync(Func<TenantId, Task<Result<Done>>> work)
    {
        _working = true;
        _problem = (await work(new TenantId(Organisation.Id))).Problem;
        await OnChanged.InvokeAsync();
        _working = false;
    }
}
