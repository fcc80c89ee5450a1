using Bunit;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Ledger.Transactions;

namespace XeroCfo.Tests.Ledger;

public sealed class TransactionsPageTests : PageTest
{
    private IRenderedComponent<TransactionsPage> Page(string query = "") => Open<TransactionsPage>($"/{Org}/transactions{query}");

    [Fact]
    public void It_shows_fifty_newest_first_and_how_many_there_are()
    {
        var page = Page();

        Assert.Equal(50, page.FindAll("tbody tr").Count);
        Assert.Equal("20 Nov 2026", page.Find("tbody time").TextContent);
        Assert.Contains($"{Books.Transactions.Transactions.Count} items", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Money_out_stands_in_parentheses()
    {
        var page = Page("?direction=out");

        Assert.All(page.FindAll("tbody .num .money"), amount => Assert.StartsWith("(", amount.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void A_filter_goes_into_the_address_and_the_list_follows()
    {
        var page = Page("?after=50");

        page.Find("select").Change("BILL");

        Assert.Contains("type=BILL", Address.Uri, StringComparison.Ordinal);
        Assert.DoesNotContain("after", Address.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Next_goes_on_by_key_and_the_first_page_has_nothing_before_it()
    {
        var page = Page();
        Assert.True(page.FindAll(".pager button")[1].HasAttribute("disabled"));

        page.FindAll(".pager button")[2].Click();

        Assert.Contains("after=50", Address.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Sorting_by_amount_starts_with_the_largest()
    {
        var page = Page();

        page.FindAll("thead button")[1].Click();

        Assert.Contains("sort=-amount", Address.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void A_click_on_a_contact_shows_only_that_contact()
    {
        var page = Page();

        page.Find("tbody .as-link").Click();

        Assert.Contains("contactId=", Address.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Filters_that_match_nothing_offer_to_be_cleared()
    {
        var page = Page("?search=no-such-thing");

        Assert.Contains("No transactions match", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_transaction_it_says_to_sync_first()
    {
        Use(new SampleBooks(filled: false));

        Assert.Contains("Sync first", Page().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void It_shows_bones_while_it_loads()
    {
        Books.Transactions.Gate = new TaskCompletionSource().Task;

        Assert.NotEmpty(Page().FindAll(".bone-row"));
    }

    [Fact]
    public void An_executive_is_refused_in_words()
    {
        SignInAs(Roles.Executive);

        var page = Page();

        Assert.Contains("Your role (Executive) does not allow this.", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("table"));
    }
}
