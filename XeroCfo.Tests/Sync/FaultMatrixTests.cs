using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Xero;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Sync;

/// <summary>
/// Each thing that Xero may do wrong, in the middle of a list of many pages, in a first load and in a later sync: the books end as those of
/// a good day, and what is changed afterwards comes in too.
/// </summary>
public sealed class FaultMatrixTests
{
    private const string FirstLoad = "a first load";
    private const string LaterSync = "a later sync";
    private const string Updated = "a record updated during paging";
    private const string Voided = "a record voided during paging";
    private static readonly DateOnly Today = new(2026, 3, 20);

    /// <summary>What is over when the call is repeated: the run does not notice.</summary>
    private static readonly Dictionary<string, FakeFault?> Passing = new()
    {
        ["429, the limit of a minute"] = FakeFault.RateLimit("minute", 0),
        ["500"] = FakeFault.Status(500),
        ["502"] = FakeFault.Status(502),
        ["503"] = FakeFault.Status(503),
        ["504"] = FakeFault.Status(504),
        ["a hang"] = FakeFault.TimeOut,
        ["a reset"] = FakeFault.Reset,
        ["a cut body"] = FakeFault.CutBody,
        ["HTML instead of JSON"] = FakeFault.WebPage,
        ["malformed JSON"] = FakeFault.BrokenJson,
        ["a doubled record"] = FakeFault.DoubledRecord,
        ["a missing record"] = FakeFault.MissingRecord,
        [Updated] = null,
        [Voided] = null,
        ["a clock three hours ahead"] = FakeFault.Skewed(TimeSpan.FromHours(3)),
        ["a clock three hours behind"] = FakeFault.Skewed(TimeSpan.FromHours(-3)),
    };

    /// <summary>What ends a run, and its error; empty: the run waits for the next day instead.</summary>
    private static readonly Dictionary<string, (FakeFault Fault, string Code)> Ending = new()
    {
        ["401"] = (FakeFault.Unauthorized("TokenExpired: token expired"), "xero-needs-reconnect"),
        ["403"] = (FakeFault.Status(403), "xero-needs-reconnect"),
        ["404"] = (FakeFault.Status(404), "xero-record-unknown"),
        ["412"] = (FakeFault.Status(412), "xero-unavailable"),
        ["429, the limit of a day"] = (FakeFault.RateLimit("day", 3_600), ""),
    };

    public static TheoryData<string, string> OfPassing => Each(Passing.Keys);

    public static TheoryData<string, string> OfEnding => Each(Ending.Keys);

    [Theory]
    [MemberData(nameof(OfPassing))]
    public async Task Once_on_the_second_page_it_leaves_no_trace(string fault, string load)
    {
        var small = new SmallBooks();
        await using var books = await ReadyAsync(small, load);
        var struck = 0;
        books.Xero.Faults = request =>
        {
            // A clock is wrong in every answer, all else happens once.
            var strikes = request.Endpoint == "Invoices" && (fault.Contains("clock", StringComparison.Ordinal) || (request.Asked("page") == "2" && struck == 0));
            struck += strikes ? 1 : 0;
            if (strikes && fault == Updated)
            {
                // It was on the first page; in the order of changes it goes to the end, and every later one slides forward.
                Touch(small, FirstRead(small, load));
            }
            else if (strikes && fault == Voided)
            {
                // It was on the first page and leaves the list; every later one slides forward.
                small.Books.Now = small.Clock.Now.AddSeconds(1);
                small.Books.Void(FirstRead(small, load), Today);
                small.Books.Now = null;
            }

            return strikes ? Passing[fault] : null;
        };

        var run = await books.SyncAsync();

        Assert.True(struck > 0);
        Assert.True(run.Status == SyncStatus.Succeeded, $"{run.Status} {run.ErrorCode} {run.ErrorMessage}");
        Assert.Empty(await books.IssuesAsync(run));
        books.Xero.Faults = null;
        if (fault is not (Updated or Voided))
        {
            await AssertAsOnAGoodDayAsync(small, books);
        }

        await AssertLaterChangesComeInAsync(small, books);
    }

    [Theory]
    [MemberData(nameof(OfEnding))]
    public async Task Once_on_the_second_page_it_ends_the_run_and_the_next_one_goes_on(string fault, string load)
    {
        var small = new SmallBooks();
        await using var books = await ReadyAsync(small, load);
        var before = await books.ContentAsync();
        var struck = 0;
        books.Xero.Faults = request => request.Endpoint == "Invoices" && request.Asked("page") == "2" && struck++ == 0 ? Ending[fault].Fault : null;

        var run = await books.SyncAsync();

        var code = Ending[fault].Code;
        Assert.Equal((code.Length == 0 ? SyncStatus.Queued : SyncStatus.Failed, code.Length == 0 ? null : code), (run.Status, run.ErrorCode));
        Assert.Equal(before, await books.ContentAsync());
        books.Clock.Advance(TimeSpan.FromHours(1));
        await books.SyncWellAsync();
        await AssertAsOnAGoodDayAsync(small, books);
        await AssertLaterChangesComeInAsync(small, books);
    }

    [Fact]
    public async Task A_record_that_leaves_a_year_during_its_walk_loses_no_other_even_when_the_run_ends_before_records_are_counted()
    {
        var small = new SmallBooks();
        await using var books = await ReadyAsync(small, FirstLoad);
        var (voided, ended) = (false, false);
        books.Xero.Faults = request =>
        {
            if (request.Endpoint != "Invoices")
            {
                return null;
            }

            if (request.Asked("page") == "2" && !voided)
            {
                voided = true;
                small.Books.Now = small.Clock.Now.AddSeconds(1);
                small.Books.Void(FirstRead(small, FirstLoad), Today);
                small.Books.Now = null;
            }

            // The first question after the year's pages.
            ended |= voided && request.Asked("where")?.Contains("2025", StringComparison.Ordinal) != true;
            return ended ? FakeFault.Status(412) : null;
        };

        var run = await books.SyncAsync();

        Assert.True(voided && ended);
        Assert.Equal(SyncStatus.Failed, run.Status);
        books.Xero.Faults = null;
        await books.SyncWellAsync();
        await AssertAsOnAGoodDayAsync(small, books);
    }

    private static TheoryData<string, string> Each(IEnumerable<string> faults)
    {
        var data = new TheoryData<string, string>();
        foreach (var fault in faults)
        {
            data.Add(fault, FirstLoad);
            data.Add(fault, LaterSync);
        }

        return data;
    }

    // Lists have several pages, and what was changed lies further back than a sync looks again.
    private static async Task<SyncedBooks> ReadyAsync(SmallBooks small, string load)
    {
        var books = await SyncedBooks.OfAsync(small.Books, small.Clock, configure: services => services.AddSingleton(
            new XeroOptions { CallsPerMinute = 1_000_000, CallsPerDay = 4_000, RetryDelaySeconds = 0.001, TimeoutSeconds = 1, MaxRetries = 2, PageSize = 5 }));
        if (load == LaterSync)
        {
            await books.SyncWellAsync();
            small.Change();
            for (var i = 0; i < 12; i++)
            {
                small.Books.Now = small.Clock.Now.AddSeconds(i + 1);
                small.Bills.Add(small.Books.Bill(new DateOnly(2025, 4, 1).AddDays(i * 20), "Many", new FakeLine("429", 10m + i, "INPUT2")));
            }

            small.Clock.Advance(TimeSpan.FromMinutes(40));
        }

        small.Books.Now = null;
        return books;
    }

    /// <summary>A document of the first page that nobody paid: by id in a first load, which reads 2025 in several pages, by change in a later sync.</summary>
    private static Guid FirstRead(SmallBooks small, string load) => load == LaterSync
        ? small.Bills[^12]
        : small.Invoices.Take(12).Concat(small.Bills.Take(12)).Where((_, month) => month % 2 == 1).MinBy(id => id.ToString(), StringComparer.Ordinal);

    private static void Touch(SmallBooks small, Guid id)
    {
        small.Books.Now = small.Clock.Now.AddSeconds(1);
        small.Books.Edit(id, document => document with { Reference = "touched" }, Today);
        small.Books.Now = null;
    }

    private static async Task AssertLaterChangesComeInAsync(SmallBooks small, SyncedBooks books)
    {
        small.Clock.Advance(TimeSpan.FromMinutes(30));
        small.Books.Now = small.Clock.Now;
        small.Books.Bill(new DateOnly(2026, 2, 3), "Afterwards", new FakeLine("429", 12m, "INPUT2"));
        small.Books.Now = null;
        small.Clock.Advance(TimeSpan.FromMinutes(30));
        await books.SyncWellAsync();
        await AssertAsOnAGoodDayAsync(small, books);
    }

    private static async Task AssertAsOnAGoodDayAsync(SmallBooks small, SyncedBooks books)
    {
        await using var clean = await SyncedBooks.OfAsync(small.Books, new FixedClock(small.Clock.Now));
        await clean.SyncWellAsync(full: true);
        var (expected, found) = (await clean.ContentAsync(), await books.ContentAsync());
        Assert.True(expected.SequenceEqual(found), $"missing {string.Join(" | ", expected.Except(found).Take(5))}; too many {string.Join(" | ", found.Except(expected).Take(5))}");
        (await books.TrialBalanceAsync(SmallBooks.MonthEnd(12))).AssertGreen();
    }
}
