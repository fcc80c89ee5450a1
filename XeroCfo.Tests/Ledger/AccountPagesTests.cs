using Bunit;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Accounts;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Ledger;
using XeroCfo.Web.Ledger.Accounts;

namespace XeroCfo.Tests.Ledger;

public sealed class AccountPagesTests : PageTest
{
    private IRenderedComponent<AccountLedgerPage> Lines(string code, string query = "") =>
        Open<AccountLedgerPage>($"/{Org}/ledger/{Books.Account(code).AccountId}{query}", null, (nameof(AccountLedgerPage.AccountId), Books.Account(code).AccountId));

    private IRenderedComponent<AccountsPage> Chart(string query = "") => Open<AccountsPage>($"/{Org}/accounts{query}");

    // As a sync would have left them.
    private void Suggest() => Books.Ledger.Accounts.ForEach(account => account.Tag = AccountTags.Suggest(account));

    [Fact]
    public void Lines_carry_a_balance_that_ends_at_the_trial_balance()
    {
        var page = Lines("445", "?from=2026-06-10");

        var balance = Books.Ledger.Lines.Where(view => view.Line.AccountId == Books.Account("445").AccountId && view.Line.Date <= SampleBooks.Today).Sum(view => view.Line.Amount);
        Assert.Equal(balance.ToString("N2", System.Globalization.CultureInfo.InvariantCulture), page.Find("tr.total .money").TextContent);
        Assert.Contains("Balance at 9 Jun 2026", page.Find("tr.subtotal").TextContent, StringComparison.Ordinal);
        Assert.Contains("Balance at 20 Nov 2026", page.Find("tr.total").TextContent, StringComparison.Ordinal);
        Assert.Contains("from=2026-06-10&to=2026-11-20", page.Find("a[download]").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_xero_knows_is_named_as_such_and_can_be_looked_at_alone()
    {
        Assert.Contains("Xero only: payroll", Lines("477").Markup, StringComparison.Ordinal);
        Assert.Contains("Opening balance", Lines("900").Markup, StringComparison.Ordinal);

        var page = Lines("477", "?source=xero_trial_balance&kind=payroll");
        Assert.Equal(6, page.FindAll("tbody tr:not(.total):not(.subtotal)").Count);
        Assert.Contains("Sum of these lines", page.Find("tr.total").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_page_leads_to_the_next_and_brings_its_balance_along()
    {
        var page = Lines("820");
        var carried = page.Find("tr.total .money").TextContent;

        Assert.Equal([true, true, false, false], page.FindAll(".pager button").Select(button => button.HasAttribute("disabled")));

        page.FindAll(".pager button")[2].Click();

        Assert.Contains($"after={AccountLedgerPage.PageSize}", Address.Uri, StringComparison.Ordinal);
        var next = Lines("820", $"?after={AccountLedgerPage.PageSize}");
        Assert.Equal(("Brought forward", carried), (next.Find("tr.subtotal th").TextContent, next.Find("tr.subtotal .money").TextContent));

        next.FindAll(".pager button")[1].Click();
        Assert.EndsWith($"?before={AccountLedgerPage.PageSize}", Address.Uri, StringComparison.Ordinal);
        Assert.Equal(carried, Lines("820", $"?before={AccountLedgerPage.PageSize}").Find("tr.total .money").TextContent);
    }

    [Fact]
    public void The_last_page_ends_at_the_balance_and_has_nothing_after_it()
    {
        Lines("820").FindAll(".pager button")[3].Click();

        Assert.EndsWith("?last=true", Address.Uri, StringComparison.Ordinal);
        var page = Lines("820", "?last=true");
        Assert.Equal([false, false, true, true], page.FindAll(".pager button").Select(button => button.HasAttribute("disabled")));
        Assert.StartsWith("Balance at ", page.Find("tr.total th").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Days_without_lines_say_so_and_an_unknown_account_is_nothing()
    {
        Assert.Contains("No ledger lines", Lines("445", "?from=2030-01-01&to=2030-02-01").Markup, StringComparison.Ordinal);

        var unknown = Guid.NewGuid();
        var page = Open<AccountLedgerPage>($"/{Org}/ledger/{unknown}", null, (nameof(AccountLedgerPage.AccountId), unknown));
        Assert.Contains("There is nothing here that you may see", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Days_in_the_wrong_order_are_refused_in_words() =>
        Assert.Contains("The first day lies after the last one", Lines("445", "?from=2026-08-01&to=2026-07-01").Markup, StringComparison.Ordinal);

    [Fact]
    public void The_lock_stands_under_the_picker_and_between_the_lines_where_it_falls()
    {
        Books.Company.PeriodLockDate = new DateOnly(2026, 8, 31);

        var page = Lines("445");

        Assert.Equal("Locked to 31 Aug 2026 in Xero", page.Find(".lock-note").TextContent.Trim());
        Assert.Equal("Locked to 31 Aug 2026 in Xero", page.Find("tr.note-row").TextContent.Trim());
        Assert.Contains(page.FindAll(".lock-note"), note => !note.ClassList.Contains("within"));
        Assert.Contains("within", Lines("445", "?from=2026-08-31").Find(".lock-note").ClassName, StringComparison.Ordinal);
    }

    [Fact]
    public void Payroll_comes_in_months_for_those_who_may_not_see_it()
    {
        SignInAs(Roles.ReadOnly);

        var page = Lines("803");

        Assert.Contains("This account is of payroll", page.Markup, StringComparison.Ordinal);
        Assert.Equal(6, page.FindAll("tbody tr:not(.total):not(.subtotal)").Count);
        Assert.DoesNotContain("Xero only: payroll", page.Find("tbody").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_chart_shows_every_account_by_class_with_the_trial_balances_figures()
    {
        Assert.Equal(Books.Ledger.Accounts.Count, Chart().FindAll("tr[data-row]").Count);

        var page = Chart("?date=2026-10-31");
        Assert.Equal("0.00", page.Find("tr.total .money").TextContent);
        Assert.Equal(["Assets", "Liabilities", "Equity", "Income", "Expenses"], page.FindAll("tr.section th").Select(head => head.TextContent));
        Assert.Contains("Oct 2026", page.Find("thead").TextContent, StringComparison.Ordinal);
        Assert.Contains("Nov 2026 so far", Chart().Find("thead").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Archived_accounts_are_folded_and_still_counted()
    {
        Books.Account("463").Status = "ARCHIVED";
        var page = Chart();

        Assert.DoesNotContain("Software", page.Markup, StringComparison.Ordinal);
        Assert.Equal("0.00", page.Find("tr.total .money").TextContent);
        page.Find("tr.fold-row button").Click();
        Assert.Contains("Software", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Software", Chart("?search=soft").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Filters_show_a_class_a_tag_or_what_waits_for_a_person()
    {
        Suggest();

        Assert.Equal(2, Chart("?class=REVENUE").FindAll("tr[data-row]").Count);
        Assert.Equal(2, Chart("?tag=PAYROLL").FindAll("tr[data-row]").Count);
        Assert.Equal(4, Chart("?tag=unconfirmed").FindAll("tr[data-row]").Count);
        Assert.Contains("No account matches", Chart("?search=nothing").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_suggested_tag_is_confirmed_changed_and_taken_away_by_a_person()
    {
        Suggest();
        var page = Chart("?search=477");
        Assert.Contains("suggested: Payroll", page.Find(".chip.suggestion").TextContent, StringComparison.Ordinal);

        page.Find("button[aria-label^='Confirm']").Click();
        page.WaitForAssertion(() => Assert.Contains("Payroll, confirmed", page.Find(".tag-cell .chip.good").TextContent, StringComparison.Ordinal));
        Assert.Equal(Who.Caller.UserId, Books.Account("477").TagConfirmedBy);

        page.Find("button[aria-label^='Change']").Click();
        page.Find(".tag-cell select").Change("");
        page.Find(".tag-cell button.primary").Click();
        page.WaitForAssertion(() => Assert.Contains("No tag ✓", page.Find(".tag-cell").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void An_accounts_place_in_the_cash_flow_is_chosen_beside_its_tag()
    {
        Suggest();
        var profit = Chart("?search=477");
        profit.Find("button[aria-label^='Change']").Click();
        Assert.Single(profit.FindAll(".tag-cell select"));

        var page = Chart("?class=LIABILITY");
        page.Find("button[aria-label^='Change']").Click();
        Assert.StartsWith("As its type", page.FindAll(".tag-cell select")[1].QuerySelector("option")!.TextContent, StringComparison.Ordinal);
        page.FindAll(".tag-cell select")[1].Change("Investing");
        page.WaitForAssertion(() => Assert.Contains("cash flow: investing", page.Markup, StringComparison.Ordinal));
        Assert.Contains(Books.Ledger.Accounts, account => account.CashFlowBucket == CashFlowBucket.Investing);
        page.Find("button[aria-label^='Change']").Click();
        page.FindAll(".tag-cell select")[1].Change("");
        page.WaitForAssertion(() => Assert.DoesNotContain("cash flow: ", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void All_sure_ones_are_confirmed_after_they_were_shown()
    {
        Suggest();
        var page = Chart();

        page.Find(".page-head button.primary").Click();
        Assert.Contains("Its name says “Interest”", page.Find(".sure-list").TextContent, StringComparison.Ordinal);
        Assert.All(Books.Ledger.Accounts, account => Assert.Null(account.TagConfirmedBy));
        page.Find(".sure-list button.primary").Click();

        page.WaitForAssertion(() => Assert.Contains("4 confirmed", page.Find(".page-head").TextContent, StringComparison.Ordinal));
        Assert.Equal(4, Books.Ledger.Accounts.Count(account => account.TagConfirmedBy is not null));
    }

    [Fact]
    public void A_refused_tag_says_why_and_keeps_the_page()
    {
        Suggest();
        Books.AccountBook.Refusal = AccountTagProblems.SyncInProgress;
        var page = Chart("?search=477");

        page.Find("tr[data-row]").KeyDown("c");

        Assert.Contains("Say it again when it has ended", page.Markup, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll(".chip.suggestion"));
    }

    [Fact]
    public void Enter_on_a_row_opens_its_ledger()
    {
        Chart("?search=445").Find("tr[data-row]").KeyDown("Enter");

        Assert.Contains($"/ledger/{Books.Account("445").AccountId}?from=2026-04-01&to=2026-11-20", Address.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Readers_see_tags_without_actions_and_executives_names_and_totals()
    {
        Suggest();
        SignInAs(Roles.ReadOnly);
        var reader = Chart();
        Assert.NotEmpty(reader.FindAll(".chip.suggestion"));
        Assert.Empty(reader.FindAll(".tag-cell button"));
        Assert.Empty(reader.FindAll("button.primary"));

        SignInAs(Roles.Executive);
        var executive = Chart();
        Assert.Contains("Power and gas", executive.Markup, StringComparison.Ordinal);
        Assert.Empty(executive.FindAll("a[href*='/ledger/']"));
        Assert.Empty(executive.FindAll(".chip"));
        Assert.Contains("Your role (Executive)", Lines("445").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_chart_it_says_to_sync()
    {
        Use(new SampleBooks(filled: false));
        Assert.Contains("No accounts yet", Chart().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void They_show_bones_while_they_load()
    {
        Books.Ledger.Gate = new TaskCompletionSource().Task;
        Assert.NotEmpty(Lines("445", "?from=2026-06-01").FindAll(".bone-row"));
        Assert.NotEmpty(Chart().FindAll(".bone-row"));
    }

    [Fact]
    public void A_line_keeps_the_kind_that_xero_gave_it()
    {
        var line = new LedgerLine { Source = LineSources.XeroProvisional };

        Assert.Equal("Xero only so far: unexplained", LedgerWords.Source(line));
    }
}
