using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;
using XeroCfo.Web.Kpis;
using XeroCfo.Web.Shared;

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

    [Theory]
    [InlineData("netProfit", "180,000.00 − 72,000.00 + 500.00 − 86,000.00")]
    [InlineData("expenseToRevenue", "(72,000.00 + 86,000.00) / 180,000.00")]
    [InlineData("revenueGrowth", "(180,000.00 − 150,000.00) / |150,000.00|")]
    [InlineData("quickRatio", "(145,000.00 − 22,000.00 − 4,500.00) / 59,500.00")]
    [InlineData("workingCapital", "145,000.00 − 59,500.00")]
    [InlineData("dso", "68,000.00 × 92 / 180,000.00")]
    [InlineData("cashConversionCycle", "34.76 + 28.11 − 49.19")]
    [InlineData("netDebt", "46,000.00 − 50,500.00")]
    [InlineData("debtServiceCover", "34,500.00 / (4,000.00 + 1,000.00)")]
    [InlineData("returnOnEquity", "22,500.00 × 365 / 92 / 107,500.00")]
    [InlineData("returnOnCapitalEmployed", "30,500.00 × 365 / 92 / (213,000.00 − 59,500.00)")]
    [InlineData("breakEvenIncome", "77,500.00 × 180,000.00 / 108,000.00")]
    [InlineData("marginOfSafety", "(180,000.00 − 129,166.67) / 180,000.00")]
    [InlineData("ruleOf40", "20.0 % + 19.2 %")]
    [InlineData("topCustomerShare", "54.00 / 180.00")]
    [InlineData("netBurn", "−((18,000.00) + (22,000.00) + (20,000.00)) / 3, each before new equity and debt")]
    [InlineData("runway", "50,500.00 / 20,000.00")]
    public void A_formula_stands_there_with_its_numbers(string key, string expected)
    {
        var context = new KpiContext(Before(150_000m), 720_000m, 600_000m, [54m, 45m, 36m, 27m, 18m], [-18_000m, -22_000m, -20_000m]);
        var kpi = KpiCatalogue.Compute(Figures, context, null).Single(kpi => kpi.Definition.Key == key);

        Assert.Equal(expected, KpiFormat.Worked(kpi.Definition.Formula, kpi.Parts, Figures.Days, kpi.Definition.Unit, MoneyFormat.Neutral));
    }

    [Theory]
    [InlineData(-1_000, 180_000)]
    [InlineData(150_000, -180_000)]
    public void Growth_across_a_change_of_sign_says_nothing(decimal before, decimal now)
    {
        Chart.Clear();
        var figures = Made(("Sales", "REVENUE", "REVENUE", null, null, 0, -now));
        var kpis = KpiCatalogue.Compute(figures, new KpiContext(Before(before), now, before, [], null), null);

        Assert.Equal("n/m: income changed its sign", kpis.Single(kpi => kpi.Definition.Key == "revenueGrowth").Value.Reason);
        Assert.Equal("n/m: income changed its sign", kpis.Single(kpi => kpi.Definition.Key == "ruleOf40").Value.Reason);
    }

    [Fact]
    public void What_is_borrowed_is_no_cash_earned_and_what_is_repaid_is_burnt()
    {
        var organisation = new XeroTenant { XeroTenantId = "bench", Name = "Bench", BaseCurrency = "AUD", FinancialYearEndDay = 30, FinancialYearEndMonth = 6 };
        var (bank, loan, sales) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        Account[] chart =
        [
            new() { AccountId = bank, Name = "Bank", Type = "BANK", Class = "ASSET" }, new() { AccountId = loan, Name = "Loan", Type = "TERMLIAB", Class = "LIABILITY" },
            new() { AccountId = sales, Name = "Sales", Type = "REVENUE", Class = "REVENUE" },
        ];
        var periods = new KpiPeriods(organisation, new DateOnly(2025, 9, 30), "month");
        DateOnly[] cuts = [.. periods.Cuts.Distinct().Order()];
        var pieces = cuts.Select((last, index) => new MovementPiece(index == 0 ? null : cuts[index - 1].AddDays(1), last, Moved(last), []));
        var books = new KpiBooks(organisation, new StatementBooks(chart, new BookMovements(organisation.FinancialYear, [.. pieces])), [], new Dictionary<Days, IReadOnlyList<decimal>>());

        // July borrows 1 000 and loses 100; August and September repay 10 and earn 4.
        Assert.Equal([-100m, -6m, -6m], books.Context(periods, periods.Now, periods.Prior).MonthlyCash);

        Dictionary<Guid, decimal> Moved(DateOnly last) => (last.Year, last.Month) switch
        {
            (2025, 7) => new() { [bank] = 900m, [loan] = -1_000m, [sales] = 100m },
            (2025, 8) or (2025, 9) => new() { [bank] = -6m, [loan] = 10m, [sales] = -4m },
            _ => [],
        };
    }

    [Fact]
    public void Counting_back_and_what_was_collected_come_out()
    {
        DayAmount[] sales = [new(new DateOnly(2025, 7, 10), 58_000m), new(new DateOnly(2025, 8, 4), 70_000m), new(new DateOnly(2025, 8, 20), -10_000m), new(new DateOnly(2025, 9, 3), 62_000m)];

        Assert.Equal(33.1m, Math.Round(CollectionMeasures.CountbackDays(68_000m, new DateOnly(2025, 9, 30), sales).Value!.Value, 1));
        Assert.Equal(0.905m, Math.Round(CollectionMeasures.Effectiveness(60_000m, 180_000m, 68_000m, 50_000m).Value!.Value, 3));
        Assert.Equal(0m, CollectionMeasures.CountbackDays(0m, new DateOnly(2025, 9, 30), sales).Value);
        Assert.Contains("negative", CollectionMeasures.CountbackDays(-1m, new DateOnly(2025, 9, 30), sales).Reason, StringComparison.Ordinal);
        Assert.Contains("More is open", CollectionMeasures.CountbackDays(1_000_000m, new DateOnly(2025, 9, 30), sales).Reason, StringComparison.Ordinal);
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
