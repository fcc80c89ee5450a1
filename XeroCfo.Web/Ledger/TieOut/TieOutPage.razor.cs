using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Ledger.TieOut;

/// <summary>A month beside Xero: what ties, what stands on documents, and what a person said of the rest.</summary>
public sealed partial class TieOutPage(TieOutService tieOut, SyncService syncs, TimeProvider clock) : TenantPage
{
    private static readonly (TrialBalanceShow Show, string Words)[] Choices =
    [
        (TrialBalanceShow.All, "All accounts"), (TrialBalanceShow.XeroOnly, "With Xero-only parts"), (TrialBalanceShow.Unexplained, "Only unexplained"), (TrialBalanceShow.Differences, "Only differences"),
    ];

    private static readonly (string Key, string Words)[] Keys =
    [
        ("← →", "previous and next month, also [ and ]"), ("↑ ↓", "account"), ("Enter", "opens the account's panel"), ("Esc", "closes it"), ("d", "only differences, or all"), ("c", "to the confirmation in the panel"),
    ];

    private static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(1);

    private IReadOnlyList<StripMonth> _strip = [];
    private Page<PastChange> _changes = new([], null);
    private TieOutMonth? _month;
    private AccountExplanation? _explanation;
    private Problem? _problem;
    private TrialBalanceShow _show;
    private bool _movement;
    private SyncRunDetail? _latest;
    private int? _callsLeft;
    private bool _checking;
    private bool _saving;

    [SupplyParameterFromQuery(Name = "month")]
    public string? MonthText { get; set; }

    [SupplyParameterFromQuery]
    public Guid? Account { get; set; }

    [SupplyParameterFromQuery]
    public string? Only { get; set; }

    [SupplyParameterFromQuery]
    public string? Class { get; set; }

    [SupplyParameterFromQuery]
    public string? Columns { get; set; }

    [SupplyParameterFromQuery(Name = "locked")]
    public bool? OnlyLocked { get; set; }

    private bool IsRunning => _latest is { Run.Status: var status } && !SyncStatus.IsOver(status);

    private int NotRead => _strip.Count(month => month.State == MonthState.NotRead);

    // The key goes there and back.
    private TrialBalanceShow ForKeyD => _show == TrialBalanceShow.Differences ? TrialBalanceShow.All : TrialBalanceShow.Differences;

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ = EveryAsync(Rhythm, clock, LookAsync);
        }
    }

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        _show = Enum.TryParse<TrialBalanceShow>(Only, ignoreCase: true, out var show) ? show : TrialBalanceShow.All;
        _movement = Columns == "movement";
        var strip = await tieOut.StripAsync(Caller, Tenant, ct);
        if (strip.Problem is { } refused)
        {
            return refused;
        }

        _strip = strip.Value;
        _latest = await syncs.LatestAsync(Caller, Tenant, ct);
        _callsLeft = await syncs.CallsLeftAsync(Caller, Tenant, ct);
        if (_strip.Count == 0)
        {
            return null;
        }

        var found = await tieOut.SummaryAsync(Caller, Tenant, Month.TryParse(MonthText, out var month) ? month : null, ct);
        if (!found.Succeeded)
        {
            return found.Problem;
        }

        _month = found.Value;
        return Caller.May(Permissions.LedgerRead) ? await LoadDetailsAsync(_month, ct) : null;
    }

    private async Task<Problem?> LoadDetailsAsync(TieOutMonth month, CancellationToken ct)
    {
        _explanation = Account is { } account && await tieOut.ExplainAsync(Caller, Tenant, account, month.Month, ct) is { Succeeded: true, Value: var explained } ? explained : null;
        var changes = await tieOut.PastChangesAsync(Caller, Tenant, OnlyLocked ?? false, null, 20, ct);
        _changes = changes.Succeeded ? changes.Value : new([], null);
        return changes.Problem;
    }

    private void Choose(Month month) => ShowAs(new Dictionary<string, object?> { ["month"] = month.ToString() });

    private void Open(Guid? account) => ShowAs(new Dictionary<string, object?> { ["account"] = account });

    private void ShowOnly(TrialBalanceShow show) =>
        ShowAs(new Dictionary<string, object?> { ["only"] = show == TrialBalanceShow.All ? null : show.ToString().ToLowerInvariant() });

    private void ShowClass(string? name) => ShowAs(new Dictionary<string, object?> { ["class"] = string.IsNullOrEmpty(name) ? null : name });

    private void ShowMovement(bool movement) => ShowAs(new Dictionary<string, object?> { ["columns"] = movement ? "movement" : null });

    private void FilterChanges(bool locked) => ShowAs(new Dictionary<string, object?> { ["locked"] = locked ? true : null });

    private async Task MoreChangesAsync()
    {
        var more = await tieOut.PastChangesAsync(Caller, Tenant, OnlyLocked ?? false, _changes.Next, 50, Leaving);
        _changes = more.Succeeded ? new Page<PastChange>([.. _changes.Items, .. more.Value.Items], more.Value.Next) : _changes;
    }

    private Task CheckAgainAsync() => AskAsync(() => syncs.RequestAsync(Caller, Tenant, false, Leaving));

    private Task FetchMonthAsync() => AskAsync(() => syncs.RequestMonthAsync(Caller, Tenant, _month!.Month, Leaving));

    private async Task AskAsync(Func<Task<Result<SyncRun>>> ask)
    {
        _checking = true;
        var asked = await ask();
        (_problem, _checking) = (asked.Problem, false);
        _latest = asked.Succeeded ? new SyncRunDetail(asked.Value, []) : _latest;
    }

    // While Xero is read the page tells how far it is; when that ends it shows what came of it.
    private async Task LookAsync()
    {
        if (Busy || _checking || _month is { } && Organisation?.SettlingFrom is null && !IsRunning)
        {
            return;
        }

        var before = _latest?.Run;
        _latest = Organisation is null ? null : await syncs.LatestAsync(Caller, Tenant, Leaving);
        if (_latest?.Run is { } now && SyncStatus.IsOver(now.Status) && (before?.Id != now.Id || before.Status != now.Status))
        {
            await ReloadAsync();
        }
        else if (_latest is not null)
        {
            StateHasChanged();
        }
    }

    private Task ConfirmAsync((string Kind, string Note) said) => SayAsync(account => tieOut.ConfirmAsync(Caller, Tenant, account, _month!.Month, said.Kind, said.Note, Leaving));

    private Task WithdrawAsync() => SayAsync(account => tieOut.WithdrawAsync(Caller, Tenant, account, _month!.Month, Leaving));

    private async Task SayAsync(Func<Guid, Task<Result<IReadOnlyList<XeroOnlyPart>>>> say)
    {
        _saving = true;
        var saved = await say(Account!.Value);
        (_problem, _saving) = (saved.Problem, false);
        if (saved.Succeeded)
        {
            await ReloadAsync();
        }
    }
}
