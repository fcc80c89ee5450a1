using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Webhooks;

/// <summary>Each event is written where its cause is, once.</summary>
public sealed class AnnouncementTests
{
    [Fact]
    public async Task A_sync_tells_what_came_in_what_moved_and_that_it_ended()
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock);

        var first = await books.SyncWellAsync();
        var told = await ToldAsync(books);
        Assert.Equal([WebhookEvents.InvoiceOverdue, WebhookEvents.SyncSucceeded, WebhookEvents.TransactionsCreated], told.Select(one => one.Type).Distinct().Order());
        await using (var db = books.Open())
        {
            var rows = await db.Transactions.CountAsync();
            Assert.True(rows > 10);
            Assert.Equal(rows, told.Where(one => one.Type == WebhookEvents.TransactionsCreated).Sum(one => one.Data.GetProperty("counts").GetProperty("created").GetInt32()));
        }

        Assert.Equal(first.Id, Assert.Single(told.Single(one => one.Type == WebhookEvents.SyncSucceeded).Data.GetProperty("ids").EnumerateArray()).GetGuid());

        // An invoice of a month that was closed is voided: nothing comes in, the month moves.
        small.Books.Void(small.Invoices[13], new DateOnly(2026, 3, 20));
        small.Clock.Advance(TimeSpan.FromMinutes(10));
        small.Books.Now = small.Clock.Now;
        await books.SyncWellAsync();

        told = (await ToldAsync(books))[told.Count..];
        Assert.Equal([WebhookEvents.PeriodMoved, WebhookEvents.SyncSucceeded], told.Select(one => one.Type).Order());
        var moved = told.Single(one => one.Type == WebhookEvents.PeriodMoved).Data;
        Assert.Equal("2026-02", Assert.Single(moved.GetProperty("ids").EnumerateArray()).GetString());
        Assert.EndsWith("/tie-out?month=2026-02", moved.GetProperty("url").GetString(), StringComparison.Ordinal);
        await books.SyncWellAsync();
        Assert.DoesNotContain((await ToldAsync(books)).TakeLast(1), one => one.Type != WebhookEvents.SyncSucceeded);
    }

    [BothDatabases]
    public async Task An_invoice_is_told_of_once_when_it_becomes_overdue_and_again_when_it_has_another_day(TestDatabaseKind kind)
    {
        await using var hooks = await WebhookSamples.CreateAsync(kind);
        var today = new DateOnly(2026, 11, 20);
        var late = Invoice(hooks, today.AddDays(-1));
        await hooks.Database.AddAsync(
            late, Invoice(hooks, today), Invoice(hooks, today.AddDays(-90)), Invoice(hooks, today.AddDays(-1), row => row.AmountDue = 0m), Invoice(hooks, today.AddDays(-1), row => row.Status = "DRAFT"),
            Invoice(hooks, today.AddDays(-1), row => (row.Type, row.Direction) = (TransactionTypes.Bill, Directions.Out)));
        var book = new Data.Ledger.OverdueBook(hooks.Database.Factory);

        Assert.Equal(1, await book.TellAsync(hooks.Tenant, today, today.AddDays(-31), default));
        Assert.Equal(0, await book.TellAsync(hooks.Tenant, today, today.AddDays(-31), default));
        await using (var db = hooks.Database.Open())
        {
            var told = JsonDocument.Parse((await db.OutboxEvents.SingleAsync(row => row.Type == WebhookEvents.InvoiceOverdue)).Data).RootElement;
            Assert.Equal(late.Id, Assert.Single(told.GetProperty("ids").EnumerateArray()).GetGuid());
            var version = await db.Transactions.Where(row => row.Id == late.Id).Select(row => row.UpdatedAt).SingleAsync();
            Assert.Equal(late.UpdatedAt, version);
            await db.Transactions.Where(row => row.Id == late.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.DueDate, today.AddDays(2)));
        }

        Assert.Equal(2, await book.TellAsync(hooks.Tenant, today.AddDays(3), today.AddDays(-31), default));
    }

    [BothDatabases]
    public async Task A_change_of_category_names_the_transactions_and_its_undo_does_too(TestDatabaseKind kind)
    {
        await using var hooks = await WebhookSamples.CreateAsync(kind);
        var row = Invoice(hooks, new DateOnly(2026, 12, 20));
        await hooks.Database.AddAsync(row);
        var categorising = new Data.Rules.Categorising(hooks.Database.Factory, hooks.Database.Clock);

        var done = await categorising.CategoriseAsync(Caller.Command, hooks.Tenant, new TransactionSelection([row.Id], null), new CategoryWish(Wish.Of("Fuel"), default), false, default);
        await categorising.UndoAsync(Caller.Command, hooks.Tenant, done.Value.UndoId, default);

        await using var db = hooks.Database.Open();
        var told = await db.OutboxEvents.Where(one => one.Type == WebhookEvents.TransactionsCategorized).OrderBy(one => one.Id).ToListAsync();
        Assert.Equal(2, told.Count);
        Assert.All(told, one => Assert.Equal((row.Id, 1), (JsonDocument.Parse(one.Data).RootElement.GetProperty("ids")[0].GetGuid(), JsonDocument.Parse(one.Data).RootElement.GetProperty("counts").GetProperty("changed").GetInt32())));
    }

    private static Transaction Invoice(WebhookSamples hooks, DateOnly due, Action<Transaction>? change = null)
    {
        var row = Storage.SampleRows.Transaction(hooks.Tenant.Value, 100m);
        (row.Type, row.Direction, row.Status, row.DueDate, row.AmountDue) = (TransactionTypes.Invoice, Directions.In, "AUTHORISED", due, 100m);
        change?.Invoke(row);
        return row;
    }

    private static async Task<List<(string Type, JsonElement Data)>> ToldAsync(SyncedBooks books)
    {
        await using var db = books.Open();
        return (await db.OutboxEvents.AsNoTracking().OrderBy(row => row.Id).ToListAsync()).ConvertAll(row => (row.Type, JsonDocument.Parse(row.Data).RootElement));
    }
}
