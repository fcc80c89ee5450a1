using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Data.Xero;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Xero;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Sync;

/// <summary>Xero at its worst: whatever it answers, the books end as if it had behaved, or say what is missing.</summary>
public sealed class FaultTests
{
    private static readonly Lazy<Task<IReadOnlyList<string>>> Clean = new(CleanAsync);

    /// <summary>What goes wrong once and is over when the call is repeated.</summary>
    private static readonly Dictionary<string, FakeFault> Passing = new()
    {
        ["the limit of a minute"] = FakeFault.RateLimit("minute", 0),
        ["500"] = FakeFault.Status(500),
        ["503"] = FakeFault.Status(503),
        ["a broken body"] = FakeFault.CutBody,
        ["half a JSON"] = FakeFault.BrokenJson,
        ["a doubled record"] = FakeFault.DoubledRecord,
        ["a null record"] = FakeFault.NullRecord,
        ["no pagination"] = FakeFault.NoPagination,
    };

    public static TheoryData<string, string> Once
    {
        get
        {
            var data = new TheoryData<string, string>();
            string[] lists = ["Invoices", "Payments", "BankTransactions", "ManualJournals"];
            foreach (var name in Passing.Keys)
            {
                data.Add(name, lists[data.Count % lists.Length]);
            }

            data.Add("503", "BankTransfers");
            data.Add("a null record", "BankTransfers");
            data.Add("a broken body", "Reports/TrialBalance");
            data.Add("500", "Organisation");
            data.Add("503", "Accounts");
            data.Add("a null record", "Accounts");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Once))]
    public async Task Once_leaves_no_trace(string fault, string endpoint)
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock);
        var asked = 0;

        // Every third answer of the endpoint, so that first, middle and repeated calls are hit.
        books.Xero.Faults = request => request.Endpoint == endpoint && asked++ % 3 == 0 ? Passing[fault] : null;

        var run = await books.SyncWellAsync();

        Assert.True(asked > 0);
        Assert.Empty(await books.IssuesAsync(run));
        Assert.Equal(await Clean.Value, await books.ContentAsync());
    }

    [Fact]
    public async Task A_minutes_wait_is_waited_as_long_as_Xero_says()
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock);
        var limited = false;
        books.Xero.Faults = request => request.Endpoint == "Invoices" && !limited && (limited = true) ? FakeFault.RateLimit("minute", 1) : null;
        var watch = System.Diagnostics.Stopwatch.StartNew();

        await books.SyncWellAsync();

        Assert.True(watch.Elapsed >= TimeSpan.FromSeconds(1));
        Assert.Equal(await Clean.Value, await books.ContentAsync());
    }

    [Fact]
    public async Task A_call_that_is_never_answered_is_asked_again()
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, configure: Impatient);
        var hung = false;
        books.Xero.Faults = request => request.Endpoint == "Payments" && !hung && (hung = true) ? FakeFault.TimeOut : null;

        var run = await books.SyncWellAsync();

        Assert.Empty(await books.IssuesAsync(run));
        Assert.Equal(await Clean.Value, await books.ContentAsync());
    }

    public static TheoryData<string, string> Away => new()
    {
        { "503", "xero-unavailable" },
        { "never an answer", "xero-unavailable" },
        { "broken JSON", "xero-unavailable" },
        { "an answer without its list", "xero-unavailable" },
        { "an answer that is no object", "xero-unavailable" },
        { "the limit of a day", "" },
        { "400", "xero-unavailable" },
        { "401", "xero-needs-reconnect" },
        { "403", "xero-needs-reconnect" },
    };

    [Theory]
    [MemberData(nameof(Away))]
    public async Task While_Xero_is_away_the_run_fails_or_waits_and_the_old_figures_are_served(string fault, string code)
    {
        foreach (var endpoint in new[] { "Organisation", "Invoices", "BankTransfers", "Reports/TrialBalance" })
        {
            var small = new SmallBooks();
            await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, configure: Impatient);
            await books.SyncWellAsync();
            var content = await books.ContentAsync();
            var version = (await books.OrganisationAsync()).LedgerVersion;
            small.Change();
            var spoilt = fault switch
            {
                "503" => FakeFault.Status(503),
                "never an answer" => FakeFault.TimeOut,
                "broken JSON" => FakeFault.BrokenJson,
                "an answer without its list" => FakeFault.Status(200, "{\"Id\":\"1\",\"Status\":\"OK\"}", "application/json"),
                "an answer that is no object" => FakeFault.Status(200, "[]", "application/json"),
                "the limit of a day" => FakeFault.RateLimit("day", 40_000),
                "400" => FakeFault.Status(400),
                "401" => FakeFault.Unauthorized("TokenExpired: token expired"),
                _ => FakeFault.Status(403),
            };
            if (fault == "never an answer" && endpoint != "Invoices")
            {
                continue;
            }

            books.Xero.Faults = request => request.Endpoint == endpoint ? spoilt : null;

            var run = await books.SyncAsync();

            // What only needs time waits for it; everything else says why it failed.
            var waits = code.Length == 0;
            Assert.Equal((waits ? SyncStatus.Queued : SyncStatus.Failed, waits ? null : code), (run.Status, run.ErrorCode));
            Assert.Equal(waits, string.IsNullOrEmpty(run.ErrorMessage));
            Assert.Equal(content, await books.ContentAsync());
            var organisation = await books.OrganisationAsync();
            Assert.Equal((version, false), (organisation.LedgerVersion, organisation.SyncInProgress));
            (await books.TrialBalanceAsync(SmallBooks.MonthEnd(5))).AssertGreen();
            books.Xero.Faults = null;
            books.Clock.Advance(waits ? TimeSpan.FromSeconds(40_000) : TimeSpan.Zero);
            await books.SyncWellAsync();
            (await books.TrialBalanceAsync(SmallBooks.MonthEnd(5))).AssertGreen();
        }
    }

    private static void Impatient(IServiceCollection services) =>
        services.AddSingleton(new XeroOptions { CallsPerMinute = 1_000_000, CallsPerDay = 4_000, RetryDelaySeconds = 0.001, TimeoutSeconds = 1, MaxRetries = 2 });

    private static async Task<IReadOnlyList<string>> CleanAsync()
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock);
        await books.SyncWellAsync();
        return await books.ContentAsync();
    }
}
