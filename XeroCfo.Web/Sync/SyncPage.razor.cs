using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Sync;

/// <summary>Asking for a sync, watching it, and what earlier ones brought.</summary>
public sealed partial class SyncPage(SyncService sync, LedgerService ledger, TimeProvider clock) : TenantPage
{
    private const int PageSize = 20;
    private static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(1);

    private SyncRunDetail? _running;
    private Page<SyncRunDetail>? _history;
    private Dictionary<Guid, string> _accountNames = [];
    private Problem? _problem;
    private bool _working;

    [SupplyParameterFromQuery]
    public string? After { get; set; }

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        var page = await sync.ListAsync(Caller, Tenant, After, PageSize, ct);
        if (page.Problem is { } refused)
        {
            return refused;
        }

        var accounts = await ledger.AccountsAsync(Caller, Tenant, ct);
        _accountNames = accounts.Succeeded ? accounts.Value.ToDictionary(account => account.AccountId, account => account.Name) : [];
        _history = page.Value;
        _running = page.Value.Items.FirstOrDefault(detail => !SyncStatus.IsOver(detail.Run.Status)) ?? (After is null ? null : _running);
        return null;
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ = EveryAsync(Rhythm, clock, LookAsync);
        }
    }

    private async Task RequestAsync(bool full)
    {
        _working = true;
        var asked = await sync.RequestAsync(Caller, Tenant, full, Leaving);
        _problem = asked.Problem;
        await ReloadAsync();
        _working = false;
    }

    private async Task CancelAsync()
    {
        _working = true;
        var cancelled = await sync.CancelAsync(Caller, Tenant, _running!.Run.Id, Leaving);
        _problem = cancelled.Problem;
        await ReloadAsync();
        _working = false;
    }

    private EventCallback<SyncIssue> TryAgain => Caller.May(Permissions.SyncWrite) ? EventCallback.Factory.Create<SyncIssue>(this, TryAgainAsync) : default;

    private async Task TryAgainAsync(SyncIssue issue)
    {
        _working = true;
        _problem = (await sync.RequestRecordAsync(Caller, Tenant, issue.Kind, Guid.Parse(issue.XeroId!), Leaving)).Problem;
        await ReloadAsync();
        _working = false;
    }

    private void Turn(string? cursor) => ShowAs(new Dictionary<string, object?> { ["after"] = cursor });

    private async Task LookAsync()
    {
        if (_running is null || _working || Busy)
        {
            return;
        }

        var found = await sync.GetAsync(Caller, Tenant, _running.Run.Id, Leaving);
        if (found is { Succeeded: true } && !SyncStatus.IsOver(found.Value.Run.Status))
        {
            _running = found.Value;
            StateHasChanged();
            return;
        }

        _running = null;
        await ReloadAsync();
    }
}
