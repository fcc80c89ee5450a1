using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Xero;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Pipeline;

/// <summary>A document that changes takes with it what was posted with its help.</summary>
public sealed class DependentPostingTests
{
    private readonly FakeBooks _books = FakeBooks.WithUsualAccounts();
    private readonly FixedClock _clock = new(new DateTimeOffset(2026, 3, 20, 0, 0, 0, TimeSpan.Zero));

    [BothDatabases]
    public async Task A_transfer_follows_the_rate_of_its_bank_transaction(TestDatabaseKind kind)
    {
        _books.Transfer(new FakeTransfer(new DateOnly(2026, 2, 10), "092", "090", 100m) { FromRate = 0.5m, Received = 190m });
        await using var books = await SyncedBooks.OfAsync(_books, _clock, kind);
        await books.SyncWellAsync();
        var (bank, gain) = (_books.IdOf("092"), _books.IdOf(FakeBooks.RealisedGains));
        Assert.Equal([-200m, 10m], [await BalanceAsync(books, bank), await BalanceAsync(books, gain)]);

        var spent = _books.Organisation.Texts("BankTransactions").Select(text => JsonNode.Parse(text)!).Single(json => (string)json["Type"]! == "SPEND-TRANSFER");
        _books.Organisation.Change("BankTransactions", Guid.Parse((string)spent["BankTransactionID"]!), json => json["CurrencyRate"] = 0.4m, _clock.GetUtcNow().AddMinutes(2));
        _clock.Advance(TimeSpan.FromMinutes(5));
        await books.SyncWellAsync();

        Assert.Equal([-250m, 60m], [await BalanceAsync(books, bank), await BalanceAsync(books, gain)]);
    }

    [BothDatabases]
    public async Task An_invoice_reaches_the_refund_of_a_prepayment_that_was_set_against_it(TestDatabaseKind kind)
    {
        var invoice = _books.Invoice(new FakeInvoice("Harbour", new DateOnly(2026, 2, 15), new FakeLine("200", 100m)));
        var prepayment = _books.ReceivePrepayment(new FakeBankTransaction("090", "Harbour", new DateOnly(2026, 2, 10), new FakeLine("200", 40m)));
        _books.Allocate(prepayment, invoice, new DateOnly(2026, 2, 16), 30m);
        var refund = _books.Refund(prepayment, new DateOnly(2026, 2, 20), "090", 10m);
        await using var books = await SyncedBooks.OfAsync(_books, _clock, kind);
        await books.SyncWellAsync();
        await using var db = books.Open();
        await db.Documents.Where(row => row.XeroId == invoice).ExecuteUpdateAsync(set => set.SetProperty(row => row.Dirty, true));

        await books.Get<ILedgerBook>().SpreadDirtyAsync(books.Tenant, default);

        var waiting = await db.Documents.Where(row => row.Dirty).Select(row => row.XeroId).ToListAsync();
        Assert.Equal(new[] { invoice, prepayment, refund }.Order(), waiting.Order());
    }

    [BothDatabases]
    public async Task Two_credits_with_one_allocation_id_both_stand(TestDatabaseKind kind)
    {
        var day = new DateOnly(2026, 2, 15);
        var invoice = _books.Invoice(new FakeInvoice("Harbour", day, new FakeLine("200", 100m)));
        var same = (JsonNode)Guid.NewGuid().ToString("D");
        foreach (var amount in new[] { 30m, 20m })
        {
            var credit = _books.CreditNote(new FakeInvoice("Harbour", day, new FakeLine("200", amount)));
            _books.Allocate(credit, invoice, day, amount);
            _books.Organisation.Change("CreditNotes", credit, json => json["Allocations"]![0]!["AllocationID"] = same.DeepClone(), _clock.GetUtcNow());
        }

        await using var books = await SyncedBooks.OfAsync(_books, _clock, kind);
        await books.SyncWellAsync();

        await using var db = books.Open();
        Assert.Equal([20m, 30m], (await db.Allocations.Select(use => use.Amount).ToListAsync()).Order());
    }

    private static async Task<decimal> BalanceAsync(SyncedBooks books, Guid account)
    {
        await using var db = books.Open();
        return (await db.LedgerLines.Where(line => line.AccountId == account && line.DocumentKind == DocumentKind.BankTransfer).ToListAsync()).Sum(line => line.Amount);
    }
}
