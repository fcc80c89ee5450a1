using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Ledger;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger;

/// <summary>
/// The worked books of the ledger's rules: the year ends on 31 March, sales of 100, 50 and 70 in February, March and April 2025,
/// and a payroll of 30 in March that only Xero knows.
/// </summary>
internal sealed class WorkedBooks
{
    public static readonly DateOnly January = new(2025, 1, 31);
    public static readonly DateOnly February = new(2025, 2, 28);
    public static readonly DateOnly March = new(2025, 3, 31);
    public static readonly DateOnly April = new(2025, 4, 30);

    public WorkedBooks()
    {
        Books.XeroOnly(new DateOnly(2024, 3, 31), "Profit of earlier years", ("090", 800m), (FakeBooks.RetainedEarnings, -800m));
        Books.XeroOnly(new DateOnly(2024, 12, 31), "Before the documents", ("090", 200m), ("477", 400m), ("200", -600m));
        Books.Receive(new DateOnly(2025, 2, 10), "090", "Anna", new FakeLine("200", 100m));
        MarchSale = Books.Receive(new DateOnly(2025, 3, 12), "090", "Ben", new FakeLine("200", 50m));
        Books.Receive(new DateOnly(2025, 4, 8), "090", "Cleo", new FakeLine("200", 70m));
        Books.XeroOnly(March, "Pay run", ("477", 30m), ("803", -30m));
    }

    public FakeBooks Books { get; } = FakeBooks.WithUsualAccounts();

    public Guid MarchSale { get; }

    /// <summary>10 May 2025.</summary>
    public FixedClock Clock { get; } = new(new DateTimeOffset(2025, 5, 10, 0, 0, 0, TimeSpan.Zero));

    public void VoidMarchSale()
    {
        Books.Now = Clock.Now.AddMinutes(-1);
        Books.Void(MarchSale, new DateOnly(2025, 5, 9));
    }
}

/// <summary>Looking at trial balances by account code.</summary>
internal static class TrialBalanceRows
{
    private static readonly TrialBalanceRow Nothing = new() { AccountId = Guid.Empty, Name = "", Type = "", Class = "" };

    /// <summary>The row of an account; one of zeros when it has none.</summary>
    public static TrialBalanceRow Of(this TrialBalance balance, string code) => balance.Rows.FirstOrDefault(row => row.Code == code) ?? Nothing;

    /// <summary>Opening, documents, expected, unexplained, balance.</summary>
    public static (decimal, decimal, decimal, decimal, decimal) Columns(this TrialBalance balance, string code)
    {
        var row = balance.Of(code);
        return (row.Opening, row.Documents, row.ExpectedXeroOnly, row.Unexplained, row.Balance);
    }

    /// <summary>What is unexplained, by account code.</summary>
    public static Dictionary<string, decimal> Unexplained(this TrialBalance balance) =>
        balance.Rows.Where(row => row.Unexplained != 0).ToDictionary(row => row.Code!, row => row.Unexplained);

    /// <summary>Ties to Xero, stands on documents, and every column sums to 0.00.</summary>
    public static void AssertGreen(this TrialBalance balance)
    {
        balance.AssertBalanced();
        Assert.Equal(CheckStatus.Pass, balance.TiesToXero);
        Assert.Empty(balance.Unexplained());
        Assert.Equal(CheckStatus.Pass, balance.StandsOnDocuments);
        Assert.All(balance.Rows, row => Assert.Equal(row.XeroBalance, row.Balance));
    }

    public static void AssertBalanced(this TrialBalance balance)
    {
        Assert.Equal(0, balance.Totals.Opening);
        Assert.Equal(0, balance.Totals.Documents);
        Assert.Equal(0, balance.Totals.ExpectedXeroOnly + balance.Totals.Unexplained);
        Assert.Equal(0, balance.Totals.Balance);
    }
}
