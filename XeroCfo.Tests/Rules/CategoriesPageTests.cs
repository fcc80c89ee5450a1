using Bunit;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Rules;

namespace XeroCfo.Tests.Rules;

public sealed class CategoriesPageTests : PageTest
{
    private readonly CategoryView _vehicles;
    private readonly CategoryView _travel;

    public CategoriesPageTests()
    {
        _vehicles = Books.Categorising.Add("Vehicles", "429", Books.Account("429").AccountId);
        _travel = Books.Categorising.Add("Travel");
        foreach (var row in Books.Transactions.Transactions.Take(3))
        {
            row.Category = "Vehicles";
        }
    }

    private IRenderedComponent<CategoriesPage> Page() => Open<CategoriesPage>($"/{Org}/categories");

    [Fact]
    public void Each_stands_with_its_colour_accounts_and_how_many_transactions_have_it()
    {
        var row = Page().FindAll("tbody tr")[1];

        Assert.Equal(_vehicles.Category.Colour, row.QuerySelector("svg.dot")!.GetAttribute("fill"));
        Assert.Equal(["Vehicles", "429 General expenses", "429 General expenses", "3"], row.QuerySelectorAll("th, td").Take(4).Select(cell => cell.TextContent.Trim()));
        Assert.EndsWith("/transactions?category=Vehicles", row.QuerySelector("td a")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_one_is_made_with_accounts_also_those_without_a_code()
    {
        var codeless = new Account { TenantId = Org, AccountId = Guid.NewGuid(), Name = "Till float", Type = "BANK", Class = "ASSET" };
        Books.Ledger.Accounts.Add(codeless);
        var page = Page();
        page.Find(".page-head .btn.primary").Click();

        page.Find("#category-name").Change("Till");
        page.Find(".mapped input[type=search]").Input("till");
        page.Find(".mapped li input").Change(true);
        page.FindAll(".swatches input[type=radio]")[3].Change(true);
        page.Find(".side form").Submit();

        var made = Books.Categorising.Categories[^1];
        Assert.Equal(("Till", CategoryColours.All[3]), (made.Category.Name, made.Category.Colour));
        Assert.Equal([codeless.AccountId], made.AccountIds);
        Assert.Contains("Till saved", page.Find("[aria-live=polite]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".side"));
    }

    [Fact]
    public void Another_categorys_account_says_whose_it_is_now()
    {
        var page = Page();
        page.Find("[aria-label='Edit Travel']").Click();

        Assert.Contains("now Vehicles", page.FindAll(".mapped li").Single(item => item.TextContent.Contains("General expenses", StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_renamed_and_recoloured_and_its_transactions_follow()
    {
        var page = Page();
        page.Find("[aria-label='Edit Vehicles']").Click();
        page.Find("#category-name").Change("Fleet");
        page.Find(".swatches input[type=color]").Change("#123abc");
        page.Find(".side form").Submit();

        var changed = Books.Categorising.Categories.Single(view => view.Category.Id == _vehicles.Category.Id);
        Assert.Equal(("Fleet", "#123ABC", "429"), (changed.Category.Name, changed.Category.Colour, changed.Category.DefaultAccountCode));
        Assert.Equal(_vehicles.AccountIds, changed.AccountIds);
        Assert.Equal(3, Books.Transactions.Transactions.Count(row => row.Category == "Fleet"));
    }

    [Fact]
    public void Merging_says_how_many_it_carries_over_and_does()
    {
        var page = Page();
        page.Find("[aria-label='Merge Vehicles into another']").Click();
        Assert.True(page.Find(".side .btn.primary").HasAttribute("disabled"));

        page.Find(".side select").Change(_travel.Category.Id.ToString());
        Assert.Contains("3 transactions and 1 mapped account go to Travel.", page.Find(".side").TextContent, StringComparison.Ordinal);
        page.Find(".side .btn.primary").Click();

        Assert.Equal(["Travel"], Books.Categorising.Categories.Select(view => view.Category.Name));
        Assert.Equal(3, Books.Transactions.Transactions.Count(row => row.Category == "Travel"));
    }

    [Fact]
    public void Deleting_asks_first()
    {
        var page = Page();
        page.Find("[aria-label='Delete Vehicles']").Click();
        Assert.Contains("3 transactions and 1 mapped account go back to what their accounts say", page.Find(".side").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, Books.Categorising.Categories.Count);

        page.Find(".side .btn.primary").Click();

        Assert.Equal(["Travel"], Books.Categorising.Categories.Select(view => view.Category.Name));
    }

    [Fact]
    public void A_refusal_is_shown_and_the_form_stays()
    {
        Books.Categorising.Refusal = CategoryProblems.NameTaken;
        var page = Page();
        page.Find(".page-head .btn.primary").Click();
        page.Find("#category-name").Change("Travel");
        page.Find(".side form").Submit();

        Assert.Contains(CategoryProblems.NameTaken.Message, page.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.Equal("Travel", page.Find("#category-name").GetAttribute("value"));
    }

    [Fact]
    public void Without_any_it_says_how_to_make_the_first()
    {
        Books.Categorising.Categories.Clear();

        Assert.Contains("No categories yet", Page().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_sees_them_without_buttons()
    {
        SignInAs(Roles.ReadOnly);

        var page = Page();

        Assert.Equal(2, page.FindAll("tbody tr").Count);
        Assert.Empty(page.FindAll("main button, .content button"));
    }

    [Fact]
    public void An_executive_is_refused_in_words()
    {
        SignInAs(Roles.Executive);

        var page = Page();

        Assert.Contains("Your role (Executive) does not see this page.", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("table"));
    }
}
