using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;
using XeroCfo.Tests.Support;
using static XeroCfo.Tests.Ledger.WorkedBooks;

namespace XeroCfo.Tests.Ledger;

/// <summary>The worked books end to end: from the fake Xero's wire to the trial balance.</summary>
public sealed class WorkedBooksTests
{
    private static readonly string[] Codes = ["090", "200", "477", "803", "960"];
    private readonly WorkedBooks _worked = new();

    [BothDatabases]
    public async Task Every_month_ties_to_Xero_and_only_the_payroll_comes_from_its_trial_balance(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfAsync(_worked.Books, _worked.Clock, kind);

        await books.SyncWellAsync();

        Assert.Equal(new DateOnly(2025, 2, 1), (await books.OrganisationAsync()).BooksStart);
        foreach (var day in new[] { February, March, April, new DateOnly(2025, 5, 10) })
        {
            (await books.TrialBalanceAsync(day)).AssertGreen();
        }

        Assert.Equal(
            [
                "2025-01-31 090 1000.00 opening ", "2025-01-31 200 -600.00 opening ", "2025-01-31 477 400.00 opening ", "2025-01-31 960 -800.00 opening ",
                "2025-03-31 477 30.00 xero_trial_balance payroll", "2025-03-31 803 -30.00 xero_trial_balance payroll",
            ],
            await XeroOnlyAsync(books));
    }

    [BothDatabases]
    public async Task Earlier_years_roll_into_retained_earnings_column_by_column(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfAsync(_worked.Books, _worked.Clock, kind);

        await books.SyncWellAsync();
        var march = await books.TrialBalanceAsync(March);
        var april = await books.TrialBalanceAsync(April);

        Assert.Equal((1_000m, 150m, 0m, 0m, 1_150m), march.Columns("090"));
        Assert.Equal((-600m, -150m, 0m, 0m, -750m), march.Columns("200"));
        Assert.Equal((400m, 0m, 30m, 0m, 430m), march.Columns("477"));
        Assert.Equal((0m, 0m, -30m, 0m, -30m), march.Columns("803"));
        Assert.Equal((-800m, 0m, 0m, 0m, -800m), march.Columns("960"));
        Assert.Equal((1_000m, 220m, 0m, 0m, 1_220m), april.Columns("090"));
        Assert.Equal((0m, -70m, 0m, 0m, -70m), april.Columns("200"));
        Assert.Equal((0m, 0m, 0m, 0m, 0m), april.Columns("477"));
        Assert.Equal((0m, 0m, -30m, 0m, -30m), april.Columns("803"));
        Assert.Equal((-1_000m, -150m, 30m, 0m, -1_120m), april.Columns("960"));
    }

    [BothDatabases]
    public async Task A_void_across_the_year_end_moves_March_and_the_profit_that_was_rolled(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfAsync(_worked.Books, _worked.Clock, kind);
        await books.SyncWellAsync();
        var before = await XeroOnlyAsync(books);
        _worked.VoidMarchSale();

        var run = await books.SyncWellAsync();

        var (march, april) = (await books.TrialBalanceAsync(March), await books.TrialBalanceAsync(April));
        march.AssertGreen();
        april.AssertGreen();
        Assert.Equal(before, await XeroOnlyAsync(books));
        Assert.Equal((1_000m, 100m, 0m, 0m, 1_100m), march.Columns("090"));
        Assert.Equal((-600m, -100m, 0m, 0m, -700m), march.Columns("200"));
        Assert.Equal((1_000m, 170m, 0m, 0m, 1_170m), april.Columns("090"));
        Assert.Equal((0m, -70m, 0m, 0m, -70m), april.Columns("200"));
        Assert.Equal((-1_000m, -100m, 30m, 0m, -1_070m), april.Columns("960"));
        Assert.Equal(
            [("2025-03", "090", 50m, 0m), ("2025-03", "200", -50m, 0m)],
            run.MovedMonths.Select(moved => (moved.Month, CodeOf(moved.AccountId), moved.Before, moved.After)).OrderBy(moved => moved.Item2, StringComparer.Ordinal));
        await using var db = books.Open();
        var changes = await db.LedgerChanges.AsNoTracking().ToListAsync();
        Assert.Equal(2, changes.Count);
        Assert.All(changes, change => Assert.Equal(("voided", _worked.MarchSale, new DateOnly(2025, 3, 1), 0m), (change.Reason, change.DocumentXeroId, change.Month, change.After)));
    }

    private string CodeOf(Guid account) =>
        Codes.FirstOrDefault(code => _worked.Books.IdOf(code) == account) ?? account.ToString();

    private async Task<List<string>> XeroOnlyAsync(SyncedBooks books)
    {
        await using var db = books.Open();
        var lines = await db.LedgerLines.AsNoTracking().Where(line => line.Source != LineSources.Document).ToListAsync();
        return [.. lines.Select(line => $"{line.Date:yyyy-MM-dd} {CodeOf(line.AccountId)} {line.Amount:0.00} {line.Source} {line.Kind}").Order(StringComparer.Ordinal)];
    }
}
