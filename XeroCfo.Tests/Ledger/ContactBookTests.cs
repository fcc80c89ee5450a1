using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Accounts;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger;

/// <summary>Contacts from synced books: what is open, how they pay, what is hidden, and notes.</summary>
public sealed class ContactBookTests
{
    private readonly SmallBooks _small = new();

    [BothDatabases]
    public async Task A_contact_shows_what_is_open_and_how_late_it_pays(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, kind);
        await books.SyncWellAsync();
        var person = await PersonAsync(books, Roles.Accountant);
        var customer = await IdAsync(books, "Customer 0");

        var page = (await books.Get<ContactService>().ListAsync(person, books.Tenant, new ContactFilter { Show = ContactShow.Customers }, PagePlace.First, 10, default)).Value;
        var found = (await books.Get<ContactService>().GetAsync(person, books.Tenant, customer, default)).Value;

        Assert.Equal(["Customer 0", "Customer 1", "Customer 2"], page.Page.Items.Select(row => row.Name));
        var open = await OpenOfAsync(books, "Customer 0");
        Assert.Equal((open.Sum(row => row.AmountDue ?? 0), open.Count), (found.Standing.OwedToUs, found.Open.Count));
        Assert.NotEqual(0m, found.Standing.OwedToUs);

        // Each payment came eight days after its invoice, whose terms the books set.
        var paid = await PaidDaysAsync(books, "Customer 0");
        Assert.Equal(paid.Count, found.Theirs.Months.Sum(month => month.Payments));
        Assert.Equal(paid.Sum(part => part.Amount), found.Theirs.Months.Sum(month => month.Paid));
        Assert.All(found.Theirs.Months.Where(month => month.Payments == 1), month => Assert.Contains(paid, part => Month.Of(part.Paid) == month.Month && part.Late == month.DaysLate));
        Assert.True(found.Ours.IsEmpty);
        Assert.Equal(await LastAsync(books, customer), found.Standing.LastDocument);
    }

    [BothDatabases]
    public async Task What_was_merged_stands_under_the_contact_that_it_became(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, kind);
        await books.SyncWellAsync();
        var person = await PersonAsync(books, Roles.Accountant);
        var (gone, kept) = (await IdAsync(books, "Customer 1"), await IdAsync(books, "Customer 2"));
        var before = (await books.Get<ContactService>().GetAsync(person, books.Tenant, gone, default)).Value.Standing.OwedToUs + (await books.Get<ContactService>().GetAsync(person, books.Tenant, kept, default)).Value.Standing.OwedToUs;
        await books.Get<ContactNoteService>().AddAsync(person, books.Tenant, gone, "Known as One", default);
        _small.Clock.Advance(TimeSpan.FromMinutes(10));
        _small.Books.Now = _small.Clock.Now;
        _small.Books.MergeContact("Customer 1", "Customer 2", new DateOnly(2026, 3, 20));
        await books.SyncWellAsync();

        var found = (await books.Get<ContactService>().GetAsync(person, books.Tenant, gone, default)).Value;

        Assert.Equal((kept, "Customer 1", before), (found.Found.Contact.ContactId, found.Found.MergedFrom, found.Standing.OwedToUs));
        Assert.Equal("Known as One", Assert.Single(found.Notes).Note.Text);
        Assert.Equal(["Customer 1"], found.Found.Former.Select(contact => contact.Name));
        Assert.Null((await books.Get<ContactService>().GetAsync(person, books.Tenant, kept, default)).Value.Found.MergedFrom);
        var rows = (await books.Get<ContactService>().ListAsync(person, books.Tenant, new ContactFilter(), PagePlace.First, 100, default)).Value.Page.Items;
        Assert.DoesNotContain(rows, row => row.ContactId == gone);
    }

    [BothDatabases]
    public async Task Documents_of_payroll_are_one_amount_for_those_who_may_not_see_them(TestDatabaseKind kind)
    {
        _small.Books.Bill(new DateOnly(2026, 3, 1), "Aroha", new FakeLine("477", 900m));
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, kind);
        await books.SyncWellAsync();
        var (accountant, reader) = (await PersonAsync(books, Roles.Accountant), await PersonAsync(books, Roles.ReadOnly));
        var (service, aroha) = (books.Get<ContactService>(), await IdAsync(books, "Aroha"));

        var seen = (await service.ListAsync(accountant, books.Tenant, new ContactFilter(), PagePlace.First, 100, default)).Value;
        var hidden = (await service.ListAsync(reader, books.Tenant, new ContactFilter(), PagePlace.First, 100, default)).Value;

        Assert.Equal(900m, seen.Page.Items.Single(row => row.ContactId == aroha).WeOwe);
        Assert.Equal((0m, null), hidden.Page.Items.Single(row => row.ContactId == aroha) is var own ? (own.WeOwe, own.LastDocument) : default);
        Assert.Equal(900m, hidden.Page.Items.Single(row => row.IsPayroll).WeOwe);
        Assert.Equal((seen.OwedToUs, seen.WeOwe), (hidden.OwedToUs, hidden.WeOwe));
        Assert.Empty((await service.GetAsync(reader, books.Tenant, aroha, default)).Value.Open);
        Assert.Single((await service.GetAsync(accountant, books.Tenant, aroha, default)).Value.Open);

        var wages = await books.Get<AccountLedgerService>().PageAsync(reader, books.Tenant, _small.Books.IdOf("477"), new AccountLedgerFilter(), PagePlace.First, 100, default);
        Assert.True(wages.Value.HidesPayroll);
        Assert.All(wages.Value.Rows, row => Assert.Null(row.View));
        Assert.Equal((wages.Value.Closing, 950m), (wages.Value.Rows[^1].Running, wages.Value.Rows.Single(row => row.Day == new DateOnly(2026, 3, 20)).Amount + 50m));
    }

    [BothDatabases]
    public async Task Executives_see_names_and_totals_and_nothing_behind_them(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, kind);
        await books.SyncWellAsync();
        var executive = await PersonAsync(books, Roles.Executive);

        var found = (await books.Get<ContactService>().GetAsync(executive, books.Tenant, await IdAsync(books, "Customer 0"), default)).Value;

        Assert.True(found.TotalsOnly);
        Assert.NotEqual(0m, found.Standing.OwedToUs);
        Assert.Empty(found.Open);
        Assert.True(found.Theirs.IsEmpty);
        Assert.Equal("permission-missing", (await books.Get<AccountLedgerService>().PageAsync(executive, books.Tenant, _small.Books.IdOf("200"), new AccountLedgerFilter(), PagePlace.First, 10, default)).Problem?.Code);
        Assert.NotEmpty((await books.Get<AccountListService>().AtAsync(executive, books.Tenant, null, default)).Value.Rows);
        Assert.Equal("permission-missing", (await books.Get<ContactNoteService>().AddAsync(executive, books.Tenant, found.Found.Contact.ContactId, "Hello", default)).Problem?.Code);
    }

    [BothDatabases]
    public async Task Notes_are_kept_changed_and_deleted_by_their_author_only_and_audited(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, kind);
        await books.SyncWellAsync();
        var (ana, tom) = (await PersonAsync(books, Roles.Standard, "ana@example.com"), await PersonAsync(books, Roles.Standard, "tom@example.com"));
        var (notes, contact) = (books.Get<ContactNoteService>(), await IdAsync(books, "Customer 0"));

        Assert.Null((await notes.AddAsync(ana, books.Tenant, contact, " Pays by card.\r\nAsk for Jo. ", default)).Problem);
        var note = Assert.Single((await books.Get<ContactService>().GetAsync(tom, books.Tenant, contact, default)).Value.Notes);
        Assert.Equal(("Pays by card.\nAsk for Jo.", "ana@example.com"), (note.Note.Text, note.Author));
        Assert.Equal("note-not-found", (await notes.ChangeAsync(tom, books.Tenant, note.Note.Id, "Mine", default)).Problem?.Code);
        Assert.Equal("note-not-found", (await notes.DeleteAsync(tom, books.Tenant, note.Note.Id, default)).Problem?.Code);
        Assert.Null((await notes.ChangeAsync(ana, books.Tenant, note.Note.Id, "Pays by bank.", default)).Problem);
        Assert.Null((await notes.DeleteAsync(ana, books.Tenant, note.Note.Id, default)).Problem);
        Assert.Equal("contact-not-found", (await notes.AddAsync(ana, books.Tenant, Guid.NewGuid(), "Nobody", default)).Problem?.Code);
        Assert.Equal("permission-missing", (await notes.AddAsync(await PersonAsync(books, Roles.ReadOnly), books.Tenant, contact, "No", default)).Problem?.Code);

        await using var db = books.Open();
        Assert.Empty(await db.ContactNotes.ToListAsync());
        Assert.Equal(
            ["contact.note_added", "contact.note_changed", "contact.note_deleted"],
            await db.AuditLogs.Where(row => row.Action.StartsWith("contact.note")).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).Select(row => row.Action).ToListAsync());
    }

    private static async Task<Caller> PersonAsync(SyncedBooks books, string role, string? email = null)
    {
        var user = Storage.SampleRows.User(email ?? $"{Guid.NewGuid():N}@example.com");
        await using var db = books.Open();
        db.Add(user);
        await db.SaveChangesAsync();
        return FakeCaller.Person(role) with { UserId = user.Id, Tenants = new HashSet<Guid> { books.Tenant.Value } };
    }

    private static async Task<Guid> IdAsync(SyncedBooks books, string name)
    {
        await using var db = books.Open();
        return (await db.Contacts.SingleAsync(contact => contact.Name == name)).ContactId;
    }

    private static async Task<List<Transaction>> OpenOfAsync(SyncedBooks books, string name)
    {
        await using var db = books.Open();
        return await db.Transactions.Where(row => row.ContactName == name && row.Type == TransactionTypes.Invoice && row.AmountDue != 0).ToListAsync();
    }

    private static async Task<List<(DateOnly Paid, int Late, decimal Amount)>> PaidDaysAsync(SyncedBooks books, string name)
    {
        await using var db = books.Open();
        var invoices = (await db.Transactions.Where(row => row.ContactName == name && row.Type == TransactionTypes.Invoice).ToListAsync()).ToDictionary(row => row.XeroId);
        return [.. (await db.Allocations.ToListAsync()).Where(use => invoices.ContainsKey(use.TargetXeroId)).Select(use => (use.Date, use.Date.DayNumber - (invoices[use.TargetXeroId].DueDate ?? invoices[use.TargetXeroId].Date).DayNumber, use.Amount))];
    }

    private static async Task<DateOnly> LastAsync(SyncedBooks books, Guid contact)
    {
        await using var db = books.Open();
        return await db.Transactions.Where(row => row.ContactId == contact).MaxAsync(row => row.Date);
    }
}
