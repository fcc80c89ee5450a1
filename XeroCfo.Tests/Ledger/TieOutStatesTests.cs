using Bunit;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Ties;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Dashboard;
using XeroCfo.Web.Ledger;
using XeroCfo.Web.Ledger.TieOut;

namespace XeroCfo.Tests.Ledger;

/// <summary>What stands between a month and its figures, and what a person can do about it.</summary>
public sealed class TieOutStatesTests : PageTest
{
    private static readonly DateTime Morning = new(2026, 11, 19, 20, 15, 0, DateTimeKind.Utc);

    private Guid Wages => Books.Account("803").AccountId;

    private IRenderedComponent<TieOutPage> Page(string query = "?month=2026-10") => Open<TieOutPage>($"/{Org}/tie-out{query}");

    private void Failed(string code, string message)
    {
        var run = new SyncRun { TenantId = Org, Trigger = SyncTriggers.Schedule, Status = SyncStatus.Failed, ErrorCode = code, ErrorMessage = message, CreatedAt = Morning, StartedAt = Morning, FinishedAt = Morning };
        Books.SyncRuns.Runs.Insert(0, new SyncRunDetail(run, []));
    }

    [Fact]
    public void Months_that_were_not_read_say_what_reading_them_takes()
    {
        var page = Page();
        var notice = page.Find(".notice");
        Assert.Contains("Xero's trial balance was not read for 5 months.", notice.TextContent, StringComparison.Ordinal);

        notice.QuerySelectorAll("button").Single(button => button.TextContent == "Read Xero's trial balance (6 calls, about 1 minute)").Click();

        Assert.Equal(SyncTriggers.Manual, Books.SyncRuns.Runs[0].Run.Trigger);
        Assert.Contains("A sync waits to start.", page.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.True(page.FindAll(".page-head button").Single(button => button.TextContent.StartsWith("Check again", StringComparison.Ordinal)).HasAttribute("disabled"));
    }

    [Fact]
    public void A_running_sync_says_how_far_it_is()
    {
        SampleRuns.Start(Books);

        var notice = Page().Find(".notice");

        Assert.Contains("reading invoices of 2026, 1300 of 2412.", notice.TextContent, StringComparison.Ordinal);
        Assert.Equal("53", notice.QuerySelector("[role=progressbar]")!.GetAttribute("aria-valuenow"));
    }

    [Fact]
    public void A_limit_says_when_it_goes_on_by_itself()
    {
        Failed("xero-rate-limited", "Xero's limit of calls is used up.");

        Assert.Matches("Continues 20 Nov.* 10:15 by itself", Page().Find(".notice.warn").TextContent);
    }

    [Fact]
    public void A_right_that_is_missing_is_named_with_where_to_grant_it()
    {
        var problem = XeroCfo.Domain.Xero.XeroProblems.ScopeMissing("Reports/TrialBalance");
        Failed(problem.Code, problem.Message);

        var notice = Page().Find(".notice.warn");

        Assert.Contains("accounting.reports.trialbalance.read", notice.TextContent, StringComparison.Ordinal);
        Assert.Equal("/connections", notice.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public void Months_that_are_being_settled_say_when_they_are_read_again()
    {
        Books.Company.SettlingFrom = new DateOnly(2026, 10, 3);
        Books.Ledger.XeroBalances.Remove(new DateOnly(2026, 10, 31));
        Books.SyncRuns.Runs.Insert(0, new SyncRunDetail(new SyncRun { TenantId = Org, Trigger = SyncTriggers.Schedule, Status = SyncStatus.Succeeded, CreatedAt = new FixedClock().GetUtcNow().UtcDateTime.AddSeconds(-45) }, []));

        var page = Page();

        Assert.Contains("It is read again in 15 s", page.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.StartsWith("Oct 2026: Being settled", page.FindAll(".strip .cell")[^1].GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4812, "calls left today: 4,812")]
    [InlineData(null, null)]
    public void Calls_left_stand_beside_the_button_where_they_are_known(int? left, string? expected)
    {
        Books.Calls.Left = left;

        var head = Page().Find(".page-head").TextContent;

        Assert.Equal(expected is not null, head.Contains("calls left today", StringComparison.Ordinal));
        Assert.Contains(expected ?? "", head, StringComparison.Ordinal);
    }

    [Fact]
    public void The_panel_reads_the_month_again_opens_Xero_and_lists_what_changed()
    {
        var change = new LedgerChange { Id = 1, AccountId = Wages, DocumentKind = Domain.Xero.DocumentKind.ManualJournal, Month = new DateOnly(2026, 10, 1), Before = 10m, After = 30m, Reason = "changed", CreatedAt = Morning };
        Books.TieOut.Changes.Add(new PastChange(change, "Wages payable", null, null, null, null));
        var panel = Page($"?month=2026-10&account={Wages}").Find(".panel");
        Assert.Contains("Manual journal", panel.QuerySelector("details.changes")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("https://reporting.xero.com/%21tU1aS/v1/Run/1009", panel.QuerySelector("a[target=_blank]")!.GetAttribute("href"));

        panel.QuerySelectorAll("button").Single(button => button.TextContent == "Fetch this month again").Click();

        Assert.Equal(new Month(2026, 10), SyncTriggers.MonthOf(Books.SyncRuns.Runs[0].Run.Trigger));
    }

    [Fact]
    public void One_who_only_reads_has_no_action_but_the_file()
    {
        SignInAs(Roles.ReadOnly);

        var page = Page($"?month=2026-10&account={Wages}");

        Assert.Equal(["Export"], page.FindAll(".page-head a.btn").Select(link => link.TextContent));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Contains("again", StringComparison.Ordinal) || button.TextContent.Contains("Read Xero", StringComparison.Ordinal));
    }

    [Fact]
    public void An_executive_has_no_file_no_keys_and_no_ties()
    {
        SignInAs(Roles.Executive);

        Assert.Empty(Page().FindAll("a[download], [popovertarget], [aria-label='Other ties'], .notice button"));
    }

    [Fact]
    public void Banks_say_what_is_not_reconciled_and_since_when()
    {
        Books.Sums.Unreconciled.Add(new UnreconciledItems(Books.Account("094").AccountId, 52, -1_204.11m, new DateOnly(2026, 9, 4)));

        var page = Page();

        Assert.Contains("Bank statement balances are not readable through Xero's API.", page.Markup, StringComparison.Ordinal);
        var visa = page.Find("[aria-label^='Bank accounts per books']").QuerySelectorAll("tbody tr")[1];
        Assert.Equal(["52", "(1,204.11)", "4 Sep 2026"], visa.QuerySelectorAll("td").Skip(2).Select(cell => cell.TextContent.Trim()));
    }

    [Fact]
    public void A_sum_of_documents_that_is_not_the_ledgers_is_no_tick()
    {
        Books.Sums.Money = new DocumentMoney(100m, -40m);

        var ties = Page().Find("[aria-label='Other ties']");

        Assert.DoesNotContain("Ties", ties.QuerySelectorAll(".tile")[2].QuerySelector(".chip")!.TextContent, StringComparison.Ordinal);
        Assert.All(ties.QuerySelectorAll("[aria-label^='Sales tax'] .chip"), chip => Assert.DoesNotContain("Ties", chip.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void One_class_can_be_shown_alone_and_groups_fold()
    {
        var page = Page("?month=2026-10&class=equity");
        Assert.Equal("▾ Equity", Assert.Single(page.FindAll("[aria-label^='Accounts of the month'] tr.section")).TextContent.Trim());

        page.Find("button.fold").Click();

        Assert.Equal("false", page.Find("button.fold").GetAttribute("aria-expanded"));
        Assert.Empty(page.FindAll("[data-row]"));
    }

    [Fact]
    public void A_months_movement_adds_up_to_nothing_too()
    {
        var sums = Page("?month=2026-10&columns=movement").FindAll("tr.total td").Select(cell => cell.TextContent.Trim()).ToList();

        Assert.Equal(["0.00", "0.00", "0.00", "0.00", "0.00✓"], sums[^5..]);
    }

    [Fact]
    public void Who_may_not_see_pay_reads_one_amount_and_no_note_on_it()
    {
        Books.TieOut.Said[(Wages, new Month(2026, 10))] = (DifferenceKinds.Payroll, "Bonus of one person");
        Books.TieOut.Causes.Add("It equals the line of a pay.");
        var address = $"?month=2026-10&account={Wages}";
        Assert.Contains("Bonus of one person", Page(address).Markup, StringComparison.Ordinal);
        SignInAs(Roles.Standard);

        var markup = Page(address).Markup;

        Assert.DoesNotContain("Bonus of one person", markup, StringComparison.Ordinal);
        Assert.DoesNotContain("It equals", markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_stand_on_the_controls_that_they_press()
    {
        var page = Page($"?month=2026-10&account={Wages}&only=differences");

        Assert.Equal(["ArrowLeft [", "d", "c", "Escape"], new[] { ".strip", ".segments", ".confirm", ".panel .card-head" }.Select(place => page.Find($"{place} [aria-keyshortcuts]").GetAttribute("aria-keyshortcuts")));
        Assert.Equal("All accounts", page.Find("[aria-keyshortcuts=d]").TextContent);
    }

    [Fact]
    public void What_came_since_the_last_visit_is_marked()
    {
        JSInterop.Setup<string?>("xeroCfo.lastVisit", $"tie-out.{Org:D}").SetResult("2026-11-18T08:00:00.000Z");
        foreach (var day in new[] { 19, 17 })
        {
            var change = new LedgerChange { Id = day, DocumentKind = Domain.Xero.DocumentKind.Invoice, Month = new DateOnly(2026, 9, 1), After = 60m, Reason = "posted", CreatedAt = new DateTime(2026, 11, day, 0, 0, 0, DateTimeKind.Utc) };
            Books.TieOut.Changes.Add(new PastChange(change, "Accounts receivable", null, null, null, null));
        }

        var changes = Page().Find("[aria-label='Changes in the past']");

        Assert.Contains("1 since your last visit, 18 Nov 2026", changes.TextContent, StringComparison.Ordinal);
        Assert.Equal([true, false], changes.QuerySelectorAll("tbody tr").Select(row => row.QuerySelector(".new") is not null));
    }

    [Fact]
    public void Chips_elsewhere_say_what_is_to_confirm_as_well()
    {
        Books.TieXero(SampleBooks.Today);

        Assert.Contains("24 to confirm", Open<OverviewPage>($"/{Org}/overview").WaitForElement(".page-head .chip.info", TimeSpan.FromSeconds(30)).TextContent, StringComparison.Ordinal);
        Assert.Contains("24 to confirm", Open<TrialBalancePage>($"/{Org}/trial-balance?date=2026-10-31").Find(".page-head .chip.info").TextContent, StringComparison.Ordinal);
    }
}
