using XeroCfo.Domain.Kpis.Targets;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Kpis;

/// <summary>A KPI in a month.</summary>
/// <param name="Month">The month.</param>
/// <param name="Days">Its days as far as they count.</param>
/// <param name="Value">The value, or why there is none.</param>
/// <param name="Complete">The month is over: payroll, depreciation and revaluations are in.</param>
public sealed record KpiPoint(Month Month, Days Days, KpiValue Value, bool Complete);

/// <summary>A KPI month by month, the oldest first.</summary>
public sealed record KpiTrend(KpiDefinition Definition, string Currency, IReadOnlyList<KpiPoint> Points, bool SyncInProgress)
{
    /// <summary>How many months are told.</summary>
    public const int Length = 24;

    public KpiTarget? Target { get; init; }

    /// <summary>The months up to a day, each whole but for the last; those before the books are left out.</summary>
    internal static IReadOnlyList<KpiPeriods> Months(XeroTenant organisation, DateOnly day, int length = Length) =>
    [
        .. Month.Range(Month.Of(day).Add(1 - length), Month.Of(day))
            .Where(month => organisation.BooksStart is not { } start || month.End >= start)
            .Select(month => new KpiPeriods(organisation, month.End < day ? month.End : day, ReportWords.Month)),
    ];
}

/// <summary>What KPIs refuse.</summary>
public static class KpiProblems
{
    public static Problem Unknown { get; } = Problem.NotFound("kpi-not-found", "There is no such KPI in this organisation.");
}
