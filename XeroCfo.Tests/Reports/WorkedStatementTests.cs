using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Reports;

namespace XeroCfo.Tests.Reports;

/// <summary>The worked quarter to 30 September 2025: every figure of its statements comes out.</summary>
public sealed class WorkedStatementTests
{
    private static readonly Account[] Chart =
    [
        Of("Sales", "REVENUE", "REVENUE"), Of("Cost of sales", "DIRECTCOSTS", "EXPENSE"), Of("Interest income", "OTHERINCOME", "REVENUE", tag: AccountTags.InterestIncome),
        Of("Wages", "WAGESEXPENSE", "EXPENSE"), Of("Rent", "OVERHEADS", "EXPENSE"), Of("Advertising", "EXPENSE", "EXPENSE"), Of("Software", "EXPENSE", "EXPENSE"),
        Of("Depreciation", "DEPRECIATN", "EXPENSE"), Of("Interest expense", "EXPENSE", "EXPENSE", tag: AccountTags.InterestExpense), Of("Income tax expense", "EXPENSE", "EXPENSE", tag: AccountTags.IncomeTax),
        Of("Bank", "BANK", "ASSET"), Of("Accounts receivable", "CURRENT", "ASSET", SystemAccounts.Debtors), Of("Inventory", "INVENTORY", "ASSET"), Of("Prepayments", "PREPAYMENT", "ASSET"),
        Of("Equipment at cost", "FIXED", "ASSET"), Of("Accumulated depreciation", "FIXED", "ASSET"), Of("Accounts payable", "CURRLIAB", "LIABILITY", SystemAccounts.Creditors),
        Of("GST", "CURRLIAB", "LIABILITY", SystemAccounts.SalesTax), Of("PAYG payable", "PAYGLIABILITY", "LIABILITY"), Of("Income tax payable", "CURRLIAB", "LIABILITY", tag: AccountTags.IncomeTax),
        Of("Bank loan", "TERMLIAB", "LIABILITY"), Of("Share capital", "EQUITY", "EQUITY"), Of("Dividends paid", "EQUITY", "EQUITY", tag: AccountTags.Dividend),
        Of("Retained earnings", "EQUITY", "EQUITY", SystemAccounts.RetainedEarnings),
    ];

    // Ledger signs: debit +.
    private static readonly Dictionary<Guid, SourcedAmount> Quarter = Amounts(
        ("Sales", -180_000), ("Cost of sales", 72_000), ("Interest income", -500), ("Wages", 52_000), ("Rent", 12_000), ("Advertising", 6_000), ("Software", 3_500),
        ("Depreciation", 4_000), ("Interest expense", 1_000), ("Income tax expense", 7_500));

    private static readonly Dictionary<Guid, SourcedAmount> Budget = Amounts(
        ("Sales", -190_000), ("Cost of sales", 80_000), ("Wages", 50_000), ("Rent", 12_000), ("Advertising", 8_000), ("Software", 3_500), ("Depreciation", 4_000),
        ("Interest expense", 1_000), ("Income tax expense", 7_875));

    private static readonly Dictionary<Guid, SourcedAmount> June = Amounts(
        ("Bank", 42_000), ("Accounts receivable", 60_000), ("Inventory", 25_000), ("Prepayments", 3_000), ("Equipment at cost", 80_000), ("Accumulated depreciation", -20_000),
        ("Accounts payable", -35_000), ("GST", -6_000), ("PAYG payable", -4_000), ("Income tax payable", -5_000), ("Bank loan", -50_000), ("Share capital", -30_000), ("Retained earnings", -10_000));

    private static readonly Dictionary<Guid, SourcedAmount> September = Amounts(
        ("Bank", 50_500), ("Accounts receivable", 68_000), ("Inventory", 22_000), ("Prepayments", 4_500), ("Equipment at cost", 92_000), ("Accumulated depreciation", -24_000),
        ("Accounts payable", -38_500), ("GST", -7_200), ("PAYG payable", -4_300), ("Income tax payable", -9_500), ("Bank loan", -46_000), ("Share capital", -30_000), ("Dividends paid", 5_000),
        ("Retained earnings", -10_000));

    [Theory]
    [InlineData("income", 180_000, 190_000, -10_000, -0.052632, "U")]
    [InlineData("costOfSales", 72_000, 80_000, -8_000, -0.1, "F")]
    [InlineData("grossProfit", 108_000, 110_000, -2_000, -0.018182, "U")]
    [InlineData("Interest income", 500, 0, 500, null, "F")]
    [InlineData("Wages", 52_000, 50_000, 2_000, 0.04, "U")]
    [InlineData("Rent", 12_000, 12_000, 0, 0.0, "=")]
    [InlineData("Advertising", 6_000, 8_000, -2_000, -0.25, "F")]
    [InlineData("Income tax expense", 7_500, 7_875, -375, -0.047619, "F")]
    [InlineData("operatingExpenses", 86_000, 86_375, -375, -0.004342, "F")]
    [InlineData("netProfit", 22_500, 23_625, -1_125, -0.047619, "U")]
    public void Profit_and_loss_against_its_budget(string key, int actual, int budget, int variance, double? percent, string word)
    {
        var row = Row(ProfitAndLoss.Rows(Chart, [Quarter, Budget], showZero: false), key);
        var (mine, other) = (row.Amounts[0]!.Value.Total, row.Amounts[1]!.Value.Total);

        Assert.Equal(((decimal)actual, (decimal)budget, (decimal)variance), (mine, other, mine - other));
        Assert.Equal((decimal?)percent, Variance.Percent(mine, other));
        Assert.Equal(word, Variance.Word(mine, other, row.Favour));
    }

    [Theory]
    [InlineData("operatingProfit", 30_500, 32_500)]
    [InlineData("ebit", 30_500, 32_500)]
    [InlineData("ebitda", 34_500, 36_500)]
    [InlineData("profitBeforeTax", 30_000, 31_500)]
    public void Lines_that_managers_ask_for_stand_below_net_profit(string key, int actual, int budget)
    {
        var rows = ProfitAndLoss.Rows(Chart, [Quarter, Budget, null], showZero: false, managementLines: true);
        var row = Row(rows, key);

        Assert.Equal(["netProfit", "operatingProfit", "ebit", "ebitda", "profitBeforeTax"], rows.TakeLast(5).Select(one => one.Key));
        Assert.Equal((actual, budget, null, ReportRowKind.Text), ((int)row.Amounts[0]!.Value.Total, (int)row.Amounts[1]!.Value.Total, row.Amounts[2], row.Kind));
        Assert.DoesNotContain(ProfitAndLoss.Rows(Chart, [Quarter], showZero: false), one => one.Key == key);
    }

    [Fact]
    public void Each_account_that_such_a_line_leaves_out_is_named()
    {
        var notes = ManagementLine.Notes(Chart, ProfitAndLoss.Rows(Chart, [Quarter], showZero: false, managementLines: true)).ToList();

        Assert.Equal(
            [
                "Interest income counts as interest income: left out of EBIT, EBITDA.",
                "Depreciation counts as depreciation and amortisation: left out of EBITDA.",
                "Interest expense counts as interest expense: left out of Operating profit, EBIT, EBITDA.",
                "Income tax expense counts as income tax: left out of Operating profit, EBIT, EBITDA, Profit before tax.",
                "No income or expense account is tagged AMORTISATION: Operating profit, EBIT, EBITDA, Profit before tax leave nothing out for it.",
            ],
            notes.Select(note => note.Text));
    }

    [Theory]
    [InlineData(-10_000, 190_000, true)]
    [InlineData(-2_000, 110_000, false)] // 1.8 %
    [InlineData(-375, 7_875, false)] // 4.8 % and small
    [InlineData(500, 0, false)] // small
    [InlineData(2_000, 0, true)]
    [InlineData(-2_000, 8_000, true)]
    [InlineData(0, 0, false)]
    public void A_change_is_material_by_amount_and_by_percent(int change, int comparator, bool material) =>
        Assert.Equal(material, Variance.IsMaterial(change, comparator, Variance.MaterialShare, 1_800));

    [Fact]
    public void A_loss_that_shrinks_is_better()
    {
        Assert.Equal(0.375m, Variance.Percent(-5_000m, -8_000m));
        Assert.Equal("F", Variance.Word(-5_000m, -8_000m, Favour.Up));
        Assert.Equal(1.065613m, Variance.Percent(4.07m, -62.03m));
        Assert.Null(Variance.PercentAlone(4.07m, -62.03m));
        Assert.Null(Variance.Percent(5m, 0m));
        Assert.Null(Variance.Word(5m, 3m, Favour.Neutral));
    }

    [Theory]
    [InlineData("bank", 42_000, 50_500)]
    [InlineData("totalAssets", 190_000, 213_000)]
    [InlineData("currentLiabilities", 50_000, 59_500)]
    [InlineData("nonCurrentLiabilities", 50_000, 46_000)]
    [InlineData("totalLiabilities", 100_000, 105_500)]
    [InlineData("netAssets", 90_000, 107_500)]
    [InlineData("Share capital", 30_000, 30_000)]
    [InlineData("Dividends paid", 0, -5_000)]
    [InlineData("retainedEarnings", 60_000, 60_000)]
    [InlineData("currentYearEarnings", 0, 22_500)]
    [InlineData("totalEquity", 90_000, 107_500)]
    public void Balance_sheet(string key, int june, int september)
    {
        // Earlier years' income and expense stand in no account of the sheet: 50 000 of the retained 60 000.
        var rows = BalanceSheet.Rows(
            Chart, [new StatementBalances(June, default, Doc(-50_000)), new StatementBalances(September, Doc(-22_500), Doc(-50_000))], Find("Retained earnings"), showZero: false);

        Assert.Equal([june, september], Row(rows, key).Amounts.Select(amount => (int)amount!.Value.Total));
    }

    [Theory]
    [InlineData("netProfit", 22_500)]
    [InlineData("Depreciation", 4_000)]
    [InlineData("nonCash", 4_000)]
    [InlineData("Accounts receivable", -8_000)]
    [InlineData("Inventory", 3_000)]
    [InlineData("Prepayments", -1_500)]
    [InlineData("Accounts payable", 3_500)]
    [InlineData("GST", 1_200)]
    [InlineData("PAYG payable", 300)]
    [InlineData("Income tax payable", 4_500)]
    [InlineData("workingCapital", 3_000)]
    [InlineData("operating", 29_500)]
    [InlineData("Equipment at cost", -12_000)]
    [InlineData("investing", -12_000)]
    [InlineData("Bank loan", -4_000)]
    [InlineData("Dividends paid", -5_000)]
    [InlineData("financing", -9_000)]
    [InlineData("exchange", 0)]
    [InlineData("unclassified", 0)]
    [InlineData("netChange", 8_500)]
    [InlineData("openingCash", 42_000)]
    [InlineData("closingCash", 50_500)]
    public void Cash_flow(string key, int amount) => Assert.Equal(amount, (int)Row(Flow(Movement()), key).Amounts[0]!.Value.Total);

    [Fact]
    public void Depreciation_is_taken_from_the_accounts_that_it_was_credited_to() =>
        Assert.DoesNotContain(Flow(Movement()), row => row.Label is "Accumulated depreciation" or "Depreciation added back");

    [Fact]
    public void What_fits_in_no_bucket_is_a_row_that_everybody_sees()
    {
        var movement = Movement();
        movement[Find("Bank loan").AccountId] = Doc(4_100);

        Assert.Equal(100m, Row(Flow(movement), "unclassified").Amounts[0]!.Value.Total);
    }

    [Theory]
    [InlineData("2025-10-14", "current")]
    [InlineData("2025-09-30", "current")]
    [InlineData("2025-09-29", "lt1")]
    [InlineData("2025-09-01", "lt1")]
    [InlineData("2025-08-31", "m1")]
    [InlineData("2025-08-30", "m1")]
    [InlineData("2025-07-31", "m2")]
    [InlineData("2025-06-30", "m3")]
    [InlineData("2025-05-31", "older")]
    [InlineData("2025-03-01", "older")]
    public void Ageing_at_30_September(string due, string bucket) =>
        Assert.Equal(bucket, Ageing.Months[Ageing.Of(Day(due), Ageing.MonthCuts(new DateOnly(2025, 9, 30), dayIsCurrent: true))].Key);

    [Theory]
    [InlineData("2023-01-31", "2023-02-27", 1)]
    [InlineData("2023-01-31", "2023-02-28", 2)]
    [InlineData("2023-01-31", "2023-03-30", 2)]
    [InlineData("2023-01-31", "2023-03-31", 3)]
    public void Months_are_added_to_the_day_itself(string due, string date, int bucket) => Assert.Equal(bucket, Ageing.Of(Day(due), Ageing.MonthCuts(Day(date), dayIsCurrent: true)));

    [Fact]
    public void What_is_due_on_the_very_day_may_be_late()
    {
        var day = new DateOnly(2025, 9, 30);

        Assert.Equal((1, 1), (Ageing.Of(day, Ageing.MonthCuts(day, false)), Ageing.Of(day, Ageing.DayCuts(day, false))));
        Assert.Equal((0, 0), (Ageing.Of(day, Ageing.MonthCuts(day, true)), Ageing.Of(day, Ageing.DayCuts(day, true))));
        Assert.Equal([1, 1, 2, 2, 3, 3, 4], new[] { 1, 30, 31, 60, 61, 90, 91 }.Select(days => Ageing.Of(day.AddDays(-days), Ageing.DayCuts(day, true))));
    }

    [Fact]
    public void Periods_of_ones_own_are_as_many_and_as_long_as_asked()
    {
        var day = new DateOnly(2025, 9, 30);

        Assert.Equal(["Current", "1–15 days", "16–30 days", "30+ days"], Ageing.BucketsOf("2x15days").Select(bucket => bucket.Title));
        Assert.Equal(["current", "p1", "p2", "older"], Ageing.BucketsOf("2x15days").Select(bucket => bucket.Key));
        Assert.Equal([0, 1, 1, 2, 2, 3], new[] { 0, 1, 15, 16, 30, 31 }.Select(days => Ageing.Of(day.AddDays(-days), Ageing.CutsOf("2x15days", day, true))));
        Assert.Equal(1, Ageing.Of(day, Ageing.CutsOf("2x15days", day, false)));
        Assert.Equal(["Current", "< 3 months", "3 to 6 months", "6+ months"], Ageing.BucketsOf("2x3months").Select(bucket => bucket.Title));
        Assert.Equal([1, 2, 2, 3], new[] { "2025-07-01", "2025-06-30", "2025-04-01", "2025-03-31" }.Select(due => Ageing.Of(Day(due), Ageing.CutsOf("2x3months", day, true))));
        Assert.Equal(Ageing.MonthCuts(day, true), Ageing.CutsOf("4x1months", day, true));
        Assert.Equal(Ageing.DayCuts(day, true), Ageing.CutsOf("3x30days", day, true));
        Assert.Equal(Ageing.Months.Select(bucket => bucket.Title).SkipLast(1), Ageing.BucketsOf("4x1months").Select(bucket => bucket.Title).SkipLast(1));
        Assert.All(["0x5days", "13x5days", "2x0days", "2x367days", "2x25months", "x", "2x5weeks", "2x-5days"], word => Assert.Null(Ageing.Periods(word)));
    }

    private static IReadOnlyList<StatementRow> Flow(Dictionary<Guid, SourcedAmount> movement) => new CashFlow(
        Chart, "AUD", [new CashFlowPeriod(movement, Bank(42_000), Bank(50_500), 0, new Dictionary<Guid, decimal>())]).Indirect();

    private static Dictionary<Guid, SourcedAmount> Movement() => Chart.ToDictionary(account => account.AccountId, account =>
        Quarter.GetValueOrDefault(account.AccountId) + September.GetValueOrDefault(account.AccountId) + -June.GetValueOrDefault(account.AccountId));

    private static Dictionary<Guid, SourcedAmount> Bank(decimal balance) => new() { [Find("Bank").AccountId] = Doc(balance) };

    private static StatementRow Row(IReadOnlyList<StatementRow> rows, string key) => rows.Single(row => row.Key == key || (row.AccountId is not null && row.Label == key));

    private static Account Find(string name) => Chart.Single(account => account.Name == name);

    private static Dictionary<Guid, SourcedAmount> Amounts(params (string Name, decimal Amount)[] amounts) => amounts.ToDictionary(amount => Find(amount.Name).AccountId, amount => Doc(amount.Amount));

    private static SourcedAmount Doc(decimal amount) => new(0, amount, 0);

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static Account Of(string name, string type, string @class, string? system = null, string? tag = null) =>
        new() { AccountId = Guid.NewGuid(), Name = name, Type = type, Class = @class, SystemAccount = system, Tag = tag };
}
