using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Pipeline;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Pipeline;

/// <summary>Where books begin, who may close them, and what a rebuild does with documents that Xero's readings do not know yet.</summary>
public sealed class ClosingTests
{
    private static readonly DateOnly Today = new(2026, 3, 20);
    private readonly SmallBooks _small = new();

    [BothDatabases]
    public async Task A_process_that_lost_its_run_does_not_close_the_books(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, kind);
        var run = await books.SyncWellAsync();
        var (content, version) = (await books.ContentAsync(), (await books.OrganisationAsync()).LedgerVersion);
        var update = new BooksUpdate([], [], [], true, new DateOnly(2025, 1, 1), null) { Lease = new RunLease(run.Id, "somebody else") };

        await Assert.ThrowsAsync<OperationCanceledException>(() => books.Get<ILedgerBook>().CloseAsync(books.Tenant, update, default));

        Assert.Equal(content, await books.ContentAsync());
        Assert.Equal(version, (await books.OrganisationAsync()).LedgerVersion);
    }

    [BothDatabases]
    public async Task A_rebuild_holds_no_old_reading_against_documents_that_came_after_it(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, kind);
        await books.SyncWellAsync();
        _small.Change();
        books.Xero.Faults = request => request.Endpoint == "Reports/TrialBalance" ? FakeFault.BrokenJson : null;
        Assert.Equal(SyncStatus.Failed, (await books.SyncAsync()).Status);
        books.Xero.Faults = null;

        var run = await RebuildAsync(books);

        Assert.Equal(SyncStatus.Succeeded, run.Status);
        Assert.Equal(new DateOnly(2025, 1, 12), (await books.OrganisationAsync()).SettlingFrom);
        Assert.Equal((CheckStatus.Unknown, CheckStatus.Unknown), await ChecksAsync(books, new DateOnly(2025, 6, 30)));
        (await books.TrialBalanceAsync(new DateOnly(2024, 12, 31))).AssertGreen();

        await books.SyncWellAsync();

        (await books.TrialBalanceAsync(new DateOnly(2025, 6, 30))).AssertGreen();
        (await books.TrialBalanceAsync(Today)).AssertGreen();
        await AssertAsFreshAsync(books);
    }

    [Fact]
    public async Task A_rebuild_cut_off_in_its_middle_ends_in_the_same_books_and_asks_Xero_nothing()
    {
        var kill = new KillSwitch();
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, configure: kill.Guard);
        await books.SyncWellAsync();
        var content = await books.ContentAsync();
        for (var write = 2; write < 9; write++)
        {
            books.Xero.ForgetCalls();
            kill.At = kill.Count + write;
            await Assert.ThrowsAsync<KilledException>(() => RebuildAsync(books));

            Assert.Equal(SyncStatus.Succeeded, (await books.TakeUpAsync()).Status);

            Assert.Empty(books.Xero.Calls);
            Assert.Equal(content, await books.ContentAsync());
        }
    }

    [Fact]
    public async Task A_months_first_closing_moves_nothing_though_Xero_was_read_on_its_last_day()
    {
        _small.Clock.Now = new DateTimeOffset(2026, 2, 28, 0, 0, 0, TimeSpan.Zero);
        _small.Books.XeroOnly(new DateOnly(2026, 2, 27), "Pay run", ("477", 60m), ("803", -60m));
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        await books.SyncWellAsync();
        _small.Clock.Advance(TimeSpan.FromDays(2));

        var run = await books.SyncWellAsync();

        Assert.Empty(run.MovedMonths);
        (await books.TrialBalanceAsync(new DateOnly(2026, 2, 28))).AssertGreen();
    }

    [Fact]
    public async Task Books_begin_with_a_document_that_comes_in_while_the_first_load_reads_Xero()
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        var told = false;
        books.Xero.Faults = request =>
        {
            if (!told && request.Endpoint == "Reports/TrialBalance")
            {
                told = true;
                _small.Books.Now = _small.Clock.Now;
                _small.Books.Spend(new DateOnly(2024, 11, 5), "090", "Early", new FakeLine("429", 23m, "INPUT2"));
            }

            return null;
        };

        await books.SyncWellAsync();

        books.Xero.Faults = null;
        Assert.Equal(new DateOnly(2024, 11, 1), (await books.OrganisationAsync()).BooksStart);
        (await books.TrialBalanceAsync(new DateOnly(2024, 10, 31))).AssertGreen();
        (await books.TrialBalanceAsync(new DateOnly(2024, 11, 30))).AssertGreen();
        Assert.Equal(CheckStatus.Pass, (await books.TrialBalanceAsync(Today)).TiesToXero);
        await AssertAsFreshAsync(books);
    }

    private async Task AssertAsFreshAsync(SyncedBooks books)
    {
        await using var fresh = await SyncedBooks.OfAsync(_small.Books, new FixedClock(_small.Clock.Now));
        await fresh.SyncWellAsync(full: true);
        Assert.Equal(await fresh.ContentAsync(), await books.ContentAsync());
    }

    private static async Task<(CheckStatus, CheckStatus)> ChecksAsync(SyncedBooks books, DateOnly day)
    {
        var balance = await books.TrialBalanceAsync(day);
        return (balance.TiesToXero, balance.StandsOnDocuments);
    }

    private static async Task<SyncRun> RebuildAsync(SyncedBooks books)
    {
        var queued = await books.Get<SyncService>().RequestRebuildAsync(Caller.Command, books.Tenant, default);
        Assert.Null(queued.Problem);
        return (await books.Get<SyncRunner>().RunNextAsync(books.Tenant, default))!;
    }
}
