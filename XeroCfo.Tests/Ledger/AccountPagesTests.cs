using Bunit;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Ledger;
using XeroCfo.Web.Ledger.Accounts;

namespace XeroCfo.Tests.Ledger;

public sealed class AccountPagesTests : PageTest
{
    private IRenderedComponent<AccountLedgerPage> Lines(string code, string query = "") =>
        Open<AccountLedgerPage>($"/{Org}/ledger/{Books.Account(code).AccountId}{query}", null, (nameof(AccountLedgerPage.AccountId), Books.Account(code).AccountId));

    [Fact]
    public void Lines_carry_a_running_sum_that_ends_at_the_sum_of_the_page()
    {
        var page = Lines("445");

        var last = page.FindAll("tbody tr:not(.total) td:last-child .money")[^1].TextContent;
        Assert.Equal(last, page.Find("tr.total .money").TextContent);
    }

    [Fact]
    public void What_only_xero_knows_is_named_as_such()
    {
        Assert.Contains("Xero only: payroll", Lines("477").Markup, StringComparison.Ordinal);
        Assert.Contains("Opening balance", Lines("900").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_page_leads_to_the_next()
    {
        var page = Lines("820");

        page.FindAll(".pager button")[1].Click();

        Assert.Contains($"after={AccountLedgerPage.PageSize}", Address.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Days_without_lines_say_so_and_an_unknown_account_is_nothing()
    {
        Assert.Contains("No ledger lines", Lines("445", "?from=2030-01-01").Markup, StringComparison.Ordinal);

        var unknown = Guid.NewGuid();
        var page = Open<AccountLedgerPage>($"/{Org}/ledger/{unknown}", null, (nameof(AccountLedgerPage.AccountId), unknown));
        Assert.Contains("There is nothing here that you may see", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void The_chart_lists_every_account()
    {
        Assert.Equal(Books.Ledger.Accounts.Count, Open<AccountsPage>($"/{Org}/accounts").FindAll("tbody tr").Count);
    }

    [Fact]
    public void Without_a_chart_it_says_to_sync()
    {
        Use(new SampleBooks(filled: false));
        Assert.Contains("No accounts yet", Open<AccountsPage>($"/{Org}/accounts").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_executive_is_refused_in_words()
    {
        SignInAs(Roles.Executive);
        Assert.Contains("Your role (Executive)", Lines("445").Markup, StringComparison.Ordinal);
        Assert.Contains("Your role (Executive)", Open<AccountsPage>($"/{Org}/accounts").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void They_show_bones_while_they_load()
    {
        Books.Ledger.Gate = new TaskCompletionSource().Task;
        Assert.NotEmpty(Lines("445", "?from=2026-06-01").FindAll(".bone-row"));
    }

    [Fact]
    public void A_line_keeps_the_kind_that_xero_gave_it()
    {
        var line = new LedgerLine { Source = LineSources.XeroProvisional };

        Assert.Equal("Xero only so far: unexplained", LedgerWords.Source(line));
    }
}
