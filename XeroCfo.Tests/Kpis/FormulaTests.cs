using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Kpis.Custom;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;

namespace XeroCfo.Tests.Kpis;

/// <summary>Formulas of an organisation's own KPIs: what they come to, and where they are wrong.</summary>
public sealed class FormulaTests
{
    private static readonly Account[] Chart =
    [
        Account("200", "Sales", "REVENUE", "REVENUE"), Account("300", "Beans", "DIRECTCOSTS", "EXPENSE"), Account("477", "Wages", "WAGESEXPENSE", "EXPENSE", AccountTags.Payroll), Account(null, "Cheque (main)", "BANK", "ASSET"),
    ];

    [Theory]
    [InlineData("1 + 2 * 3", 7)]
    [InlineData("(1 + 2) × 3", 9)]
    [InlineData("10 − 4 − 3", 3)]
    [InlineData("100 / 8 / 2", 6.25)]
    [InlineData("-(2 - 5) * 2", 6)]
    [InlineData("5% * 200", 10)]
    [InlineData("account(200) - account(300)", 600)]
    [InlineData("Account( 200 ) / days", 32.258065)]
    [InlineData("account(\"Cheque (main)\")", 250)]
    [InlineData("group(grossProfit) / group(income)", 0.6)]
    [InlineData("tag(PAYROLL) / figure(people)", 20)]
    [InlineData("kpi(grossMargin) * 100", 60)]
    [InlineData("kpi(twice) + 1", 2001)]
    public void A_formula_comes_to(string formula, double expected) => Assert.Equal((decimal)expected, Value(formula).Value);

    [Theory]
    [InlineData("1 +", "At position 4: a number, a name or ( is missing.")]
    [InlineData("(1 + 2", "At position 1: this ( has no ) after it.")]
    [InlineData("1 + 2)", "At position 6: this ) has no ( before it.")]
    [InlineData("1 2", "At position 3: “2” is not expected here; a sign (+ − * /) or the end is.")]
    [InlineData("2 ** 3", "At position 4: “*” is not expected here; a number, a name or ( is.")]
    [InlineData("1.2.3", "At position 1: “1.2.3” is no number")]
    [InlineData("3 + sum(200)", "At position 5: “sum” is unknown")]
    [InlineData("account + 1", "At position 9: account wants a name in parentheses, such as account(200).")]
    [InlineData("account()", "At position 1: account wants a name in parentheses")]
    [InlineData("1 + group(turnover)", "At position 5: there is no group turnover")]
    [InlineData("tag(WAGES)", "At position 1: there is no tag WAGES")]
    [InlineData("2 * figure(Robots)", "At position 5: no figure Robots is typed in below.")]
    public void What_is_wrong_by_itself_is_told_at_its_position(string formula, string message)
    {
        var wrong = CustomKpiCheck.Alone(Input(formula));

        Assert.Equal(("formula", ProblemKind.Invalid), (wrong?.Field, wrong?.Kind));
        Assert.StartsWith(message, wrong!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 + account(999)", "At position 5: there is no account 999 in the chart.")]
    [InlineData("kpi(nothing)", "At position 1: there is no KPI nothing.")]
    [InlineData("tag(INCOME_TAX)", "At position 1: no account carries the tag INCOME_TAX.")]
    [InlineData("1 + kpi(mine)", "At position 5: this goes in a circle: mine → mine.")]
    [InlineData("2 * kpi(second)", "At position 5: this goes in a circle: mine → second → first → mine.")]
    public void What_is_wrong_among_the_others_is_told_at_its_position(string formula, string message)
    {
        CustomKpi[] known = [Kpi("mine", "1"), Kpi("first", "kpi(mine) + kpi(grossMargin)"), Kpi("second", "kpi(first) / 2")];

        var wrong = CustomKpiCheck.Among(Input(formula), "mine", known, Chart);

        Assert.Equal((ProblemKind.Refused, message), (wrong?.Kind, wrong?.Message));
        Assert.Null(CustomKpiCheck.Among(Input("kpi(grossMargin)"), "mine", known, Chart));
        Assert.Equal("kpi-name-taken", CustomKpiCheck.Among(Input("1") with { Name = "SECOND" }, "mine", known, Chart)?.Code);
        Assert.Equal("kpi-name-taken", CustomKpiCheck.Among(Input("1") with { Name = "Gross margin" }, null, known, Chart)?.Code);
        Assert.Equal("kpi-needed", CustomKpiCheck.Needed(known[0].Id, known)?.Code);
        Assert.Null(CustomKpiCheck.Needed(known[2].Id, known));
    }

    [Theory]
    [InlineData("1 / (account(200) - 1000)", "Division by zero at position 3: what stands after / is 0")]
    [InlineData("1 + account(999)", "At position 5: account 999 is not in the chart any more")]
    [InlineData("tag(INCOME_TAX)", "At position 1: no account carries the tag INCOME_TAX any more")]
    [InlineData("2 + kpi(gone)", "At position 5: there is no KPI gone any more")]
    [InlineData("kpi(interestCover)", "At position 1: interestCover has no value (Interest expense is 0)")]
    [InlineData("kpi(self)", "self leans on itself")]
    [InlineData("1000000000000 * 1000000000000 * 1000000000000", "At position 31 the number is too large")]
    public void A_formula_without_a_value_says_why_and_where(string formula, string reason)
    {
        var value = Value(formula);

        Assert.Null(value.Value);
        Assert.EndsWith(reason, value.Reason!.Replace("At position 1: self has no value (", "", StringComparison.Ordinal).TrimEnd(')') + (reason.EndsWith(')') ? ")" : ""), StringComparison.Ordinal);
    }

    [Fact]
    public void A_typed_figure_holds_until_another_one_is_typed_in()
    {
        var people = new TypedFigure("People", [new("2025-06", 10m), new("2025-09", 12m)]);

        Assert.Equal([null, 10m, 10m, 12m], new[] { "2025-05", "2025-06", "2025-08", "2026-01" }.Select(month => Month.TryParse(month, out var parsed) ? people.In(parsed) : null));
        Assert.Equal("figures[0].values", CustomKpiCheck.Alone(Input("1") with { Figures = [new TypedFigure("People", [new("June", 1m)])] })?.Field);
        Assert.Equal("figures[1].name", CustomKpiCheck.Alone(Input("1") with { Figures = [people, people] })?.Field);
    }

    [Theory]
    [InlineData("Income per person", "incomePerPerson")]
    [InlineData("Māori & Pākehā 2026", "maoriPakeha2026")]
    [InlineData("2 numbers", "kpi2Numbers")]
    [InlineData("Custom", "custom2")]
    [InlineData("Gross Margin", "grossMargin2")]
    [InlineData("…", "kpi")]
    public void A_key_is_made_from_the_name(string name, string key) => Assert.Equal(key, CustomKpiCheck.KeyOf(name, _ => false));

    [Fact]
    public void However_deep_a_formula_is_it_is_refused_in_words() =>
        Assert.Contains("too deep", CustomKpiCheck.Alone(Input(new string('(', 500) + "1"))!.Message, StringComparison.Ordinal);

    private static KpiValue Value(string formula)
    {
        var year = new FinancialYear(30, 6);
        var days = new Days(new DateOnly(2025, 7, 1), new DateOnly(2025, 7, 31));
        decimal[] moved = [-1_000, 400, 260, 250];
        MovementPiece[] pieces = [new(null, days.First.AddDays(-1), new Dictionary<Guid, decimal>(), []), new(days.First, days.Last, Chart.Zip(moved).ToDictionary(pair => pair.First.AccountId, pair => pair.Second), [])];
        var figures = new KpiFigures(new StatementBooks(Chart, new BookMovements(year, pieces)), year, "AUD", days, 0);
        var set = new KpiSet([Kpi("asked", formula), Kpi("twice", "2 * account(200)"), Kpi("self", "kpi(self)")], []);
        return set.Value("asked", figures, new KpiContext(null, null, null, [], null)).Value;
    }

    private static CustomKpi Kpi(string key, string formula) => new()
    {
        Key = key,
        Name = key,
        NormalizedName = CustomKpi.Normalize(key),
        Formula = formula,
        Figures = [new TypedFigure("People", [new("2025-01", 13m)])],
    };

    private static CustomKpiInput Input(string formula) => new("New", formula, KpiUnit.Money, GoodDirection.Up, [new TypedFigure("People", [new("2025-01", 13m)])]);

    private static Account Account(string? code, string name, string type, string accountClass, string? tag = null) => new() { AccountId = Guid.NewGuid(), Code = code, Name = name, Type = type, Class = accountClass, Tag = tag };
}
