using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Data.Xero;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Pipeline;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
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
        ["a reset"] = FakeFault.Reset,
        ["a web page"] = FakeFault.WebPage,
        ["a clock three hours ahead"] = FakeFault.Skewed(TimeSpan.FromHours(3)),
        ["a clock three hours behind"] = FakeFault.Skewed(TimeSpan.FromHours(-3)),
        ["a lost record"] = FakeFault.MissingRecord,
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
            data.Add("half a JSON", "Reports/TrialBalance");
            data.Add("half a JSON", "Accounts");
            data.Add("a web page", "Contacts");
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

        var run = books.SyncWellAsync();
        Assert.NotSame(run, await Task.WhenAny(run, Task.Delay(TimeSpan.FromSeconds(1))));
        books.Clock.Advance(TimeSpan.FromSeconds(1));
        await run;

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
        { "404", "xero-record-unknown" },
        { "412", "xero-unavailable" },
        { "a web page", "xero-unavailable" },
        { "resets", "xero-unavailable" },
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
                "404" => FakeFault.Status(404),
                "412" => FakeFault.Status(412),
                "a web page" => FakeFault.WebPage,
                "resets" => FakeFault.Reset,
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

    [Fact]
    public async Task An_answer_without_end_is_cut_off_and_the_run_says_so()
    {
        var small = new SmallBooks();
        using var handler = new EndlessHandler(small);
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, configure: services =>
        {
            Impatient(services);
            services.AddSingleton<IXeroTransport>(handler);
        });

        var run = await books.SyncAsync();

        Assert.Equal((SyncStatus.Failed, "xero-unavailable"), (run.Status, run.ErrorCode));
        Assert.Contains("too large", run.ErrorMessage, StringComparison.Ordinal);
        handler.IsCured = true;
        await books.SyncWellAsync();
        Assert.Equal(await Clean.Value, await books.ContentAsync());
    }

    [BothDatabases]
    public async Task Two_processes_that_sync_at_once_do_one_run(TestDatabaseKind kind)
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);
        await using var other = books.AnotherProcess();
        var (mine, theirs) = ((books.Get<SyncService>(), books.Get<SyncRunner>()), (other.GetRequiredService<SyncService>(), other.GetRequiredService<SyncRunner>()));

        var runs = await Task.WhenAll(new[] { mine, theirs, mine, theirs }.Select(process => Task.Run(async () =>
        {
            var asked = await process.Item1.RequestAsync(Caller.Command, books.Tenant, false, default);
            return (Asked: asked.Value.Id, Done: await process.Item2.RunNextAsync(books.Tenant, default));
        })));

        var done = runs.Select(run => run.Done).OfType<SyncRun>().ToList();
        Assert.Equal(runs.Select(run => run.Asked).Distinct().Count(), done.Count);
        Assert.All(done, run => Assert.Equal(SyncStatus.Succeeded, run.Status));
        Assert.Equal(await Clean.Value, await books.ContentAsync());
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

/// <summary>A Xero whose payments never stop coming, until it is cured.</summary>
file sealed class EndlessHandler(SmallBooks small) : DelegatingHandler(new FakeXeroHandler(Xero(small))), IXeroTransport
{
    private HttpClient? _client;

    public bool IsCured { get; set; }

    public Task<Result<XeroChannel>> ForAsync(XeroTenant organisation, CancellationToken ct) =>
        Task.FromResult<Result<XeroChannel>>(new XeroChannel(_client ??= new HttpClient(this) { BaseAddress = new Uri("https://xero.invalid/api.xro/2.0/") }, new FixedKey("token"), organisation));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (!IsCured && request.RequestUri!.AbsolutePath.EndsWith("/Payments", StringComparison.Ordinal))
        {
            answer.Content = new StreamContent(new Endless());
        }

        return answer;
    }

    private static FakeXero Xero(SmallBooks small)
    {
        var xero = new FakeXero(small.Clock);
        xero.Tokens.AcceptsAny = true;
        xero.Add(small.Books.Organisation);
        return xero;
    }

    private sealed class Endless : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)' ');
            return count;
        }

        public override void Flush()
        {
            // Nothing is written.
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
