using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Reports.Schedules;

/// <summary>Days that move with the day of the run, by the organisation's own calendar. Pure.</summary>
public static class SchedulePeriods
{
    public const string LastMonth = "last_month", MonthToDate = "month_to_date", LastQuarter = "last_quarter", YearToDate = "year_to_date", LastYear = "last_year", TwelveMonths = "twelve_months";

    public static readonly IReadOnlyList<string> All = [LastMonth, MonthToDate, LastQuarter, YearToDate, LastYear, TwelveMonths];

    /// <summary>Those that a kind of report may have: KPIs are of a month, a quarter or a financial year.</summary>
    public static IReadOnlyList<string> For(string type) => type == ReportTypes.KpiDashboard ? [.. All.Where(period => period != TwelveMonths)] : All;

    /// <summary>The days that a word stands for on a day.</summary>
    public static Days Of(string period, XeroTenant organisation, DateOnly day)
    {
        var (year, month) = (organisation.FinancialYear, Month.Of(day));
        switch (period)
        {
            case LastMonth:
                return Days.Of(month.Previous);
            case MonthToDate:
                return new Days(month.Start, day);
            case LastQuarter:
                return ReportPeriods.Around(ReportPeriods.Around(day, ReportWords.Quarter, year).Days.First.AddDays(-1), ReportWords.Quarter, year).Days;
            case YearToDate:
                return new Days(year.StartOf(day), day);
            case LastYear:
                var end = year.StartOf(day).AddDays(-1);
                return new Days(year.StartOf(end), end);
            default:
                return new Days(month.Add(-12).Start, month.Previous.End);
        }
    }

    /// <summary>The parameters with their days: a report at a day is of the last one. KPIs are of the period's own kind, unless an interval is asked for.</summary>
    public static ReportParameters Apply(string type, string period, ReportParameters asked, XeroTenant organisation, DateOnly day)
    {
        var days = Of(period, organisation, day);
        return type == ReportTypes.KpiDashboard ? asked with { Date = days.Last, Interval = asked.Interval is null or ReportWords.None ? IntervalOf(period) : asked.Interval }
            : ReportTypes.IsAtADay(type) ? asked with { Date = days.Last }
            : asked with { From = days.First, To = days.Last };
    }

    private static string IntervalOf(string period) => period switch
    {
        LastQuarter => ReportWords.Quarter,
        YearToDate or LastYear => ReportWords.Year,
        _ => ReportWords.Month,
    };
}
