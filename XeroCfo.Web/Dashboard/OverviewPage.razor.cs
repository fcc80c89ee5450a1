using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using XeroCfo.Domain.Kpis.Overviews;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Dashboard;

/// <summary>What an executive asks for first, each figure with what makes it. All of it stands in the address.</summary>
public sealed partial class OverviewPage(OverviewService overviews, OverviewArrangementService arrangements, IJSRuntime browser, TimeProvider clock) : TenantPage
{
    private static readonly TimeSpan Rhythm = TimeSpan.FromMinutes(1);

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["cash"] = "Cash",
        ["income"] = "Income",
        ["grossMargin"] = "Gross margin",
        ["netProfit"] = "Net profit",
        ["receivables"] = "Owed to us",
        ["payables"] = "We owe",
        ["dso"] = "Debtor days",
        ["taxDue"] = "Tax due next",
        ["cashLine"] = "Cash line",
        ["changes"] = "What changed",
        ["months"] = "Income and profit",
        ["walk"] = "Profit walk",
        ["owing"] = "Who owes most",
        ["customers"] = "Top customers",
        ["waiting"] = "Needs doing",
    };

    private static readonly (string, string)[] Keys = [("[ ]", "period before, after"), ("← → ↑ ↓", "from tile to tile"), ("Enter", "what makes it"), ("Esc", "close")];

    private readonly Arrangeable.Carrying _hand = new();
    private Overview? _overview;
    private OverviewArrangement _shown = OverviewArrangement.Usual;
    private Problem? _wrong;
    private Problem? _arrangeProblem;
    private bool _arranging;
    private bool _watching;
    private (Guid Org, string? Period, string? Compare, DateTime? DataAsOf) _of;

    /// <summary>See <see cref="OverviewDays.Of"/>.</summary>
    [SupplyParameterFromQuery]
    public string? Period { get; set; }

    [SupplyParameterFromQuery]
    public string? Compare { get; set; }

    /// <summary>The figure that is opened.</summary>
    [SupplyParameterFromQuery]
    public string? Explain { get; set; }

    [SupplyParameterFromQuery]
    public Guid? Account { get; set; }

    [SupplyParameterFromQuery]
    public string? After { get; set; }

    /// <summary>No bars, for a screen on the wall; its figures are fetched anew each minute.</summary>
    [SupplyParameterFromQuery]
    public bool Full { get; set; }

    private string Locale => Organisation?.CountryCode is { Length: 2 } country ? $"en-{country}" : "en";

    // What the figures stand beside, and where that is nothing why.
    private static string Beside(Overview overview) => overview.Days switch
    {
        { Compare: OverviewCompare.Budget } => $"the budget {overview.Budget!.Name}{(overview.Days.IsOpen ? ", of a month in progress its days' share without what comes at its end" : "")}",
        { Before: { } before } days => $"{days.CompareWords} ({Domain.Reports.ReportPeriods.Words(before)})",
        var days => $"{days.CompareWords}, where the books do not reach",
    };

    private string InProgress => $"Month in progress: payroll and depreciation of {DateWords.MonthName(_overview!.Days.Now.Last)} are not in yet"
        + (_overview.Days.Compare == OverviewCompare.Budget ? ", and beside it stands the budget's share of these days, without them." : _overview.Days.Before is { } before ? $", and beside it stand the same days, {Domain.Reports.ReportPeriods.Words(before)}." : ".");

    private (Tone Tone, string Text) TieChip => _overview!.TiesToXero switch
    {
        CheckStatus.Fail => (Tone.Bad, $"Differs by {MoneyFormat.Of(Organisation!.CountryCode).Text(_overview.Difference)}"),
        var ties => (CheckWords.Ties(ties).Tone, _overview.XeroReadAt is { } read ? $"{CheckWords.Ties(ties).Text} · {DateWords.Moment(read, Organisation!.TimeZone, _overview.Days.Today)}" : CheckWords.Ties(ties).Text),
    };

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        if (Organisation!.DataAsOf is null && !Organisation.SyncInProgress)
        {
            return null;
        }

        // A panel that opens or closes changes no figure.
        var wanted = (Org, Period, Compare, Organisation.DataAsOf);
        if (_overview is null || _of != wanted || Organisation.SyncInProgress || Busy && Full)
        {
            var arrangement = await arrangements.GetAsync(Caller, Tenant, ct);
            var found = await overviews.GetAsync(Caller, Tenant, Period, Compare, ct);
            if (found.Problem is { Field: not null } wrong)
            {
                (_wrong, _overview) = (wrong, null);
                return null;
            }

            if (found.Problem is { } refused)
            {
                return refused;
            }

            (_overview, _wrong, _of) = (found.Value, null, wanted);
            _shown = _arranging || !arrangement.Succeeded ? _shown : arrangement.Value;
        }

        if (Full && !_watching)
        {
            _watching = true;
            _ = EveryAsync(Rhythm, clock, () => Full ? ReloadAsync() : Task.CompletedTask);
        }

        return null;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await browser.InvokeAsync<IJSObjectReference>("import", $"./js/overview.js?v={typeof(OverviewPage).Module.ModuleVersionId.ToString("N")[..8]}");
        }
    }

    // Other days: what was opened of the last ones closes.
    private void Change(IReadOnlyDictionary<string, object?> query) => ShowAs(new Dictionary<string, object?>(query) { ["explain"] = null, ["account"] = null, ["after"] = null });

    private string PanelLink(string? explain, Guid? account, string? after) =>
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["explain"] = explain, ["account"] = account, ["after"] = after });

    private string ExplainLink(string key) => PanelLink(key, null, null);

    private string DayLink(DateOnly day) => PanelLink($"day:{DateWords.Iso((DateOnly?)day)}", null, null);

    private string MonthLink(Month month) => PanelLink($"netProfit@{month}", null, null);

    private string AccountLink(Guid account) => PanelLink("netProfit", account, null);

    private string ContactLink(Guid contact) => PageLinks.Contact(Org, contact);

    private string ChangeLink(ChangeFact fact) => fact switch
    {
        { ContactId: { } contact } => ContactLink(contact),
        { Kind: ChangeKind.Margin } => ExplainLink("grossMargin"),
        { Kind: ChangeKind.Income } => ExplainLink("income"),
        { AccountId: { } account } => AccountLink(account),
        _ => ExplainLink("netProfit"),
    };

    private void StartArranging() => (_arranging, _arrangeProblem) = (!_arranging, null);

    private void Keep(OverviewArrangement? arrangement) => _shown = arrangement ?? OverviewArrangement.Usual;

    private void Arrange((string Key, string Act, string? Place) change) => _shown = change.Act switch
    {
        "earlier" => _shown.Move(change.Key, -1),
        "later" => _shown.Move(change.Key, 1),
        "to" => _shown.MoveTo(change.Key, change.Place!),
        _ => _shown.Remove(change.Key),
    };

    private async Task DoneArrangingAsync()
    {
        var saved = await arrangements.SaveAsync(Caller, Tenant, _shown, Leaving);
        (_arrangeProblem, _arranging) = (saved.Problem, saved.Problem is not null);
    }
}
