using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;

namespace XeroCfo.Tests.Kpis;

/// <summary>Every KPI of the worked quarter to 30 September 2025.</summary>
public sealed class WorkedKpiTests
{
    private static readonly Days Quarter = new(new DateOnly(2025, 7, 1), new DateOnly(2025, 9, 30));
    private static readonly List<Account> Chart = [];
    private static readonly KpiFigures Figures = Made(
        ("Sales", "REVENUE", "REVENUE", null, null, 0, -180_000), ("Cost of sales", "DIRECTCOSTS", "EXPENSE", null, null, 0, 72_000),
        ("Interest income", "OTHERINCOME", "REVENUE", null, AccountTags.InterestIncome, 0, -500), ("Wages", "WAGESEXPENSE", "EXPENSE", null, AccountTags.Payroll, 0, 52_000),
        ("Rent", "OVERHEADS", "EXPENSE", null, null, 0, 12_000), ("Advertising", "EXPENSE", "EXPENSE", null, null, 0, 6_000), ("Software", "EXPENSE", "EXPENSE", null, null, 0, 3_500),
        ("Depreciation", "DEPRECIATN", "EXPENSE", null, null, 0, 4_000), ("Interest expense", "EXPENSE", "EXPENSE", null, AccountTags.InterestExpense, 0, 1_000),
        ("Income tax expense", "EXPENSE", "EXPENSE", null, AccountTags.IncomeTax, 0, 7_500), ("Bank", "BANK", "ASSET", null, null, 42_000, 8_500),
        ("Accounts receivable", "CURRENT", "ASSET", SystemAccounts.Debtors, null, 60_000, 8_000), ("Inventory", "INVENTORY", "ASSET", null, null, 25_000, -3_000),
        ("Prepayments", "PREPAYMENT", "ASSET", null, null, 3_000, 1_500), ("Equipment", "FIXED", "ASSET", null, null, 80_000, 12_000), ("Accumulated depreciation", "FIXED", "ASSET", null, null, -20_000, -4_000),
        ("Accounts payable", "CURRLIAB", "LIABILITY", SystemAccounts.Creditors, null, -35_000, -3_500), ("GST", "CURRLIAB", "LIABILITY", SystemAccounts.SalesTax, null, -6_000, -1_200),
        ("PAYG payable", "PAYGLIABILITY", "LIABILITY", null, null, -4_000, -300), ("Income tax payable", "CURRLIAB", "LIABILITY", null, AccountTags.IncomeTax, -5_000, -4_500),
        ("Bank loan", "TERMLIAB", "LIABILITY", null, null, -50_000, 4_000), ("Share capital", "EQUITY", "EQUITY", null, null, -30_000, 0), ("Dividends paid", "EQUITY", "EQUITY", null, AccountTags.Dividend, 0, 5_000),
        ("Retained earnings", "EQUITY", "EQUITY", SystemAccounts.RetainedEarnings, null, -60_000, 0));

    [Theory]
    [InlineData("income", 180_000)]
    [InlineData("netProfit", 22_500)]
    [InlineData("cash", 50_500)]
    [InlineData("receivables", 68_000)]
    [InlineData("payables", 38_500)]
    [InlineData("grossMargin", 0.600)]
    [InlineData("operatingMargin", 0.169)]
    [InlineData("netMargin", 0.125)]
    [InlineData("ebitdaMargin", 0.192)]
    [InlineData("expenseToRevenue", 0.878)]
    [InlineData("currentRatio", 2.44)]
    [InlineData("quickRatio", 1.99)]
    [InlineData("cashRatio", 0.85)]
    [InlineData("workingCapital", 85_500)]
    [InlineData("dso", 34.76)]
    [InlineData("dio", 28.11)]
    [InlineData("dpo", 49.19)]
    [InlineData("cashConversionCycle", 13.67)]
    [InlineData("debtToEquity", 0.43)]
    [InlineData("liabilitiesToEquity", 0.98)]
    [InlineData("debtToAssets", 0.216)]
    [InlineData("equityToAssets", 0.505)]
    [InlineData("netDebt", -4_500)]
    [InlineData("interestCover", 30.5)]
    [InlineData("debtServiceCover", 6.9)]
    [InlineData("returnOnEquity", 0.830)]
    [InlineData("returnOnCapitalEmployed", 0.788)]
    [InlineData("returnOnAssets", 0.419)]
    [InlineData("assetTurnover", 3.35)]
    [InlineData("ocfToCurrentLiabilities", 1.97)]
    [InlineData("cashConversion", 0.855)]
    [InlineData("breakEvenIncome", 129_166.67)]
    [InlineData("marginOfSafety", 0.282)]
    [InlineData("revenueGrowth", 0.200)]
    [InlineData("ruleOf40", 0.392)]
    [InlineData("topCustomerShare", 0.30)]
    [InlineData("top3CustomerShare", 0.75)]
    [InlineData("customerConcentration", 2_250)]
    [InlineData("netBurn", 20_000)]
    [InlineData("runway", 2.525)]
    public void A_kpi_comes_out(string key, double expected)
    {
        var context = new KpiContext(Before(150_000m), 720_000m, 600_000m, [54m, 45m, 36m, 27m, 18m], [-18_000m, -22_000m, -20_000m]);
        var kpi = KpiCatalogue.Compute(Figures, context, null).Single(kpi => kpi.Definition.Key == key);
        var decimals = BitConverter.GetBytes(decimal.GetBits((decimal)expected)[3])[2];

        Assert.Null(kpi.Value.Reason);
        Assert.Equal((decimal)expected, Math.Round(kpi.Value.Value!.Value, decimals, MidpointRounding.AwayFromZero));
        Assert.NotEmpty(kpi.Parts);
    }

    [Fact]
    public void Where_there_is_no_value_there_is_a_reason()
    {
        Chart.Clear();
        var empty = Made(("Sales", "REVENUE", "REVENUE", null, null, 0, 0), ("Share capital", "EQUITY", "EQUITY", null, null, 5, 0), ("Bank", "BANK", "ASSET", null, null, -5, 0));
        var kpis = KpiCatalogue.Compute(empty, new KpiContext(null, null, null, [], [100m, 100m, 100m]), null);

        Assert.All(kpis, kpi => Assert.True(kpi.Value.Value is null == kpi.Value.Reason is not null, kpi.Definition.Key));
        Assert.Equal("Total income is 0", Reason("grossMargin"));
        Assert.Equal("Equity is negative", Reason("debtToEquity"));
        Assert.Contains("generative", Reason("runway"), StringComparison.Ordinal);
        Assert.Equal(5m, kpis.Single(kpi => kpi.Definition.Key == "netDebt").Value.Value);

        string? Reason(string key) => kpis.Single(kpi => kpi.Definition.Key == key).Value.Reason;
    }

    [Fact]
    public void The_catalogue_has_every_key_once() => Assert.Equal(40, KpiCatalogue.Definitions.Select(definition => definition.Key).Distinct().Count());

    private static KpiFigures Before(decimal income)
    {
        var sales = new Account { AccountId = Guid.NewGuid(), Name = "Sales", Type = "REVENUE", Class = "REVENUE" };
        return Of([sales], Quarter, new Dictionary<Guid, decimal>(), new Dictionary<Guid, decimal> { [sales.AccountId] = -income });
    }

    private static KpiFigures Made(params (string Name, string Type, string Class, string? System, string? Tag, decimal Opening, decimal Movement)[] accounts)
    {
        foreach (var account in accounts)
        {
            Chart.Add(new Account { AccountId = Guid.NewGuid(), Name = account.Name, Type = account.Type, Class = account.Class, SystemAccount = account.System, Tag = account.Tag });
        }

        return Of(
            Chart, Quarter, Chart.Zip(accounts).ToDictionary(pair => pair.First.AccountId, pair => pair.Second.Opening),
            Chart.Zip(accounts).ToDictionary(pair => pair.First.AccountId, pair => pair.Second.Movement));
    }

    private static KpiFigures Of(IReadOnlyList<Account> chart, Days period, IReadOnlyDictionary<Guid, decimal> opening, IReadOnlyDictionary<Guid, decimal> movement)
    {
        var year = new FinancialYear(30, 6);
        MovementPiece[] pieces = [new(null, period.First.AddDays(-1), opening, []), new(period.First, period.Last, movement, [])];
        return new KpiFigures(new StatementBooks([.. chart], new BookMovements(year, pieces)), year, "AUD", period, 0);
    }
}
