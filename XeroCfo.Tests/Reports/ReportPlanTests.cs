using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Tests.Reports;

/// <summary>Which days a report covers, what it is compared with, and what is refused where.</summary>
public sealed class ReportPlanTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    private readonly XeroTenant _organisation = new()
    {
        XeroTenantId = "x",
        Name = "Acme",
        BaseCurrency = "NZD",
        FinancialYearEndDay = 31,
        FinancialYearEndMonth = 3,
        BooksStart = new DateOnly(2025, 2, 1),
    };

    [Theory]
    [InlineData("2026-10-01", "2026-10-31", 1, "2026-09-01", "2026-09-30")]
    [InlineData("2026-03-01", "2026-03-31", 1, "2026-02-01", "2026-02-28")]
    [InlineData("2026-04-01", "2026-06-30", 1, "2026-01-01", "2026-03-31")]
    [InlineData("2026-04-01", "2026-06-30", 2, "2025-10-01", "2025-12-31")]
    [InlineData("2026-08-01", "2026-08-16", 1, "2026-07-01", "2026-07-16")]
    [InlineData("2026-08-05", "2026-08-16", 1, "2026-07-05", "2026-07-16")]
    [InlineData("2026-04-15", "2026-05-14", 1, "2026-03-16", "2026-04-14")]
    [InlineData("2026-03-30", "2026-03-31", 1, "2026-02-28", "2026-02-28")]
    public void Like_is_compared_with_like(string first, string last, int back, string expectedFirst, string expectedLast) =>
        Assert.Equal(Range(expectedFirst, expectedLast), ReportPeriods.Previous(Range(first, last), back, new FinancialYear(31, 3)));

    [Theory]
    [InlineData("2024-04-06", "2025-04-05", "2023-04-06", "2024-04-05")]
    [InlineData("2024-04-06", "2024-06-30", "2024-01-01", "2024-04-05")]
    public void A_year_or_quarter_that_turns_inside_a_month_is_compared_with_the_one_before(string first, string last, string expectedFirst, string expectedLast)
    {
        var year = new FinancialYear(5, 4);

        Assert.Equal(Range(expectedFirst, expectedLast), ReportPeriods.Previous(Range(first, last), 1, year));
        Assert.Equal(Range(first, last), ReportPeriods.Previous(Range(expectedFirst, expectedLast), -1, year));
    }

    [Theory]
    [InlineData("month", "2026-11-01", "2026-11-15", "2026-10-01", "2026-10-15")]
    [InlineData("quarter", "2026-10-01", "2026-11-15", "2026-07-01", "2026-08-15")]
    [InlineData("quarter", "2026-10-01", "2026-12-31", "2026-07-01", "2026-09-30")]
    [InlineData("year", "2026-04-01", "2026-11-15", "2025-04-01", "2025-11-15")]
    public void A_period_so_far_is_compared_with_as_much_of_the_one_before(string interval, string first, string last, string expectedFirst, string expectedLast) =>
        Assert.Equal(Range(expectedFirst, expectedLast), ReportPeriods.SoFarBefore(Range(first, last), interval, new FinancialYear(31, 3)));

    [Fact]
    public void Before_the_calendar_of_books_there_is_no_period() =>
        Assert.Null(ReportPeriods.Previous(new Days(new DateOnly(1900, 1, 1), new DateOnly(2026, 11, 20)), 24, new FinancialYear(31, 3)));

    [Theory]
    [InlineData("2028-02-01", "2028-02-29", "2027-02-01", "2027-02-28")]
    [InlineData("2027-02-01", "2027-02-28", "2026-02-01", "2026-02-28")]
    [InlineData("2029-02-01", "2029-02-28", "2028-02-01", "2028-02-29")]
    [InlineData("2028-02-10", "2028-02-29", "2027-02-10", "2027-02-28")]
    public void A_year_before(string first, string last, string expectedFirst, string expectedLast) =>
        Assert.Equal(Range(expectedFirst, expectedLast), ReportPeriods.LastYear(Range(first, last)));

    [Fact]
    public void Months_quarters_and_years_follow_the_financial_year()
    {
        Assert.Equal(["2026-04", "2026-05"], Keys("2026-04-01", "2026-05-31", "month"));
        Assert.Equal(["2026-Q4", "2027-Q1", "2027-Q2"], Keys("2026-03-01", "2026-07-31", "quarter"));
        Assert.Equal(["2026", "2027"], Keys("2026-03-01", "2026-07-31", "year"));
        var cut = Plan(ReportTypes.ProfitAndLoss, new ReportParameters { From = Day("2026-10-01"), To = Today, Interval = "month" }).Periods;
        Assert.Equal([true, false], cut.Select(period => period.Complete));
        Assert.Equal("Nov 2026, to 20 Nov", cut[1].Title);
    }

    [Theory]
    [InlineData("2026-04-05", "2026-01-01", "2026-04-05", "2026-Q4")]
    [InlineData("2026-04-06", "2026-04-06", "2026-06-30", "2027-Q1")]
    [InlineData("2026-07-01", "2026-07-01", "2026-09-30", "2027-Q2")]
    public void Quarters_of_a_year_that_ends_inside_a_month_turn_with_months(string day, string first, string last, string key)
    {
        var quarter = ReportPeriods.Around(Day(day), "quarter", new FinancialYear(5, 4));

        Assert.Equal((Range(first, last), key), (quarter.Days, quarter.Key));
    }

    [Fact]
    public void What_is_left_out_is_the_financial_year_so_far()
    {
        Assert.Equal(Range("2026-04-01", "2026-11-20"), Plan(ReportTypes.ProfitAndLoss, new ReportParameters()).Range);
        Assert.Equal(Today, Plan(ReportTypes.BalanceSheet, new ReportParameters()).Date);
        _organisation.BooksStart = new DateOnly(2026, 6, 10);
        Assert.Equal(Day("2026-04-01"), Plan(ReportTypes.ProfitAndLoss, new ReportParameters()).Range.First);
        Assert.Equal(Day("2026-06-10"), Plan(ReportTypes.CashFlow, new ReportParameters()).Range.First);
    }

    [Fact]
    public void The_opening_is_a_column_of_its_own_and_comparisons_before_it_are_empty()
    {
        var plan = Plan(ReportTypes.ProfitAndLoss, new ReportParameters { From = Day("2024-04-01"), To = Day("2025-03-31"), Interval = "month", Compare = "previous:2" });

        Assert.Equal(["opening", "2025-02", "2025-03"], plan.Periods.Select(period => period.Key));
        Assert.All(plan.Compared, period => Assert.Contains("begin 1 Feb 2025", period.EmptyBecause, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ReportTypes.ProfitAndLoss, "2025-01-01", "2025-03-31", "before-books-start", "from")]
    [InlineData(ReportTypes.ProfitAndLoss, "2024-04-01", "2024-12-31", "before-books-start", "from")]
    [InlineData(ReportTypes.CashFlow, "2024-04-01", "2025-03-31", "before-books-start", "from")]
    [InlineData(ReportTypes.ProfitAndLoss, "2026-05-01", "2026-04-01", "invalid-value", "from")]
    [InlineData(ReportTypes.ProfitAndLoss, "2026-05-01", "2026-11-21", "invalid-value", "to")]
    [InlineData(ReportTypes.BalanceSheet, null, "2026-05-01", "unknown-parameter", "to")]
    [InlineData(ReportTypes.AgedPayables, "2026-05-01", null, "unknown-parameter", "from")]
    [InlineData("KPI", null, null, "invalid-value", "type")]
    public void Days_that_cannot_be_are_refused_at_their_parameter(string type, string? from, string? to, string code, string field)
    {
        var problem = ReportPlan.Make(type, new ReportParameters { From = from is null ? null : Day(from), To = to is null ? null : Day(to) }, _organisation, Today).Problem!;

        Assert.Equal((code, field), (problem.Code, problem.Field));
    }

    [Theory]
    [InlineData("2025-01-30", "before-books-start")]
    [InlineData("2025-01-31", null)]
    [InlineData("2026-11-20", null)]
    [InlineData("2026-11-21", "invalid-value")]
    public void A_sheet_stands_from_the_opening_to_today(string date, string? code) =>
        Assert.Equal(code, ReportPlan.Make(ReportTypes.BalanceSheet, new ReportParameters { Date = Day(date) }, _organisation, Today).Problem?.Code);

    public static TheoryData<ReportParameters, string, string> Wrong => new()
    {
        { new ReportParameters { Interval = "week" }, "invalid-value", "interval" },
        { new ReportParameters { Compare = "previous:25" }, "invalid-value", "compare" },
        { new ReportParameters { Compare = "previous:0" }, "invalid-value", "compare" },
        { new ReportParameters { Compare = "budget:nonsense" }, "invalid-value", "compare" },
        { new ReportParameters { Basis = "cash" }, "cash-basis-unavailable", "basis" },
        { new ReportParameters { Basis = "tax" }, "invalid-value", "basis" },
        { new ReportParameters { AgeBy = "date" }, "unknown-parameter", "ageBy" },
        { new ReportParameters { Method = "direct" }, "unknown-parameter", "method" },
        { new ReportParameters { OverdraftsInLiabilities = true }, "unknown-parameter", "overdraftsInLiabilities" },
        { new ReportParameters { MaterialShare = 5m }, "invalid-value", "materialShare" },
        { new ReportParameters { MaterialAmount = -1m }, "invalid-value", "materialAmount" },
        { new ReportParameters { ManagementLines = true, Compare = "previous:25" }, "invalid-value", "compare" },
        { new ReportParameters { LayoutId = Guid.NewGuid() }, "unknown-parameter", "layoutId" },
        { new ReportParameters { TrackingOptionId = Guid.NewGuid() }, "invalid-value", "trackingCategoryId" },
        { new ReportParameters { TrackingCategoryId = Guid.NewGuid(), Interval = "month" }, "invalid-value", "trackingCategoryId" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_parameter_is_named(ReportParameters asked, string code, string field)
    {
        var problem = ReportPlan.Make(ReportTypes.ProfitAndLoss, asked, _organisation, Today).Problem!;

        Assert.Equal((code, field), (problem.Code, problem.Field));
    }

    [Theory]
    [InlineData("6x15days", true)]
    [InlineData("4x3months", true)]
    [InlineData("days", true)]
    [InlineData("weeks", false)]
    [InlineData("13x1days", false)]
    public void Buckets_are_usual_ones_or_periods(string buckets, bool taken) =>
        Assert.Equal(taken ? null : "buckets", ReportPlan.Make(ReportTypes.AgedPayables, new ReportParameters { Buckets = buckets }, _organisation, Today).Problem?.Field);

    private ReportPlan Plan(string type, ReportParameters asked) => ReportPlan.Make(type, asked, _organisation, Today).Value;

    private IEnumerable<string> Keys(string first, string last, string interval) =>
        Plan(ReportTypes.ProfitAndLoss, new ReportParameters { From = Day(first), To = Day(last), Interval = interval }).Periods.Select(period => period.Key);

    private static Days Range(string first, string last) => new(Day(first), Day(last));

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
