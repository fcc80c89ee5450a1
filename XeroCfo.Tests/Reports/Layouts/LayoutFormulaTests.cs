using XeroCfo.Domain.Reports.Layouts;

namespace XeroCfo.Tests.Reports.Layouts;

public sealed class LayoutFormulaTests
{
    private static readonly Dictionary<string, LayoutNumber> Rows = new()
    {
        ["sales"] = LayoutNumber.Of(200m),
        ["costs"] = LayoutNumber.Of(80m),
        ["nil"] = LayoutNumber.Of(0m),
        ["none"] = LayoutNumber.None("it has none"),
        ["huge"] = LayoutNumber.Of(decimal.MaxValue),
    };

    [Theory]
    [InlineData("sales - costs", 120)]
    [InlineData("sales - costs - 20", 100)]
    [InlineData("sales - (costs - 20)", 140)]
    [InlineData("2 + 3 * 4", 14)]
    [InlineData("(2 + 3) * 4", 20)]
    [InlineData("sales / 4 / 5", 10)]
    [InlineData("-costs + --costs", 0)]
    [InlineData("  sales×2 ÷ 4 − 1.5 ", 98.5)]
    [InlineData("nil / sales", 0)]
    public void A_formula_computes_as_in_school(string formula, double expected) => Assert.Equal((decimal)expected, Compute(formula).Value);

    [Theory]
    [InlineData("sales / nil", "it would be divided by 0")]
    [InlineData("sales / (costs - 80)", "it would be divided by 0")]
    [InlineData("sales + none", "it has none")]
    [InlineData("huge * 2", "the number is too large")]
    [InlineData("huge + huge - huge", "the number is too large")]
    public void What_has_no_value_says_why(string formula, string reason) => Assert.Equal((null, reason), (Compute(formula).Value, Compute(formula).Reason));

    [Theory]
    [InlineData("", 1, "the formula ends where a row or a number must come")]
    [InlineData("sales +", 8, "the formula ends where a row or a number must come")]
    [InlineData("sales costs", 7, "“c” does not belong here")]
    [InlineData("(sales", 7, "a closing parenthesis is missing")]
    [InlineData("sales)", 6, "“)” does not belong here")]
    [InlineData("1.2.3 + sales", 1, "this is no number")]
    [InlineData("sales % 2", 7, "“%” does not belong here")]
    [InlineData("=sales", 1, "“=” does not belong here")]
    public void What_is_wrong_is_named_with_its_position(string formula, int position, string words)
    {
        var wrong = LayoutFormula.Parse(formula);

        Assert.Null(wrong.Formula);
        Assert.Equal((position, words), (wrong.Position, wrong.Wrong));
    }

    [Fact]
    public void Deep_and_long_formulas_are_refused_not_followed()
    {
        Assert.Equal("the formula is nested too deeply", LayoutFormula.Parse(new string('(', 200) + "1" + new string(')', 200)).Wrong);
        Assert.Equal("the formula is nested too deeply", LayoutFormula.Parse(new string('-', 400) + "1").Wrong);
        Assert.Equal("a formula has at most 500 characters", LayoutFormula.Parse(new string('1', 501)).Wrong);
    }

    [Fact]
    public void It_knows_the_rows_that_it_speaks_of() => Assert.Equal([("sales", 1), ("costs", 10), ("sales", 18)], LayoutFormula.Parse("sales - (costs / sales)").Formula!.Rows);

    private static LayoutNumber Compute(string formula) => LayoutFormula.Parse(formula).Formula!.Compute(row => Rows[row]);
}
