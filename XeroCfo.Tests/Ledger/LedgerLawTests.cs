using CsCheck;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger;

/// <summary>What must hold for any books whatever.</summary>
public sealed class LedgerLawTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 20, 9, 30, 0, TimeSpan.Zero);
    private static readonly (int Day, int Month)[] YearEnds = [(31, 3), (30, 6), (31, 12), (5, 4), (28, 2)];

    [Fact]
    public Task Any_books_obey_the_laws() => CheckAsync(TestDatabaseKind.Sqlite, ObeyAsync, 4);

    [PostgresFact]
    public Task Any_books_obey_the_laws_on_PostgreSQL() => CheckAsync(TestDatabaseKind.Postgres, ObeyAsync, 1);

    [LongFact]
    public Task Very_many_books_obey_the_laws() => CheckAsync(TestDatabaseKind.Sqlite, ObeyAsync, 200);

    [Fact]
    public Task The_order_of_arrival_does_not_matter() => CheckAsync(TestDatabaseKind.Sqlite, ArriveInSlicesAsync, 3);

    [PostgresFact]
    public Task The_order_of_arrival_does_not_matter_on_PostgreSQL() => CheckAsync(TestDatabaseKind.Postgres, ArriveInSlicesAsync, 1);

    [LongFact]
    public Task The_order_of_very_many_arrivals_does_not_matter() => CheckAsync(TestDatabaseKind.Sqlite, ArriveInSlicesAsync, 100);

    private static Task CheckAsync(TestDatabaseKind kind, Func<TestDatabaseKind, BookEvent[], (int Day, int Month), Task> law, int times) =>
        Gen.Select(RandomBooks.Events, Gen.Int[0, YearEnds.Length - 1]).SampleAsync(
            async sample => await law(kind, sample.Item1, YearEnds[sample.Item2]),
            iter: times,
            threads: 1,
            print: sample => string.Join(", ", sample.Item1.Select(e => e.ToString())) + " " + YearEnds[sample.Item2]);

    private static async Task ObeyAsync(TestDatabaseKind kind, BookEvent[] events, (int Day, int Month) yearEnd)
    {
        var random = new RandomBooks(yearEnd);
        random.Happen(events);
        await using var books = await SyncedBooks.OfAsync(random.Books, new FixedClock(Now), kind);
        await books.SyncWellAsync();
        var organisation = await books.OrganisationAsync();
        var (start, today) = (organisation.BooksStart!.Value, organisation.Today(books.Clock));

        foreach (var month in Month.Range(Month.Of(start).Previous, Month.Of(today).Previous))
        {
            (await books.TrialBalanceAsync(month.End)).AssertGreen();
        }

        (await books.TrialBalanceAsync(today)).AssertGreen();
        for (var day = start; day <= today; day = day.AddDays(7))
        {
            (await books.TrialBalanceAsync(day)).AssertBalanced();
        }

        await AssertMonthsAddUpAsync(books, organisation.FinancialYear, start, today);
        await AssertSecondSyncChangesNothingAsync(books, full: false);
        await AssertSecondSyncChangesNothingAsync(books, full: true);
    }

    // Profit of a year is the movement of its income and expense, and what the next year finds in retained earnings.
    private static async Task AssertMonthsAddUpAsync(SyncedBooks books, FinancialYear year, DateOnly start, DateOnly today)
    {
        var ledger = books.Get<ILedgerReader>();
        var profitAndLoss = (await ledger.AccountsAsync(books.Tenant, default)).Where(account => account.IsProfitAndLoss).Select(account => account.AccountId).ToHashSet();
        for (var end = year.EndOf(start); end < today; end = year.EndOf(end.AddDays(1)))
        {
            var first = year.StartOf(end);
            var whole = await ProfitAsync(first, end);
            var parts = 0m;
            for (var from = first; from <= end; from = Month.Of(from).Next.Start)
            {
                parts += await ProfitAsync(from, Month.Of(from).End < end ? Month.Of(from).End : end);
            }

            Assert.Equal(whole, parts);
            var last = await books.TrialBalanceAsync(end);
            var next = await books.TrialBalanceAsync(end.AddDays(1));
            Assert.Equal(whole, last.Rows.Where(row => profitAndLoss.Contains(row.AccountId)).Sum(row => row.Balance));
            var firstDay = await ProfitAsync(end.AddDays(1), end.AddDays(1));
            Assert.Equal(firstDay, next.Rows.Where(row => profitAndLoss.Contains(row.AccountId)).Sum(row => row.Balance));
            var retained = await ledger.MovementsAsync(books.Tenant, end.AddDays(1), end.AddDays(1), default);
            var retainedId = last.Of("960").AccountId;
            Assert.Equal(last.Of("960").Balance + whole + retained.Where(movement => movement.AccountId == retainedId).Sum(movement => movement.Total), next.Of("960").Balance);
        }

        async Task<decimal> ProfitAsync(DateOnly from, DateOnly to) =>
            (await ledger.MovementsAsync(books.Tenant, from, to, default)).Where(movement => profitAndLoss.Contains(movement.AccountId)).Sum(movement => movement.Total);
    }

    private static async Task AssertSecondSyncChangesNothingAsync(SyncedBooks books, bool full)
    {
        var (content, version) = (await books.ContentAsync(), (await books.OrganisationAsync()).LedgerVersion);

        var run = await books.SyncWellAsync(full);

        Assert.Equal(content, await books.ContentAsync());
        Assert.Equal(version, (await books.OrganisationAsync()).LedgerVersion);
        Assert.Empty(run.MovedMonths);
    }

    private static async Task ArriveInSlicesAsync(TestDatabaseKind kind, BookEvent[] events, (int Day, int Month) yearEnd)
    {
        var clock = new FixedClock(Now);
        var growing = new RandomBooks(yearEnd);
        await using var sliced = await SyncedBooks.OfAsync(growing.Books, clock, kind);
        await sliced.SyncWellAsync();
        foreach (var slice in events.Chunk(Math.Max(1, events.Length / 3)))
        {
            // What only Xero knows of closed months is read again in full loads: a slice holds documents alone.
            clock.Advance(TimeSpan.FromMinutes(7));
            growing.Happen(slice.Where(e => e.What != 8), clock.Now);
            var before = await MovementsAsync(sliced);
            var run = await sliced.SyncWellAsync();
            await AssertMovedAsync(sliced, before, run.MovedMonths.Select(moved => moved.Month).ToHashSet(StringComparer.Ordinal));
        }

        var atOnce = new RandomBooks(yearEnd);
        atOnce.Happen(events.Where(e => e.What != 8));
        await using var whole = await SyncedBooks.OfAsync(atOnce.Books, new FixedClock(clock.Now), kind);
        await whole.SyncWellAsync(full: true);

        Assert.Equal(await whole.ContentAsync(), await sliced.ContentAsync());
        (await sliced.TrialBalanceAsync(new DateOnly(2026, 3, 31))).AssertGreen();
    }

    private static async Task<Dictionary<(DateOnly Month, Guid Account), decimal>> MovementsAsync(SyncedBooks books)
    {
        await using var db = books.Open();
        return (await db.AccountBalances.AsNoTracking().Where(row => row.Source == LineSources.Document && row.Movement != 0).ToListAsync())
            .ToDictionary(row => (row.Month, row.AccountId), row => row.Movement);
    }

    // Every past month that is not what it was is told, and only those.
    private static async Task AssertMovedAsync(SyncedBooks books, Dictionary<(DateOnly Month, Guid Account), decimal> before, HashSet<string> told)
    {
        var after = await MovementsAsync(books);
        var moved = before.Keys.Union(after.Keys)
            .Where(key => before.GetValueOrDefault(key) != after.GetValueOrDefault(key) && key.Month < new DateOnly(2026, 4, 1))
            .Select(key => Month.Of(key.Month).ToString()).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(moved, told.Order(StringComparer.Ordinal));
    }
}
