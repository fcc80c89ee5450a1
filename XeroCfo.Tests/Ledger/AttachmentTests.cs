using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger;

/// <summary>Whether Xero keeps files with a document is known from the record as Xero sent it.</summary>
public sealed class AttachmentTests
{
    [BothDatabases]
    public async Task A_document_says_that_Xero_has_files_with_it(TestDatabaseKind kind)
    {
        var small = new SmallBooks();
        var scanned = small.Books.Bill(new FakeInvoice("Scanned", new DateOnly(2026, 2, 10), new FakeLine("429", 40m)) { HasAttachments = true });
        var plain = small.Books.Bill(new FakeInvoice("Plain", new DateOnly(2026, 2, 11), new FakeLine("429", 40m)));
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);
        await books.SyncWellAsync();

        async Task<bool> Has(Guid xeroId)
        {
            var service = books.Get<TransactionService>();
            await using var db = books.Open();
            return (await service.GetAsync(Caller.Command, books.Tenant, db.Transactions.Single(row => row.XeroId == xeroId).Id, default)).Value.HasAttachments;
        }

        Assert.True(await Has(scanned));
        Assert.False(await Has(plain));
    }

    [Theory]
    [InlineData("""{"HasAttachments":true}""", true)]
    [InlineData("""{"HasAttachments":false}""", false)]
    [InlineData("""{"HasAttachments":null}""", false)]
    [InlineData("""{"InvoiceID":"x"}""", false)]
    [InlineData("[]", false)]
    public void What_says_nothing_of_files_has_none(string raw, bool has) => Assert.Equal(has, Document.HasAttachments(raw));
}
