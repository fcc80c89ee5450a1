using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger;

/// <summary>A document names the other one that it settles or is settled by, from synced books.</summary>
public sealed class SettlementTests
{
    private readonly FakeBooks _books = FakeBooks.WithUsualAccounts();
    private readonly FixedClock _clock = new(new DateTimeOffset(2026, 3, 20, 0, 0, 0, TimeSpan.Zero));

    [BothDatabases]
    public async Task An_overpayment_and_its_invoice_name_each_other(TestDatabaseKind kind)
    {
        var invoice = _books.Invoice(new FakeInvoice("Harbour", new DateOnly(2026, 2, 5), new FakeLine("200", 100m)) { Number = "INV-1" });
        _books.Allocate(_books.ReceiveOverpayment(new DateOnly(2026, 2, 10), "090", "Harbour", 40m), invoice, new DateOnly(2026, 2, 12), 30m);
        await using var books = await SyncedBooks.OfAsync(_books, _clock, kind);
        await books.SyncWellAsync();

        var paid = await DetailAsync(books, TransactionTypes.Invoice);
        var money = await DetailAsync(books, TransactionTypes.Receive);

        var use = Assert.Single(paid.Allocations);
        Assert.Equal((30m, false, money.Transaction.Id), (use.Allocation.Amount, use.PaysOther, use.Other!.Id));
        use = Assert.Single(money.Allocations);
        Assert.Equal((30m, true, "INV-1"), (use.Allocation.Amount, use.PaysOther, use.Other!.Number));
    }

    [BothDatabases]
    public async Task A_prepayment_shows_the_lines_of_its_allocations_too(TestDatabaseKind kind)
    {
        var invoice = _books.Invoice(new FakeInvoice("Harbour", new DateOnly(2026, 2, 15), new FakeLine("200", 100m)) { Number = "INV-1" });
        var prepayment = _books.ReceivePrepayment(new FakeBankTransaction("090", "Harbour", new DateOnly(2026, 2, 10), new FakeLine("200", 40m)));
        _books.Allocate(prepayment, invoice, new DateOnly(2026, 2, 16), 40m);
        await using var books = await SyncedBooks.OfAsync(_books, _clock, kind);
        await books.SyncWellAsync();

        var money = await DetailAsync(books, TransactionTypes.Receive);

        Assert.Equal("INV-1", Assert.Single(money.Allocations).Other!.Number);
        Assert.Equal(0, money.LedgerLines.Sum(line => line.Line.Amount));
        Assert.Contains(money.LedgerLines, line => line.Line.Date == new DateOnly(2026, 2, 16));
    }

    private static async Task<TransactionDetail> DetailAsync(SyncedBooks books, string type)
    {
        var service = books.Get<TransactionService>();
        var list = await service.ListAsync(Caller.Command, books.Tenant, new TransactionFilter { Type = type }, TransactionSort.NewestFirst, PagePlace.First, 10, default);
        return (await service.GetAsync(Caller.Command, books.Tenant, Assert.Single(list.Value.Items).Id, default)).Value;
    }
}
