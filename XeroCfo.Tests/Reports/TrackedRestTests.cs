using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Reports;

/// <summary>A statement of one tracking option says what the rest is, so that both are the whole.</summary>
public sealed class TrackedRestTests
{
    [BothDatabases]
    public async Task Part_and_rest_are_the_whole_in_every_column(TestDatabaseKind kind)
    {
        var small = new SmallBooks();
        small.Books.Tracking("Region", "North", "South");
        small.Books.Invoice(new DateOnly(2025, 6, 3), "Anna", new FakeLine("200", 100m) { Tracking = [("Region", "North")] }, new FakeLine("200", 40m) { Tracking = [("Region", "South")] }, new FakeLine("200", 7m));
        small.Books.Invoice(new DateOnly(2026, 2, 3), "Anna", new FakeLine("200", 300m) { Tracking = [("Region", "North")] });
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);
        await books.SyncWellAsync();
        var region = (await books.Get<ITrackingReader>().CategoriesAsync(books.Tenant, default)).Single();
        var asked = new ReportParameters { From = new DateOnly(2025, 4, 1), To = new DateOnly(2026, 2, 28), Interval = "quarter", Compare = "lastYear" };

        var whole = await RunAsync(books, asked);
        var north = await RunAsync(books, asked with { TrackingCategoryId = region.Id, TrackingOptionId = region.Options.Single(option => option.Name == "North").OptionId, PercentOfIncome = true });

        var (part, rest, all) = (Row(north, "netProfit"), Row(north, "restOfProfit"), Row(north, "wholeProfit"));
        Assert.Equal((ReportRowKind.Text, ReportRowKind.Text), (rest.Kind, all.Kind));
        foreach (var (index, column) in north.Columns.Index().Where(column => column.Item.Kind == ReportColumnKind.Amount))
        {
            var plain = Row(whole, "netProfit").Values[whole.Columns.Index().Single(other => other.Item.Key == column.Key).Index].Number;
            Assert.Equal(plain, all.Values[index].Number);
            Assert.Equal(plain, part.Values[index].Number + rest.Values[index].Number);
        }

        Assert.Equal(400m, part.Values[north.Columns.Index().Single(column => column.Item.Key == "total").Index].Number);
        Assert.All(north.Columns.Index().Where(column => column.Item.Key.EndsWith(":percentOfIncome", StringComparison.Ordinal)), column => Assert.Null(rest.Values[column.Index].Number));
    }

    private static ReportRow Row(ReportDocument report, string key) => report.Rows.Single(row => row.Key == key);

    private static async Task<ReportDocument> RunAsync(SyncedBooks books, ReportParameters asked)
    {
        var made = await books.Get<ReportService>().RunAsync(Caller.Command, books.Tenant, ReportTypes.ProfitAndLoss, asked, default);
        Assert.True(made.Succeeded, made.Problem?.Message);
        return made.Value;
    }
}
