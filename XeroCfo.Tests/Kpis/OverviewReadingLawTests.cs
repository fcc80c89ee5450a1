using CsCheck;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Kpis.Overviews;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Kpis;

/// <summary>What the overview reads in few walks is what one finds document by document and line by line, in any books, on any day.</summary>
public sealed class OverviewReadingLawTests
{
    private static readonly DateTimeOffset Now = new(2026, 2, 12, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public Task The_overview_reads_what_plain_reading_finds() => CheckAsync(TestDatabaseKind.Sqlite, 3);

    [PostgresFact]
    public Task The_overview_reads_what_plain_reading_finds_on_PostgreSQL() => CheckAsync(TestDatabaseKind.Postgres, 2);

    [LongFact]
    public Task The_overview_reads_what_plain_reading_finds_in_very_many_books() => CheckAsync(TestDatabaseKind.Sqlite, 100);

    private static Task CheckAsync(TestDatabaseKind kind, int times) => Gen.Select(RandomBooks.Events, Gen.Int[0, 420].Array[3]).SampleAsync(
        sample => ObeyAsync(kind, sample.Item1, sample.Item2),
        iter: times,
        threads: 1,
        print: sample => string.Join(", ", sample.Item1.Select(e => e.ToString())) + " / " + string.Join(' ', sample.Item2));

    private static async Task ObeyAsync(TestDatabaseKind kind, BookEvent[] events, int[] offsets)
    {
        var random = new RandomBooks((31, 3));
        random.Happen(events);

        // Whatever chance says, somebody owes, pays late and in parts, and is owed.
        var sold = random.Books.Invoice(RandomBooks.Start.AddDays(300), "Customer 1", new FakeLine("200", 500m));
        random.Books.Invoice(RandomBooks.Start.AddDays(390), "Customer 2", new FakeLine("200", 70m));
        random.Books.Payment(sold, RandomBooks.Start.AddDays(360), "090", 120m);
        await using var books = await SyncedBooks.OfAsync(random.Books, new FixedClock(Now), kind);
        await books.SyncWellAsync();
        var organisation = await books.OrganisationAsync();
        var today = organisation.Today(books.Clock);
        foreach (var day in offsets.Select(offset => RandomBooks.Start.AddDays(offset)).Where(day => day < today).Append(today))
        {
            await OpenIsTheSameAsync(books, day, true);
            await OpenIsTheSameAsync(books, day, false);
            await CustomersAreTheSameAsync(books, new Days(day.AddDays(-offsets[0]), day));
            await LatenessIsTheSameAsync(books, day);
        }

        await TheLineAheadIsTheSameAsync(books, organisation, today);
    }

    private static async Task OpenIsTheSameAsync(SyncedBooks books, DateOnly day, bool isSale)
    {
        var items = books.Get<IOpenItemReader>();
        var plain = await items.AtAsync(books.Tenant, isSale, day, null, false, default);

        Assert.Equal(Sorted(plain.Select(OpenDue.Of).Where(due => due.BaseOpen != 0)), Sorted((await items.DuesAsync(books.Tenant, isSale, day, false, default)).Where(due => due.BaseOpen != 0)));
        await using var db = books.Open();
        var ids = await db.Transactions.Where(row => row.TenantId == books.Tenant.Value).Select(row => row.XeroId).ToListAsync();
        Assert.Equal(
            plain.Where(item => item.Kind == OpenItemKind.Invoice).Select(item => (item.Document.XeroId, item.Open, item.BaseOpen)).Order(),
            (await items.InvoicesAsync(books.Tenant, isSale, ids, day, false, default)).Select(item => (item.Document.XeroId, item.Open, item.BaseOpen)).Order());
        Assert.Empty(await items.InvoicesAsync(books.Tenant, isSale, [Guid.NewGuid()], day, false, default));
    }

    private static async Task CustomersAreTheSameAsync(SyncedBooks books, Days days)
    {
        await using var db = books.Open();
        var (reader, accounts) = (books.Get<IKpiReader>(), (await books.Get<ILedgerReader>().AccountsAsync(books.Tenant, default)).Where(account => account.IsProfitAndLoss).Select(account => account.AccountId).ToList());
        var lines = await db.LedgerLines.Where(line => line.TenantId == books.Tenant.Value && line.ContactId != null && line.Source == LineSources.Document && accounts.Contains(line.AccountId) && line.Date >= days.First && line.Date <= days.Last).ToListAsync();
        var plain = lines.GroupBy(line => (Contact: line.ContactId!.Value, Month: Month.Of(line.Date).Start)).ToDictionary(group => group.Key, group => group.Sum(line => line.Amount));
        var some = plain.Keys.Select(key => key.Contact).Distinct().Order().Take(2).ToList();

        Assert.Equal(Kept(plain), Kept(Read(await reader.ByContactAndMonthAsync(books.Tenant, days, accounts, null, default))));
        Assert.Equal(Kept(plain.Where(sum => some.Contains(sum.Key.Contact))), Kept(Read(await reader.ByContactAndMonthAsync(books.Tenant, days, accounts, some, default))));
        Assert.Equal(
            lines.GroupBy(line => line.ContactId).Select(group => group.Sum(line => line.Amount)).Where(amount => amount != 0).Order(),
            (await reader.ByContactAsync(books.Tenant, days, accounts, default)).Where(amount => amount != 0).Order());

        static Dictionary<(Guid, DateOnly), decimal> Read(IReadOnlyList<ContactMonth> read) => read.ToDictionary(sum => (sum.ContactId, sum.Month), sum => sum.Amount);

        static IEnumerable<KeyValuePair<(Guid, DateOnly), decimal>> Kept(IEnumerable<KeyValuePair<(Guid Contact, DateOnly Month), decimal>> sums) =>
            sums.Where(sum => sum.Value != 0).Select(sum => KeyValuePair.Create((sum.Key.Contact, sum.Key.Month), sum.Value)).OrderBy(sum => sum.Key);
    }

    private static async Task LatenessIsTheSameAsync(SyncedBooks books, DateOnly day)
    {
        var contacts = books.Get<IContactReader>();
        var from = day.AddMonths(-12).AddDays(1);
        var plain = (await contacts.PaidAsync(books.Tenant, null, from, day, false, default)).Select(paid => (paid.Key, Mean: PayingHabit.Mean(paid.Where(part => part.IsSale)))).Where(paid => paid.Mean is not null);

        Assert.Equal(plain.Select(paid => (paid.Key, paid.Mean!.Value)).Order(), (await contacts.DaysLateAsync(books.Tenant, from, day, false, default)).Select(late => (late.Key, late.Value)).Order());
    }

    // Item by item, each customer as late as its book of contacts says.
    private static async Task TheLineAheadIsTheSameAsync(SyncedBooks books, XeroTenant organisation, DateOnly today)
    {
        var overview = (await books.Get<OverviewService>().GetAsync(Caller.Command, books.Tenant, null, null, default)).Value;
        var book = await books.Get<ContactBooks>().OfAsync(organisation, false, default);
        var habits = book.Contacts.Where(contact => contact.ContactId is not null).ToDictionary(contact => contact.ContactId!.Value, contact => contact.DaysLate);
        var (owed, owing) = (await books.Get<IOpenItemReader>().AtAsync(books.Tenant, true, today, null, false, default), await books.Get<IOpenItemReader>().AtAsync(books.Tenant, false, today, null, false, default));
        var flows = owed.Select(item => (item, true)).Concat(owing.Select(item => (item, false)))
            .Select(open => new CashMarker(CashLines.Expected(OpenItemDays.DueOf(open.item.Document), open.Item2, open.Item2 ? habits.GetValueOrDefault(open.item.Document.ContactId!.Value) : null, today), open.item.BaseOpen, "", null, false));
        var tax = overview.Cash.Markers.Where(marker => marker.IsTax);

        var plain = CashLines.Ahead(overview.Cash.Past[^1].Closing, today, flows.Concat(tax));
        Assert.Equal(plain, overview.Cash.Ahead);
        Assert.Equal(owed.Where(item => IsLate(item, today)).Sum(item => item.BaseOpen), overview.Tile("receivables").Beside);
        Assert.Equal(
            owed.GroupBy(item => item.Document.ContactId).Select(group => (Contact: group.Key, Owed: group.Sum(item => item.BaseOpen), Overdue: group.Where(item => IsLate(item, today)).Sum(item => item.BaseOpen))).Where(group => group.Owed > 0)
                .OrderByDescending(group => group.Owed).ThenBy(group => group.Contact).Take(6),
            overview.Owing.Select(debtor => (Contact: debtor.ContactId, debtor.Owed, debtor.Overdue)));
        Assert.All(overview.Owing, debtor => Assert.Equal(debtor.Owed, debtor.Buckets.Sum()));
    }

    private static bool IsLate(OpenItem item, DateOnly day) => item.Kind == OpenItemKind.Invoice && OpenItemDays.DueOf(item.Document) < day;

    private static IEnumerable<(Guid?, DateOnly, bool, decimal)> Sorted(IEnumerable<OpenDue> dues) => dues.Select(due => (due.ContactId, due.Due, due.IsInvoice, due.BaseOpen)).Order();
}
