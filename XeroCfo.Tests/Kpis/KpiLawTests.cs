using CsCheck;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Kpis.Overviews;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Kpis;

/// <summary>What holds for the KPIs and the overview of any books, on any day.</summary>
public sealed class KpiLawTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 20, 9, 30, 0, TimeSpan.Zero);
    private static readonly (int Day, int Month)[] YearEnds = [(31, 3), (30, 6), (31, 12), (5, 4), (28, 2)];
    private static readonly string[] Periods = [ReportWords.Month, ReportWords.Quarter, ReportWords.Year];

    [Fact]
    public Task Kpis_are_the_same_as_the_statements_of_any_books() => CheckAsync(TestDatabaseKind.Sqlite, 2);

    [PostgresFact]
    public Task Kpis_are_the_same_as_the_statements_of_any_books_on_PostgreSQL() => CheckAsync(TestDatabaseKind.Postgres, 1);

    [LongFact]
    public Task Kpis_are_the_same_as_the_statements_of_very_many_books() => CheckAsync(TestDatabaseKind.Sqlite, 100);

    private static Task CheckAsync(TestDatabaseKind kind, int times) =>
        Gen.Select(RandomBooks.Events, Gen.Int[0, YearEnds.Length - 1], Gen.Int[0, 400].Array[4], Gen.Int[0, 400].Array[4]).SampleAsync(
            sample => ObeyAsync(kind, sample.Item1, YearEnds[sample.Item2], sample.Item3, sample.Item4),
            iter: times,
            threads: 1,
            print: sample => string.Join(", ", sample.Item1.Select(e => e.ToString())) + " " + YearEnds[sample.Item2] + " " + string.Join(' ', sample.Item3) + " / " + string.Join(' ', sample.Item4));

    private static async Task ObeyAsync(TestDatabaseKind kind, BookEvent[] events, (int Day, int Month) yearEnd, int[] offsets, int[] transfers)
    {
        var random = new RandomBooks(yearEnd);
        random.Happen(events);

        // Dollars that turn out to be worth more or less than what was sent; the last ones in a month that is looked at whatever chance says.
        foreach (var (at, offset) in transfers.Append(DateOnly.FromDateTime(Now.DateTime).DayNumber - 2 - RandomBooks.Start.DayNumber).Index())
        {
            random.Books.Transfer(new FakeTransfer(RandomBooks.Start.AddDays(offset), "090", "092", 100m + at) { Received = 60m + (2 * at), ToRate = 0.6m + (0.01m * at) });
        }

        await using var books = await SyncedBooks.OfAsync(random.Books, new FixedClock(Now), kind);
        await books.SyncWellAsync();
        var organisation = await books.OrganisationAsync();
        var (start, today) = (organisation.BooksStart!.Value, organisation.Today(books.Clock));
        var days = offsets.Select(offset => start.AddDays(offset)).Where(day => day <= today).Append(today).Append(Month.Of(today).Previous.End).ToList();
        var gains = 0m;
        foreach (var (index, day) in days.Index())
        {
            gains += Math.Abs(await SameAsStatementsAsync(books, day, Periods[index % Periods.Length]));
        }

        Assert.NotEqual(0, gains);
        await OverviewAddsUpAsync(books, today);
        await SumsAreOfLinesAsync(books);
    }

    private static async Task<decimal> SameAsStatementsAsync(SyncedBooks books, DateOnly day, string period)
    {
        var sheet = await Good(books.Get<KpiService>().GetAsync(Caller.Command, books.Tenant, day, period, default));
        var flow = await ReportAsync(books, ReportTypes.CashFlow, new ReportParameters { From = sheet.Days.First, To = sheet.Days.Last });
        var profit = await ReportAsync(books, ReportTypes.ProfitAndLoss, new ReportParameters { From = sheet.Days.First, To = sheet.Days.Last });
        var balances = await ReportAsync(books, ReportTypes.BalanceSheet, new ReportParameters { Date = day });

        Assert.Equal(Value(flow, "operating"), Part(sheet, "ocfToCurrentLiabilities", "Operating cash flow"));
        Assert.Equal(Value(flow, "operating"), Part(sheet, "cashConversion", "Operating cash flow"));
        Assert.Equal(Value(profit, "netProfit"), Kpi(sheet, "netProfit").Value.Value);
        Assert.Equal(Value(profit, "income"), Kpi(sheet, "income").Value.Value);
        Assert.Equal(Value(balances, "bank"), Kpi(sheet, "cash").Value.Value);
        Assert.Equal(Value(balances, "totalEquity"), Part(sheet, "equityToAssets", "Equity"));
        return flow.Rows.FirstOrDefault(row => row.Key == "nonCash:transferGains")?.Values[0].Number ?? 0;
    }

    private static async Task OverviewAddsUpAsync(SyncedBooks books, DateOnly today)
    {
        var sheet = await Good(books.Get<KpiService>().GetAsync(Caller.Command, books.Tenant, null, null, default));
        var overview = await Good(books.Get<OverviewService>().GetAsync(Caller.Command, books.Tenant, null, "previous", default));

        Assert.All(["cash", "income", "grossMargin", "netProfit", "receivables", "payables"], key =>
        {
            Assert.Equal(Kpi(sheet, key).Value, overview.Tile(key).Value);
            Assert.Equal(Kpi(sheet, key).Previous.Value, overview.Tile(key).Before.Value);
        });
        Assert.Equal(overview.Tile("cash").Value.Value, overview.Cash.Past[^1].Closing);
        Assert.Equal(today, overview.Cash.Past[^1].Date);
        if (overview.Walk is { } walk)
        {
            Assert.Equal(walk.End, walk.Start + walk.Steps.Sum(step => step.Effect));
            Assert.InRange(walk.Steps.Count, 0, ProfitWalks.Most);
        }

        // Any day of the line is what the balance sheet of that day says.
        foreach (var day in overview.Cash.Past.Where((_, index) => index % 97 == 5))
        {
            Assert.Equal(Value(await ReportAsync(books, ReportTypes.BalanceSheet, new ReportParameters { Date = day.Date }), "bank"), day.Closing);
        }

        foreach (var key in new[] { "netProfit", "grossMargin", "workingCapital", "debtToEquity" })
        {
            var explained = await Good(books.Get<KpiExplainService>().ExplainAsync(Caller.Command, books.Tenant, key, null, null, null, default));
            Assert.Equal(Kpi(sheet, key).Value, explained.Kpi.Value);
            Assert.All(explained.Parts.Where(part => part.Part.Name != "Equity"), part => Assert.Equal(0, part.Rest));
        }
    }

    private static async Task SumsAreOfLinesAsync(SyncedBooks books)
    {
        await using var db = books.Open();
        var lines = (await db.LedgerLines.AsNoTracking().ToListAsync()).Where(line => line.Source is LineSources.Document or LineSources.Journal).ToList();
        var days = lines.GroupBy(line => (line.AccountId, line.Date)).ToDictionary(group => group.Key, group => group.Sum(line => line.Amount));
        var contacts = lines.Where(line => line.ContactId is not null).GroupBy(line => (line.AccountId, Month.Of(line.Date).Start, line.ContactId!.Value)).ToDictionary(group => group.Key, group => group.Sum(line => line.Amount));

        Assert.Equal(Some(days), Some((await db.DayBalances.AsNoTracking().ToListAsync()).ToDictionary(row => (row.AccountId, row.Date), row => row.Movement)));
        Assert.Equal(Some(contacts), Some((await db.ContactBalances.AsNoTracking().ToListAsync()).ToDictionary(row => (row.AccountId, row.Month, row.ContactId), row => row.Movement)));
    }

    private static Dictionary<TKey, decimal> Some<TKey>(Dictionary<TKey, decimal> sums)
        where TKey : notnull => sums.Where(sum => sum.Value != 0).ToDictionary();

    private static Kpi Kpi(KpiSheet sheet, string key) => sheet.Items.Single(kpi => kpi.Definition.Key == key);

    private static decimal? Part(KpiSheet sheet, string key, string name) => Kpi(sheet, key).Parts.First(part => part.Name == name).Value;

    private static decimal? Value(ReportDocument document, string key) => document.Rows.FirstOrDefault(row => row.Key == key && row.Values.Count > 0)?.Values[0].Number ?? 0;

    private static async Task<ReportDocument> ReportAsync(SyncedBooks books, string type, ReportParameters asked) => await Good(books.Get<ReportService>().RunAsync(Caller.Command, books.Tenant, type, asked, default));

    private static async Task<T> Good<T>(Task<Result<T>> answer)
    {
        var found = await answer;
        Assert.True(found.Succeeded, found.Problem?.Message);
        return found.Value;
    }
}
