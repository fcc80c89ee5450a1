using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Drill;
using XeroCfo.Domain.Reports.Layouts;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Reports;

/// <summary>Custom reports by tracking: the same figures as profit and loss by tracking, and refused where a row has no tracking.</summary>
public sealed class TrackedCustomTests
{
    private static readonly DateOnly First = new(2026, 1, 1), Last = new(2026, 1, 31);

    private static readonly LayoutRow[] Rows =
    [
        new() { Id = "income", Label = "Income", Kind = LayoutRowKinds.Group, Sections = ["income"] },
        new() { Id = "other", Label = "Other income", Kind = LayoutRowKinds.Group, Sections = ["otherIncome"] },
        new() { Id = "costs", Label = "Costs", Kind = LayoutRowKinds.Group, Sections = ["costOfSales", "operatingExpenses"] },
        new() { Id = "left", Label = "Left", Kind = LayoutRowKinds.Formula, Formula = "income + other - costs" },
    ];

    [BothDatabases]
    public async Task A_layout_of_income_and_expenses_goes_by_option_as_profit_and_loss_does(TestDatabaseKind kind)
    {
        await using var books = await SyncedAsync(kind);
        var region = await RegionAsync(books);
        var north = region.Options.Single(option => option.Name == "North").OptionId;
        var layout = await LayoutAsync(books, Rows);
        var asked = new ReportParameters { From = First, To = Last, TrackingCategoryId = region.Id };

        var each = (await RunAsync(books, ReportTypes.Custom, asked with { LayoutId = layout })).Value;
        var profit = (await RunAsync(books, ReportTypes.ProfitAndLoss, asked)).Value;
        var only = (await RunAsync(books, ReportTypes.Custom, asked with { LayoutId = layout, TrackingOptionId = north, Compare = "lastYear" })).Value;

        Assert.Equal(profit.Columns.Select(column => (column.Key, column.Title)), each.Columns.Select(column => (column.Key, column.Title)));
        Assert.Equal(Numbers(profit, "income"), Numbers(each, "row:income"));
        Assert.Equal(Numbers(profit, "netProfit"), Numbers(each, "row:left"));
        Assert.Equal([100m, 40m, 7m, 0m, 147m], Numbers(each, "row:income"));
        Assert.Contains(each.Checks, check => check is { Key: ReportChecks.LayoutIsComplete, Status: CheckStatus.Pass });
        Assert.Equal(100m, Numbers(only, "row:income")[0]);
        Assert.Equal(CheckStatus.Unknown, only.Checks.Single(check => check.Key == ReportChecks.TiesToXero).Status);
        Assert.Contains(only.Notes, note => note.Kind == "tracking" && note.Text.Contains("Region: North", StringComparison.Ordinal));
    }

    [BothDatabases]
    public async Task What_no_option_has_is_refused_and_named(TestDatabaseKind kind)
    {
        await using var books = await SyncedAsync(kind);
        var region = await RegionAsync(books);
        var layout = await LayoutAsync(books, [.. Rows, new() { Id = "cash", Label = "Cash at bank", Kind = LayoutRowKinds.Group, Sections = ["bank"], Measure = LayoutMeasures.Balance }]);
        var asked = new ReportParameters { From = First, To = Last, LayoutId = layout, TrackingCategoryId = region.Id };

        var refused = (await RunAsync(books, ReportTypes.Custom, asked)).Problem!;
        var unknown = (await RunAsync(books, ReportTypes.Custom, asked with { LayoutId = await LayoutAsync(books, Rows), TrackingCategoryId = Guid.NewGuid() })).Problem!;

        Assert.Equal(("trackingCategoryId", true), (refused.Field, refused.Message.Contains("Cash at bank", StringComparison.Ordinal)));
        Assert.Equal("trackingCategoryId", unknown.Field);
        Assert.True((await RunAsync(books, ReportTypes.Custom, asked with { TrackingCategoryId = null })).Succeeded);
    }

    [BothDatabases]
    public async Task A_tracked_figure_opens_to_its_own_lines(TestDatabaseKind kind)
    {
        await using var books = await SyncedAsync(kind);
        var region = await RegionAsync(books);
        var layout = await LayoutAsync(books, Rows);
        var parameters = new ReportParameters { From = First, To = Last, LayoutId = layout, TrackingCategoryId = region.Id };
        var report = (await RunAsync(books, ReportTypes.Custom, parameters)).Value;
        var south = report.Columns.Single(column => column.Title == "South").Key;

        var opened = (await books.Get<ReportDrillService>().OpenAsync(Caller.Command, books.Tenant, report, $"row:income~{south}", default)).Value;

        Assert.Equal(40m, opened.Parts.Sum(part => part.Amount));
    }

    private static decimal?[] Numbers(ReportDocument report, string key) => [.. report.Rows.Single(row => row.Key == key).Values.Select(value => value.Number)];

    private static Task<Result<ReportDocument>> RunAsync(SyncedBooks books, string type, ReportParameters asked) =>
        books.Get<ReportService>().RunAsync(Caller.Command, books.Tenant, type, asked, default);

    private static async Task<TrackingCategory> RegionAsync(SyncedBooks books) => (await books.Get<ITrackingReader>().CategoriesAsync(books.Tenant, default)).Single(category => category.Name == "Region");

    private static async Task<Guid> LayoutAsync(SyncedBooks books, LayoutRow[] rows) =>
        (await books.Get<LayoutService>().CreateAsync(Caller.Command, books.Tenant, new LayoutInput($"Board {rows.Length}", rows), default)).Value.Layout.Id;

    private static async Task<SyncedBooks> SyncedAsync(TestDatabaseKind kind)
    {
        var random = FakeBooks.WithUsualAccounts(new FakeOrganisationSettings(DemoIds.For(7, "tenant", "tracked"), "Tracked Limited"));
        random.Tracking("Region", "North", "South");
        random.Invoice(
            new DateOnly(2026, 1, 10), "Anna",
            new FakeLine("200", 100m) { Tracking = [("Region", "North")] }, new FakeLine("200", 40m) { Tracking = [("Region", "South")] }, new FakeLine("200", 7m));
        random.Bill(new DateOnly(2026, 1, 12), "Beans", new FakeLine("300", 30m) { Tracking = [("Region", "North")] });
        random.XeroOnly(new DateOnly(2026, 1, 28), "Pay run", ("477", 60m), ("803", -60m));
        var books = await SyncedBooks.OfAsync(random, new FixedClock(new DateTimeOffset(2026, 2, 12, 9, 30, 0, TimeSpan.Zero)), kind);
        await books.SyncWellAsync();
        return books;
    }
}
