using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;
using XeroCfo.Web.Reports.View;
using XeroCfo.Web.Shared;

namespace XeroCfo.Tests.Reports;

/// <summary>The line of each row: over the report's own periods, else over the months before its last day.</summary>
public sealed class ReportTrendTests
{
    private static readonly XeroTenant Company = new() { XeroTenantId = "x", Name = "Company", BooksStart = new DateOnly(2025, 3, 1) };

    [Fact]
    public void Three_periods_or_more_are_drawn_and_told_in_words()
    {
        var report = Months(10, 20, 5);

        var trend = ReportTrend.Of(report)!;

        Assert.Equal([10m, 20m, 5m], trend.Of(report.Rows[0]).Select(value => value!.Value));
        Assert.Equal("Jan 2026 – Mar 2026: from 10 to 5; lowest 5 in Mar 2026, highest 20 in Feb 2026", trend.Words(report.Rows[0], MoneyFormat.Neutral));
        Assert.Empty(trend.Of(report.Rows[0] with { Key = "other" }));
        Assert.True(trend.IsOpen);
    }

    [Fact]
    public void A_report_of_fewer_asks_for_a_year_of_months_as_far_as_the_books_reach()
    {
        var report = Months(10, 20);

        Assert.Null(ReportTrend.Of(report));
        var (type, asked) = ReportTrend.Longer(report with { To = new DateOnly(2026, 10, 31) }, Company)!.Value;
        Assert.Equal((ReportTypes.ProfitAndLoss, new DateOnly(2025, 11, 1), new DateOnly(2026, 10, 31), "month"), (type, asked.From, asked.To, asked.Interval));
        Assert.Equal(new DateOnly(2025, 3, 1), ReportTrend.Longer(report with { To = new DateOnly(2025, 6, 30) }, Company)!.Value.Asked.From);
        Assert.Equal(new DateOnly(2025, 6, 30), ReportTrend.Longer(report with { Type = ReportTypes.BalanceSheet, To = new DateOnly(2025, 6, 30) }, Company)!.Value.Asked.Date);
        Assert.Null(ReportTrend.Longer(report with { To = new DateOnly(2025, 3, 31) }, Company));
        Assert.Null(ReportTrend.Longer(report with { Type = ReportTypes.AgedPayables }, Company));
    }

    private static ReportDocument Months(params decimal[] amounts) => new()
    {
        Type = ReportTypes.ProfitAndLoss,
        Title = "Profit and loss",
        Organisation = "Company",
        Currency = "NZD",
        Basis = "accrual",
        From = new DateOnly(2026, 1, 1),
        To = new DateOnly(2026, 1, 1).AddMonths(amounts.Length).AddDays(-1),
        GeneratedAt = default,
        LedgerVersion = 1,
        SyncInProgress = false,
        Parameters = new ReportParameters { Interval = "month" },
        Checks = [],
        Notes = [],
        Columns =
        [
            .. amounts.Select((_, at) => new DateOnly(2026, 1, 1).AddMonths(at)).Select(first => new ReportColumn($"{first:yyyy-MM}", $"{first:MMM}", first, first.AddMonths(1).AddDays(-1), ReportColumnKind.Amount, first.Month < amounts.Length)),
            new ReportColumn("total", "Total", null, null, ReportColumnKind.Amount),
        ],
        Rows = [new ReportRow { Key = "income", Label = "Total income", Kind = ReportRowKind.Subtotal, Values = [.. amounts.Append(amounts.Sum()).Select(amount => (ReportValue)amount)] }],
    };
}
