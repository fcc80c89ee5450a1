using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Sync;

/// <summary>What slipped past the usual syncs is found at night and mended.</summary>
public sealed class NightlyCheckTests
{
    private readonly SmallBooks _small = new();

    [BothDatabases]
    public async Task A_document_that_was_missed_is_found_by_the_count_and_comes_in(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, kind);
        await books.SyncWellAsync();
        Stamped(-30, () => _small.Books.Invoice(new DateOnly(2025, 7, 4), "Missed", new FakeLine("200", 88m, "OUTPUT2")));
        await books.SyncWellAsync();
        Assert.NotEmpty((await books.TrialBalanceAsync(SmallBooks.MonthEnd(12))).Unexplained());

        var run = await CheckAsync(books);

        Assert.Equal(1, run.Counts["Invoice"].Inserted);
        Assert.Empty(await books.IssuesAsync(run));
        await AssertAsFreshAsync(books);
    }

    [BothDatabases]
    public async Task A_document_that_is_gone_goes_and_one_that_an_answer_lost_stays(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, kind);
        await books.SyncWellAsync();
        _small.Books.Organisation.Remove("ManualJournals", _small.Journals[2]);
        _small.Books.Organisation.Remove("BankTransfers", _small.Transfers[1]);
        var lost = 0;
        books.Xero.Faults = request => request.Endpoint == "BankTransfers" && lost++ == 0 ? FakeFault.MissingRecord : null;

        var run = await CheckAsync(books);

        Assert.Equal((1, 1), (run.Counts["ManualJournal"].Deleted, run.Counts["BankTransfer"].Deleted));
        Assert.True(lost > 0);
        await using var db = books.Open();
        Assert.Equal((_small.Journals.Count - 1, _small.Transfers.Count - 1), (await db.Documents.CountAsync(document => document.Kind == DocumentKind.ManualJournal && !document.Deleted), await db.Documents.CountAsync(document => document.Kind == DocumentKind.BankTransfer && !document.Deleted)));
        Assert.False(await db.LedgerLines.AnyAsync(line => line.DocumentXeroId == _small.Journals[2] || line.DocumentXeroId == _small.Transfers[1]));
    }

    [Fact]
    public async Task A_transfer_that_was_missed_comes_in_though_its_list_has_no_count()
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        await books.SyncWellAsync();
        Stamped(-30, () => _small.Books.Transfer(new DateOnly(2025, 9, 9), "090", "091", 12m));
        await books.SyncWellAsync();

        var run = await CheckAsync(books);

        Assert.Equal(1, run.Counts["BankTransfer"].Inserted);
        await AssertAsFreshAsync(books);
    }

    [BothDatabases]
    public async Task A_document_that_changed_without_its_stamp_is_found_by_its_month_end(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, kind);
        await books.SyncWellAsync();
        Stamped(-200, () => _small.Books.Edit(_small.Bills[1], bill => bill with { Lines = [new FakeLine("300", 40m, "INPUT2"), new FakeLine("429", 8m)] }, new DateOnly(2025, 2, 13)));

        // The oldest readings are read again first, and that of February is among them.
        var run = await CheckAsync(books);

        Assert.Equal(1, run.Counts["Invoice"].Updated);
        Assert.Contains(run.MovedMonths, moved => moved.Month == "2025-02" && moved.AccountId == _small.Books.IdOf("429"));
        Assert.Empty((await books.TrialBalanceAsync(SmallBooks.MonthEnd(1))).Unexplained());
        await books.SyncWellAsync(full: true);
        await AssertAsFreshAsync(books);
    }

    [Fact]
    public async Task What_cannot_be_mended_is_said()
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        await books.SyncWellAsync();
        await using (var db = books.Open())
        {
            // The one that the answers of its year lose each time.
            var ofYear = (await db.Documents.Where(document => document.Kind == DocumentKind.BankTransaction && document.Date < new DateOnly(2026, 1, 1)).Select(document => document.XeroId).ToListAsync())
                .Order(Comparer<Guid>.Create((left, right) => string.CompareOrdinal(left.ToString(), right.ToString()))).ToList();
            var lost = ofYear[ofYear.Count / 2];
            Assert.Equal(1, await db.Documents.Where(document => document.XeroId == lost).ExecuteDeleteAsync());
        }

        books.Xero.Faults = request => request.Endpoint == "BankTransactions" && request.Asked("pageSize") != "1" ? FakeFault.MissingRecord : null;

        var issue = Assert.Single(await books.IssuesAsync(await CheckAsync(books)));

        Assert.Equal(("BankTransaction", "count-differs"), (issue.Kind, issue.Code));
        Assert.Contains("weekly sweep", issue.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quiet_night_takes_at_most_sixty_calls_however_many_documents_there_are()
    {
        // As many pages as a hundred thousand documents have.
        for (var i = 0; i < 1_200; i++)
        {
            _small.Books.Bill(new DateOnly(2024, 1, 1).AddDays(i % 780), "Supplier", new FakeLine("429", 1m + (i % 50), "INPUT2"));
        }

        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, configure: services =>
            Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton(services, new XeroOptions { CallsPerMinute = 1_000_000, CallsPerDay = 4_000, PageSize = 10 }));
        await books.SyncWellAsync();
        _small.Clock.Advance(TimeSpan.FromHours(20));
        books.Xero.ForgetCalls();

        var run = await CheckAsync(books);

        Assert.Equal(60, SyncPlan.CheckCalls);
        Assert.InRange(books.Xero.Calls.Count, 20, SyncPlan.CheckCalls);
        Assert.Equal(books.Xero.Calls.Count, run.Calls);
        var today = await books.Get<ICallBudget>().TodayAsync(await books.OrganisationAsync(), default);
        Assert.True(today!.ByPurpose[CallPurposes.Checks] > 0, string.Join(", ", today.ByPurpose));
        Assert.True(today.ByPurpose[CallPurposes.TieOut] > 20);
    }

    [BothDatabases]
    public async Task The_check_comes_once_a_night_and_the_sweep_once_a_week(TestDatabaseKind kind)
    {
        // 20 March 2026, 00:00 UTC is 13:00 in Auckland.
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, kind);
        var queue = books.Get<Domain.Pipeline.ISyncQueue>();
        Assert.Equal(0, await queue.EnqueueChecksAsync(default));
        await books.SyncWellAsync();
        Assert.Equal(0, await queue.EnqueueChecksAsync(default));

        var triggers = new List<string>();
        for (var turn = 0; turn < 4 * 9; turn++)
        {
            books.Clock.Advance(TimeSpan.FromHours(6));
            if (await queue.EnqueueChecksAsync(default) == 1)
            {
                Assert.Equal(0, await queue.EnqueueChecksAsync(default));
                var run = (await books.Get<Domain.Pipeline.SyncRunner>().RunNextAsync(books.Tenant, default))!;
                Assert.Equal(SyncStatus.Succeeded, run.Status);
                Assert.Equal(run.Trigger == SyncTriggers.Sweep, run.Full);
                triggers.Add($"{run.Trigger} {(await books.OrganisationAsync()).DayOf(run.CreatedAt):dd}");
            }
        }

        Assert.Equal(["check 21", "check 22", "check 23", "check 24", "check 25", "check 26", "sweep 27", "check 28", "check 29"], triggers);
    }

    [Fact]
    public async Task A_check_that_came_to_nothing_is_tried_again_after_an_hour()
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        await books.SyncWellAsync();
        var queue = books.Get<Domain.Pipeline.ISyncQueue>();
        books.Clock.Advance(TimeSpan.FromDays(1));
        books.Xero.Faults = _ => FakeFault.Status(412);
        Assert.Equal(1, await queue.EnqueueChecksAsync(default));
        Assert.Equal(SyncStatus.Failed, (await books.Get<Domain.Pipeline.SyncRunner>().RunNextAsync(books.Tenant, default))!.Status);

        books.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(0, await queue.EnqueueChecksAsync(default));
        books.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await queue.EnqueueChecksAsync(default));
    }

    private static async Task<SyncRun> CheckAsync(SyncedBooks books)
    {
        books.Clock.Advance(TimeSpan.FromMinutes(5));
        await books.Get<ISyncRunRepository>().EnqueueAsync(Caller.Worker, books.Tenant, false, SyncTriggers.Check, default);
        var run = (await books.Get<Domain.Pipeline.SyncRunner>().RunNextAsync(books.Tenant, default))!;
        Assert.True(run.Status == SyncStatus.Succeeded, $"{run.Status} {run.ErrorCode} {run.ErrorMessage}");
        return run;
    }

    // Xero gives it a stamp of days ago, as if it had always been there.
    private void Stamped(int days, Action happen)
    {
        _small.Books.Now = _small.Clock.Now.AddDays(days);
        happen();
        _small.Books.Now = null;
    }

    private async Task AssertAsFreshAsync(SyncedBooks books)
    {
        await using var whole = await SyncedBooks.OfAsync(_small.Books, new FixedClock(_small.Clock.Now));
        await whole.SyncWellAsync(full: true);
        Assert.Equal(await whole.ContentAsync(), await books.ContentAsync());
        (await books.TrialBalanceAsync(SmallBooks.MonthEnd(12))).AssertGreen();
    }
}
