using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero.Consents;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Xero;

/// <summary>Parting from an organisation: its data stays, or goes once its name has been typed.</summary>
public sealed partial class DisconnectForm(XeroConnectionService connections) : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private Holdings? _holdings;
    private Problem? _problem;
    private string _typed = "";
    private bool _delete;
    private bool _working;

    [Parameter, EditorRequired]
    public XeroTenant Organisation { get; set; } = default!;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    /// <summary>It is disconnected.</summary>
    [Parameter]
    public EventCallback OnDone { get; set; }

    private TenantId Tenant => new(Organisation.Id);

    private string Group => $"disconnect-{Organisation.Id:N}";

    private bool Deletes => _delete || Organisation.IsDemo;

    private string What => _holdings is { } held
        ? $"{MoneyFormat.Neutral.Count(held.Documents)} documents, {MoneyFormat.Neutral.Count(held.Reports)} reports, {MoneyFormat.Neutral.Count(held.Rules)} rules"
        : "all its documents, reports and rules";

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        var holdings = await connections.HoldingsAsync(Caller, Tenant, _leaving.Token);
        _holdings = holdings.Succeeded ? holdings.Value : null;
    }

    private async Task DisconnectAsync()
    {
        _working = true;
        var done = await connections.DisconnectAsync(Caller, Tenant, Deletes ? AfterDisconnect.Delete : AfterDisconnect.Keep, _typed, _leaving.Token);
        (_problem, _working) = (done.Problem, false);
        if (done.Succeeded)
        {
            await OnDone.InvokeAsync();
        }
    }
}
