using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Pipeline;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Sync;

/// <summary>How often Xero is asked.</summary>
public sealed class CallCountTests
{
    private readonly SmallBooks _small = new();

    [BothDatabases]
    public async Task Ten_changes_in_the_open_and_one_earlier_month_take_at_most_twenty_calls(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock, kind);
        await books.SyncWellAsync();
        Work(5);
        books.Xero.ForgetCalls();

        var byHand = await books.SyncWellAsync();

        Assert.InRange(byHand.Calls, 1, 20);
        Assert.Equal(byHand.Calls, books.Xero.Calls.Count);
        Assert.Equal((5, 5), (byHand.Counts["Invoice"].Inserted, byHand.Counts["BankTransaction"].Inserted));
        (await books.TrialBalanceAsync(SmallBooks.MonthEnd(9))).AssertGreen();
        (await books.TrialBalanceAsync(SmallBooks.MonthEnd(12))).AssertGreen();
        (await books.TrialBalanceAsync(new DateOnly(2026, 3, 20))).AssertGreen();

        Work(7);
        books.Clock.Advance(TimeSpan.FromMinutes(1));
        books.Xero.ForgetCalls();
        await books.Get<ISyncRunRepository>().EnqueueAsync(Caller.Worker, books.Tenant, false, SyncTriggers.Schedule, default);
        var scheduled = (await books.Get<SyncRunner>().RunNextAsync(books.Tenant, default))!;

        Assert.InRange(scheduled.Calls, 1, 15);
        Assert.Equal(scheduled.Calls, books.Xero.Calls.Count);
        Assert.Equal((5, 5), (scheduled.Counts["Invoice"].Inserted, scheduled.Counts["BankTransaction"].Inserted));
        (await books.TrialBalanceAsync(new DateOnly(2026, 3, 20))).AssertGreen();
    }

    [Fact]
    public async Task When_nothing_changed_each_list_is_asked_once_and_today_is_read_once()
    {
        await using var books = await SyncedBooks.OfAsync(_small.Books, _small.Clock);
        await books.SyncWellAsync();
        books.Xero.ForgetCalls();

        await books.SyncWellAsync();

        Assert.All(books.Xero.Calls.GroupBy(call => call.Request.Endpoint), calls => Assert.Single(calls));
    }

    private void Work(int day)
    {
        _small.Clock.Advance(TimeSpan.FromMinutes(10));
        _small.Books.Now = _small.Clock.Now;
        for (var i = 0; i < 5; i++)
        {
            _small.Books.Invoice(new DateOnly(2026, 3, day + i), "Open " + i, new FakeLine("200", 40m + i, "OUTPUT2"));
            _small.Books.Spend(new DateOnly(2025, 11, day + i), "090", "Late " + i, new FakeLine("429", 9m + i, "INPUT2"));
        }

        _small.Books.Now = null;
    }
}
