using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Ledger.TieOut;

/// <summary>A month beside Xero: what ties, what stands on documents, and what a person said of the rest.</summary>
public sealed partial class TieOutPage(TieOutService tieOut, SyncService syncs) : TenantPage
{
    private static readonly (TrialBalanceShow Show, string Words)[] Choices =
    [
        (TrialBalanceShow.All, "All accounts"), (TrialBalanceShow.XeroOnly, "With Xero-only parts"), (TrialBalanceShow.Unexplained, "Only unexplained"), (TrialBalanceShow.Differences, "Only differences"),
    ];

    private IReadOnlyList<StripMonth> _strip = [];
    private Page<PastChange> _changes = new([], null);
    private TieOutMonth? _month;
    private AccountExplanation? _explanation;
    private Problem? _problem;
    private TrialBalanceShow _show;
    private bool _movement;
    private bool _checking;
    private bool _saving;

    [SupplyParameterFromQuery(Name = "month")]
    public string? MonthText { get; set; }

    [SupplyParameterFromQuery]
    public Guid? Account { get; set; }

    [SupplyParameterFromQuery]
    public string? Only { get; set; }

    [SupplyParameterFromQuery]
    public string? Columns { get; set; }

    [SupplyParameterFromQuery(Name = "locked")]
    public bool? OnlyLocked { get; set; }

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

    private void ShowMovement(bool movement) => ShowAs(new Dictionary<string, object?> { ["columns"] = movement ? "movement" : null });

    private void FilterChanges(bool locked) => ShowAs(new Dictionary<string, object?> { ["locked"] = locked ? true : null });

    private async Task MoreChangesAsync()
    {
        var more = await tieOut.PastChangesAsync(Caller, Tenant, OnlyLocked ?? false, _changes.Next, 50, Leaving);
        _changes = more.Succeeded ? new Page<PastChange>([.. _changes.Items, .. more.Value.Items], more.Value.Next) : _changes;
    }

    private async Task CheckAgainAsync()
    {
        _checking = true;
        var asked = await syncs.RequestAsync(Caller, Tenant, false, Leaving);
        (_problem, _checking) = (asked.Problem, false);
        if (asked.Succeeded)
        {
            Navigation.NavigateTo(PageLinks.Sync(Org));
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
