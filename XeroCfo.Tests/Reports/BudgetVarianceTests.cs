using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Layouts;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Reports;

/// <summary>Statements beside a budget, KPIs and custom layouts, over synchronised books of both databases.</summary>
public sealed class BudgetVarianceTests
{
    private static readonly DateOnly First = new(2025, 4, 1), Last = new(2025, 9, 30);

    [BothDatabases]
    public async Task A_profit_and_loss_stands_beside_its_budget_in_display_signs(TestDatabaseKind kind)
    {
        await using var books = await SyncedAsync(kind);
        var budget = await PlanAsync(books, sales: 110m, beans: 30m);

        var report = (await RunAsync(books, ReportTypes.ProfitAndLoss, new ReportParameters { From = First, To = Last, Compare = $"budget:{budget:D}" })).Value;

        Assert.Equal(["actual", "budget", "variance", "variancePercent", "favourable"], report.Columns.Select(column => column.Key));
        var actual = Row(report, "income")[0].Number!.Value;
        Assert.Equal([actual, 660m, actual - 660m, Variance.Percent(actual, 660m), actual > 660m ? "F" : "U"], Row(report, "income").Select(Plain));
        var beans = Row(report, "costOfSales");
        Assert.Equal((180m, beans[0].Number - 180m, beans[0].Number < 180m ? "F" : "U"), (beans[1].Number, beans[2].Number, beans[3 + 1].Text));
        Assert.Equal(660m - 180m, Row(report, "netProfit")[1].Number);
        Assert.Equal($"budget:{budget:D}", report.Parameters.Compare);
        Assert.Contains(report.Notes, note => note.Kind == "budget" && note.Text == "Budget: Plan.");
    }

    [BothDatabases]
    public async Task A_budget_variance_takes_the_usual_budget_and_ends_with_the_outlook_of_the_year(TestDatabaseKind kind)
    {
        await using var books = await SyncedAsync(kind);
        var budget = await PlanAsync(books, sales: 110m, beans: 30m);

        var report = (await RunAsync(books, ReportTypes.BudgetVariance, new ReportParameters { From = First, To = Last })).Value;
        var rest = (await RunAsync(books, ReportTypes.ProfitAndLoss, new ReportParameters { From = First, To = Last })).Value;

        Assert.Equal(["actual", "budget", "variance", "variancePercent", "favourable", "outlook", "yearBudget"], report.Columns.Select(column => column.Key));
        Assert.Equal($"budget:{budget:D}", report.Parameters.Compare);
        foreach (var (key, year) in new[] { ("income", 12 * 110m), ("costOfSales", 12 * 30m), ("netProfit", 12 * 80m) })
        {
            Assert.Equal(Row(rest, key)[0].Number, Row(report, key)[0].Number);
            Assert.Equal(Row(report, key)[0].Number + (year / 2), Row(report, key)[5].Number);
            Assert.Equal(year, Row(report, key)[6].Number);
        }

        Assert.Equal((new DateOnly(2025, 4, 1), new DateOnly(2026, 3, 31)), (report.Columns[5].From!.Value, report.Columns[5].To!.Value));
        Assert.All(report.Checks.Where(check => check.Key is ReportChecks.TrialBalanceZero or ReportChecks.EarningsEqualProfit or ReportChecks.TiesToXero), check => Assert.Equal(CheckStatus.Pass, check.Status));
        Assert.All(report.Rows.Where(row => row.Values.Count > 0), row => Assert.Equal((7, 7), (row.Values.Count, row.XeroOnly.Count)));
    }

    [BothDatabases]
    public async Task Months_stand_beside_their_own_budget_and_add_up(TestDatabaseKind kind)
    {
        await using var books = await SyncedAsync(kind);
        await PlanAsync(books, sales: 110m, beans: 30m);

        var report = (await RunAsync(books, ReportTypes.BudgetVariance, new ReportParameters { From = First, To = new DateOnly(2025, 5, 31), Interval = "month" })).Value;

        Assert.Equal(["2025-04", "2025-04:budget", "2025-05", "2025-05:budget", "total", "budget", "variance", "variancePercent", "favourable", "outlook", "yearBudget"], report.Columns.Select(column => column.Key));
        var income = Row(report, "income");
        Assert.Equal((110m, 110m, 220m), (income[1].Number, income[3].Number, income[5].Number));
        Assert.Equal(income[0].Number + income[2].Number, income[4].Number);
        Assert.Equal(income[4].Number - 220m, income[6].Number);
    }

    [BothDatabases]
    public async Task What_cannot_be_compared_is_refused_or_said(TestDatabaseKind kind)
    {
        await using var books = await SyncedAsync(kind);
        var none = await RunAsync(books, ReportTypes.BudgetVariance, new ReportParameters { From = First, To = Last });
        var budget = await PlanAsync(books, sales: 110m, beans: 30m);
        var unknown = await RunAsync(books, ReportTypes.ProfitAndLoss, new ReportParameters { Compare = $"budget:{Guid.NewGuid():D}" });
        var sheet = await RunAsync(books, ReportTypes.BalanceSheet, new ReportParameters { Compare = $"budget:{budget:D}" });
        var lastYear = await RunAsync(books, ReportTypes.BudgetVariance, new ReportParameters { Compare = "lastYear" });
        var before = (await RunAsync(books, ReportTypes.BudgetVariance, new ReportParameters { From = new DateOnly(2025, 2, 1), To = new DateOnly(2025, 2, 28) })).Value;
        var cut = (await RunAsync(books, ReportTypes.BudgetVariance, new ReportParameters { From = First, To = new DateOnly(2025, 4, 15) })).Value;
        var key = Caller.Command with { Permissions = Permissions.All.Where(permission => permission != Permissions.BudgetsRead).ToHashSet() };
        var hidden = await books.Get<ReportService>().RunAsync(key, books.Tenant, ReportTypes.BudgetVariance, new ReportParameters(), default);

        Assert.Equal(["no-budget", "unknown-budget", "budget-without-balances", "invalid-value", "permission-missing"], new[] { none, unknown, sheet, lastYear, hidden }.Select(refused => refused.Problem!.Code));
        Assert.All(new[] { none, unknown, sheet, lastYear }, refused => Assert.Equal("compare", refused.Problem!.Field));
        Assert.Null(Row(before, "income")[1].Number);
        Assert.Contains(before.Notes, note => note.Kind == "budget-missing");
        Assert.Equal(55m, Row(cut, "income")[1].Number);
        Assert.Contains(cut.Notes, note => note.Kind == "budget-by-days" && note.Text.Contains("15 of 30 days", StringComparison.Ordinal));
        Assert.Equal(12 * 110m, Row(cut, "income")[5].Number);
    }

    [BothDatabases]
    public async Task KPIs_are_a_report_that_is_kept_like_any_other(TestDatabaseKind kind)
    {
        await using var books = await SyncedAsync(kind);

        var report = (await RunAsync(books, ReportTypes.KpiDashboard, new ReportParameters { Date = Last, Interval = "quarter" })).Value;
        var sheet = (await books.Get<XeroCfo.Domain.Kpis.KpiService>().GetAsync(Caller.Command, books.Tenant, Last, "quarter", default)).Value;
        var other = (await RunAsync(books, ReportTypes.KpiDashboard, new ReportParameters { From = new DateOnly(2025, 7, 1), To = Last })).Value;
        var wrong = await RunAsync(books, ReportTypes.KpiDashboard, new ReportParameters { From = new DateOnly(2025, 7, 2), To = Last });

        Assert.Equal(["value", "previous", "target", "status"], report.Columns.Select(column => column.Key));
        Assert.Equal(sheet.Items.Select(kpi => ($"kpi:{kpi.Definition.Key}", kpi.Value.Value, kpi.Previous.Value)), report.Rows.Select(row => (row.Key, row.Values[0].Number, row.Values[1].Number)));
        Assert.Equal("percent", report.Rows.Single(row => row.Key == "kpi:grossMargin").Unit);
        Assert.Null(report.Rows.Single(row => row.Key == "kpi:income").Unit);
        Assert.Contains(report.Notes, note => note.Kind == "no-value");
        Assert.Equal(ReportJson.Write(report).Split("\"rows\"")[1].Split("\"checks\"")[0], ReportJson.Write(other).Split("\"rows\"")[1].Split("\"checks\"")[0]);
        Assert.Equal("from", wrong.Problem!.Field);
        Assert.Equal(ReportJson.Write(report), ReportJson.Write(ReportJson.ReadDocument(ReportJson.Write(report))));
    }

    [BothDatabases]
    public async Task A_layout_is_kept_in_versions_and_makes_a_report_that_proves_itself_complete(TestDatabaseKind kind)
    {
        await using var books = await SyncedAsync(kind);
        await PlanAsync(books, sales: 110m, beans: 30m);
        var service = books.Get<LayoutService>();
        LayoutRow[] rows =
        [
            new() { Id = "income", Label = "Income", Kind = LayoutRowKinds.Group, Sections = ["income"] },
            new() { Id = "costs", Label = "Costs", Kind = LayoutRowKinds.Group, Sections = ["costOfSales"], ShowAccounts = false },
            new() { Id = "left", Label = "Left", Kind = LayoutRowKinds.Formula, Formula = "income - costs" },
            new() { Id = "margin", Label = "Margin", Kind = LayoutRowKinds.Percent, Part = "left", Whole = "income" },
        ];
        var made = (await service.CreateAsync(Caller.Command, books.Tenant, new LayoutInput("Board", rows), default)).Value;
        var asked = new ReportParameters { From = First, To = Last, LayoutId = made.Layout.Id, Compare = $"budget:{(await books.Get<IBudgetReader>().HeadsAsync(books.Tenant, default))[0].Budget.Id:D}" };
        var half = (await RunAsync(books, ReportTypes.Custom, asked)).Value;
        books.Clock.Advance(TimeSpan.FromSeconds(1));
        var changed = (await service.UpdateAsync(
            Caller.Command, books.Tenant, made.Layout.Id, ReadVersion.Of(made.Layout.UpdatedAt),
            new LayoutInput("Board", [.. rows, new() { Id = "rest", Label = "Rest", Kind = LayoutRowKinds.Group, Sections = ["otherIncome", "operatingExpenses"] }]), default)).Value;
        var whole = (await RunAsync(books, ReportTypes.Custom, asked)).Value;
        var profit = (await RunAsync(books, ReportTypes.ProfitAndLoss, asked with { LayoutId = null })).Value;

        Assert.Equal((CheckStatus.Fail, CheckStatus.Pass), (Check(half).Status, Check(whole).Status));
        Assert.Contains(half.Notes, note => note.Kind == "account-in-no-group" && note.Amount is not (null or 0));
        Assert.Equal(Row(profit, "income").Select(Plain), Row(whole, "row:income").Select(Plain));
        Assert.Equal(Row(profit, "grossProfit").Select(Plain), Row(whole, "row:left").Select(Plain));
        Assert.Equal(Variance.Fraction(Row(profit, "grossProfit")[0].Number!.Value, Row(profit, "income")[0].Number!.Value), Row(whole, "row:margin")[0].Number);
        Assert.Null(Row(whole, "row:margin")[3].Number);
        Assert.Equal((2, 1), (changed.Layout.Version, (await service.VersionAsync(Caller.Command, books.Tenant, made.Layout.Id, 1, default)).Value.Version));
        Assert.Equal([2, 1], (await service.VersionsAsync(Caller.Command, books.Tenant, made.Layout.Id, default)).Value.Select(version => version.Version));
        Assert.Equal("layout-name-taken", (await service.CreateAsync(Caller.Command, books.Tenant, new LayoutInput("Board", rows), default)).Problem!.Code);
        Assert.Equal(("unknown-layout", "layoutId"), ((await RunAsync(books, ReportTypes.Custom, asked with { LayoutId = Guid.NewGuid() })).Problem!.Code, "layoutId"));
        Assert.Equal("layoutId", (await RunAsync(books, ReportTypes.Custom, new ReportParameters())).Problem!.Field);
    }

    private static ReportCheck Check(ReportDocument report) => report.Checks.Single(check => check.Key == ReportChecks.LayoutIsComplete);

    private static IReadOnlyList<ReportValue> Row(ReportDocument report, string key) => report.Rows.Single(row => row.Key == key).Values;

    private static object? Plain(ReportValue value) => value.Number ?? (object?)value.Text;

    private static async Task<SyncedBooks> SyncedAsync(TestDatabaseKind kind)
    {
        var small = new SmallBooks();
        var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);
        await books.SyncWellAsync();
        return books;
    }

    // The same every month of the year to March 2026.
    private static async Task<Guid> PlanAsync(SyncedBooks books, decimal sales, decimal beans)
    {
        var codes = (await books.Get<ILedgerReader>().AccountsAsync(books.Tenant, default)).Where(account => account.Code is not null).ToDictionary(account => account.Code!, account => account.AccountId);
        var lines = Enumerable.Range(0, 12).SelectMany(month => new[] { new BudgetLineInput(codes["200"], new Month(2025, 4).Add(month), sales), new BudgetLineInput(codes["300"], new Month(2025, 4).Add(month), beans) });
        return (await books.Get<BudgetService>().CreateAsync(Caller.Command, books.Tenant, new BudgetInput("Plan", [.. lines], []), default)).Value.Budget.Id;
    }

    private static Task<Result<ReportDocument>> RunAsync(SyncedBooks books, string type, ReportParameters asked) => books.Get<ReportService>().RunAsync(Caller.Command, books.Tenant, type, asked, default);
}
