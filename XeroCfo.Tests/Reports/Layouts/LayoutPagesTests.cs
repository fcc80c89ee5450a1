using Bunit;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports.Layouts;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Reports.Layouts;

namespace XeroCfo.Tests.Reports.Layouts;

public sealed class LayoutPagesTests : PageTest
{
    private static readonly LayoutRow[] Rows =
    [
        new() { Id = "income", Label = "Income", Kind = LayoutRowKinds.Group, Sections = ["income"] },
        new() { Id = "half", Label = "Half", Kind = LayoutRowKinds.Formula, Formula = "income / 2" },
    ];

    [Fact]
    public void Without_layouts_the_page_says_what_to_do_next() => Assert.Contains("Begin with the profit and loss", Open<LayoutsPage>($"/{Org}/reports/layouts").Markup, StringComparison.Ordinal);

    [Fact]
    public void Each_layout_says_its_version_and_whether_there_is_something_to_look_at()
    {
        var layout = Books.Layouts.Add("Board", Rows);

        var row = Open<LayoutsPage>($"/{Org}/reports/layouts").Find("tbody tr");

        Assert.Equal("Board", row.QuerySelector("th")!.TextContent.Trim());
        Assert.Contains("warnings", row.TextContent, StringComparison.Ordinal);
        Assert.Contains($"/reports/custom?from=2026-10-01&to=2026-10-31&layoutId={layout.Id:D}", row.QuerySelector("th a")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_layout_begins_with_the_profit_and_loss_and_is_complete()
    {
        var page = Open<LayoutPage>($"/{Org}/reports/layouts/new");
        Assert.Equal(7, page.FindAll("fieldset").Count);
        Assert.Contains("Every income and expense account is in one group", page.Markup, StringComparison.Ordinal);

        page.Find("section input").Change("Mine");
        page.Find(".head-actions .primary").Click();

        var made = Assert.Single(Books.Layouts.All);
        Assert.Equal(("Mine", 7), (made.Name, made.Rows.Count));
        Assert.EndsWith($"/layouts/{made.Id:D}", Address.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void A_formula_in_a_circle_is_said_at_its_row_and_nothing_is_kept()
    {
        var layout = Books.Layouts.Add("Board", Rows);
        var page = Page(layout);

        page.FindAll("input.mono")[^1].Change("half + 1");
        page.Find(".head-actions .primary").Click();

        Assert.Contains("half → half", page.FindAll("fieldset")[1].QuerySelector(".field-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal((1, "income / 2"), (layout.Version, layout.Rows[1].Formula));
    }

    [Fact]
    public void Rows_are_moved_taken_out_and_named_and_the_next_version_has_them()
    {
        var layout = Books.Layouts.Add("Board", Rows);
        var page = Page(layout);

        page.Find("button[aria-label='Move Half up']").Click();
        Assert.Equal(["Half", "Income"], page.FindAll("fieldset legend").Select(legend => legend.TextContent));
        page.FindAll("[aria-label='Add a row'] button")[0].Click();
        page.FindAll("fieldset")[2].QuerySelector("input")!.Change("Below the line");
        page.Find(".head-actions .primary").Click();

        Assert.Equal(["half", "income", "below_the_line"], Books.Layouts.All[0].Rows.Select(row => row.Id));
        Assert.Equal(2, Books.Layouts.All[0].Version);
        Assert.Contains("Version 2", page.Markup, StringComparison.Ordinal);

        page.Find("button[aria-label='Show version 1']").Click();
        Assert.Contains("Rows of version 1", page.Markup, StringComparison.Ordinal);
        Assert.Equal(["Income", "Half"], page.FindAll("fieldset legend").Select(legend => legend.TextContent));
    }

    [Fact]
    public void Who_may_not_write_layouts_sees_the_rows_and_makes_none()
    {
        var layout = Books.Layouts.Add("Board", Rows);
        SignInAs(Roles.Executive);

        Assert.All(Page(layout).FindAll("fieldset"), row => Assert.True(row.HasAttribute("disabled")));
        Assert.Contains("does not see this page", Open<LayoutPage>($"/{Org}/reports/layouts/new").Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<LayoutPage> Page(ReportLayout layout) => Open<LayoutPage>($"/{Org}/reports/layouts/{layout.Id}", null, ("Id", layout.Id));
}
