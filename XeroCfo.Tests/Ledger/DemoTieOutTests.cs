using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger;

/// <summary>The demo company comes in through the real client and ties out to its own bookkeeper.</summary>
public sealed class DemoTieOutTests
{
    private static readonly DateOnly Anchor = new(2026, 11, 20);

    /// <summary>Payroll, depreciation and income tax: the generator keeps them outside documents.</summary>
    private static readonly string[] XeroOnlyCodes = ["477", "478", "803", "825", "416", "731", "741", "711", "505", "830", "092", "093", "497", "498", "610", "800"];

    [BothDatabases]
    public async Task Every_account_ties_to_Xero_at_every_month_end(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfDemoAsync(Anchor, new FixedClock(), kind);

        var run = await books.SyncAsync();

        Assert.Equal(SyncStatus.Succeeded, run.Status);
        Assert.Empty(await books.IssuesAsync(run));
        Assert.Equal(new DateOnly(2024, 9, 1), (await books.OrganisationAsync()).BooksStart);
        foreach (var day in Month.Range(new Month(2024, 8), new Month(2026, 10)).Select(month => month.End).Append(Anchor))
        {
            var balance = await books.TrialBalanceAsync(day);
            Assert.Equal(CheckStatus.Pass, balance.TiesToXero);
            Assert.Equal(CheckStatus.Pass, balance.StandsOnDocuments);
            Assert.Equal(0, balance.Totals.Balance);
            Assert.Equal(0, balance.Totals.Opening);
            Assert.Equal(0, balance.Totals.Documents);
            Assert.Equal(0, balance.Totals.ExpectedXeroOnly);
            Assert.Equal(0, balance.Totals.Unexplained);
            Assert.All(balance.Rows, row => Assert.Equal(row.XeroBalance, row.Balance));
            Assert.All(balance.Rows, row => Assert.True(row.ExpectedXeroOnly == 0 || XeroOnlyCodes.Contains(row.Code) || row.Type == "EQUITY", $"{row.Code} {row.Name} {row.ExpectedXeroOnly}"));
        }
    }
}
