using Bunit;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Schedules;
using XeroCfo.Domain.Tenants;
using XeroCfo.Web.Reports.Schedules;

namespace XeroCfo.Tests.Reports.Schedules;

/// <summary>What the form of a schedule offers.</summary>
public sealed class ScheduleFormTests : BunitContext
{
    [Fact]
    public void Kpis_are_offered_only_days_that_they_can_be_of()
    {
        var draft = new ScheduleDraft { Period = SchedulePeriods.TwelveMonths };
        var form = Render<ScheduleForm>(with => with.Add(p => p.Draft, draft).Add(p => p.Organisation, new XeroTenant { XeroTenantId = "x", Name = "Tui" }));
        Assert.Contains("12 months to the last one", Days(form));

        form.FindAll("select")[0].Change(ReportTypes.KpiDashboard);

        Assert.Equal(["Last month", "Month to date", "Last quarter", "Year to date", "Last financial year"], Days(form));
        Assert.Equal(SchedulePeriods.LastMonth, draft.Period);
    }

    [Fact]
    public void Other_days_of_kpis_let_go_of_the_interval_that_was_asked_for()
    {
        var draft = new ScheduleDraft { Type = ReportTypes.KpiDashboard, Parameters = new ReportParameters { Interval = ReportWords.Month } };
        var form = Render<ScheduleForm>(with => with.Add(p => p.Draft, draft).Add(p => p.Organisation, new XeroTenant { XeroTenantId = "x", Name = "Tui" }));

        form.FindAll("select")[1].Change(SchedulePeriods.LastQuarter);

        Assert.Equal((SchedulePeriods.LastQuarter, null), (draft.Period, draft.Parameters.Interval));
    }

    private static IEnumerable<string> Days(IRenderedComponent<ScheduleForm> form) => form.FindAll("select")[1].Children.Select(option => option.TextContent);
}
