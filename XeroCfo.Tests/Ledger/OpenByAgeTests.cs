using CsCheck;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger;

/// <summary>What the database sums of open documents is what they come to one by one, at any day of any books.</summary>
public sealed class OpenByAgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 20, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public Task Sums_by_age_are_those_of_the_documents() => CheckAsync(TestDatabaseKind.Sqlite, 4);

    [PostgresFact]
    public Task Sums_by_age_are_those_of_the_documents_on_PostgreSQL() => CheckAsync(TestDatabaseKind.Postgres, 2);

    [LongFact]
    public Task Sums_by_age_are_those_of_the_documents_of_very_many_books() => CheckAsync(TestDatabaseKind.Sqlite, 100);

    [BothDatabases]
    public async Task Credit_foreign_documents_and_a_rebuild_make_no_difference(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfDemoAsync(DateOnly.FromDateTime(Now.Date), new FixedClock(Now), kind);
        await books.SyncWellAsync();
        await CompareAsync(books, [1, 35, 200, 400]);

        Assert.True((await books.Get<SyncService>().RequestRebuildAsync(Caller.Command, books.Tenant, default)).Succeeded);
        await books.TakeUpAsync();
        await CompareAsync(books, [35]);
    }

    private static Task CheckAsync(TestDatabaseKind kind, int times) =>
        Gen.Select(RandomBooks.Events, RandomBooks.Events, Gen.Int[0, 460].Array[8]).SampleAsync(
            sample => ObeyAsync(kind, sample.Item1, sample.Item2, sample.Item3), iter: times, threads: 1, print: sample => string.Join(", ", sample.Item1.Concat(sample.Item2).Select(e => e.ToString())));

    private static async Task ObeyAsync(TestDatabaseKind kind, BookEvent[] first, BookEvent[] then, int[] offsets)
    {
        var random = new RandomBooks((31, 3));
        var paid = random.Books.Invoice(RandomBooks.Start.AddDays(30), "Customer 1", new FakeLine("200", 300m));
        random.Books.Payment(paid, RandomBooks.Start.AddDays(90), "090", 100m);
        random.Happen(first);
        var clock = new FixedClock(Now);
        await using var books = await SyncedBooks.OfAsync(random.Books, clock, kind);
        await books.SyncWellAsync();
        await CompareAsync(books, offsets);

        clock.Advance(TimeSpan.FromMinutes(10));
        random.Happen(then, clock.Now);
        await books.SyncWellAsync();
        await CompareAsync(books, offsets);
    }

    private static async Task CompareAsync(SyncedBooks books, int[] offsets)
    {
        await using (var db = books.Open())
        {
            var settled = (await db.Allocations.AsNoTracking().ToListAsync()).ToLookup(use => use.TargetXeroId, use => use.Amount);
            var rows = await db.Transactions.AsNoTracking().ToListAsync();
            Assert.Contains(rows, row => row.Settled > 0);
            Assert.All(rows, row => Assert.Equal(settled[row.XeroId].Sum(), row.Settled));
        }

        var items = books.Get<IOpenItemReader>();
        var today = DateOnly.FromDateTime(Now.Date);
        foreach (var day in offsets.Select(offset => today.AddDays(-offset)).Append(today))
        {
            foreach (var (isSale, fromDue) in new[] { (true, true), (false, true), (true, false) })
            {
                var ages = new OpenAges(fromDue, Ageing.MonthCuts(day, true));
                var plain = await items.AtAsync(books.Tenant, isSale, day, null, false, default);
                var (sums, others) = await items.ByAgeAsync(books.Tenant, isSale, day, ages, false, default);
                var summed = sums.Select(sum => (sum.ContactId, sum.Age, sum.BaseOpen)).Concat(others.Select(item => (item.Document.ContactId, AgeOf(item, ages), item.BaseOpen)));
                Assert.Equal(Shown(plain.Select(item => (item.Document.ContactId, AgeOf(item, ages), item.BaseOpen))), Shown(summed));
                Assert.All(sums, sum => Assert.False(string.IsNullOrEmpty(sum.ContactName)));
            }
        }
    }

    private static int AgeOf(OpenItem item, OpenAges ages) =>
        Ageing.Of(item.PaidOn ?? (item.Kind == OpenItemKind.Invoice && ages.FromDueDate ? item.Document.DueDate : null) ?? item.Document.Date, ages.Cuts);

    private static string Shown(IEnumerable<(Guid? Contact, int Age, decimal Open)> parts) => string.Join(
        '\n', parts.GroupBy(part => (part.Contact, part.Age)).Select(group => (group.Key, Open: group.Sum(part => part.Open))).Where(group => group.Open != 0)
            .OrderBy(group => group.Key.Contact).ThenBy(group => group.Key.Age).Select(group => $"{group.Key.Contact} {group.Key.Age} {group.Open:0.0000}"));
}
