using Bunit;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Budgets;

namespace XeroCfo.Tests.Budgets;

public sealed class BudgetPagesTests : PageTest
{
    private BudgetView _xero = default!, _own = default!;

    public BudgetPagesTests() => Services.AddSingleton<IMovementReader>(new NoMovements());

    private void Fill()
    {
        _xero = Books.Budgets.Add("Overall budget", BudgetSources.Xero, (Sales, new Month(2026, 4), 1_000m));
        _own = Books.Budgets.Add("Plan B", BudgetSources.Own, (Sales, new Month(2026, 4), 1_000m), (Sales, new Month(2026, 5), 2_000.5m), (Wages, new Month(2026, 4), 400m));
    }

    private Guid Sales => Books.Account("200").AccountId;

    private Guid Wages => Books.Account("477").AccountId;

    [Fact]
    public void Without_budgets_the_page_says_what_to_do_next()
    {
        var page = Open<BudgetsPage>($"/{Org}/budgets");

        Assert.Contains("No budgets yet", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Make one here from last year", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_budget_says_where_it_comes_from_and_what_it_plans()
    {
        Fill();
        var page = Open<BudgetsPage>($"/{Org}/budgets");

        var rows = page.FindAll("tbody tr");
        Assert.Equal(["Overall budget", "From Xero", "Apr 2026", "the whole organisation"], rows[0].QuerySelectorAll("th, td").Take(4).Select(cell => cell.TextContent.Trim()));
        Assert.Equal(["Plan B", "Own", "Apr 2026 – May 2026", "the whole organisation"], rows[1].QuerySelectorAll("th, td").Take(4).Select(cell => cell.TextContent.Trim()));
        Assert.Empty(rows[0].QuerySelectorAll("button[aria-label^=Delete]"));
        Assert.EndsWith($"compare=budget%3A{_own.Budget.Id:D}", rows[1].QuerySelector("a.plain")!.GetAttribute("href"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Who_may_not_write_budgets_sees_them_and_no_buttons()
    {
        Fill();
        SignInAs(Roles.Executive);

        var page = Open<BudgetsPage>($"/{Org}/budgets");
        var budget = Open<BudgetPage>($"/{Org}/budgets/{_own.Budget.Id}", null, ("Id", _own.Budget.Id));

        Assert.Empty(page.FindAll("main button, .head-actions button"));
        Assert.Empty(budget.FindAll("td input"));
        Assert.Contains("2,000.50", budget.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_organisations_budgets_are_not_there() =>
        Assert.Contains("nothing here", Open<BudgetsPage>($"/{Guid.NewGuid()}/budgets", Guid.NewGuid()).Markup, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void A_table_is_imported_whole_or_says_each_wrong_place()
    {
        var page = Open<BudgetsPage>($"/{Org}/budgets");
        page.FindAll(".head-actions button")[0].Click();
        page.Find(".side input[type=text]").Change("Board plan");

        page.Find(".side textarea").Change("Code\tApr 2027\n200\tmany\n999\t5\n");
        Assert.Equal(["Row 2, column B: “many” is no amount: write it like 1,234.50 or -1234.5.", "Row 3, column A: No account has the code “999”."], page.FindAll(".side li").Select(item => item.TextContent));
        Assert.True(page.Find(".side .primary").HasAttribute("disabled"));

        page.Find(".side textarea").Change("Code\tApr 2027\n200\t1,500\n");
        page.Find(".side .primary").Click();

        var made = Assert.Single(Books.Budgets.All);
        Assert.Equal(("Board plan", 1_500m), (made.Budget.Name, Assert.Single(made.Lines).Amount));
        Assert.EndsWith($"/budgets/{made.Budget.Id:D}", Address.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_budget_is_made_for_a_year()
    {
        var page = Open<BudgetsPage>($"/{Org}/budgets");
        page.Find(".head-actions .primary").Click();
        page.FindAll(".side select")[1].Change("");
        page.Find(".side form").Submit();

        Assert.Equal("Budget Apr 2027 – Mar 2028", Assert.Single(Books.Budgets.All).Budget.Name);
    }

    [Fact]
    public void The_grid_has_a_row_for_each_account_and_sums_that_follow_what_is_typed()
    {
        Fill();
        var page = Budget();
        Assert.Equal(["1,000", "2,000.5", ""], page.FindAll("tr input").Take(3).Select(input => input.GetAttribute("value")));
        Assert.Equal("3000.50", Cell(page, "Total income", 13));

        page.FindAll("tr input")[2].Change("(500)");

        Assert.Equal(["2500.50", "-500.00", "2100.50"], [Cell(page, "Total income", 13), Cell(page, "Net profit", 3), Cell(page, "Net profit", 13)]);
        Assert.Contains("1 change is not saved", page.Markup, StringComparison.Ordinal);

        page.Find(".head-actions .primary").Click();

        Assert.Equal(-500m, Books.Budgets.All.Single(view => view.Budget.Name == "Plan B").Lines.Single(line => line.Month == new DateOnly(2026, 6, 1)).Amount);
        Assert.DoesNotContain("not saved", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_amount_is_said_and_keeps_the_budget_from_being_saved()
    {
        Fill();
        var page = Budget();

        page.FindAll("tr input")[0].Change("lots");
        page.FindAll("tr input")[1].Change("5");
        page.Find(".head-actions .primary").Click();

        Assert.Contains($"{Books.Account("200").Name}, Apr 2026: “lots” is no amount", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Correct the cells", page.Markup, StringComparison.Ordinal);
        Assert.Equal(2_000.5m, Books.Budgets.All.Single(view => view.Budget.Name == "Plan B").Lines.Single(line => line.Month == new DateOnly(2026, 5, 1)).Amount);
    }

    [Fact]
    public async Task A_block_of_a_spreadsheet_goes_in_at_its_cell()
    {
        Fill();
        var page = Budget();
        var grid = page.FindComponent<BudgetGrid>().Instance;

        await page.InvokeAsync(() => grid.PasteAsync(0, 0, "10\t20\n30\tx"));
        Assert.Contains("Row 2, column B of what was pasted: “x” is no amount", page.Markup, StringComparison.Ordinal);
        Assert.Equal("1,000", page.FindAll("tr input")[0].GetAttribute("value"));

        await page.InvokeAsync(() => grid.PasteAsync(0, 0, "10\t20\n30\t40"));
        await page.InvokeAsync(() => grid.FillAsync(0, 1));

        Assert.Equal((10m + (11 * 20m)).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture), Cell(page, "Total income", 13));
    }

    [Fact]
    public void A_budget_of_Xeros_is_copied_to_change_it()
    {
        Fill();
        var page = Open<BudgetPage>($"/{Org}/budgets/{_xero.Budget.Id}", null, ("Id", _xero.Budget.Id));
        Assert.Empty(page.FindAll("td input"));

        page.Find(".head-actions .primary").Click();

        Assert.Equal(("Copy of Overall budget", BudgetSources.Own), (Books.Budgets.All[^1].Budget.Name, Books.Budgets.All[^1].Budget.Source));
    }

    [Fact]
    public void What_the_service_refuses_stands_on_the_page_and_nothing_is_lost()
    {
        Fill();
        Books.Budgets.Refusal = new Problem("version-stale", "Ana changed it. Read it again, then decide.", ProblemKind.Stale);
        var page = Budget();

        page.FindAll("tr input")[0].Change("7");
        page.Find(".head-actions .primary").Click();

        Assert.Contains("Ana changed it", page.Markup, StringComparison.Ordinal);
        Assert.Equal("7", page.FindAll("tr input")[0].GetAttribute("value"));
    }

    private sealed class NoMovements : IMovementReader
    {
        public Task<IReadOnlyList<MovementPiece>> PiecesAsync(TenantId tenant, IReadOnlyList<DateOnly> lastDays, CancellationToken ct) => throw new NotSupportedException();

        public Task<IReadOnlyList<TrackingBalance>> TrackedAsync(TenantId tenant, Days days, CancellationToken ct) => throw new NotSupportedException();
    }

    private IRenderedComponent<BudgetPage> Budget() => Open<BudgetPage>($"/{Org}/budgets/{_own.Budget.Id}", null, ("Id", _own.Budget.Id));

    private static string Cell(IRenderedComponent<BudgetPage> page, string row, int column) =>
        page.FindAll("tbody tr").Single(one => one.QuerySelector("th")!.TextContent.Trim() == row).QuerySelectorAll("td")[column - 1].QuerySelector(".money")!.GetAttribute("data-n")!;
}
