using Bunit;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Dashboard;

namespace XeroCfo.Tests.Dashboard;

public sealed class OverviewPageTests : PageTest
{
    private IRenderedComponent<OverviewPage> Page(Guid? org = null) => Open<OverviewPage>($"/{org ?? Org}/overview", org);

    [Fact]
    public void It_shows_the_first_figures_and_the_two_checks()
    {
        var page = Page();

        var words = page.Markup;
        Assert.Contains("per Xero's books, not the bank", words, StringComparison.Ordinal);
        Assert.Contains("Ties to Xero", words, StringComparison.Ordinal);
        Assert.Contains("Stands on documents", words, StringComparison.Ordinal);
        Assert.Contains("payroll and depreciation of November are not in yet", words, StringComparison.Ordinal);
        Assert.Equal(["Cash", "Income", "Net profit", "Owed to us", "We owe"], page.FindAll(".tile .label > span:first-child").Select(label => label.TextContent));
    }

    [Fact]
    public void Owed_to_us_leads_to_the_lines_of_accounts_receivable()
    {
        var page = Page();

        var link = page.FindAll("a.tile").Single(tile => tile.TextContent.Contains("Owed to us", StringComparison.Ordinal)).GetAttribute("href");
        Assert.Equal($"/{Org:D}/ledger/{Books.Account("610").AccountId:D}", link);
    }

    [Fact]
    public void An_executive_sees_the_figures_without_links_into_the_ledger()
    {
        SignInAs(Roles.Executive);

        var page = Page();

        Assert.NotEmpty(page.FindAll("div.tile"));
        Assert.Empty(page.FindAll("a.tile"));
    }

    [Fact]
    public void Before_the_first_sync_it_says_what_to_do()
    {
        Use(new SampleBooks(filled: false));

        Assert.Contains("No figures yet", Page().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void While_figures_load_the_tiles_stand_there_empty()
    {
        Books.Ledger.Gate = new TaskCompletionSource().Task;

        var page = Page();

        Assert.Equal("Loading", page.Find("[role=status]").GetAttribute("aria-label"));
    }

    [Fact]
    public void Another_organisation_is_nothing_that_one_may_see()
    {
        Assert.Contains("There is nothing here that you may see", Page(Books.Other.Id).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_running_sync_is_said()
    {
        Books.Company.SyncInProgress = true;

        Assert.Contains("A sync is running.", Page().Markup, StringComparison.Ordinal);
    }
}
