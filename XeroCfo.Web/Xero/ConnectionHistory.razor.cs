using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Xero;

/// <summary>What the last syncs of an organisation brought.</summary>
public sealed partial class ConnectionHistory(SyncService sync, LedgerService ledger) : IDisposable
{
    private const int Newest = 5;

    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyList<SyncRunDetail>? _runs;
    private Dictionary<Guid, string> _accountNames = [];
    private Problem? _problem;
    private (Guid?, string?) _shown;
    private bool _working;

    [Parameter, EditorRequired]
    public XeroTenant Organisation { get; set; } = default!;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    /// <summary>The newest run: when it is another one, or has ended, the list is read again.</summary>
    [Parameter]
    public SyncRun? Latest { get; set; }

    /// <summary>Something runs already.</summary>
    [Parameter]
    public bool Busy { get; set; }

    private TenantId Tenant => new(Organisation.Id);

    private EventCallback<SyncIssue> TryAgain => Caller.May(Permissions.SyncWrite) ? EventCallback.Factory.Create<SyncIssue>(this, TryAgainAsync) : default;

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_runs is not null && _shown == (Latest?.Id, Latest?.Status))
        {
            return;
        }

        _shown = (Latest?.Id, Latest?.Status);
        var accounts = await ledger.AccountsAsync(Caller, Tenant, _leaving.Token);
        _accountNames = accounts.Succeeded ? accounts.Value.ToDictionary(account => account.AccountId, account => account.Name) : [];
        var page = await sync.ListAsync(Caller, Tenant, null, Newest, _leaving.Token);
        _runs = page.Succeeded ? page.Value.Items : [];
    }

    private async Task TryAgainAsync(SyncIssue issue)
    {
        _working = true;
        _problem = (await sync.RequestRecordAsync(Caller, Tenant, issue.Kind, Guid.Parse(issue.XeroId!), _leaving.Token)).Problem;
        _working = false;
    }
}
