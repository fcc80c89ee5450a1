using Bunit;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Rules;

namespace XeroCfo.Tests.Rules;

public sealed class CategoryPageTests : PageTest
{
    private readonly CategoryView _fuel;

    public CategoryPageTests() => _fuel = Books.Categorising.Add("Fuel & oil");

    private IRenderedComponent<CategoryPage> Page(Guid? id = null) => Open<CategoryPage>($"/{Org}/categories/{id ?? _fuel.Category.Id}", null, ("Id", id ?? _fuel.Category.Id));

    [Fact]
    public void Its_months_stand_in_a_chart_and_a_table_that_leads_to_the_documents()
    {
        foreach (var (row, i) in Books.Transactions.Transactions.Take(3).Select((row, i) => (row, i)))
        {
            (row.Category, row.Date, row.BaseAmount) = ("Fuel & oil", SampleBooks.Today.AddMonths(-i), -100m * (i + 1));
        }

        var page = Page();

        Assert.Equal(13, page.FindAll("svg.bars rect").Count);
        Assert.Equal(["101.3", "152", "50.7"], page.FindAll("svg.bars rect").Select(bar => bar.GetAttribute("height")).Where(height => height != "0").Order(StringComparer.Ordinal).Take(3).Select(height => height!));
        Assert.Equal("600.00", page.Find("tr.total").QuerySelectorAll("td.num")[1].TextContent.Trim());
        Assert.EndsWith("/transactions?category=Fuel%20%26%20oil&from=2026-11-01&to=2026-11-30", page.Find("tbody a").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_documents_it_says_so() => Assert.Contains("Nothing in these months", Page().Find(".empty").TextContent, StringComparison.Ordinal);

    [Fact]
    public void Another_organisations_category_is_not_there() => Assert.Empty(Page(Guid.NewGuid()).FindAll("svg.bars, .page-head h1:empty"));

    [Fact]
    public void An_executive_is_refused()
    {
        SignInAs(Roles.Executive);

        Assert.Contains("does not see this page", Page().Find(".notice").TextContent, StringComparison.Ordinal);
    }
}
