using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Layouts;

namespace XeroCfo.Tests.Reports.Layouts;

/// <summary>Layouts: what is refused and where, and what their rows say.</summary>
public sealed class LayoutStatementTests
{
    private static readonly Account Sales = Of("Sales", "REVENUE", "REVENUE"), Interest = Of("Interest", "OTHERINCOME", "REVENUE"), Wages = Of("Wages", "WAGESEXPENSE", "EXPENSE", AccountTags.Payroll),
        Rent = Of("Rent", "OVERHEADS", "EXPENSE"), Bank = Of("Bank", "BANK", "ASSET"), Loan = Of("Loan", "TERMLIAB", "LIABILITY");

    private static readonly Account[] Chart = [Sales, Interest, Wages, Rent, Bank, Loan];

    public static TheoryData<LayoutRow[], string, string> Wrong => new()
    {
        { [], "rows", "invalid-value" },
        { [Group("1st", Sales)], "rows[0].id", "invalid-value" },
        { [Group("a", Sales), Group("a", Rent)], "rows[1].id", "invalid-value" },
        { [Group("a", Sales) with { Label = " " }], "rows[0].label", "invalid-value" },
        { [Group("a", Sales) with { Kind = "table" }], "rows[0].kind", "invalid-value" },
        { [Group("a")], "rows[0].accountIds", "invalid-value" },
        { [Group("a") with { Tags = [AccountTags.Payroll, "STAFF"] }], "rows[0].tags[1]", "invalid-value" },
        { [Group("a") with { Sections = ["sales"] }], "rows[0].sections[0]", "invalid-value" },
        { [Group("a", Sales) with { Formula = "1" }], "rows[0].formula", "invalid-value" },
        { [Group("a", Sales) with { Better = "more" }], "rows[0].better", "invalid-value" },
        { [Group("a", Sales), Formula("b", "a +")], "rows[1].formula", "invalid-formula" },
        { [Group("a", Sales), Formula("b", "a - c")], "rows[1].formula", "unknown-row" },
        { [new LayoutRow { Id = "h", Label = "Head", Kind = LayoutRowKinds.Heading }, Formula("b", "h * 2")], "rows[1].formula", "unknown-row" },
        { [Formula("a", "b + 1"), Formula("b", "c + 1"), Formula("c", "a")], "rows[2]", "circular-formula" },
        { [Formula("a", "a")], "rows[0]", "circular-formula" },
        { [Group("a", Sales), new LayoutRow { Id = "p", Label = "P", Kind = LayoutRowKinds.Percent, Part = "a", Whole = "x" }], "rows[1].whole", "unknown-row" },
        { [Group("a", Sales), new LayoutRow { Id = "s", Label = "S", Kind = LayoutRowKinds.Subtotal, Of = ["a", "s"] }], "rows[1]", "circular-formula" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_refused_at_its_place(LayoutRow[] rows, string field, string code)
    {
        var problem = LayoutRules.Check(new LayoutInput("Board", rows))!;

        Assert.Equal((field, code), (problem.Field, problem.Code));
    }

    [Fact]
    public void A_wrong_formula_names_row_and_position_and_a_circle_its_way()
    {
        Assert.Equal("rows[1].formula, position 5: there is no row “c”.", LayoutRules.Check(new LayoutInput("Board", [Group("a", Sales), Formula("b", "a - c")]))!.Message);
        Assert.Contains("a → b → c → a", LayoutRules.Check(new LayoutInput("Board", [Formula("a", "b + 1"), Formula("b", "c + 1"), Formula("c", "a")]))!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_say_what_their_layout_asks_in_the_signs_that_people_read()
    {
        LayoutRow[] rows =
        [
            Group("sales", Sales), new LayoutRow { Id = "people", Label = "People", Kind = LayoutRowKinds.Group, Tags = [AccountTags.Payroll], ShowAccounts = false },
            Formula("left", "sales - people"), new LayoutRow { Id = "share", Label = "Share", Kind = LayoutRowKinds.Percent, Part = "left", Whole = "sales" },
            new LayoutRow { Id = "other", Label = "Other, net", Kind = LayoutRowKinds.Group, AccountIds = [Interest.AccountId, Rent.AccountId] },
            new LayoutRow { Id = "all", Label = "All", Kind = LayoutRowKinds.Subtotal, Of = ["left", "other"] },
            new LayoutRow { Id = "cash", Label = "Cash", Kind = LayoutRowKinds.Group, Sections = ["bank"], Measure = LayoutMeasures.Balance, ShowAccounts = false },
        ];
        var statement = Statement(rows, Column((Sales, -180_000m), (Wages, 52_000m), (Interest, -500m), (Rent, 12_000m), (Bank, 8_500m)), Column((Sales, 0m), (Wages, 10m)));

        Assert.Equal(180_000m, Amount(statement, "row:sales"));
        Assert.Equal(52_000m, Amount(statement, "row:people"));
        Assert.Equal(128_000m, Amount(statement, "row:left"));
        Assert.Equal(0.711111m, Amount(statement, "row:share"));
        Assert.Equal(-11_500m, Amount(statement, "row:other"));
        Assert.Equal(-12_000m, Amount(statement, $"row:other:effect:{Rent.AccountId:D}"));
        Assert.Equal(116_500m, Amount(statement, "row:all"));
        Assert.Equal(8_500m, Amount(statement, "row:cash"));
        Assert.Equal(["row:sales:heading", $"row:sales:account:{Sales.AccountId:D}", "row:sales", "row:people"], statement.Rows.Take(4).Select(row => row.Key));
        Assert.Null(statement.Rows.Single(row => row.Key == "row:share").Amounts[1]);
        Assert.Equal(("share", 1, "sales is 0"), statement.Empty.Select(empty => (empty.Row.Id, empty.Column, empty.Reason.ToLowerInvariant())).Single());
        Assert.Equal([Favour.Up, Favour.Down, Favour.Up, Favour.Neutral], new[] { "row:sales", "row:people", "row:other", "row:cash" }.Select(key => statement.Rows.Single(row => row.Key == key).Favour));
    }

    [Fact]
    public void Accounts_in_no_group_or_in_several_and_tags_without_accounts_are_named()
    {
        LayoutRow[] rows = [Group("a", Sales, Wages), new LayoutRow { Id = "b", Label = "People", Kind = LayoutRowKinds.Group, Tags = [AccountTags.Payroll, AccountTags.IncomeTax] }];

        var warnings = new LayoutAccounts(rows, Chart).Warnings();

        Assert.Equal(
            [("account-in-no-group", "Interest is in no group."), ("account-in-no-group", "Rent is in no group."), ("account-in-several-groups", "Wages is in several groups: a, People."), ("tag-without-accounts", "People: no account has the tag INCOME_TAX.")],
            warnings.Select(warning => (warning.Kind, warning.Text)));
    }

    private static LayoutStatement Statement(LayoutRow[] rows, params LayoutColumn[] columns)
    {
        Assert.Null(LayoutRules.Check(new LayoutInput("Board", rows)));
        return new LayoutStatement(rows, new LayoutAccounts(rows, Chart), columns, showZero: false);
    }

    private static decimal? Amount(LayoutStatement statement, string key) => statement.Rows.Single(row => row.Key == key).Amounts[0]?.Total;

    private static LayoutColumn Column(params (Account Account, decimal Amount)[] amounts)
    {
        var all = amounts.ToDictionary(amount => amount.Account.AccountId, amount => new SourcedAmount(0, amount.Amount, 0));
        return new LayoutColumn(all, all);
    }

    private static LayoutRow Group(string id, params Account[] accounts) => new() { Id = id, Label = id, Kind = LayoutRowKinds.Group, AccountIds = accounts.Length == 0 ? null : [.. accounts.Select(account => account.AccountId)] };

    private static LayoutRow Formula(string id, string formula) => new() { Id = id, Label = id, Kind = LayoutRowKinds.Formula, Formula = formula };

    private static Account Of(string name, string type, string accountClass, string? tag = null) => new() { AccountId = Guid.NewGuid(), Name = name, Type = type, Class = accountClass, Tag = tag };
}
