using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Ledger;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Pipeline;

/// <summary>Days, months and years go by between syncs.</summary>
public sealed class TimeTests
{
    private readonly SmallBooks _small = new();

    [BothDatabases]
    public async Task The_open_months_lines_move_with_each_day_and_give_way_to_the_month_end(TestDatabaseKind kind)
    {
        _small.Books.XeroOnly(new DateOnly(2026, 3, 18), "Pay run", ("477", 60m), ("803", -60m));
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, kind);

        await books.SyncWellAsync();
        Assert.Equal(["2026-03-20 477 60.00 xero_provisional", "2026-03-20 803 -60.00 xero_provisional"], await LinesSinceMarchAsync(books));
        (await books.TrialBalanceAsync(new DateOnly(2026, 3, 20))).AssertGreen();

        _small.Clock.Advance(TimeSpan.FromDays(1));
        await books.SyncWellAsync();
        Assert.Equal(["2026-03-21 477 60.00 xero_provisional", "2026-03-21 803 -60.00 xero_provisional"], await LinesSinceMarchAsync(books));

        _small.Clock.Advance(TimeSpan.FromDays(14));
        _small.Books.XeroOnly(new DateOnly(2026, 3, 28), "Pay run", ("477", 5m), ("803", -5m));
        await books.SyncWellAsync();
        Assert.Equal(["2026-03-31 477 65.00 xero_trial_balance", "2026-03-31 803 -65.00 xero_trial_balance"], await LinesSinceMarchAsync(books));
        (await books.TrialBalanceAsync(new DateOnly(2026, 3, 31))).AssertGreen();
        (await books.TrialBalanceAsync(new DateOnly(2026, 4, 4))).AssertGreen();
    }

    [Fact]
    public async Task A_month_end_that_was_read_on_its_own_day_is_read_again_when_it_is_over()
    {
        _small.Clock.Now = new DateTimeOffset(2026, 3, 31, 0, 0, 0, TimeSpan.Zero);
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        await books.SyncWellAsync();
        _small.Books.XeroOnly(new DateOnly(2026, 3, 31), "Pay run", ("477", 60m), ("803", -60m));
        _small.Clock.Advance(TimeSpan.FromDays(1));

        await books.SyncWellAsync();

        Assert.Equal(["2026-03-31 477 60.00 xero_trial_balance", "2026-03-31 803 -60.00 xero_trial_balance"], await LinesSinceMarchAsync(books));
    }

    [Fact]
    public async Task A_reading_of_a_day_that_was_not_over_is_not_held_against_that_day_later()
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        await books.SyncWellAsync();
        _small.Clock.Advance(TimeSpan.FromDays(1));
        _small.Books.Now = _small.Clock.Now;
        _small.Books.Spend(new DateOnly(2026, 3, 19), "090", "Shop", new FakeLine("429", 23m, "INPUT2"));

        await books.SyncWellAsync();

        Assert.Equal(CheckStatus.Unknown, (await books.TrialBalanceAsync(new DateOnly(2026, 3, 20))).TiesToXero);
        (await books.TrialBalanceAsync(new DateOnly(2026, 3, 21))).AssertGreen();
    }

    [Fact]
    public async Task After_a_document_of_the_past_Xero_is_read_at_its_month_and_today_and_the_months_between_are_inferred()
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        await books.SyncWellAsync();
        _small.Clock.Advance(TimeSpan.FromMinutes(10));
        _small.Books.Now = _small.Clock.Now;
        _small.Books.Bill(new DateOnly(2025, 11, 2), "Late supplier", new FakeLine("429", 77m, "INPUT2"));
        books.Xero.ForgetCalls();

        await books.SyncWellAsync();

        Assert.Equal(["2025-11-30", "2026-03-20"], Read(books));
        (await books.TrialBalanceAsync(new DateOnly(2025, 11, 30))).AssertGreen();
        (await books.TrialBalanceAsync(new DateOnly(2026, 2, 28))).AssertGreen();
    }

    [Fact]
    public async Task A_new_date_makes_Xero_be_read_again_from_the_earlier_of_both_months()
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        await books.SyncWellAsync();
        _small.Clock.Advance(TimeSpan.FromMinutes(10));
        _small.Books.Now = _small.Clock.Now;
        _small.Books.Edit(_small.Bills[11], bill => bill with { Date = new DateOnly(2026, 2, 3) }, new DateOnly(2026, 3, 20));
        books.Xero.ForgetCalls();

        var run = await books.SyncWellAsync();

        Assert.Equal("2025-12-31", Read(books)[0]);
        Assert.Equal(["2025-12", "2026-02"], run.MovedMonths.Select(moved => moved.Month).Distinct().Order(StringComparer.Ordinal));
        (await books.TrialBalanceAsync(new DateOnly(2025, 12, 31))).AssertGreen();
        (await books.TrialBalanceAsync(new DateOnly(2026, 1, 31))).AssertGreen();
        (await books.TrialBalanceAsync(new DateOnly(2026, 2, 28))).AssertGreen();
    }

    [Fact]
    public async Task When_nothing_changed_only_today_is_read()
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        await books.SyncWellAsync();
        books.Xero.ForgetCalls();

        await books.SyncWellAsync();

        Assert.Equal(["2026-03-20"], Read(books));
    }

    [BothDatabases]
    public async Task Documents_before_the_books_are_kept_but_not_posted_and_the_opening_holds_them(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, kind, historyFrom: new DateOnly(2025, 7, 1));

        await books.SyncWellAsync();

        var opening = new DateOnly(2025, 6, 30);
        Assert.Equal(new DateOnly(2025, 7, 1), (await books.OrganisationAsync()).BooksStart);
        var balance = await books.TrialBalanceAsync(opening);
        balance.AssertGreen();
        Assert.Equal((_small.Books.Balance("610", opening), 0m), (balance.Of("610").Opening, balance.Of("610").Documents));
        (await books.TrialBalanceAsync(new DateOnly(2025, 7, 31))).AssertGreen();
        (await books.TrialBalanceAsync(new DateOnly(2026, 3, 20))).AssertGreen();
        await using (var db = books.Open())
        {
            Assert.False(await db.LedgerLines.AnyAsync(line => line.Source == LineSources.Document && line.Date <= opening));
            Assert.True(await db.Transactions.AnyAsync(row => row.Date <= opening && row.Type == TransactionTypes.Invoice));
            Assert.True(await db.Allocations.AnyAsync(row => row.EffectiveDate <= opening));
        }

        // A change before the books is in the opening after the next sync.
        _small.Change();
        await books.SyncWellAsync();
        (await books.TrialBalanceAsync(opening)).AssertGreen();
        (await books.TrialBalanceAsync(new DateOnly(2025, 7, 31))).AssertGreen();
        Assert.Equal(_small.Books.Balance("610", opening), (await books.TrialBalanceAsync(opening)).Of("610").Opening);
    }

    [BothDatabases]
    public async Task A_year_that_ends_on_5_April_cuts_that_month_into_two_pieces(TestDatabaseKind kind)
    {
        var xero = YearEnding(5, 4);
        xero.Receive(new DateOnly(2025, 3, 10), "090", "Anna", new FakeLine("200", 100m));
        xero.Receive(new DateOnly(2025, 4, 5), "090", "Ben", new FakeLine("200", 20m));
        xero.Receive(new DateOnly(2025, 4, 6), "090", "Cleo", new FakeLine("200", 3m));
        xero.XeroOnly(new DateOnly(2025, 4, 4), "Pay run", ("477", 30m), ("803", -30m));
        xero.XeroOnly(new DateOnly(2025, 4, 25), "Pay run", ("477", 40m), ("803", -40m));
        await using var books = await SyncedBooks.OfAsync(xero, new FixedClock(new DateTimeOffset(2025, 5, 10, 0, 0, 0, TimeSpan.Zero)), kind);

        await books.SyncWellAsync();

        foreach (var day in new[] { new DateOnly(2025, 3, 31), new DateOnly(2025, 4, 5), new DateOnly(2025, 4, 30), new DateOnly(2025, 5, 10) })
        {
            (await books.TrialBalanceAsync(day)).AssertGreen();
        }

        var (last, first, end) = (await books.TrialBalanceAsync(new DateOnly(2025, 4, 5)), await books.TrialBalanceAsync(new DateOnly(2025, 4, 6)), await books.TrialBalanceAsync(new DateOnly(2025, 4, 30)));
        Assert.Equal((-120m, 30m), (last.Of("200").Balance, last.Of("477").ExpectedXeroOnly));
        Assert.Equal((-3m, 0m, -90m), (first.Of("200").Balance, first.Of("477").Balance, first.Of("960").Balance));
        Assert.Equal((-3m, 40m, -90m, 30m), (end.Of("200").Balance, end.Of("477").ExpectedXeroOnly, end.Of("960").Balance, end.Of("960").ExpectedXeroOnly));
    }

    [Theory]
    [InlineData(29)]
    [InlineData(31)]
    public async Task A_year_that_ends_with_February_ends_on_the_29th_in_a_leap_year(int endDay)
    {
        var xero = YearEnding(endDay, 2);
        xero.Receive(new DateOnly(2023, 2, 28), "090", "Anna", new FakeLine("200", 7m));
        xero.Receive(new DateOnly(2024, 2, 29), "090", "Ben", new FakeLine("200", 100m));
        xero.Receive(new DateOnly(2024, 3, 1), "090", "Cleo", new FakeLine("200", 3m));
        await using var books = await SyncedBooks.OfAsync(xero, new FixedClock(new DateTimeOffset(2024, 4, 10, 0, 0, 0, TimeSpan.Zero)));

        await books.SyncWellAsync();

        var (leap, march) = (await books.TrialBalanceAsync(new DateOnly(2024, 2, 29)), await books.TrialBalanceAsync(new DateOnly(2024, 3, 31)));
        leap.AssertGreen();
        march.AssertGreen();
        (await books.TrialBalanceAsync(new DateOnly(2023, 2, 28))).AssertGreen();
        Assert.Equal((-100m, -7m), (leap.Of("200").Balance, leap.Of("960").Balance));
        Assert.Equal((-3m, -107m), (march.Of("200").Balance, march.Of("960").Balance));
    }

    [BothDatabases]
    public async Task A_changed_financial_year_is_read_anew_and_its_old_cut_goes(TestDatabaseKind kind)
    {
        var xero = YearEnding(5, 4);
        xero.Receive(new DateOnly(2025, 3, 10), "090", "Anna", new FakeLine("200", 100m));
        xero.Receive(new DateOnly(2025, 4, 20), "090", "Ben", new FakeLine("200", 20m));
        xero.XeroOnly(new DateOnly(2025, 4, 4), "Pay run", ("477", 30m), ("803", -30m));
        await using var books = await SyncedBooks.OfAsync(xero, new FixedClock(new DateTimeOffset(2025, 8, 10, 0, 0, 0, TimeSpan.Zero)), kind);
        await books.SyncWellAsync();
        Assert.Equal(-20m, (await books.TrialBalanceAsync(new DateOnly(2025, 4, 30))).Of("200").Balance);

        foreach (var (day, month, sales) in new[] { (30, 6, -120m), (31, 12, -120m), (31, 3, -20m) })
        {
            xero.Organisation.Settings = xero.Organisation.Settings with { FinancialYearEndDay = day, FinancialYearEndMonth = month };
            await books.SyncWellAsync();

            foreach (var end in new[] { new DateOnly(2025, 2, 28), new DateOnly(2025, 3, 31), new DateOnly(2025, 4, 30), new DateOnly(2025, 6, 30), new DateOnly(2025, 7, 31), new DateOnly(2025, 8, 10) })
            {
                (await books.TrialBalanceAsync(end)).AssertGreen();
            }

            Assert.Equal(sales, (await books.TrialBalanceAsync(new DateOnly(2025, 4, 30))).Of("200").Balance);
            await using var db = books.Open();
            Assert.False(await db.LedgerLines.AnyAsync(line => line.Source == LineSources.XeroTrialBalance && line.Date == new DateOnly(2025, 4, 5)));
            Assert.False(await db.XeroTrialBalances.AnyAsync(row => row.Date == new DateOnly(2025, 4, 5)));
        }
    }

    [Fact]
    public async Task A_document_of_tomorrow_is_outside_today_and_in_its_month()
    {
        _small.Books.Now = _small.Clock.Now.AddDays(-1);
        _small.Books.Receive(new DateOnly(2026, 3, 25), "090", "Early", new FakeLine("200", 11m));
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock);

        await books.SyncWellAsync();

        (await books.TrialBalanceAsync(new DateOnly(2026, 3, 20))).AssertGreen();
        Assert.Equal(-11m, (await books.TrialBalanceAsync(new DateOnly(2026, 3, 31))).Of("200").Documents - (await books.TrialBalanceAsync(new DateOnly(2026, 3, 20))).Of("200").Documents);
    }

    private static FakeBooks YearEnding(int day, int month) => FakeBooks.WithUsualAccounts(
        new FakeOrganisationSettings(DemoIds.For(3, "tenant", "year"), "Year Limited") { FinancialYearEndDay = day, FinancialYearEndMonth = month });

    private static List<string> Read(SyncedBooks books) =>
        [.. books.Xero.Calls.Where(call => call.Request.Endpoint == "Reports/TrialBalance").Select(call => call.Request.Asked("date")!).Order(StringComparer.Ordinal)];

    private async Task<List<string>> LinesSinceMarchAsync(SyncedBooks books)
    {
        await using var db = books.Open();
        var lines = await db.LedgerLines.AsNoTracking().Where(line => line.Source != LineSources.Document && line.Date > new DateOnly(2026, 2, 28)).ToListAsync();
        return [.. lines.Select(line => $"{line.Date:yyyy-MM-dd} {(line.AccountId == _small.Books.IdOf("477") ? "477" : "803")} {line.Amount:0.00} {line.Source}").Order(StringComparer.Ordinal)];
    }
}
