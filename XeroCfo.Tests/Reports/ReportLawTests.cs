using CsCheck;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Reports;

/// <summary>What holds for the reports of any books, between any two days.</summary>
public sealed class ReportLawTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 20, 9, 30, 0, TimeSpan.Zero);
    private static readonly (int Day, int Month)[] YearEnds = [(31, 3), (30, 6), (31, 12), (5, 4), (28, 2)];

    [Fact]
    public Task Any_reports_of_any_books_prove_themselves() => CheckAsync(TestDatabaseKind.Sqlite, 3);

    [PostgresFact]
    public Task Any_reports_of_any_books_prove_themselves_on_PostgreSQL() => CheckAsync(TestDatabaseKind.Postgres, 1);

    [LongFact]
    public Task Reports_of_very_many_books_prove_themselves() => CheckAsync(TestDatabaseKind.Sqlite, 150);

    [BothDatabases]
    public async Task A_later_document_changes_no_report_of_the_past(TestDatabaseKind kind)
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);
        await books.SyncWellAsync();
        var asked = new ReportParameters { From = new DateOnly(2025, 2, 1), To = new DateOnly(2025, 12, 31), Interval = "month" };
        var before = (await RunAsync(books, ReportTypes.ProfitAndLoss, asked)).Rows;
        var aged = (await RunAsync(books, ReportTypes.AgedReceivables, new ReportParameters { Date = new DateOnly(2025, 12, 31) })).Rows;

        small.Clock.Advance(TimeSpan.FromMinutes(10));
        small.Books.Now = small.Clock.Now;
        small.Books.Payment(small.Invoices[1], new DateOnly(2026, 3, 10), "090");
        small.Books.Invoice(new DateOnly(2026, 2, 27), "Late", new FakeLine("200", 999m));
        await books.SyncWellAsync();

        Assert.Equal(Text(before), Text((await RunAsync(books, ReportTypes.ProfitAndLoss, asked)).Rows));
        Assert.Equal(Text(aged), Text((await RunAsync(books, ReportTypes.AgedReceivables, new ReportParameters { Date = new DateOnly(2025, 12, 31) })).Rows));
    }

    [BothDatabases]
    public async Task The_opening_counts_only_where_the_days_begin_with_it(TestDatabaseKind kind)
    {
        var worked = new WorkedBooks();
        await using var books = await SyncedBooks.OfAsync(worked.Books, worked.Clock, kind);
        await books.SyncWellAsync();

        var year = await RunAsync(books, ReportTypes.ProfitAndLoss, new ReportParameters { From = new DateOnly(2024, 4, 1), To = new DateOnly(2025, 3, 31), Interval = "month" });
        var months = await RunAsync(books, ReportTypes.ProfitAndLoss, new ReportParameters { From = new DateOnly(2025, 2, 1), To = new DateOnly(2025, 3, 31) });

        Assert.Equal([600m, 100m, 50m, 750m], year.Rows.Single(row => row.Key == "income").Values.Select(value => value.Number!.Value));
        Assert.Equal(150m, months.Rows.Single(row => row.Key == "income").Values[0].Number);
        Assert.Equal(30m, months.Rows.Single(row => row.Key == "operatingExpenses").XeroOnly[0]);
        Assert.All(year.Checks.Concat(months.Checks), check => Assert.Equal(CheckStatus.Pass, check.Status));
    }

    [BothDatabases]
    public async Task Statements_are_the_same_as_Xeros_own_until_somebody_touches_the_books(TestDatabaseKind kind)
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);
        await books.SyncWellAsync();
        var year = new ReportParameters { From = new DateOnly(2025, 4, 1), To = new DateOnly(2026, 2, 28) };
        var day = new ReportParameters { Date = new DateOnly(2026, 2, 28) };

        var profit = await CompareAsync(books, ReportTypes.ProfitAndLoss, year);
        var sheet = await CompareAsync(books, ReportTypes.BalanceSheet, day);
        Assert.Equal((CheckStatus.Pass, CheckStatus.Pass), (profit.Check.Status, sheet.Check.Status));
        Assert.True(profit.Accounts.Count > 2 && sheet.Accounts.Count > 4);
        Assert.Contains(sheet.Accounts, account => account is { AccountId: null, Ours: not 0 });

        small.Clock.Advance(TimeSpan.FromMinutes(10));
        small.Books.Now = small.Clock.Now;
        small.Books.Void(small.Invoices[5], new DateOnly(2026, 3, 20));
        var apart = await CompareAsync(books, ReportTypes.ProfitAndLoss, year);
        Assert.Equal((CheckStatus.Fail, "Sales", -105m), (apart.Check.Status, apart.Accounts[0].Name, apart.Accounts[0].Difference));
        Assert.Equal(CheckStatus.Fail, (await CompareAsync(books, ReportTypes.BalanceSheet, day)).Check.Status);
        var refused = await books.Get<XeroComparisonService>().CompareAsync(Caller.Command, books.Tenant, ReportTypes.ProfitAndLoss, year with { From = new DateOnly(2025, 1, 1) }, default);
        Assert.Equal("from", refused.Problem?.Field);
    }

    [Fact]
    public void A_cent_between_Xeros_own_rows_is_called_rounding()
    {
        var rounded = new XeroComparison(null!, default, [new ComparedAccount(null, "Current year earnings", 100.00m, 100.01m)]).Check;
        var apart = new XeroComparison(null!, default, [new ComparedAccount(null, "Current year earnings", 100.00m, 100.06m)]).Check;

        Assert.Equal(CheckStatus.Pass, rounded.Status);
        Assert.StartsWith("Rounding in Xero", rounded.Detail, StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Fail, apart.Status);
    }

    private static async Task<XeroComparison> CompareAsync(SyncedBooks books, string type, ReportParameters asked)
    {
        var compared = await books.Get<XeroComparisonService>().CompareAsync(Caller.Command, books.Tenant, type, asked, default);
        Assert.True(compared.Succeeded, compared.Problem?.Message);
        return compared.Value;
    }

    private static Task CheckAsync(TestDatabaseKind kind, int times) =>
        Gen.Select(RandomBooks.Events, Gen.Int[0, YearEnds.Length - 1], Gen.Int[0, 400].Array[12]).SampleAsync(
            sample => ObeyAsync(kind, sample.Item1, YearEnds[sample.Item2], sample.Item3),
            iter: times,
            threads: 1,
            print: sample => string.Join(", ", sample.Item1.Select(e => e.ToString())) + " " + YearEnds[sample.Item2] + " " + string.Join(' ', sample.Item3));

    private static async Task ObeyAsync(TestDatabaseKind kind, BookEvent[] events, (int Day, int Month) yearEnd, int[] offsets)
    {
        var random = new RandomBooks(yearEnd);
        random.Happen(events);
        await using var books = await SyncedBooks.OfAsync(random.Books, new FixedClock(Now), kind);
        await books.SyncWellAsync();
        var organisation = await books.OrganisationAsync();
        var (start, today) = (organisation.BooksStart!.Value, organisation.Today(books.Clock));
        var days = offsets.Select(offset => start.AddDays(offset)).Where(day => day <= today).Append(today).Append(Month.Of(today).Previous.End).ToList();
        foreach (var (one, other) in days.Zip(days.Skip(1)))
        {
            var (from, to) = one < other ? (one, other) : (other, one);
            await ProfitAddsUpAsync(books, from, to);
            foreach (var method in new[] { ReportWords.Indirect, ReportWords.Direct })
            {
                var flow = AssertProved(await RunAsync(books, ReportTypes.CashFlow, new ReportParameters { From = from, To = to, Method = method }));
                Assert.Equal(0, Value(flow, "unclassified"));
            }
        }

        foreach (var day in days)
        {
            AssertProved(await RunAsync(books, ReportTypes.BalanceSheet, new ReportParameters { Date = day, Compare = "lastYear" }));
            AssertProved(await RunAsync(books, ReportTypes.BalanceSheet, new ReportParameters { Date = day, OverdraftsInLiabilities = true }));
            foreach (var type in new[] { ReportTypes.AgedReceivables, ReportTypes.AgedPayables })
            {
                AssertProved(await RunAsync(books, type, new ReportParameters { Date = day, Buckets = "5x20days", AgeBy = "date" }));
                var aged = AssertProved(await RunAsync(books, type, new ReportParameters { Date = day, By = "document" }));
                var contacts = aged.Rows.Where(row => row.Kind == ReportRowKind.Subtotal).ToList();
                var documents = aged.Rows.Where(row => row.Depth == 1).ToList();
                for (var column = 0; column < 7; column++)
                {
                    Assert.Equal(aged.Rows.Single(row => row.Key == "total").Values[column].Number, contacts.Sum(row => row.Values[column].Number ?? 0));
                    Assert.Equal(contacts.Sum(row => row.Values[column].Number ?? 0), documents.Sum(row => row.Values[column].Number ?? 0));
                }
            }
        }
    }

    // Columns of any interval add up to the total, and that is what the same days show without an interval.
    private static async Task ProfitAddsUpAsync(SyncedBooks books, DateOnly from, DateOnly to)
    {
        var plain = AssertProved(await RunAsync(books, ReportTypes.ProfitAndLoss, new ReportParameters { From = from, To = to }));
        var whole = from.Day == 1 && Month.Of(to).End == to;
        foreach (var interval in new[] { "month", "quarter", "year" })
        {
            var cut = AssertProved(await RunAsync(books, ReportTypes.ProfitAndLoss, new ReportParameters { From = from, To = to, Interval = interval }));
            foreach (var row in cut.Rows.Where(row => row.Values.Count > 0))
            {
                Assert.Equal(plain.Rows.Single(other => other.Key == row.Key).Values[0], row.Values[^1]);
                Assert.Equal(row.Values[^1].Number, row.Values.SkipLast(1).Sum(value => value.Number));
            }
        }

        Assert.True(!whole || plain.Notes.All(note => note.Kind != "left-out"));
    }

    private static ReportDocument AssertProved(ReportDocument report)
    {
        Assert.NotEmpty(report.Checks);
        Assert.All(report.Checks, check => Assert.True(check.Status != CheckStatus.Fail, $"{report.Type} {report.From}–{report.To} {check.Key}: {check.Expected} {check.Actual} {check.Detail}"));
        Assert.All(report.Rows, row => Assert.True(row.Values.Count == (row.Kind == ReportRowKind.Section ? 0 : report.Columns.Count) && row.XeroOnly.Count == row.Values.Count));
        Assert.Equal(ReportJson.Write(report), ReportJson.Write(ReportJson.ReadDocument(ReportJson.Write(report))));
        return report;
    }

    private static decimal Value(ReportDocument report, string key) => report.Rows.Single(row => row.Key == key).Values[0].Number!.Value;

    private static string Text(IEnumerable<ReportRow> rows) => string.Join('\n', rows.Select(row => $"{row.Key} {string.Join(' ', row.Values.Select(value => value.Number))}"));

    private static async Task<ReportDocument> RunAsync(SyncedBooks books, string type, ReportParameters asked)
    {
        var made = await books.Get<ReportService>().RunAsync(Caller.Command, books.Tenant, type, asked, default);
        Assert.True(made.Succeeded, $"{type} {made.Problem?.Code} {made.Problem?.Message}");
        return made.Value;
    }
}
