using System.Globalization;
using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Kpis.Overviews;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Drill;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Dashboard;

/// <summary>
/// Explains a figure of the overview: <c>key</c> of a KPI, <c>key@period</c> of other days than the page's, <c>day:yyyy-MM-dd</c> of the line of cash.
/// </summary>
public sealed partial class ExplainPanel(KpiExplainService kpis)
{
    private const int PageSize = 50, DebtorMonths = 3;

    private KpiExplained? _explained;
    private MakeUpLines? _lines;
    private Problem? _problem;
    private string? _tax;

    // What the account that is asked for is about: that it had nothing in these days, or why it does not open.
    private string? _remark;
    private (string, Guid?, string?, string?, string?)? _shown;
    private ElementReference _box;
    private bool _focus;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    [Parameter, EditorRequired]
    public XeroTenant Organisation { get; set; } = default!;

    /// <summary>The page's figures.</summary>
    [Parameter, EditorRequired]
    public Overview Overview { get; set; } = default!;

    [Parameter, EditorRequired]
    public string Explain { get; set; } = "";

    [Parameter]
    public Guid? Account { get; set; }

    [Parameter]
    public string? After { get; set; }

    /// <summary>The address of a figure, an account's lines, a page of them.</summary>
    [Parameter, EditorRequired]
    public Func<string?, Guid?, string?, string> LinkTo { get; set; } = default!;

    private string Key => Explain.Split('@')[0];

    private string Period => Explain.Split('@') is [_, var other] ? other : Overview.Days.Key;

    private DateOnly? Day => Explain.StartsWith("day:", StringComparison.Ordinal) && DateOnly.TryParseExact(Explain[4..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private string Title => Day is { } day ? $"Cash on {DateWords.Of(day)}"
        : _explained is { } shown ? $"{Overview.Tiles.FirstOrDefault(tile => tile.Key == Key)?.Name ?? shown.Kpi.Definition.Name}{(Period == Overview.Days.Key ? "" : $", {ReportPeriods.Words(shown.Days)}")}"
        : Overview.Tiles.FirstOrDefault(tile => tile.Key == Key)?.Name ?? "the figure";

    private string AgedLink => PageLinks.Report(Organisation.Id, Key == "receivables" ? ReportTypes.AgedReceivables : ReportTypes.AgedPayables, new ReportParameters { Date = Overview.Days.Now.Last });

    // The report counts all of the budget; of a month in progress it would be another figure.
    private string? BudgetLink => Overview is { Days: { Compare: OverviewCompare.Budget, IsOpen: false }, Budget: { } budget } && OverviewPlan.Planned.Contains(Key)
        ? PageLinks.Report(Organisation.Id, ReportTypes.BudgetVariance, new ReportParameters { From = Overview.Days.Now.First, To = Overview.Days.Now.Last, Compare = $"budget:{budget.Id:D}" })
        : null;

    protected override async Task OnParametersSetAsync()
    {
        var wanted = (Explain, Account, After, Overview.Days.Key, (string?)Overview.Days.Compare.ToString());
        if (_shown != wanted)
        {
            _focus = _shown is null;
            _shown = wanted;
            await LoadAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus)
        {
            _focus = false;
            await _box.FocusAsync(preventScroll: true);
        }
    }

    private async Task LoadAsync()
    {
        var tenant = new TenantId(Organisation.Id);
        (_problem, _lines, _tax, _remark) = (null, null, null, null);
        if (Day is { } day)
        {
            Keep(await kpis.DayAsync(Caller, tenant, day, After, PageSize, default));
            return;
        }

        if (Key == "taxDue")
        {
            _explained = null;
            _tax = TaxWords;
            return;
        }

        var compare = Overview.Days.Compare == OverviewCompare.Previous ? OverviewDays.CompareKey(OverviewCompare.Previous) : null;
        var explained = await kpis.ExplainAsync(Caller, tenant, Key, Period, compare, Key == "dso" ? DebtorMonths : null, default);
        (_explained, _problem) = (explained.Succeeded ? explained.Value : null, explained.Problem);
        if (_explained is { } known && Account is { } account)
        {
            await OpenAsync(tenant, known, account);
        }
    }

    // An account that moved the figure has lines in these days or in the ones before; a plan alone has none.
    private async Task OpenAsync(TenantId tenant, KpiExplained known, Guid account)
    {
        var gone = known.Find(account) is null ? known.Gone.FirstOrDefault(one => one.Part.AccountId == account) : null;
        if (gone is not null)
        {
            _remark = $"Nothing stands on {gone.Part.Label} in {ReportPeriods.Words(known.Days)}. Before, in {ReportPeriods.Words(known.Before!.Value)}, it was {MoneyFormat.Of(Organisation.CountryCode).Text(gone.Amount)}{(gone.Part.Lines is null ? "." : ":")}";
        }

        switch ((known.Find(account) ?? gone)?.Part)
        {
            case { Lines: not null }:
                Keep(await kpis.LinesAsync(Caller, tenant, known.Find(account) ?? gone!, After, PageSize, default));
                break;
            case { ClosedBecause: { } closed } part:
                _remark = $"{_remark ?? $"{part.Label}, {MoneyFormat.Of(Organisation.CountryCode).Text(part.Amount)}, does not open."} {closed}.";
                break;
            default:
                _remark = $"Nothing stands on {Overview.Walk?.Steps.FirstOrDefault(step => step.AccountId == account)?.Label ?? "this account"} in {ReportPeriods.Words(known.Days)}{(Overview.Days.Compare == OverviewCompare.Budget ? "; the budget plans it." : ".")}";
                break;
        }
    }

    private void Keep(Result<MakeUpLines> lines) => (_lines, _problem) = (lines.Succeeded ? lines.Value : null, lines.Problem);

    private string TaxWords => Overview.Tile("taxDue") is not { Value.Value: { } amount, Over: { } period } tile ? "There is no sales tax to pay." : string.Create(
        CultureInfo.InvariantCulture,
        $"The sales tax account stood at {MoneyFormat.Of(Organisation.CountryCode).Text(amount)} {Overview.Currency} on {DateWords.Of(tile.Beside == 1 ? period.Last : Overview.Days.Now.Last)}, for the return of {ReportPeriods.Words(period)}{(tile.Beside == 1 ? "" : " so far")}{(tile.Day is { } due ? $", due on {DateWords.Of(due)}" : "")}. Provisional and income tax are not in it.");

    private string LedgerLink(MakeUpLines lines) => PageLinks.Ledger(Organisation.Id, lines.Part.AccountId!.Value, lines.From, lines.Part.Lines!.To);
}
