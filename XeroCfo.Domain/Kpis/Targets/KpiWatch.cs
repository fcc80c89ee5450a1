using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Kpis.Targets;

/// <summary>
/// Looks after every sync whether a KPI crossed its level. Balances are judged today; what wants a whole month is judged by the last one, for
/// in the month in progress payroll and depreciation are not in yet.
/// </summary>
public sealed class KpiWatch(ITenantRepository tenants, KpiReading reading, KpiBook book, IKpiAlerts alerts, TimeProvider clock)
{
    /// <summary>The KPIs that crossed their level since the last look.</summary>
    public async Task<IReadOnlyList<KpiAlerted>> LookAsync(TenantId tenant, CancellationToken ct)
    {
        if (await tenants.FindAsync(tenant, ct) is not { BooksStart: { } start } organisation)
        {
            return [];
        }

        var (set, levels) = await book.WatchedAsync(tenant, ct);
        if (levels.Count == 0)
        {
            return [];
        }

        var today = organisation.Today(clock);
        var last = Month.Of(today).Previous.End;
        var now = new KpiPeriods(organisation, today, ReportWords.Month);
        var whole = last >= start ? new KpiPeriods(organisation, last, ReportWords.Month) : null;
        var books = await reading.ReadAsync(organisation, [.. new[] { whole, now }.OfType<KpiPeriods>()], ct);
        var (states, told) = (new Dictionary<string, AlertState>(StringComparer.Ordinal), new List<KpiAlerted>());
        foreach (var (definition, target) in levels)
        {
            if ((definition.IsBalance ? now : whole) is not { } days)
            {
                continue;
            }

            // A balance came back inside at a month's end whether or not anybody looked that very day.
            var alert = definition.IsBalance && whole is not null && IsBeyond(set, books, whole, definition, target) is false ? AlertRule.Judge(target.Alert, Month.Of(last), true, false).Next : target.Alert;
            var month = Month.Of(days.Now.Last);
            var (next, tell) = AlertRule.Judge(alert, month, days.Now.Last == month.End, IsBeyond(set, books, days, definition, target));
            if (next != target.Alert)
            {
                states[definition.Key] = next;
            }

            if (tell)
            {
                told.Add(new KpiAlerted(definition.Key, definition.Name, month));
            }
        }

        if (states.Count > 0)
        {
            await alerts.KeepAsync(tenant, states, told, ct);
        }

        return told;
    }

    private static bool? IsBeyond(KpiSet set, KpiBooks books, KpiPeriods days, KpiDefinition definition, KpiTarget target) =>
        set.Value(definition.Key, books, days).Value is { } known ? AlertRule.IsBeyond(known, target.AlertLevel!.Value, definition.Good) : null;
}
