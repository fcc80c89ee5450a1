using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Tests.Budgets;

/// <summary>What a budget must be, what it plans over days, and how one is drafted.</summary>
public sealed class BudgetRulesTests
{
    private static readonly Guid Sales = Guid.NewGuid(), Wages = Guid.NewGuid();
    private static readonly Month April = new(2026, 4);

    private static readonly Account[] Chart =
    [
        new() { AccountId = Sales, Code = "200", Name = "Sales", Type = "REVENUE", Class = "REVENUE" },
        new() { AccountId = Wages, Code = "477", Name = "Wages", Type = "WAGESEXPENSE", Class = "EXPENSE" },
        new() { AccountId = Guid.NewGuid(), Code = "090", Name = "Bank", Type = "BANK", Class = "ASSET" },
    ];

    public static TheoryData<BudgetInput, string> Wrong => new()
    {
        { Input("", Line(Sales, 1)), "name" },
        { Input(new string('x', 256), Line(Sales, 1)), "name" },
        { Input("B", Line(Sales, 922_337_203_685_477.5808m)), "lines[0].amount" },
        { Input("B", Line(Sales, -922_337_203_685_477.5808m)), "lines[0].amount" },
        { Input("B", Line(Sales, 1.00001m)), "lines[0].amount" },
        { Input("B", Line(Wages, 1), Line(Sales, 1), Line(Wages, 2)), "lines[2]" },
        { Input("B", new BudgetLineInput(Sales, new Month(1899, 12), 1)), "lines[0].month" },
        { Input("B") with { Tracking = [new(Sales, Sales), new(Sales, Wages)] }, "tracking" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_budget_is_refused_at_its_place(BudgetInput input, string field) => Assert.Equal(field, BudgetRules.Check(input)!.Field);

    [Fact]
    public void The_largest_amounts_are_kept() =>
        Assert.Null(BudgetRules.Check(Input("B", Line(Sales, MoneyRules.Largest), new BudgetLineInput(Sales, April.Next, -MoneyRules.Largest))));

    [Fact]
    public void Whole_months_count_whole_and_a_cut_month_by_its_days()
    {
        var amounts = Amounts((April, 3_000m), (April.Next, 3_100m), (April.Add(2), 3_000m));

        Assert.Equal(9_100m, amounts.Over(new Days(April.Start, April.Add(2).End))[Sales]);
        Assert.Equal(3_100m + 1_000m, amounts.Over(new Days(April.Next.Start, new DateOnly(2026, 6, 10)))[Sales]);
        Assert.Equal([(April.Add(2), 10)], amounts.Cut(new Days(April.Next.Start, new DateOnly(2026, 6, 10))));
        Assert.Equal([April.Add(3)], amounts.Missing(new Days(April.Start, April.Add(3).End)));
        Assert.Empty(amounts.Over(new Days(April.Add(5).Start, April.Add(5).End)));
    }

    [Fact]
    public void The_months_of_a_year_add_up_to_its_days_shares_in_cents() => Assert.Equal(33.33m, Amounts((April, 100m)).Over(new Days(April.Start, new DateOnly(2026, 4, 10)))[Sales]);

    [Theory]
    [InlineData(BudgetPhasing.Own, new[] { 108, 216, 324, 432, 540, 648 })]
    [InlineData(BudgetPhasing.Even, new[] { 378, 378, 378, 378, 378, 378 })]
    [InlineData(BudgetPhasing.Quarters, new[] { 216, 216, 216, 540, 540, 540 })]
    public void Last_years_shape_grows_and_is_phased(string phasing, int[] expected)
    {
        var recipe = new BudgetRecipe { First = April, Months = 6, IncomeGrowth = 0.08m, Phasing = phasing };

        var lines = BudgetDrafting.Lines(recipe, Chart, Before(month => 100m * (month + 1), _ => 0)).Value;

        Assert.Equal(expected.Select(amount => (decimal)amount), lines.Select(line => line.Amount));
        Assert.All(lines, line => Assert.Equal(Sales, line.AccountId));
    }

    [Fact]
    public void Costs_may_follow_the_seasons_of_income_and_the_year_stays_whole()
    {
        var recipe = new BudgetRecipe { First = April, Months = 3, CostGrowth = 0.1m, Phasing = BudgetPhasing.Income, RoundTo = 0.01m };

        var lines = BudgetDrafting.Lines(recipe, Chart, [.. Before(month => new[] { 100m, 100m, 200m }[month % 3], _ => 33.33m).Take(3)]).Value;

        var wages = lines.Where(line => line.AccountId == Wages).Select(line => line.Amount).ToList();
        Assert.Equal([27.50m, 27.50m, 54.99m], wages);
        Assert.Equal(109.99m, wages.Sum());
    }

    [Fact]
    public void Parts_of_any_total_add_up_to_it()
    {
        var random = new Random(3);
        for (var round = 0; round < 500; round++)
        {
            var total = random.Next(-1_000_000, 1_000_000) / 100m;
            var weights = Enumerable.Range(0, random.Next(1, 24)).Select(_ => (decimal)random.Next(0, 9)).ToList();

            Assert.Equal(total, BudgetDrafting.Spread(total, weights, 0.01m).Sum());
        }
    }

    [Theory]
    [InlineData(2027, 3, 2026, 10, 2026, 3)]
    [InlineData(2026, 11, 2026, 10, 2025, 11)]
    [InlineData(2028, 1, 2026, 10, 2026, 1)]
    [InlineData(2027, 12, 2026, 10, 2025, 12)]
    public void A_planned_month_begins_from_the_newest_whole_one_of_its_name(int year, int month, int wholeYear, int wholeMonth, int basisYear, int basisMonth) =>
        Assert.Equal(new Month(basisYear, basisMonth), BudgetDraftService.BasisOf(new Month(year, month), new Month(wholeYear, wholeMonth)));

    [Fact]
    public void Growth_beyond_all_bounds_is_refused()
    {
        var recipe = new BudgetRecipe { First = April, Months = 1, IncomeGrowth = 10 };

        Assert.Equal("budget-too-large", BudgetDrafting.Lines(recipe, Chart, [.. Before(_ => MoneyRules.Largest, _ => 0).Take(1)]).Problem!.Code);
        Assert.Equal("incomeGrowth", (recipe with { IncomeGrowth = 10.1m }).Check()!.Field);
        Assert.Equal("roundTo", (recipe with { RoundTo = 3 }).Check()!.Field);
    }

    private static IReadOnlyDictionary<Guid, decimal>?[] Before(Func<int, decimal> sales, Func<int, decimal> wages) =>
        [.. Enumerable.Range(0, 6).Select(month => new Dictionary<Guid, decimal> { [Sales] = sales(month), [Wages] = wages(month), [Chart[2].AccountId] = 5m })];

    private static BudgetAmounts Amounts(params (Month Month, decimal Amount)[] lines) =>
        new(lines.Select(line => new BudgetLine { AccountId = Sales, Month = line.Month.Start, Amount = line.Amount }));

    private static BudgetInput Input(string name, params BudgetLineInput[] lines) => new(name, lines, []);

    private static BudgetLineInput Line(Guid account, decimal amount) => new(account, April, amount);
}
