using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Pipeline;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Pipeline;

/// <summary>The ledger made anew from the documents that are kept is the ledger that stood.</summary>
public sealed class RebuildTests
{
    private readonly SmallBooks _small = new();

    [BothDatabases]
    public async Task Rebuilding_gives_the_same_books_without_asking_Xero(TestDatabaseKind kind)
    {
        _small.Books.XeroOnly(new DateOnly(2026, 1, 28), "Pay run", ("477", 60m), ("803", -60m));
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, kind);
        await books.SyncWellAsync();
        await CategoriseAsync(books);
        var content = await books.ContentAsync();
        books.Xero.ForgetCalls();

        var run = await RebuildAsync(books);

        Assert.Equal(SyncStatus.Succeeded, run.Status);
        Assert.Empty(books.Xero.Calls);
        Assert.Empty(run.MovedMonths);
        Assert.Equal(content, await books.ContentAsync());
        await using (var db = books.Open())
        {
            Assert.True(await db.Transactions.AnyAsync(row => row.Category == "Kept"));
        }

        (await books.TrialBalanceAsync(new DateOnly(2026, 1, 31))).AssertGreen();
        (await books.TrialBalanceAsync(new DateOnly(2026, 3, 20))).AssertGreen();
    }

    [BothDatabases]
    public async Task The_newest_documents_are_posted_first(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, kind);
        await books.SyncWellAsync();
        var ledger = books.Get<Domain.Ledger.ILedgerBook>();
        await ledger.BeginPostingAsync(books.Tenant, (await books.OrganisationAsync()).BooksStart, default);
        await ledger.ClearAsync(books.Tenant, default);

        var first = await ledger.DirtyAsync(books.Tenant, 0, 5, earliestFirst: false, default);
        var next = await ledger.DirtyAsync(books.Tenant, 5, 1000, earliestFirst: false, default);

        List<DateOnly> days = [.. first.Concat(next).Where(waiting => waiting.Content.Succeeded).Select(waiting => waiting.Content.Value.Date)];
        Assert.True(days.Distinct().Count() > 5);
        Assert.Equal(days.OrderDescending(), days);
        Assert.Equal(days.Order(), (await ledger.DirtyAsync(books.Tenant, 0, 1000, earliestFirst: true, default)).Where(waiting => waiting.Content.Succeeded).Select(waiting => waiting.Content.Value.Date));
    }

    [Fact]
    public async Task What_a_rebuild_cut_off_left_is_made_good_by_the_next_sync()
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        await books.SyncWellAsync();
        var content = await books.ContentAsync();
        await books.Get<Domain.Ledger.ILedgerBook>().BeginPostingAsync(books.Tenant, (await books.OrganisationAsync()).BooksStart, default);
        await books.Get<Domain.Ledger.ILedgerBook>().ClearAsync(books.Tenant, default);

        await books.SyncWellAsync();

        Assert.Equal(content, await books.ContentAsync());
    }

    private static async Task<SyncRun> RebuildAsync(SyncedBooks books)
    {
        var queued = await books.Get<SyncService>().RequestRebuildAsync(Caller.Command, books.Tenant, default);
        Assert.Null(queued.Problem);
        return (await books.Get<SyncRunner>().RunNextAsync(books.Tenant, default))!;
    }

    private static async Task CategoriseAsync(SyncedBooks books)
    {
        await using var db = books.Open();
        var row = await db.Transactions.OrderBy(row => row.Date).FirstAsync();
        row.Category = "Kept";
        await db.SaveChangesAsync();
    }
}
