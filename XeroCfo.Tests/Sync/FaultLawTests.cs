using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Sync;

/// <summary>
/// Whatever goes wrong on the way, over a real socket and with tokens that end, while people work at Xero: once it is over, the books are those
/// of a first load on a good day.
/// </summary>
public sealed class FaultLawTests
{
    private const int MostRuns = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public Task After_any_sequence_of_faults_the_books_are_those_of_a_good_day(int seed) => ObeyAsync(seed, TestDatabaseKind.Sqlite);

    [PostgresFact]
    public Task After_any_sequence_of_faults_the_books_are_those_of_a_good_day_on_PostgreSQL() => ObeyAsync(5, TestDatabaseKind.Postgres);

    [LongFact]
    public async Task After_very_many_sequences_of_faults_the_books_are_those_of_a_good_day()
    {
        for (var seed = 100; seed < 200; seed++)
        {
            await ObeyAsync(seed, TestDatabaseKind.Sqlite);
        }
    }

    private static async Task ObeyAsync(int seed, TestDatabaseKind kind)
    {
        await using var books = await ConsentedBooks.CreateAsync(kind, options =>
        {
            (options.TimeoutSeconds, options.PageSize) = (1, 10);
        });
        var weather = new Weather((ulong)seed, books);
        var person = await books.PersonAsync();
        var tenant = (await books.ConnectAsync(person, books.First)).Value[0];
        books.Xero.Faults = weather.Strike;

        await SyncUntilWellAsync(books, person, tenant, weather);
        await SyncUntilWellAsync(books, person, tenant, weather);
        Assert.True(weather.Struck.Count > 5, $"seed {seed}: only {string.Join(", ", weather.Struck)}");
        books.Xero.Faults = null;
        await SyncUntilWellAsync(books, person, tenant, weather);

        await using var clean = await SyncedBooks.OfAsync(books.Small.Books, new FixedClock(books.Clock.Now), kind);
        await clean.SyncWellAsync(full: true);
        await using var db = books.Database.Open();
        var (expected, found) = (await clean.ContentAsync(), await BookContent.OfAsync(db));
        Assert.True(expected.SequenceEqual(found), $"{weather}: missing {string.Join(" | ", expected.Except(found).Take(5))}; too many {string.Join(" | ", found.Except(expected).Take(5))}");
        var service = books.Get<Domain.Ledger.TrialBalanceService>();
        for (var month = 0; month < 14; month++)
        {
            (await service.AtAsync(Caller.Command, tenant, SmallBooks.MonthEnd(month), default)).Value.AssertGreen();
        }
    }

    private static async Task SyncUntilWellAsync(ConsentedBooks books, Caller person, TenantId tenant, Weather weather)
    {
        for (var attempt = 1; ; attempt++)
        {
            if ((await books.OrganisationAsync(tenant)).Connection == ConnectionStatus.NeedsReconnect)
            {
                // A person comes back until it works.
                await books.ConnectAsync(person, books.First);
            }

            var run = (await books.SyncAsync(tenant))!;
            var organisation = await books.OrganisationAsync(tenant);
            if (run.Status == SyncStatus.Succeeded && organisation is { Connection: ConnectionStatus.Connected, SettlingFrom: null } && !await HasTroubleAsync(books))
            {
                return;
            }

            Assert.True(attempt < MostRuns, $"{weather}: {run.Status} {run.ErrorCode} {run.ErrorMessage}, {organisation.Connection} {organisation.SettlingFrom}");
            books.Clock.Now = run.WaitUntil is { } until ? until : books.Clock.Now.AddMinutes(7);
        }
    }

    private static async Task<bool> HasTroubleAsync(ConsentedBooks books)
    {
        await using var db = books.Database.Open();
        return db.Documents.Any(document => document.PostingProblem != null && !document.Deleted);
    }

    /// <summary>Spoils some of the answers, and lets people work at Xero meanwhile, as a seed will have it.</summary>
    private sealed class Weather(ulong seed, ConsentedBooks books)
    {
        private static readonly (string Name, FakeFault Fault)[] Anywhere =
        [
            ("401", FakeFault.Unauthorized("TokenExpired: token expired")), ("403", FakeFault.Status(403)), ("404", FakeFault.Status(404, "{}", "application/json")), ("412", FakeFault.Status(412)),
            ("429 minute", FakeFault.RateLimit("minute", 0)), ("429 day", FakeFault.RateLimit("day", 40_000)), ("500", FakeFault.Status(500)), ("502", FakeFault.Status(502)), ("503", FakeFault.Status(503)),
            ("reset", FakeFault.Reset), ("cut body", FakeFault.CutBody), ("web page", FakeFault.WebPage), ("half a JSON", FakeFault.BrokenJson),
            ("clock ahead", FakeFault.Skewed(TimeSpan.FromHours(3))), ("clock behind", FakeFault.Skewed(TimeSpan.FromHours(-3))),
        ];

        private static readonly (string Name, FakeFault Fault)[] OfPages =
            [("doubled record", FakeFault.DoubledRecord), ("missing record", FakeFault.MissingRecord), ("null record", FakeFault.NullRecord), ("no pagination", FakeFault.NoPagination)];

        /// <summary>After so many strikes the weather turns.</summary>
        private const int Storm = 35;

        private static readonly HashSet<string> Paged = ["Invoices", "CreditNotes", "Payments", "BankTransactions", "ManualJournals"];

        private readonly DemoRandom _random = DemoRandom.For(seed, "weather");
        private int _calls;
        private bool _changed;
        private bool _hung;

        public List<string> Struck { get; } = [];

        public FakeFault? Strike(FakeRequest request)
        {
            _calls++;
            var isAccounting = request.Path.StartsWith("/api.xro/", StringComparison.Ordinal);
            if (isAccounting && _calls > 20 && _random.Below(30) == 0)
            {
                People();
            }

            // A token ends while a page is on its way.
            if (isAccounting && Struck.Count < Storm && _random.Below(60) == 0)
            {
                Struck.Add("token ends");
                books.Consents.EndAccessTokens();
            }

            if (!isAccounting || Struck.Count >= Storm || _random.Below(9) > 0)
            {
                return null;
            }

            if (!_hung && _random.Below(12) == 0)
            {
                _hung = true;
                Struck.Add("hang");
                return FakeFault.TimeOut;
            }

            var faults = Paged.Contains(request.Endpoint) && request.Asked("page") is not null && _random.Below(2) == 0 ? OfPages : Anywhere;
            var (name, fault) = faults[_random.Below(faults.Length)];
            Struck.Add($"{name} at {request.Endpoint}");
            return fault;
        }

        public override string ToString() => $"seed {seed}: {string.Join(", ", Struck)}";

        private void People()
        {
            books.Small.Books.Now = books.Clock.Now;
            if (!_changed)
            {
                _changed = true;
                books.Small.Change();
                return;
            }

            var day = new DateOnly(2025, 2, 3).AddDays(_random.Below(400));
            books.Small.Books.Bill(day, "Worker", new FakeLine("429", 10m + _random.Below(90), "INPUT2"));
        }
    }
}
