using System.Globalization;
using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Kpis.Custom;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Drill;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shared.Charts;

namespace XeroCfo.Web.Kpis;

/// <summary>One KPI: its months, what makes it, why it moved, its target.</summary>
public sealed partial class KpiPage(KpiService kpis, KpiExplainService explains, KpiDriverService drivers, CustomKpiService custom) : TenantPage
{
    private const int PageSize = 50;

    private KpiTrend? _trend;
    private KpiExplained? _explained;
    private KpiDrivers? _why;
    private MakeUpLines? _lines;
    private CustomKpi? _own;
    private Problem? _explainProblem;
    private MonthsChart? _spec;

    /// <summary>Of the KPI.</summary>
    [SupplyParameterFromQuery]
    public string? Key { get; set; }

    /// <summary>The last day that is opened, <c>yyyy-MM-dd</c>; none: today.</summary>
    [SupplyParameterFromQuery]
    public string? Date { get; set; }

    /// <summary>The month, quarter or year that holds the day, up to it; none: the month.</summary>
    [SupplyParameterFromQuery]
    public string? Period { get; set; }

    [SupplyParameterFromQuery]
    public Guid? Account { get; set; }

    [SupplyParameterFromQuery]
    public string? After { get; set; }

    [SupplyParameterFromQuery]
    public bool Edit { get; set; }

    private MoneyFormat Format => MoneyFormat.Of(Organisation?.CountryCode);

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        var trend = await kpis.TrendAsync(Caller, Tenant, Key ?? "", null, ct);
        if (trend.Problem is { } refused)
        {
            return refused;
        }

        (_trend, _lines) = (trend.Value, null);
        _spec = Spec(_trend);
        _own = _trend.Definition.IsOwn && await custom.ListAsync(Caller, Tenant, ct) is { Succeeded: true, Value: var all } ? all.FirstOrDefault(kpi => kpi.Key == Key) : null;
        DateOnly? day = DateOnly.TryParseExact(Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked) ? asked : null;
        var period = KpiPeriods.Names.Contains(Period) ? Period : null;
        var explained = await explains.ExplainAsync(Caller, Tenant, Key!, day, period, ct);
        (_explained, _explainProblem) = (explained.Succeeded ? explained.Value : null, explained.Problem);
        var why = await drivers.WhyAsync(Caller, Tenant, Key!, day, period, ct);
        _why = why.Succeeded ? why.Value : null;
        if (Account is { } account && _explained?.Find(account) is { Part.Lines: not null } part && Caller.May(Permissions.LedgerRead))
        {
            var lines = await explains.LinesAsync(Caller, Tenant, part, After, PageSize, ct);
            _lines = lines.Succeeded ? lines.Value : null;
        }

        return null;
    }

    private MonthsChart? Spec(KpiTrend trend)
    {
        if (trend.Points.Count(point => point.Value.Value is not null) < 2)
        {
            return null;
        }

        var values = new ChartSeries(trend.Definition.Name, [.. trend.Points.Select(point => point.Value.Value)]);
        return new MonthsChart
        {
            Label = $"{trend.Definition.Name} by month; the table below holds the figures",
            Labels = [.. trend.Points.Select(point => point.Month.Start.ToString("MMM yy", CultureInfo.InvariantCulture))],
            Titles = [.. trend.Points.Select(Name)],
            Line = values,
            All = [values],
            Hrefs = [.. trend.Points.Select(MonthLink)],
            Unit = trend.Definition.Unit == KpiUnit.Percent ? "percent" : "money",
            Decimals = trend.Definition.Unit is KpiUnit.Money or KpiUnit.Count ? 0 : trend.Definition.Unit == KpiUnit.Ratio ? 2 : 1,
            Level = trend.Target?.Target ?? trend.Target?.AlertLevel,
            LevelName = trend.Target?.Target is null ? "alert" : "target",
            Locale = Organisation!.CountryCode is { Length: 2 } country ? $"en-{country}" : "en",
        };
    }

    private static string Name(KpiPoint point) => point.Month.Start.ToString("MMM yyyy", CultureInfo.InvariantCulture) + (point.Complete ? "" : $", to {point.Days.Last.ToString("d MMM", CultureInfo.InvariantCulture)}");

    // "Quarter, 1 Jan 2026 – 31 Mar 2026".
    private static string PeriodWords(KpiExplained of) => $"{of.Interval switch { ReportWords.Quarter => "Quarter", ReportWords.Year => "Financial year", _ => "Month" }}, {ReportPeriods.Words(of.Days)}";

    private string MonthLink(KpiPoint point) => Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["date"] = DateWords.Iso((DateOnly?)point.Days.Last), ["period"] = null, ["account"] = null, ["after"] = null });

    private string AccountLink(Guid? account) => Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["account"] = account, ["after"] = null });
}
