using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Kpis.Overviews;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Tests.Kpis;

/// <summary>The overview's days, its walk, its lines and its arrangement.</summary>
public sealed class OverviewDaysTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    [Theory]
    [InlineData(null, null, "2026-11-01..2026-11-20", "2025-11-01..2025-11-20", "Nov 2026, to 20 Nov")]
    [InlineData("2026-11", "previous", "2026-11-01..2026-11-20", "2026-10-01..2026-10-20", "Nov 2026, to 20 Nov")]
    [InlineData("2026-10", "lastYear", "2026-10-01..2026-10-31", "2025-10-01..2025-10-31", "Oct 2026")]
    [InlineData("2026-02", "previous", "2026-02-01..2026-02-28", "2026-01-01..2026-01-31", "Feb 2026")]
    [InlineData("2027-Q3", "previous", "2026-10-01..2026-11-20", "2026-07-01..2026-08-20", "Oct–Dec 2026, to 20 Nov")]
    [InlineData("2027-Q2", "lastYear", "2026-07-01..2026-09-30", "2025-07-01..2025-09-30", "Jul–Sep 2026")]
    [InlineData("ytd", "lastYear", "2026-04-01..2026-11-20", "2025-04-01..2025-11-20", "Year to date, to 20 Nov")]
    [InlineData("2026-11-05..2026-11-18", "previous", "2026-11-05..2026-11-18", "2026-10-05..2026-10-18", "5 Nov – 18 Nov 2026")]
    [InlineData("2024-09", "lastYear", "2024-09-01..2024-09-30", null, "Sep 2024")]
    public void Days_stand_beside_days_of_their_like(string? period, string? compare, string now, string? before, string words)
    {
        var days = OverviewDays.Of(Organisation, Today, period, compare).Value;

        Assert.Equal((now, before, words), (Text(days.Now), days.Before is { } earlier ? Text(earlier) : null, days.Words));
    }

    [Theory]
    [InlineData("2026-13", null, "period")]
    [InlineData("2026-12", null, "period")]
    [InlineData("2024-08", null, "period")]
    [InlineData("2027-Q5", null, "period")]
    [InlineData("2026-11-18..2026-11-05", null, "period")]
    [InlineData("last week", null, "period")]
    [InlineData(null, "budgets", "compare")]
    [InlineData(null, "budget:first", "compare")]
    public void Days_that_are_none_are_refused_by_name(string? period, string? compare, string field) => Assert.Equal(field, OverviewDays.Of(Organisation, Today, period, compare).Problem?.Field);

    [Fact]
    public void One_steps_from_period_to_period_as_far_as_there_are_books()
    {
        Assert.Equal(("2026-10", null), (Of("2026-11").Step(1), Of("2026-11").Step(-1)));
        Assert.Equal(("2027-Q2", (string?)null), (Of("2027-Q3").Step(1), Of("2027-Q3").Step(-1)));
        Assert.Null(Of("2024-09").Step(1));
        Assert.Null(Of("ytd").Step(1));

        static OverviewDays Of(string period) => OverviewDays.Of(Organisation, Today, period, null).Value;
    }

    [Theory]
    [InlineData("2026-11-20", "TWOMONTHS", "2027-01-15", false)]
    [InlineData("2026-12-03", "TWOMONTHS", "2027-01-15", true)]
    [InlineData("2027-01-20", "TWOMONTHS", "2027-02-28", false)]
    [InlineData("2026-04-10", "TWOMONTHS", "2026-05-07", true)]
    [InlineData("2026-05-08", "TWOMONTHS", "2026-06-28", false)]
    [InlineData("2026-10-29", "MONTHLY", "2026-11-28", false)]
    public void Sales_tax_is_due_on_the_authoritys_day(string today, string period, string due, bool isOver)
    {
        var organisation = New("NZ");
        organisation.SalesTaxPeriod = period;

        var next = SalesTaxDates.Next(organisation, Day(today))!;

        Assert.Equal((Day(due), isOver), (next.Due, next.IsOver));
        Assert.Null(SalesTaxDates.DueOf("FR", new Month(2026, 10)));
        Assert.Equal(Day("2027-02-28"), SalesTaxDates.DueOf("AU", new Month(2026, 12)));
    }

    [Fact]
    public void The_walk_ends_where_it_should_and_puts_the_small_steps_together()
    {
        var accounts = Enumerable.Range(0, 12).Select(at => new Account { AccountId = Guid.NewGuid(), Code = $"{at}", Name = $"Account {at}", Type = at < 3 ? "REVENUE" : "EXPENSE", Class = at < 3 ? "REVENUE" : "EXPENSE" }).ToArray();
        var (before, now) = (Figures(accounts, at => at < 3 ? -100 * (at + 1) : 10), Figures(accounts, at => at < 3 ? -150 * (at + 1) : 10 + (at * at)));

        var walk = ProfitWalks.Between(before, now);

        Assert.Equal(walk.End, walk.Start + walk.Total);
        Assert.Equal(ProfitWalks.Most, walk.Steps.Count);
        Assert.Equal(("Other", null), (walk.Steps[^1].Label, walk.Steps[^1].AccountId));
        Assert.Equal(("Account 2", 150m), (walk.Steps[0].Label, walk.Steps[0].Effect));
        Assert.Empty(ProfitWalks.Between(now, now).Steps);
    }

    [Fact]
    public void The_line_of_cash_counts_every_day_and_what_is_to_come()
    {
        var past = CashLines.Past(100m, new Days(Day("2026-11-18"), Today), [new(Day("2026-11-19"), 5m), new(Day("2026-11-19"), 2m), new(Today, -7m)]);
        CashMarker[] flows = [new(Today.AddDays(1), -40m, "A", null, false), new(Today.AddDays(3), -80m, "B", null, false), new(Today.AddDays(9), 60m, "C", null, false), new(Today.AddDays(400), -1_000m, "Far", null, false)];
        var line = new CashLine(past, CashLines.Ahead(past[^1].Closing, Today, flows), CashLines.Markers([.. flows, new(Today.AddDays(5), -9m, "Tax", null, true)], Today), 50m);

        Assert.Equal([100m, 107m, 100m], past.Select(day => day.Closing));
        Assert.Equal(new CashDay(Today.AddDays(3), -20m), line.Lowest);
        Assert.Equal(40m, line.Ahead[^1].Closing);
        Assert.Equal(["A", "B", "Tax"], line.Markers.Select(mark => mark.Name));
    }

    [Fact]
    public void An_arrangement_is_kept_word_for_word_and_forgets_what_it_does_not_know()
    {
        var mine = OverviewArrangement.Usual.Move("dso", -6).Remove("walk").MoveTo("waiting", "changes");

        Assert.Equal("dso", mine.Tiles[0]);
        Assert.Equal(["cashLine", "waiting", "changes", "months", "owing", "customers"], mine.Cards);
        Assert.Equal(mine.ToString(), OverviewArrangement.Read(mine.ToString()).ToString());
        Assert.Equal(["cash"], OverviewArrangement.Read("tiles=cash,gone,cash&cards=nothing").Tiles);
        Assert.True(OverviewArrangement.Read("rubbish").IsUsual);
        Assert.False(mine.IsUsual);
        Assert.Equal("walk", mine.Add("walk").Cards[^1]);
        Assert.Same(mine, mine.Add("dso"));
    }

    private static XeroTenant Organisation => New("NZ");

    private static XeroTenant New(string country) => new() { XeroTenantId = "x", Name = "Tūī", BaseCurrency = "NZD", CountryCode = country, FinancialYearEndDay = 31, FinancialYearEndMonth = 3, BooksStart = new DateOnly(2024, 9, 1) };

    private static KpiFigures Figures(Account[] accounts, Func<int, decimal> amount)
    {
        var days = new Days(new DateOnly(2026, 10, 1), new DateOnly(2026, 10, 31));
        MovementPiece[] pieces = [new(null, days.First.AddDays(-1), new Dictionary<Guid, decimal>(), []), new(days.First, days.Last, accounts.Index().ToDictionary(one => one.Item.AccountId, one => amount(one.Index)), [])];
        var year = new FinancialYear(31, 3);
        return new KpiFigures(new StatementBooks(accounts, new BookMovements(year, pieces)), year, "NZD", days, null);
    }

    private static string Text(Days days) => $"{days.First:yyyy-MM-dd}..{days.Last:yyyy-MM-dd}";

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
