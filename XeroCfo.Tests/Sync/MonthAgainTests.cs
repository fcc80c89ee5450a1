using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Pipeline;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Sync;

/// <summary>What the tie-out page asks of the sync: a month again, what is left of the day, and which right is missing.</summary>
public sealed class MonthAgainTests
{
    private static readonly Month June = new(2025, 6);

    [BothDatabases]
    public async Task A_month_read_again_brings_what_Xero_never_said_had_changed(TestDatabaseKind kind)
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);
        await books.SyncWellAsync();
        small.Books.Organisation.Change("Invoices", small.Invoices[5], sale => sale["Reference"] = "quietly", new DateTimeOffset(2025, 6, 20, 0, 0, 0, TimeSpan.Zero));
        small.Clock.Advance(TimeSpan.FromMinutes(10));
        await books.SyncWellAsync();
        Assert.Null(await ReferenceAsync(books, small.Invoices[5]));
        var before = await ReadAtAsync(books);

        small.Clock.Advance(TimeSpan.FromMinutes(10));
        var asked = await books.Get<SyncService>().RequestMonthAsync(Caller.Command, books.Tenant, June, default);
        var run = (await books.Get<SyncRunner>().RunNextAsync(books.Tenant, default))!;

        Assert.Equal((asked.Value.Id, SyncStatus.Succeeded, (Month?)June), (run.Id, run.Status, SyncTriggers.MonthOf(run.Trigger)));
        Assert.Equal("quietly", await ReferenceAsync(books, small.Invoices[5]));
        var after = await ReadAtAsync(books);
        Assert.All([June.Previous.End, June.End], day => Assert.True(after[day] > before[day]));
        Assert.Equal(before[June.Next.End], after[June.Next.End]);
        (await books.TrialBalanceAsync(June.End)).AssertGreen();
    }

    [BothDatabases]
    public async Task What_is_left_of_the_day_is_the_smaller_of_our_limit_and_Xeros_word(TestDatabaseKind kind)
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(
            small.Books, small.Clock, kind, configure: services => services.AddSingleton(new XeroOptions { CallsPerMinute = 1_000_000, RetryDelaySeconds = 0.001 }));
        var sync = books.Get<SyncService>();
        Assert.Equal(900, await sync.CallsLeftAsync(Caller.Command, books.Tenant, default));
        var run = await books.SyncWellAsync();

        Assert.True(run.Calls > 0);
        Assert.Equal(900 - run.Calls, await sync.CallsLeftAsync(Caller.Command, books.Tenant, default));

        var organisation = await books.OrganisationAsync();
        await books.Get<XeroCfo.Data.Xero.XeroPace>().SaidAsync(organisation, 12, default);
        Assert.Equal(12, await sync.CallsLeftAsync(Caller.Command, books.Tenant, default));
        small.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(900, await sync.CallsLeftAsync(Caller.Command, books.Tenant, default));

        organisation.Connection = ConnectionStatus.Demo;
        Assert.Null(await books.Get<ICallBudget>().LeftTodayAsync(organisation, default));
    }

    [Fact]
    public async Task A_right_that_is_missing_is_told_from_a_consent_that_ended()
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock);
        books.Xero.Faults = request => request.Endpoint == "Reports/TrialBalance" ? FakeFault.InsufficientScope : null;

        var run = await books.SyncAsync();

        Assert.Equal((SyncStatus.Failed, "xero-scope-missing"), (run.Status, run.ErrorCode));
        Assert.Contains("accounting.reports.trialbalance.read", run.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("month 2026-10", "2026-10")]
    [InlineData("month 2026-13", null)]
    [InlineData("manual", null)]
    public void Only_a_trigger_of_a_month_names_one(string trigger, string? month) => Assert.Equal(month, SyncTriggers.MonthOf(trigger)?.ToString());

    private static async Task<string?> ReferenceAsync(SyncedBooks books, Guid xeroId)
    {
        await using var db = books.Open();
        return await db.Transactions.Where(row => row.XeroId == xeroId).Select(row => row.Reference).SingleAsync();
    }

    private static async Task<Dictionary<DateOnly, DateTime>> ReadAtAsync(SyncedBooks books)
    {
        await using var db = books.Open();
        return (await db.XeroTrialBalances.AsNoTracking().ToListAsync()).GroupBy(row => row.Date).ToDictionary(group => group.Key, group => group.Max(row => row.ReadAt));
    }
}
