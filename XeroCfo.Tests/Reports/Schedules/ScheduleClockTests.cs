using System.Globalization;
using XeroCfo.Data.Reports.Schedules;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Schedules;
using XeroCfo.Domain.Tenants;
using XeroCfo.Web.Reports.Schedules;

namespace XeroCfo.Tests.Reports.Schedules;

/// <summary>When schedules fall due, and for which days.</summary>
public sealed class ScheduleClockTests
{
    private static readonly ScheduleClock Times = new(new CronCalendar());

    private static readonly XeroTenant Company = new() { XeroTenantId = "x", Name = "Tui", TimeZone = "NEWZEALANDSTANDARDTIME", FinancialYearEndDay = 31, FinancialYearEndMonth = 3 };

    [Theory]
    [InlineData(3, "07:00", "2026-11-20T00:00", "2026-12-02T18:00")] // 3 December, 07:00 at UTC+13
    [InlineData(3, "07:00", "2026-12-02T18:00", "2027-01-02T18:00")] // at the very time the next one
    [InlineData(28, "23:30", "2026-02-01T00:00", "2026-02-28T10:30")] // 28 days after January's end; 28 February
    [InlineData(1, "00:00", "2026-10-31T10:59", "2026-10-31T11:00")] // 1 November there, still October in UTC
    [InlineData(5, "02:30", "2026-04-01T00:00", "2026-04-04T13:30")] // a time that comes twice that night: the first
    [InlineData(27, "02:30", "2026-09-01T00:00", "2026-09-26T14:00")] // a time that night leaves out: once the clock has gone on
    public void Days_after_a_months_end_are_the_organisations(int days, string at, string after, string due)
    {
        var schedule = new ReportSchedule { Name = "x", Type = ReportTypes.CashFlow, Period = SchedulePeriods.LastMonth, Parameters = "{}", DaysAfterMonthEnd = days, AtMinute = (int)TimeOnly.Parse(at, CultureInfo.InvariantCulture).ToTimeSpan().TotalMinutes };

        Assert.Equal(Utc(due), Times.NextAfter(schedule, Company, Utc(after)));
    }

    [Theory]
    [InlineData("0 8 * * 1", "2026-11-20T00:00", "2026-11-22T19:00")] // Monday 08:00 there
    [InlineData("30 6 1 * *", "2026-11-20T00:00", "2026-11-30T17:30")]
    [InlineData("30 2 27 9 *", "2026-09-01T00:00", "2026-09-26T14:00")] // left out by the clock change
    public void Cron_is_read_by_the_organisations_clock(string cron, string after, string due) => Assert.Equal(
        Utc(due), Times.NextAfter(new ReportSchedule { Name = "x", Type = ReportTypes.CashFlow, Period = SchedulePeriods.LastMonth, Parameters = "{}", Cron = cron }, Company, Utc(after)));

    [Theory]
    [InlineData("0 8 * * 1", true)]
    [InlineData("0 * * * *", true)]
    [InlineData("* * * * *", false)]
    [InlineData("0,30 8 * * *", false)]
    [InlineData("0 0 30 2 *", false)]
    [InlineData("60 8 * * *", false)]
    [InlineData("every Monday", false)]
    [InlineData("", false)]
    public void Cron_that_is_none_never_comes_or_comes_more_than_hourly_is_refused(string cron, bool works) => Assert.Equal(works, Times.Fault(cron, Utc("2026-11-20T00:00")) is null);

    [Theory]
    [InlineData(SchedulePeriods.LastMonth, "2026-10-01", "2026-10-31")]
    [InlineData(SchedulePeriods.MonthToDate, "2026-11-01", "2026-11-20")]
    [InlineData(SchedulePeriods.LastQuarter, "2026-07-01", "2026-09-30")]
    [InlineData(SchedulePeriods.YearToDate, "2026-04-01", "2026-11-20")]
    [InlineData(SchedulePeriods.LastYear, "2025-04-01", "2026-03-31")]
    [InlineData(SchedulePeriods.TwelveMonths, "2025-11-01", "2026-10-31")]
    public void Periods_follow_the_organisations_year(string period, string first, string last)
    {
        var days = SchedulePeriods.Of(period, Company, new DateOnly(2026, 11, 20));

        Assert.Equal(new Days(Day(first), Day(last)), days);
        Assert.Equal(new ReportParameters { From = Day(first), To = Day(last), Compare = "lastYear" }, SchedulePeriods.Apply(ReportTypes.ProfitAndLoss, period, new ReportParameters { Compare = "lastYear" }, Company, new DateOnly(2026, 11, 20)));
        Assert.Equal(new ReportParameters { Date = Day(last) }, SchedulePeriods.Apply(ReportTypes.AgedReceivables, period, new ReportParameters(), Company, new DateOnly(2026, 11, 20)));
    }

    [Theory]
    [InlineData(SchedulePeriods.LastMonth, "2026-10-31", ReportWords.Month)]
    [InlineData(SchedulePeriods.MonthToDate, "2026-11-20", ReportWords.Month)]
    [InlineData(SchedulePeriods.LastQuarter, "2026-09-30", ReportWords.Quarter)]
    [InlineData(SchedulePeriods.YearToDate, "2026-11-20", ReportWords.Year)]
    [InlineData(SchedulePeriods.LastYear, "2026-03-31", ReportWords.Year)]
    public void Kpis_are_of_what_the_period_names_unless_an_interval_is_asked_for(string period, string last, string interval)
    {
        var day = new DateOnly(2026, 11, 20);

        Assert.Equal(new ReportParameters { Date = Day(last), Interval = interval }, SchedulePeriods.Apply(ReportTypes.KpiDashboard, period, new ReportParameters(), Company, day));
        Assert.Equal(ReportWords.Quarter, SchedulePeriods.Apply(ReportTypes.KpiDashboard, period, new ReportParameters { Interval = ReportWords.Quarter }, Company, day).Interval);
    }

    [Theory]
    [InlineData(ReportWords.Month, SchedulePeriods.LastMonth)]
    [InlineData(ReportWords.Quarter, SchedulePeriods.LastQuarter)]
    [InlineData(ReportWords.Year, SchedulePeriods.YearToDate)]
    public void A_schedule_begun_from_kpis_on_screen_is_of_the_same_kind_of_days(string interval, string period)
    {
        var draft = ScheduleDraft.Of(ReportTypes.KpiDashboard, new ReportParameters { Date = new DateOnly(2026, 11, 20), Interval = interval });

        Assert.Equal((period, new ReportParameters()), (draft.Period, draft.Parameters));
    }

    [Theory]
    [InlineData("0 7 * * *", "Every day at 07:00")]
    [InlineData("30 8 * * 1", "Every Monday at 08:30")]
    [InlineData("30 8 * * 7", "Every Sunday at 08:30")]
    [InlineData("30 8 1 * *", "Cron 30 8 1 * *")]
    [InlineData("99 8 * * *", "Cron 99 8 * * *")]
    public void A_form_reads_what_it_wrote(string cron, string words)
    {
        var schedule = new ReportSchedule { Name = "x", Type = ReportTypes.CashFlow, Period = SchedulePeriods.LastMonth, Parameters = "{}", Cron = cron };

        Assert.Equal(words, ScheduleWords.When(schedule));
        Assert.Equal(cron == "30 8 * * 7" ? "30 8 * * 0" : cron, ScheduleDraft.Of(schedule).ToInput().Cron);
    }

    private static DateTime Utc(string text) => DateTime.SpecifyKind(DateTime.Parse(text, CultureInfo.InvariantCulture), DateTimeKind.Utc);

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
