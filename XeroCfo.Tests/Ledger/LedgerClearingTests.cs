using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Ledger;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger;

/// <summary>What a rebuild forgets first, it forgets in steps: of whatever size, nothing is left over, and the same books come back.</summary>
public sealed class LedgerClearingTests
{
    [BothDatabases]
    public async Task Steps_of_any_size_forget_everything_and_the_rebuild_brings_it_back(TestDatabaseKind kind)
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);
        await books.SyncWellAsync();
        var (content, settled) = (await books.ContentAsync(), await SettledAsync(books));
        Assert.True(settled.Values.Sum() > 0);

        foreach (var step in new[] { 1, 7, 14, 10_000 })
        {
            await using (var db = books.Get<IDbFactory>().For(books.Tenant))
            {
                await new LedgerClearing(db) { Step = step }.RunAsync(default);
                Assert.Equal(0, await db.LedgerLines.CountAsync(line => line.DocumentXeroId != null));
                Assert.Equal((0, 0, 0), (await db.Allocations.CountAsync(), await db.Transactions.CountAsync(row => row.Settled != 0), await db.Documents.CountAsync(document => !document.Dirty && !document.Deleted)));
            }

            Assert.True((await books.Get<SyncService>().RequestRebuildAsync(Caller.Command, books.Tenant, default)).Succeeded);
            Assert.Equal(SyncStatus.Succeeded, (await books.TakeUpAsync()).Status);
            Assert.Equal(content, await books.ContentAsync());
            Assert.Equal(settled, await SettledAsync(books));
        }
    }

    private static async Task<Dictionary<Guid, decimal>> SettledAsync(SyncedBooks books)
    {
        await using var db = books.Open();
        return await db.Transactions.AsNoTracking().ToDictionaryAsync(row => row.XeroId, row => row.Settled);
    }
}
