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
        await TagAsync(books);
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
                foreach (var hide in new[] { false, true })
                {
                    var plain = await items.AtAsync(books.Tenant, isSale, day, null, hide, default);
                    var (sums, others) = await items.ByAgeAsync(books.Tenant, isSale, day, ages, hide, default);
                    var dues = await items.DuesAsync(books.Tenant, isSale, day, hide, default);
                    Assert.Equal(Shown(plain.Select(item => Part(item, ages))), Shown(sums.Select(sum => (Who(sum.ContactId, false), sum.ContactName, sum.Age, sum.BaseOpen)).Concat(others.Select(item => Part(item, ages)))));
                    Assert.Equal(plain.Where(item => !item.Document.PayrollHidden).Select(OpenDue.Of).Select(Text).Order(), dues.Select(Text).Order());
                    Assert.True(hide || !plain.Any(item => item.Document.PayrollHidden));
                }
            }
        }
    }

    private static string Text(OpenDue due) => $"{due.ContactId} {due.Due:O} {due.IsInvoice} {due.BaseOpen:0.0000}";

    // Bills and invoices with a line on this account are pay from now on.
    private static async Task TagAsync(SyncedBooks books)
    {
        await using var db = books.Open();
        Assert.Equal(1, await db.Accounts.Where(account => account.Code == "429").ExecuteUpdateAsync(set => set.SetProperty(account => account.Tag, AccountTags.Payroll)));
    }

    private static (string Who, string? Name, int Age, decimal Open) Part(OpenItem item, OpenAges ages) =>
        (Who(item.Document.ContactId, item.Document.PayrollHidden), item.Document.ContactName, AgeOf(item, ages), item.BaseOpen);

    private static string Who(Guid? contact, bool hidden) => hidden ? "hidden" : contact?.ToString() ?? "none";

    private static int AgeOf(OpenItem item, OpenAges ages) =>
        Ageing.Of(item.PaidOn ?? (item.Kind == OpenItemKind.Invoice && ages.FromDueDate ? item.Document.DueDate : null) ?? item.Document.Date, ages.Cuts);

    // Who has something open is named, also where it comes to nothing.
    private static string Shown(IEnumerable<(string Who, string? Name, int Age, decimal Open)> parts)
    {
        var all = parts.ToList();
        return string.Join('\n', all.Select(part => $"{part.Who} {part.Name}").Distinct().Order().Concat(all.GroupBy(part => (part.Who, part.Age))
            .Select(group => (group.Key, Open: group.Sum(part => part.Open))).Where(group => group.Open != 0)
            .OrderBy(group => group.Key.Who).ThenBy(group => group.Key.Age).Select(group => $"{group.Key.Who} {group.Key.Age} {group.Open:0.0000}")));
    }
}
