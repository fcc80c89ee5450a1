using CsCheck;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Drill;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Reports;

/// <summary>Who has something open has a row, be it summed in the database or read document by document.</summary>
public sealed class AgedRowsTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 20, 9, 30, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 4, 20);
    private static readonly Caller Standard = Caller.Command with { Permissions = Permissions.Of(Roles.Standard).ToHashSet() };

    // Few amounts and few people, so that much of it comes to nothing.
    private static readonly Gen<(int What, int Who, int Amount, int Day)[]> Events = Gen.Select(Gen.Int[0, 7], Gen.Int[0, 3], Gen.Int[-2, 2], Gen.Int[0, 200]).Array[10, 40];

    [Fact]
    public Task Both_ways_give_the_same_rows() => CheckAsync(TestDatabaseKind.Sqlite, 4);

    [PostgresFact]
    public Task Both_ways_give_the_same_rows_on_PostgreSQL() => CheckAsync(TestDatabaseKind.Postgres, 2);

    [LongFact]
    public Task Both_ways_give_the_same_rows_for_very_many_books() => CheckAsync(TestDatabaseKind.Sqlite, 150);

    [BothDatabases]
    public async Task A_contact_whose_documents_cancel_out_has_a_row_that_opens(TestDatabaseKind kind)
    {
        var xero = Books();
        Invoice(xero, "In one age", 100m, Today.AddDays(-10));
        Invoice(xero, "In one age", -100m, Today.AddDays(-12));
        Invoice(xero, "In two ages", 70m, Today.AddDays(-10));
        Invoice(xero, "In two ages", -70m, Today.AddDays(-80));
        Invoice(xero, "By credit", 50m, Today.AddDays(-10));
        xero.CreditNote(new FakeInvoice("By credit", Today.AddDays(-10), new FakeLine("200", 50m)) { LineAmountTypes = "NoTax" });
        xero.Payment(Invoice(xero, "Paid", 30m, Today.AddDays(-60)), Today.AddDays(-50), "090");
        await using var books = await SyncedBooks.OfAsync(xero, new FixedClock(Now), kind);
        await books.SyncWellAsync();

        var aged = await RunAsync(books, Caller.Command, new ReportParameters { Date = Today, AgeBy = "date" });

        var rows = aged.Rows.Where(row => row.Kind == ReportRowKind.Line).ToList();
        Assert.Equal(["By credit", "In one age", "In two ages"], rows.Select(row => row.Label));
        Assert.All(rows, row => Assert.Equal(0, row.Values[6].Number));
        await AssertOpensAsync(books, aged, rows[0], "lt1", 50m, -50m);
        await AssertOpensAsync(books, aged, rows[1], "lt1", 100m, -100m);
        await AssertOpensAsync(books, aged, rows[2], "total", 70m, -70m);
        await AssertSameAsync(books, new ReportParameters { Date = Today });
    }

    [BothDatabases]
    public async Task Pay_that_comes_as_bills_is_in_no_sum_of_who_may_not_see_it(TestDatabaseKind kind)
    {
        var xero = Books();
        xero.Bill(new FakeInvoice("Zebedee", Today.AddDays(-40), new FakeLine("429", 900m)) { LineAmountTypes = "NoTax" });
        xero.Bill(new FakeInvoice("Power Co", Today.AddDays(-40), new FakeLine("300", 80m)) { LineAmountTypes = "NoTax" });
        xero.Bill(new FakeInvoice("Both", Today.AddDays(-40), new FakeLine("300", 60m)) { LineAmountTypes = "NoTax" });
        xero.Bill(new FakeInvoice("Both", Today.AddDays(-40), new FakeLine("429", 500m)) { LineAmountTypes = "NoTax" });
        await using var books = await SyncedBooks.OfAsync(xero, new FixedClock(Now), kind);
        await books.SyncWellAsync();
        await TagAsync(books);

        var payables = ReportTypes.AgedPayables;
        var open = await RunAsync(books, Caller.Command, new ReportParameters { Date = Today }, payables);
        var hidden = await RunAsync(books, Standard, new ReportParameters { Date = Today }, payables);
        var ages = new OpenAges(true, Ageing.MonthCuts(Today, true));
        var read = await books.Get<IOpenItemReader>().ByAgeAsync(books.Tenant, false, Today, ages, true, default);

        Assert.Equal(["Both 560", "Power Co 80", "Zebedee 900"], Lines(open));
        Assert.Equal(["Both 60", "Hidden: payroll 1400", "Power Co 80"], Lines(hidden));
        Assert.Equal(open.Rows.Single(row => row.Key == "total").Values, hidden.Rows.Single(row => row.Key == "total").Values);
        Assert.Equal((2, 2), (read.Sums.Count, read.Items.Count));
        Assert.All(read.Items, item => Assert.True(item.Document.PayrollHidden));
        await AssertSameAsync(books, new ReportParameters { Date = Today });
    }

    private static Task CheckAsync(TestDatabaseKind kind, int times) => Gen.Select(Events, Gen.Int[0, 200].Array[5]).SampleAsync(
        sample => ObeyAsync(kind, sample.Item1, sample.Item2), iter: times, threads: 1, print: sample => string.Join(", ", sample.Item1) + " at " + string.Join(' ', sample.Item2));

    private static async Task ObeyAsync(TestDatabaseKind kind, (int What, int Who, int Amount, int Day)[] events, int[] offsets)
    {
        var xero = Books();
        var open = new List<Guid>();
        foreach (var (what, who, amount, offset) in events)
        {
            var (day, sum) = (Today.AddDays(-offset), amount * 25m);
            if (what < 5 && sum != 0)
            {
                var document = new FakeInvoice($"Somebody {who}", day, new FakeLine(what == 4 ? "429" : "300", sum)) { LineAmountTypes = "NoTax", DueDate = day.AddDays(what == 3 ? 3 : 30) };
                var written = what is 0 or 3 ? xero.Invoice(document) : xero.Bill(document);
                open.AddRange(sum > 0 ? [written] : Array.Empty<Guid>());
            }
            else if (what == 5 && sum > 0)
            {
                xero.CreditNote(new FakeInvoice($"Somebody {who}", day, new FakeLine("200", sum)) { LineAmountTypes = "NoTax" });
            }
            else if (open.Count > 0)
            {
                xero.Payment(open[^1], day, "090", sum == 25m ? 25m : null);
                open.RemoveAt(open.Count - 1);
            }
        }

        await using var books = await SyncedBooks.OfAsync(xero, new FixedClock(Now), kind);
        await books.SyncWellAsync();
        await TagAsync(books);
        foreach (var day in offsets.Select(offset => Today.AddDays(-offset)).Append(Today))
        {
            await AssertSameAsync(books, new ReportParameters { Date = day });
            await AssertSameAsync(books, new ReportParameters { Date = day, AgeBy = "date", Buckets = "4x15days" });
        }
    }

    private static async Task AssertSameAsync(SyncedBooks books, ReportParameters asked)
    {
        foreach (var type in new[] { ReportTypes.AgedReceivables, ReportTypes.AgedPayables })
        {
            foreach (var caller in new[] { Caller.Command, Standard })
            {
                var summed = await RunAsync(books, caller, asked, type);
                var read = await RunAsync(books, caller, asked with { By = ReportWords.ByDocument }, type);
                Assert.Equal(Text(read, summed.Columns.Count), Text(summed, summed.Columns.Count));
            }
        }
    }

    private static async Task AssertOpensAsync(SyncedBooks books, ReportDocument aged, ReportRow row, string column, params decimal[] parts)
    {
        var made = (await books.Get<ReportDrillService>().OpenAsync(Caller.Command, books.Tenant, aged, $"{row.Key}~{column}", default)).Value;
        Assert.Equal((0m, true), (made.Amount, made.Parts.All(part => part.TransactionId is not null)));
        Assert.Equal(parts.Order(), made.Parts.Select(part => part.Amount).Order());
    }

    private static FakeBooks Books()
    {
        var books = FakeBooks.WithUsualAccounts(new FakeOrganisationSettings(DemoIds.For(7, "tenant", "aged"), "Aged Limited") { FinancialYearEndDay = 31, FinancialYearEndMonth = 3 });
        books.Receive(Today.AddDays(-300), "090", "First", new FakeLine("200", 10m));
        return books;
    }

    private static Guid Invoice(FakeBooks books, string contact, decimal amount, DateOnly day) =>
        books.Invoice(new FakeInvoice(contact, day, new FakeLine("200", amount)) { LineAmountTypes = "NoTax" });

    // Documents with a line on this account are pay from now on.
    private static async Task TagAsync(SyncedBooks books)
    {
        await using var db = books.Open();
        Assert.Equal(1, await db.Accounts.Where(account => account.Code == "429").ExecuteUpdateAsync(set => set.SetProperty(account => account.Tag, AccountTags.Payroll)));
    }

    private static IEnumerable<string> Lines(ReportDocument report) => report.Rows.Where(row => row.Kind == ReportRowKind.Line).Select(row => $"{row.Label} {row.Values[6].Number:0.##}");

    private static string Text(ReportDocument report, int columns) =>
        string.Join('\n', report.Rows.Where(row => row.Depth == 0).Select(row => $"{row.Key} {row.Label} {row.ContactId} {string.Join(' ', row.Values.Take(columns).Select(value => $"{value.Number:0.0000}"))}"));

    private static async Task<ReportDocument> RunAsync(SyncedBooks books, Caller caller, ReportParameters asked, string type = ReportTypes.AgedReceivables)
    {
        var made = await books.Get<ReportService>().RunAsync(caller, books.Tenant, type, asked, default);
        Assert.True(made.Succeeded, $"{type} {made.Problem?.Code} {made.Problem?.Message}");
        return made.Value;
    }
}
