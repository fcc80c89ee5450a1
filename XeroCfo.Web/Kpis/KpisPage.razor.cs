using System.Globalization;
using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Kpis.Custom;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Kpis;

/// <summary>Every KPI of a month, quarter or year up to a day.</summary>
public sealed partial class KpisPage(KpiService kpis, TimeProvider clock) : TenantPage
{
    private static readonly (string Word, string Text)[] Periods = [(ReportWords.Month, "Month"), (ReportWords.Quarter, "Quarter"), (ReportWords.Year, "Year")];

    private KpiSheet? _sheet;
    private Problem? _wrong;
    private DateOnly _today;

    [SupplyParameterFromQuery]
    public string? Date { get; set; }

    [SupplyParameterFromQuery]
    public string? Period { get; set; }

    /// <summary>The form of a new one is open.</summary>
    [SupplyParameterFromQuery]
    public bool New { get; set; }

    private MoneyFormat Format => MoneyFormat.Of(Organisation?.CountryCode);

    private string FormLink => Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["new"] = New ? null : true });

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        _today = Organisation!.Today(clock);
        DateOnly? day = DateOnly.TryParseExact(Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked) ? asked : null;
        var found = await kpis.GetAsync(Caller, Tenant, day, Array.Exists(Periods, period => period.Word == Period) ? Period : null, ct);
        _sheet = found.Succeeded ? found.Value : null;
        _wrong = found.Problem is { Field: not null } ? found.Problem : null;
        return _wrong is null ? found.Problem : null;
    }

    private string Shown(decimal value, Kpi kpi) => KpiFormat.Text(value, kpi.Definition.Unit, Format);

    private void Saved(CustomKpi kpi) => Navigation.NavigateTo(PageLinks.Kpi(Org, kpi.Key));
}
