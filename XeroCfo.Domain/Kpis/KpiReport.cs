using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Kpis;

/// <summary>The KPIs as a report: a row for each, with its value, the one before, its target and how it stands.</summary>
public sealed class KpiReport(KpiService kpis) : IReportBuilder
{
    public string Type => ReportTypes.KpiDashboard;

    public async Task<Result<ReportBody>> MakeAsync(Caller caller, ReportPlan plan, CancellationToken ct)
    {
        var sheet = await kpis.GetAsync(caller, new TenantId(plan.Organisation.Id), plan.Date, plan.Parameters.Interval, ct);
        return sheet.Problem is { } refused ? refused : Of(sheet.Value, plan);
    }

    /// <summary>The same out of KPIs that are made already. Pure.</summary>
    public static ReportBody Of(KpiSheet sheet, ReportPlan plan) => new(
        [
            new ReportColumn("value", "Value", sheet.Days.First, sheet.Days.Last, ReportColumnKind.Amount, sheet.Date < plan.Today),
            new ReportColumn("previous", $"{Word(sheet.Period)} before", null, null, ReportColumnKind.Amount),
            new ReportColumn("target", "Target", null, null, ReportColumnKind.Amount),
            new ReportColumn("status", "Status", null, null, ReportColumnKind.Text),
        ],
        [.. sheet.Items.Select(Row)],
        [],
        [
            .. from kpi in sheet.Items
               where kpi.Value.Value is null
               select new ReportNote("no-value", $"{kpi.Definition.Name} has no value: {kpi.Value.Reason}."),
            .. sheet.Items.SelectMany(kpi => kpi.Suggested).Distinct().ToList() is { Count: > 0 } tags
                ? new[] { new ReportNote("suggested-tags", $"KPIs lean on tags that are suggested from names and not confirmed yet: {string.Join(", ", tags)}.") }
                : [],
        ]);

    private static ReportRow Row(Kpi kpi) => new()
    {
        Key = $"kpi:{kpi.Definition.Key}",
        Label = kpi.Definition.Name,
        Kind = ReportRowKind.Line,
        Unit = kpi.Definition.Unit == KpiUnit.Money ? null : UnitOf(kpi.Definition.Unit),
        Values = [kpi.Value.Value, kpi.Previous.Value, kpi.Target?.Target, StatusWords(kpi.Status)],
        XeroOnly = [null, null, null, null],
    };

    private static string? StatusWords(KpiStatus? status) => status switch
    {
        KpiStatus.OnTarget => "on target",
        KpiStatus.OffTarget => "off target",
        KpiStatus.Alert => "alert",
        _ => null,
    };

    private static string UnitOf(KpiUnit unit) => unit switch
    {
        KpiUnit.Percent => ReportUnits.Percent,
        KpiUnit.Days => ReportUnits.Days,
        KpiUnit.Ratio => ReportUnits.Ratio,
        KpiUnit.Months => ReportUnits.Months,
        _ => ReportUnits.Count,
    };

    private static string Word(string period) => char.ToUpperInvariant(period[0]) + period[1..];
}
