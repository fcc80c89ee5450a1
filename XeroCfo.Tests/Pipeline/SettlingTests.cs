using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Pipeline;

/// <summary>Xero's books change while they are read: nothing is taken for a difference that is only a race.</summary>
public sealed class SettlingTests
{
    private static readonly DateOnly BeforeYearEnd = new(2026, 3, 24);
    private static readonly DateOnly Today = new(2026, 5, 20);

    /// <summary>The year ends on 31 March; documents stand on both sides of it.</summary>
    private static readonly Dictionary<string, Action<Race>> Changes = new()
    {
        ["a sale of an old month"] = race => race.Books.Invoice(BeforeYearEnd, "Late", new FakeLine("200", 230m, "OUTPUT2")),
        ["a sale of this month"] = race => race.Books.Invoice(Today.AddDays(-2), "New", new FakeLine("200", 23m, "OUTPUT2")),
        ["money spent last month"] = race => race.Books.Spend(Today.AddMonths(-1), "090", "Shop", new FakeLine("429", 46m, "INPUT2")),
        ["a sale moved over the year end"] = race => race.Books.Edit(race.March, sale => sale with { Date = new DateOnly(2026, 4, 2) }, Today),
        ["a sale moved back over the year end"] = race => race.Books.Edit(race.April, sale => sale with { Date = new DateOnly(2026, 3, 30) }, Today),
        ["a sale voided"] = race => race.Books.Void(race.March, Today),
        ["a pay run that only Xero knows, last year"] = race => race.Books.XeroOnly(BeforeYearEnd, "Pay run", ("477", 60m), ("803", -60m)),
        ["a pay run that only Xero knows, this month"] = race => race.Books.XeroOnly(Today.AddDays(-1), "Pay run", ("477", 70m), ("803", -70m)),
    };

    public static TheoryData<string> Names => [.. Changes.Keys];

    /// <summary>Every eleventh call, each kind of change from another one on; the long run takes them all.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public Task A_change_between_two_calls_of_a_run_is_never_taken_for_a_difference(string name) => RaceAsync(name, Changes.Keys.ToList().IndexOf(name), 11);

    [LongFact]
    public async Task A_change_between_any_two_calls_of_a_run_is_never_taken_for_a_difference()
    {
        foreach (var name in Changes.Keys)
        {
            await RaceAsync(name, 0, 1);
        }
    }

    private static async Task RaceAsync(string name, int first, int step)
    {
        var calls = await CallsOfARunAsync();
        Assert.True(calls > 15);

        // What comes too early or too late for one run is read by the next; a change makes a run ask more than a quiet one does.
        for (var at = first; at < calls + 10; at += step)
        {
            var race = new Race();
            await using var books = await race.SyncedAsync();
            race.ChangeAt(books, at, Changes[name]);
            await race.SyncAsync(books);

            foreach (var day in race.Days)
            {
                var balance = await books.TrialBalanceAsync(day);
                balance.AssertBalanced();
                Assert.True(balance.Unexplained().Count == 0, $"{name} at call {at}: {day:yyyy-MM-dd} {string.Join(", ", balance.Unexplained())}");
                Assert.NotEqual(CheckStatus.Fail, balance.TiesToXero);
            }

            // A change after the last look at Xero is the next run's.
            await race.SyncAsync(books);
            await race.SyncAsync(books);
            foreach (var day in race.Days)
            {
                var balance = await books.TrialBalanceAsync(day);
                Assert.True(balance is { TiesToXero: CheckStatus.Pass, StandsOnDocuments: CheckStatus.Pass, Settled: true }, $"{name} at call {at}: {day:yyyy-MM-dd} {balance.TiesToXero} {balance.StandsOnDocuments}");
            }

            await race.AssertAsFreshAsync(books);
        }
    }

    [BothDatabases]
    public async Task While_documents_keep_changing_months_are_unknown_and_never_red_and_then_they_heal(TestDatabaseKind kind)
    {
        var race = new Race();
        await using var books = await race.SyncedAsync(kind);
        books.Xero.Faults = request =>
        {
            if (request.Endpoint.StartsWith("Reports", StringComparison.Ordinal))
            {
                race.Happen(books, one => one.Books.Spend(BeforeYearEnd, "090", "Busy", new FakeLine("429", 11.5m, "INPUT2")));
            }

            return null;
        };

        await race.SyncAsync(books);

        var settling = (await books.OrganisationAsync()).SettlingFrom;
        Assert.Equal(BeforeYearEnd, settling);
        foreach (var day in race.Days)
        {
            var balance = await books.TrialBalanceAsync(day);
            Assert.Equal(day < settling ? CheckStatus.Pass : CheckStatus.Unknown, balance.TiesToXero);
            Assert.Equal(day < settling ? CheckStatus.Pass : CheckStatus.Unknown, balance.StandsOnDocuments);
            Assert.Equal(day < settling, balance.Settled);
            Assert.Equal(day < settling, balance.XeroReadAt is not null);
        }

        books.Xero.Faults = null;
        await race.SyncAsync(books);

        Assert.Null((await books.OrganisationAsync()).SettlingFrom);
        foreach (var day in race.Days)
        {
            (await books.TrialBalanceAsync(day)).AssertGreen();
        }
    }

    [BothDatabases]
    public async Task What_is_inferred_is_what_Xero_would_have_said(TestDatabaseKind kind)
    {
        var race = new Race();
        await using var books = await race.SyncedAsync(kind);
        race.Happen(books, one => one.Books.Invoice(new DateOnly(2026, 1, 12), "Late", new FakeLine("200", 100m, "OUTPUT2")));
        await race.SyncAsync(books);

        await using var db = books.Open();
        var inferred = db.XeroTrialBalances.Where(row => row.Inferred).ToList();

        Assert.Equal([new DateOnly(2026, 2, 28), new DateOnly(2026, 3, 31), new DateOnly(2026, 4, 30)], inferred.Select(row => row.Date).Distinct().Order());
        foreach (var day in race.Days)
        {
            (await books.TrialBalanceAsync(day)).AssertGreen();
            foreach (var row in inferred.Where(row => row.Date == day))
            {
                Assert.Equal(race.XeroBalance(row.AccountId, day), row.Balance);
            }
        }
    }

    [Fact]
    public async Task A_pay_run_entered_late_in_a_closed_month_is_found_by_the_next_run_and_told()
    {
        var race = new Race();
        await using var books = await race.SyncedAsync();
        race.Happen(books, one => one.Books.XeroOnly(new DateOnly(2026, 2, 27), "Late pay run", ("477", 60m), ("803", -60m)));

        var run = await race.SyncAsync(books);

        Assert.Equal(["2026-02 477 60.00", "2026-02 803 -60.00"], run.MovedMonths.Select(moved => $"{moved.Month} {race.Code(moved.AccountId)} {moved.After - moved.Before:0.00}").Order(StringComparer.Ordinal));
        foreach (var day in race.Days)
        {
            (await books.TrialBalanceAsync(day)).AssertGreen();
        }
    }

    [Fact]
    public async Task Each_day_some_old_readings_are_read_again_inferred_ones_first()
    {
        var race = new Race();
        await using var books = await race.SyncedAsync();
        race.Happen(books, one => one.Books.Invoice(new DateOnly(2026, 2, 12), "Late", new FakeLine("200", 100m, "OUTPUT2")));
        await race.SyncAsync(books);
        books.Clock.Advance(TimeSpan.FromDays(1));
        books.Xero.ForgetCalls();

        await race.SyncAsync(books);
        var first = Read(books);
        books.Xero.ForgetCalls();
        await race.SyncAsync(books);

        Assert.True(first.Count(day => day != "2026-05-21") >= 3);
        Assert.Contains("2026-03-31", first);
        Assert.Contains("2026-04-30", first);
        Assert.Equal(["2026-05-21"], Read(books));
        await using var db = books.Open();
        Assert.False(db.XeroTrialBalances.Any(row => row.Inferred));
    }

    private static List<string> Read(SyncedBooks books) =>
        [.. books.Xero.Calls.Where(call => call.Request.Endpoint == "Reports/TrialBalance").Select(call => call.Request.Asked("date")!).Order(StringComparer.Ordinal)];

    private static async Task<int> CallsOfARunAsync()
    {
        var race = new Race();
        await using var books = await race.SyncedAsync();
        race.Happen(books, one => one.Books.Invoice(BeforeYearEnd, "One", new FakeLine("200", 10m)));
        books.Xero.ForgetCalls();
        await race.SyncAsync(books);
        return books.Xero.Calls.Count;
    }

    /// <summary>Books that change under the reader's eyes.</summary>
    private sealed class Race
    {
        private readonly FixedClock _clock = new(new DateTimeOffset(2026, 5, 20, 1, 0, 0, TimeSpan.Zero));

        public Race()
        {
            for (var month = 0; month < 6; month++)
            {
                var day = new DateOnly(2025, 12, 10).AddMonths(month);
                Books.Invoice(day, "Anna", new FakeLine("200", 100m + month, "OUTPUT2"));
                Books.XeroOnly(day.AddDays(2), "Pay run", ("477", 40m), ("803", -40m));
            }

            March = Books.Invoice(new DateOnly(2026, 3, 12), "Ben", new FakeLine("200", 50m, "OUTPUT2"));
            April = Books.Invoice(new DateOnly(2026, 4, 12), "Cleo", new FakeLine("200", 70m, "OUTPUT2"));
        }

        public FakeBooks Books { get; } = FakeBooks.WithUsualAccounts();

        public Guid March { get; }

        public Guid April { get; }

        public IReadOnlyList<DateOnly> Days { get; } = [new(2025, 11, 30), new(2025, 12, 31), new(2026, 1, 31), new(2026, 2, 28), new(2026, 3, 31), new(2026, 4, 30), Today];

        public async Task<SyncedBooks> SyncedAsync(TestDatabaseKind kind = TestDatabaseKind.Sqlite)
        {
            var books = await SyncedBooks.OfAsync(Books, _clock, kind);
            await SyncAsync(books);
            return books;
        }

        public async Task<SyncRun> SyncAsync(SyncedBooks books)
        {
            _clock.Advance(TimeSpan.FromMinutes(10));
            var run = await books.SyncAsync();
            Assert.True(run.Status == SyncStatus.Succeeded, $"{run.Status} {run.ErrorMessage}");
            return run;
        }

        public void Happen(SyncedBooks books, Action<Race> change)
        {
            // Xero's clock has gone on when somebody saves.
            _clock.Advance(TimeSpan.FromSeconds(2));
            Books.Now = books.Clock.Now;
            change(this);
            _clock.Advance(TimeSpan.FromSeconds(2));
        }

        public void ChangeAt(SyncedBooks books, int call, Action<Race> change)
        {
            var count = 0;
            books.Xero.Faults = _ =>
            {
                if (count++ == call)
                {
                    Happen(books, change);
                }

                return null;
            };
        }

        public decimal XeroBalance(Guid account, DateOnly day)
        {
            var start = new FinancialYear(31, 3).StartOf(day);
            return Code(account) switch
            {
                "200" or "477" or "429" => Books.Journal.Balance(account, day) - Books.Journal.Balance(account, start.AddDays(-1)),
                "960" => Books.Journal.Balance(account, day) + new[] { "200", "477", "429" }.Sum(code => Books.Balance(code, start.AddDays(-1))),
                _ => Books.Journal.Balance(account, day),
            };
        }

        public string Code(Guid account) => new[] { "090", "200", "429", "477", "610", "803", "820", "960" }.First(code => Books.IdOf(code) == account);

        public async Task AssertAsFreshAsync(SyncedBooks books)
        {
            await using var fresh = await SyncedBooks.OfAsync(Books, new FixedClock(books.Clock.Now));
            await fresh.SyncAsync(full: true);
            Assert.Equal(await fresh.ContentAsync(), await books.ContentAsync());
        }
    }
}
