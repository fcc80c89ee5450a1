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

/// <summary>Every level of a drill-down adds up to the figure above it, to the cent, for any books and any days.</summary>
public sealed class ReportDrillTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 20, 9, 30, 0, TimeSpan.Zero);
    private static readonly (int Day, int Month)[] YearEnds = [(31, 3), (30, 6), (5, 4), (28, 2)];

    [Fact]
    public Task Any_figure_of_any_books_opens_to_its_sum() => CheckAsync(TestDatabaseKind.Sqlite, 2);

    [PostgresFact]
    public Task Any_figure_of_any_books_opens_to_its_sum_on_PostgreSQL() => CheckAsync(TestDatabaseKind.Postgres, 1);

    [LongFact]
    public Task Figures_of_very_many_books_open_to_their_sums() => CheckAsync(TestDatabaseKind.Sqlite, 60);

    [BothDatabases]
    public async Task Months_and_their_differences_open_to_their_sums(TestDatabaseKind kind)
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);
        await books.SyncWellAsync();
        var months = await RunAsync(books, ReportTypes.ProfitAndLoss, new ReportParameters { From = new DateOnly(2025, 4, 1), To = new DateOnly(2026, 2, 28), Interval = "quarter", Compare = "previous:1" });

        await AssertOpensAsync(books, months);
        await AssertWhyAsync(books, months, $"netProfit~{months.Columns[0].Key}", $"netProfit~{months.Columns[1].Key}");
        await AssertWhyAsync(books, months, $"income~{months.Columns[1].Key}", $"income~{months.Columns[2].Key}");
        var sheet = await RunAsync(books, ReportTypes.BalanceSheet, new ReportParameters { Date = new DateOnly(2026, 2, 28), Compare = "previous:2" });
        await AssertOpensAsync(books, sheet);
        await AssertWhyAsync(books, sheet, "totalAssets~actual", "totalAssets~compare1");
    }

    [BothDatabases]
    public async Task Lines_below_net_profit_open_to_the_accounts_that_make_them(TestDatabaseKind kind)
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);
        await books.SyncWellAsync();
        var asked = new ReportParameters { From = new DateOnly(2025, 4, 1), To = new DateOnly(2026, 2, 28), ManagementLines = true, PercentOfIncome = true };
        await TagAsync(books, "429", AccountTags.InterestExpense, null);
        await TagAsync(books, "477", AccountTags.IncomeTax, Guid.NewGuid());

        var made = await RunAsync(books, ReportTypes.ProfitAndLoss, asked with { Compare = "previous:1" });
        await AssertOpensAsync(books, made);
        decimal Of(string key) => made.Rows.Single(row => row.Key == key).Values[0].Number!.Value;
        var (tax, interest) = (Of($"account:{small.Books.IdOf("477"):D}"), Of($"account:{small.Books.IdOf("429"):D}"));
        Assert.True(tax != 0 && interest != 0);
        Assert.Equal((Of("netProfit") + tax, Of("netProfit") + tax + interest), (Of("profitBeforeTax"), Of("ebit")));
        Assert.Equal(Variance.Fraction(Of("ebit"), Of("income")), made.Rows.Single(row => row.Key == "ebit").Values[1].Number);
        Assert.Equal([small.Books.IdOf("429")], made.Notes.Where(note => note.Kind == "interest-expense").Select(note => note.AccountId!.Value));
        Assert.Contains("not confirmed", Assert.Single(made.Notes, note => note.Kind == "suggested-tags").Text, StringComparison.Ordinal);

        // Who changes a tag changes no report that is made already.
        await TagAsync(books, "429", null, null);
        await AssertOpensAsync(books, made);
        Assert.DoesNotContain((await RunAsync(books, ReportTypes.ProfitAndLoss, asked)).Notes, note => note.Kind is "suggested-tags" or "interest-expense");
        Assert.DoesNotContain((await RunAsync(books, ReportTypes.ProfitAndLoss, asked with { ManagementLines = null })).Rows, row => row.Key == "ebit");
    }

    private static async Task TagAsync(SyncedBooks books, string code, string? tag, Guid? confirmedBy)
    {
        await using var db = books.Open();
        Assert.Equal(1, await db.Accounts.Where(account => account.Code == code).ExecuteUpdateAsync(set => set.SetProperty(account => account.Tag, tag).SetProperty(account => account.TagConfirmedBy, confirmedBy)));
    }

    [BothDatabases]
    public async Task An_overdraft_moves_to_the_liabilities_in_those_columns_in_which_it_is_one(TestDatabaseKind kind)
    {
        var small = new SmallBooks();
        small.Books.Spend(new DateOnly(2026, 1, 20), "090", "Shop", new FakeLine("429", 9_000m));
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);
        await books.SyncWellAsync();
        var asked = new ReportParameters { Date = new DateOnly(2026, 2, 28), Compare = "previous:2" };

        var usual = await RunAsync(books, ReportTypes.BalanceSheet, asked);
        var moved = await RunAsync(books, ReportTypes.BalanceSheet, asked with { OverdraftsInLiabilities = true });

        decimal[] Of(ReportDocument report, string key) => [.. Enumerable.Range(0, 3).Select(column => report.Rows.Single(row => row.Key == key).Values[column].Number!.Value)];
        var bank = Of(usual, $"account:{small.Books.IdOf("090"):D}");
        Assert.True(bank[0] < 0 && bank[2] > 0);
        Assert.Equal(bank.Select(amount => Math.Max(0, -amount)), Of(moved, $"{BalanceSheet.OverdraftKey}{small.Books.IdOf("090"):D}"));
        Assert.Equal(bank.Select(amount => Math.Max(0, amount)), Of(moved, $"account:{small.Books.IdOf("090"):D}"));
        Assert.Equal(Of(usual, "totalAssets").Zip(bank, (total, amount) => total + Math.Max(0, -amount)), Of(moved, "totalAssets"));
        Assert.Equal(Of(usual, "netAssets"), Of(moved, "netAssets"));
        Assert.Equal(Of(moved, "netAssets"), Of(moved, "totalAssets").Zip(Of(moved, "totalLiabilities"), (assets, liabilities) => assets - liabilities));
        Assert.Equal(usual.Checks.Select(check => (check.Key, check.Status)), moved.Checks.Select(check => (check.Key, check.Status)));
        await AssertOpensAsync(books, moved);
        await AssertWhyAsync(books, moved, "currentLiabilities~actual", "currentLiabilities~compare2");
    }

    [BothDatabases]
    public async Task A_month_end_line_that_the_days_cut_is_in_no_list_and_a_whole_one_is_a_line_of_its_own(TestDatabaseKind kind)
    {
        var worked = new WorkedBooks();
        await using var books = await SyncedBooks.OfAsync(worked.Books, worked.Clock, kind);
        await books.SyncWellAsync();
        var whole = await RunAsync(books, ReportTypes.ProfitAndLoss, new ReportParameters { From = new DateOnly(2025, 3, 1), To = new DateOnly(2025, 3, 31), ShowZero = true });
        var cut = await RunAsync(books, ReportTypes.ProfitAndLoss, new ReportParameters { From = new DateOnly(2025, 3, 2), To = new DateOnly(2025, 3, 31), ShowZero = true });

        var (wages, without) = (await LinesOfAsync(books, whole, "Wages"), await LinesOfAsync(books, cut, "Wages"));

        Assert.Equal([(LineSources.XeroTrialBalance, 30m)], wages.Select(line => (line.View.Line.Source, line.Amount)));
        Assert.Empty(without);
    }

    [Fact]
    public async Task Who_sees_no_documents_ends_at_accounts_and_who_sees_no_payroll_at_payrolls()
    {
        var worked = new WorkedBooks();
        await using var books = await SyncedBooks.OfAsync(worked.Books, worked.Clock);
        await books.SyncWellAsync();
        var report = await RunAsync(books, ReportTypes.ProfitAndLoss, new ReportParameters { From = new DateOnly(2025, 3, 1), To = new DateOnly(2025, 3, 31) });
        var drill = books.Get<ReportDrillService>();
        var open = (await drill.OpenAsync(Caller.Command, books.Tenant, report, "netProfit~actual", default)).Value;
        var company = await books.OrganisationAsync();

        var executive = (await drill.OpenAsync(FakeCaller.Person(Roles.Executive, company), books.Tenant, report, "netProfit~actual", default)).Value;
        Assert.Equal(open.Sum, executive.Sum);
        Assert.All(executive.Parts, part => Assert.True(part.Lines is null && part.ClosedBecause!.Contains("Executive", StringComparison.Ordinal)));
        Assert.NotNull((await drill.LinesAsync(FakeCaller.Person(Roles.Executive, company), books.Tenant, open.Parts[0], null, 10, default)).Problem);

        var standard = FakeCaller.Person(Roles.Standard, company);
        var wages = open.Parts.Single(part => part.Label == "Wages");
        var closed = (await drill.OpenAsync(standard, books.Tenant, report, "netProfit~actual", default)).Value.Parts.Single(part => part.Label == "Wages");
        Assert.True(closed.Lines is null && closed.ClosedBecause!.StartsWith("Payroll", StringComparison.Ordinal));
        Assert.Equal(DrillProblems.NoSuchPart, (await drill.LinesAsync(standard, books.Tenant, wages, null, 10, default)).Problem);
        Assert.Equal(DrillProblems.NoSuchPart, (await drill.LinesAsync(standard, books.Tenant, wages with { IsPayroll = false }, null, 10, default)).Problem);
        Assert.Equal(DrillProblems.NoSuchCell, (await drill.OpenAsync(standard, books.Tenant, report, "nonsense~actual", default)).Problem);
    }

    private static Task CheckAsync(TestDatabaseKind kind, int times) =>
        Gen.Select(RandomBooks.Events, Gen.Int[0, YearEnds.Length - 1], Gen.Int[0, 400].Array[4]).SampleAsync(
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
        foreach (var pair in offsets.Select(offset => start.AddDays(offset)).Select(day => day < today ? day : today).Chunk(2))
        {
            var (from, to) = (pair.Min(), pair.Max());
            await AssertOpensAsync(books, await RunAsync(books, ReportTypes.ProfitAndLoss, new ReportParameters { From = from, To = to, ManagementLines = true }));
            await AssertOpensAsync(books, await RunAsync(books, ReportTypes.CashFlow, new ReportParameters { From = from, To = to }));
            await AssertOpensAsync(books, await RunAsync(books, ReportTypes.CashFlow, new ReportParameters { From = from, To = to, Method = "direct" }));
            await AssertOpensAsync(books, await RunAsync(books, ReportTypes.BalanceSheet, new ReportParameters { Date = to }));
            await AssertOpensAsync(books, await RunAsync(books, ReportTypes.BalanceSheet, new ReportParameters { Date = to, Compare = "previous:3", OverdraftsInLiabilities = true }));
            await AssertOpensAsync(books, await RunAsync(books, ReportTypes.AgedReceivables, new ReportParameters { Date = to }));
            await AssertOpensAsync(books, await RunAsync(books, ReportTypes.AgedPayables, new ReportParameters { Date = to, By = "document" }));
        }
    }

    private static async Task AssertOpensAsync(SyncedBooks books, ReportDocument report)
    {
        var drill = books.Get<ReportDrillService>();
        var told = 0;
        foreach (var (index, column) in report.Columns.Index().Where(column => column.Item.Kind == ReportColumnKind.Amount && column.Item.Key != "documentAmount"))
        {
            foreach (var row in report.Rows.Where(row => row.Values.Count > 0 && row.Values[index].Number is not null && !row.Key.StartsWith("document:", StringComparison.Ordinal) && !row.Key.StartsWith("paidBefore:", StringComparison.Ordinal)))
            {
                var where = $"{report.Type} {report.From}..{report.To} {report.Parameters.Method} {row.Key}~{column.Key}";
                var opened = await drill.OpenAsync(Caller.Command, books.Tenant, report, $"{row.Key}~{column.Key}", default);
                Assert.True(opened.Succeeded, where + opened.Problem?.Message);
                Assert.Equal(row.Values[index].Number, opened.Value.Amount);
                if (opened.Value.Words is not null)
                {
                    Assert.Contains(row.Key, new[] { "exchange", "unclassified", "investing:depreciation", "investing:xeroOnly", "revaluation", "prepayments" }.Concat(row.Values[index].Number == 0 ? [row.Key] : []));
                    continue;
                }

                told++;
                Assert.True(opened.Value.Sum == opened.Value.Amount, $"{where}: {opened.Value.Sum}, not {opened.Value.Amount}");
                foreach (var part in opened.Value.Parts.Where(part => part.Lines is not null && (part.AccountId == row.AccountId || row.AccountId is null && row.Kind == ReportRowKind.Line)))
                {
                    await AssertLinesAsync(books, report, part, where);
                }
            }
        }

        Assert.True(told > 0 || report.Rows.All(row => row.Values.All(value => value.Number is null or 0)));
    }

    private static async Task AssertLinesAsync(SyncedBooks books, ReportDocument report, MakeUpPart part, string where)
    {
        var sum = (decimal?)null;
        for (string? cursor = null; ;)
        {
            var page = await books.Get<ReportDrillService>().LinesAsync(Caller.Command, books.Tenant, part, cursor, 3, default);
            Assert.True(page.Succeeded, where + page.Problem?.Message);
            Assert.True(sum is null || sum == page.Value.BroughtForward, $"{where} {part.Label}: a page begins with {page.Value.BroughtForward}, the one before ended with {sum}");
            Assert.True(page.Value.Rest == 0 || report.Type == ReportTypes.CashFlow && report.Parameters.Method != "direct", $"{where} {part.Label}: {page.Value.Rest} is in no line");
            sum = page.Value.Sum;
            if (page.Value.Next is not { } next)
            {
                break;
            }

            cursor = next;
        }

        Assert.True(sum == part.Amount, $"{where} {part.Label}: lines {sum}, not {part.Amount}");
    }

    private static async Task AssertWhyAsync(SyncedBooks books, ReportDocument report, string first, string second)
    {
        foreach (var kind in Enum.GetValues<DriverKind>())
        {
            var why = await books.Get<ReportDrillService>().WhyAsync(Caller.Command, books.Tenant, report, first, second, kind, default);
            Assert.True(why.Succeeded, why.Problem?.Message);
            Assert.Equal(why.Value.First.Amount - why.Value.Second.Amount, why.Value.Difference);
            Assert.True(why.Value.Drivers.Count > 0 || why.Value.Words is not null);
            Assert.True(why.Value.Words is not null || why.Value.Drivers.Sum(driver => driver.Difference) == why.Value.Difference, $"{first} {second} {kind}");
            Assert.Equal(why.Value.Drivers.Where(driver => !driver.Label.StartsWith("All others", StringComparison.Ordinal)).OrderByDescending(driver => Math.Abs(driver.Difference)), why.Value.Drivers.Where(driver => !driver.Label.StartsWith("All others", StringComparison.Ordinal)));
        }
    }

    private static async Task<IReadOnlyList<MakeUpLine>> LinesOfAsync(SyncedBooks books, ReportDocument report, string label)
    {
        var row = report.Rows.Single(row => row.Label == label);
        var opened = (await books.Get<ReportDrillService>().OpenAsync(Caller.Command, books.Tenant, report, $"{row.Key}~actual", default)).Value;
        return (await books.Get<ReportDrillService>().LinesAsync(Caller.Command, books.Tenant, opened.Parts[0], null, 100, default)).Value.Lines;
    }

    private static async Task<ReportDocument> RunAsync(SyncedBooks books, string type, ReportParameters asked)
    {
        var made = await books.Get<ReportService>().RunAsync(Caller.Command, books.Tenant, type, asked, default);
        Assert.True(made.Succeeded, $"{type} {made.Problem?.Code} {made.Problem?.Message}");
        return made.Value;
    }
}
