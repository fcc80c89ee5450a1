using XeroCfo.Domain.Primitives.Formulas;
using XeroCfo.Domain.Reports.Layouts;

namespace XeroCfo.Tests.Reports.Layouts;

public sealed class LayoutFormulaTests
{
    private static readonly Dictionary<string, FormulaNumber> Rows = new()
    {
        ["sales"] = FormulaNumber.Of(200m),
        ["costs"] = FormulaNumber.Of(80m),
        ["nil"] = FormulaNumber.Of(0m),
        ["none"] = FormulaNumber.None("it has none"),
        ["huge"] = FormulaNumber.Of(decimal.MaxValue),
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
    [InlineData("sales / nil", "Division by zero at position 7: what stands after / is 0")]
    [InlineData("sales / (costs - 80)", "Division by zero at position 7: what stands after / is 0")]
    [InlineData("sales + none", "it has none")]
    [InlineData("huge * 2", "At position 6 the number is too large")]
    [InlineData("huge + huge - huge", "At position 6 the number is too large")]
    public void What_has_no_value_says_why(string formula, string reason) => Assert.Equal((null, reason), (Compute(formula).Value, Compute(formula).Reason));

    [Theory]
    [InlineData("", 1, "a number, a name or ( is missing")]
    [InlineData("sales +", 8, "a number, a name or ( is missing")]
    [InlineData("sales costs", 7, "“c” is not expected here; a sign (+ − * /) or the end is")]
    [InlineData("(sales", 1, "this ( has no ) after it")]
    [InlineData("sales)", 6, "this ) has no ( before it")]
    [InlineData("1.2.3 + sales", 1, "“1.2.3” is no number that can be used; write 1234.5, without a separator of thousands")]
    [InlineData("sales % 2", 7, "“%” is not expected here; a sign (+ − * /) or the end is")]
    [InlineData("=sales", 1, "“=” is not expected here; a number, a name or ( is")]
    public void What_is_wrong_is_named_with_its_position(string formula, int position, string words)
    {
        var wrong = LayoutFormula.Parse(formula);

        Assert.Null(wrong.Formula);
        Assert.Equal((position, words), (wrong.Position, wrong.Wrong));
    }

    [Fact]
    public void Deep_and_long_formulas_are_refused_not_followed()
    {
        Assert.Equal("the parentheses are too deep", LayoutFormula.Parse(new string('(', 200) + "1" + new string(')', 200)).Wrong);
        Assert.Equal("the parentheses are too deep", LayoutFormula.Parse(new string('-', 400) + "1").Wrong);
        Assert.Equal("a formula has at most 500 characters", LayoutFormula.Parse(new string('1', 501)).Wrong);
    }

    [Fact]
    public void It_knows_the_rows_that_it_speaks_of() => Assert.Equal([("sales", 1), ("costs", 10), ("sales", 18)], LayoutFormula.Parse("sales - (costs / sales)").Formula!.Rows);

    private static FormulaNumber Compute(string formula) => LayoutFormula.Parse(formula).Formula!.Compute(row => Rows[row]);
}
