using Bunit;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Ledger;

namespace XeroCfo.Tests.Ledger;

public sealed class TrialBalancePageTests : PageTest
{
    private static readonly DateOnly October = new(2026, 10, 31);

    private IRenderedComponent<TrialBalancePage> Page(string query = "?date=2026-10-31") => Open<TrialBalancePage>($"/{Org}/trial-balance{query}");

    [Fact]
    public void Both_checks_are_said_in_words_and_the_totals_are_nil()
    {
        var page = Page();

        Assert.Contains("Every account equals Xero at 31 Oct 2026.", page.Find(".lead").TextContent, StringComparison.Ordinal);
        Assert.Contains("Everything stands on documents", page.Find(".lead").TextContent, StringComparison.Ordinal);
        var total = page.FindAll("tr.total td").Select(cell => cell.TextContent.Trim()).ToList();
        Assert.Equal("0.00✓", total[6]);
        Assert.Equal("0.00✓", total[8]);
    }

    [Fact]
    public void A_difference_is_counted_summed_and_can_be_shown_alone()
    {
        Books.TieXero(October, "610", 212.40m);

        var page = Page("?date=2026-10-31&only=differences");

        Assert.Contains("1 account differs from Xero, together 212.40.", page.Find(".lead").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Accounts receivable"], page.FindAll("tbody th[scope=row] a").Select(link => link.TextContent));
    }

    [Fact]
    public void A_part_that_nobody_can_explain_never_stands_on_documents()
    {
        Books.Post(October, "610", 12.40m, LineSources.XeroTrialBalance, kind: DifferenceKinds.Unexplained);
        Books.Post(October, "200", -12.40m, LineSources.XeroTrialBalance, kind: DifferenceKinds.Unexplained);
        Books.TieXero(October);

        var page = Page();

        Assert.Contains("Every account equals Xero", page.Find(".lead").TextContent, StringComparison.Ordinal);
        Assert.Contains("2 accounts have an unexplained part, together 12.40.", page.Find(".lead").TextContent, StringComparison.Ordinal);
        Assert.Contains("Unexplained parts", page.Find(".chip.warn").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_that_xero_was_not_read_for_is_unknown_rather_than_green()
    {
        var page = Page("?date=2026-09-30");

        Assert.Contains("Xero's own balances were not read for 30 Sep 2026.", page.Find(".lead").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Ties to Xero", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void The_month_end_before_is_one_click_away()
    {
        var page = Page();

        page.FindAll(".filters > .btn")[0].Click();

        Assert.Contains("date=2026-09-30", Address.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void An_income_account_leads_to_its_lines_since_the_year_began()
    {
        var link = Page().FindAll("tbody th a").Single(a => a.TextContent == "Wholesale sales").GetAttribute("href");

        Assert.EndsWith("?from=2026-04-01&to=2026-10-31", link, StringComparison.Ordinal);
    }

    [Fact]
    public void An_executive_is_refused_in_words()
    {
        SignInAs(Roles.Executive);
        Assert.Contains("Your role (Executive)", Page().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void It_shows_bones_while_it_loads()
    {
        Books.Ledger.Gate = new TaskCompletionSource().Task;

        Assert.NotEmpty(Page().FindAll(".bone-row"));
    }

    [Fact]
    public void Before_the_first_sync_there_are_no_months()
    {
        Use(new SampleBooks(filled: false));
        Assert.Contains("No months yet", Page("?date=2026-07-31").Markup, StringComparison.Ordinal);
    }
}
