using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Ties;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger;

/// <summary>Banks, cash and sales tax: the ledger beside sums over the documents, and beside Xero.</summary>
public sealed class BookTieTests
{
    private static readonly Month February = new(2026, 2);

    [BothDatabases]
    public async Task Banks_cash_and_tax_of_small_books_are_what_their_documents_say(TestDatabaseKind kind)
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);
        await books.SyncWellAsync();

        var ties = await TiesAsync(books, new Month(2026, 1));
        var later = await TiesAsync(books, February);

        // January 2026, the 13th month: 112.00 and tax sold and paid by the customer; 20.00 of the bill paid; 23.00 spent; 30.00 moved to the other account.
        Assert.Equal((128.80m, -43.00m), (ties.Cash!.Documents.In, ties.Cash.Documents.Out));
        Assert.Equal((0m, 0m, 0m, 85.80m), (ties.Cash.Difference, ties.Cash.XeroOnly, ties.Cash.BetweenOwn, ties.Cash.Xero));
        Assert.Equal(0m, ties.Cash.XeroDifference);
        Assert.Equal((0m, -23.00m), (later.Cash!.Documents.In, later.Cash.Documents.Out));

        // Two-monthly, ending with the year's last month: the period of January and the cut one of February and March.
        Assert.Equal((2, new Days(February.Start, February.End), new Days(new DateOnly(2025, 12, 1), new DateOnly(2026, 1, 31))), (later.TaxMonths, later.Tax[0].Days, later.Tax[1].Days));
        Assert.Equal((-16.95m, 9.00m, 0m), (later.Tax[0].Documents.OnSales, later.Tax[0].Documents.OnPurchases, later.Tax[0].Documents.Coded));
        Assert.All(later.Tax, tie => Assert.Equal((0m, 0m), (tie.Difference, tie.XeroDifference)));
        Assert.Equal(later.Tax[1].Closing, later.Tax[0].Opening);
        Assert.All(ties.Banks, bank => Assert.Equal(bank.Books, bank.Xero));
    }

    [BothDatabases]
    public async Task What_is_not_reconciled_is_counted_on_its_account_and_a_transfer_on_both(TestDatabaseKind kind)
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);
        await books.SyncWellAsync();
        await using (var db = books.Open())
        {
            var from = new DateOnly(2026, 1, 1);
            await db.Transactions.ExecuteUpdateAsync(set => set.SetProperty(row => row.IsReconciled, row => row.Date < from));
        }

        var banks = (await TiesAsync(books, new Month(2026, 1))).Banks.ToDictionary(bank => bank.Account.Code!);

        Assert.Equal((4, 55.80m, new DateOnly(2026, 1, 12)), banks["090"].Unreconciled is { } cheque ? (cheque.Count, cheque.Sum, cheque.Oldest) : default);
        Assert.Equal((1, 30m), banks["091"].Unreconciled is { } savings ? (savings.Count, savings.Sum) : default);
    }

    [BothDatabases]
    public async Task A_line_that_is_missing_in_the_ledger_is_no_tie(TestDatabaseKind kind)
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);
        await books.SyncWellAsync();
        await using (var db = books.Open())
        {
            var spend = (Guid?)small.Spends[12];
            await db.LedgerLines.Where(line => line.DocumentXeroId == spend).ExecuteDeleteAsync();
            await db.AccountBalances.Where(row => row.Month == new DateOnly(2026, 1, 1)).ExecuteDeleteAsync();
        }

        var ties = await TiesAsync(books, new Month(2026, 1));

        Assert.NotEqual(0m, ties.Cash!.Difference);
        Assert.NotEqual(0m, ties.Tax[0].Difference);
    }

    [BothDatabases]
    public async Task The_demo_company_ties_in_every_month_and_period(TestDatabaseKind kind)
    {
        await using var books = await SyncedBooks.OfDemoAsync(new DateOnly(2026, 11, 20), new FixedClock(), kind);
        await books.SyncWellAsync();

        foreach (var month in Month.Range(new Month(2024, 9), new Month(2026, 10)))
        {
            var ties = await TiesAsync(books, month);

            Assert.Equal((0m, 0m), (ties.Cash!.Difference, ties.Cash.XeroDifference));
            Assert.All(ties.Banks, bank => Assert.Equal(bank.Books, bank.Xero));
            Assert.All(ties.Tax, tie => Assert.InRange(tie.Difference, -0.05m, 0.05m));
            Assert.All(ties.Tax, tie => Assert.Equal(0m, tie.XeroDifference));
            Assert.NotEqual(0m, ties.Cash.Documents.In);
        }

        var october = await TiesAsync(books, new Month(2026, 10));
        Assert.Contains(october.Banks, bank => bank.Unreconciled is { Count: > 0 });
        Assert.NotEqual(0m, october.Tax[1].Documents.OnSales);
        Assert.NotEqual(0m, october.Tax[1].Documents.Coded);
        await AssertToConfirmAsync(books);
    }

    [Theory]
    [InlineData("TWOMONTHS", "2026-10", "2026-04-01..2026-05-31 2026-06-01..2026-07-31 2026-08-01..2026-09-30 2026-10-01..2026-10-31")]
    [InlineData("2MONTHLY", "2026-11", "2026-04-01..2026-05-31 2026-06-01..2026-07-31 2026-08-01..2026-09-30 2026-10-01..2026-11-30")]
    [InlineData("QUARTERLY", "2026-09", "2026-02-10..2026-03-31 2026-04-01..2026-06-30 2026-07-01..2026-09-30")]
    [InlineData("SIXMONTHS", "2026-04", "2026-02-10..2026-03-31 2026-04-01..2026-04-30")]
    [InlineData("YEARLY", "2026-03", "2026-02-10..2026-03-31")]
    [InlineData("NONE", "2026-05", "2026-02-10..2026-02-28 2026-03-01..2026-03-31 2026-04-01..2026-04-30 2026-05-01..2026-05-31")]
    [InlineData(null, "2026-02", "2026-02-10..2026-02-28")]
    public void Periods_end_with_the_financial_years_last_month(string? period, string month, string expected)
    {
        var organisation = new XeroTenant { XeroTenantId = "x", Name = "Acme", FinancialYearEndDay = 31, FinancialYearEndMonth = 3, SalesTaxPeriod = period, BooksStart = new DateOnly(2026, 2, 10) };
        Assert.True(Month.TryParse(month, out var last));

        Assert.Equal(expected, string.Join(' ', TaxPeriods.UpTo(organisation, last, 4).Select(days => $"{days.First:yyyy-MM-dd}..{days.Last:yyyy-MM-dd}")));
    }

    private static async Task<BookTies> TiesAsync(SyncedBooks books, Month month) => (await books.Get<BookTieService>().AtAsync(Caller.Command, books.Tenant, month, default)).Value;

    // The count on the chips is the count on the page, whichever way it comes about.
    private static async Task AssertToConfirmAsync(SyncedBooks books)
    {
        await using (var db = books.Open())
        {
            var from = new DateOnly(2026, 2, 1);
            await db.XeroDifferences.Where(row => row.Date >= from).ExecuteUpdateAsync(set => set.SetProperty(row => row.ConfirmedKind, (string?)null));
        }

        foreach (var month in new[] { new Month(2026, 3), new Month(2026, 10) })
        {
            var page = (await books.Get<TieOutService>().MonthAsync(Caller.Command, books.Tenant, month, default)).Value.ToConfirm;
            Assert.True(page > 0);
            Assert.Equal(page, (await books.Get<TrialBalanceService>().ToConfirmAsync(Caller.Command, books.Tenant, month.End, default)).Value);
        }
    }
}
