using Bunit;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Ledger.TieOut;

namespace XeroCfo.Tests.Ledger;

public sealed class TieOutPageTests : PageTest
{
    private static readonly Month October = new(2026, 10);

    private Guid Wages => Books.Account("803").AccountId;

    private IRenderedComponent<TieOutPage> Page(string query = "?month=2026-10") => Open<TieOutPage>($"/{Org}/tie-out{query}");

    [Fact]
    public void The_month_is_told_in_a_sentence_three_figures_and_a_table_whose_difference_is_nil()
    {
        var page = Page();

        Assert.Contains("Every account equals Xero at 31 Oct 2026.", page.Find(".lead").TextContent, StringComparison.Ordinal);
        Assert.Contains("of the month's movement stands on documents", page.Find(".lead").TextContent, StringComparison.Ordinal);
        var figures = page.FindAll(".figures dd.figure").Select(figure => figure.TextContent.Trim()).ToList();
        Assert.Equal(["90,650.00", "0.00"], figures[1..]);
        Assert.Contains("Payroll 84,500.00", page.Find(".figures").TextContent, StringComparison.Ordinal);
        Assert.Equal("0.00✓", page.FindAll("tr.total td")[^1].TextContent.Trim());
    }

    [Fact]
    public void A_suggestion_that_nobody_confirmed_is_no_tick()
    {
        var page = Page();

        Assert.Contains("24 to confirm", page.Find(".page-head .chip.info").TextContent, StringComparison.Ordinal);
        Assert.Contains("24 expected parts are suggested, not confirmed", page.Find(".figures").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_difference_is_said_first()
    {
        Books.TieXero(October.End, "610", 212.40m);

        Assert.StartsWith("1 account differs from Xero at 31 Oct 2026, together 212.40.", Page().Find(".lead").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_strip_has_a_cell_for_each_month_and_one_stop_of_the_tab_key()
    {
        var cells = Page().FindAll(".strip .cell");

        Assert.Equal(6, cells.Count);
        Assert.Equal(["May 2026: Xero not read", "Oct 2026: Ties; with parts expected from Xero only, 90,650.00"], new[] { cells[0], cells[^1] }.Select(cell => cell.GetAttribute("aria-label")));
        Assert.Equal("Oct 2026", Assert.Single(cells, cell => cell.GetAttribute("tabindex") == "0").GetAttribute("aria-label")![..8]);
    }

    [Theory]
    [InlineData("ArrowLeft", "2026-09")]
    [InlineData("Home", "2026-05")]
    [InlineData("ArrowRight", "2026-10")]
    [InlineData("x", "2026-10")]
    public void Keys_move_along_the_strip_and_stop_at_its_ends(string key, string month)
    {
        Page().FindAll(".strip .cell")[^1].KeyDown(key);

        Assert.EndsWith($"month={month}", Address.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_says_how_its_balance_comes_about()
    {
        var panel = Page($"?month=2026-10&account={Wages}").Find(".panel");

        Assert.Contains("From Xero in earlier months 5", panel.QuerySelector("summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("From Xero, Oct 2026: payroll", panel.TextContent, StringComparison.Ordinal);
        Assert.Equal("(507,000.00)", panel.QuerySelector("tr.total td")!.TextContent.Trim());
    }

    [Fact]
    public void Confirming_keeps_the_kind_and_the_note_and_can_be_taken_back()
    {
        var page = Page($"?month=2026-10&account={Wages}");
        Assert.Equal(DifferenceKinds.Payroll, page.Find(".confirm select").GetAttribute("value"));

        page.Find(".confirm input").Change("From the payroll report");
        page.Find(".confirm").Submit();

        Assert.Equal((DifferenceKinds.Payroll, "From the payroll report"), Books.TieOut.Said[(Wages, October)]);
        Assert.Contains("by Ana: From the payroll report", page.Find(".panel").TextContent, StringComparison.Ordinal);

        page.FindAll(".confirm .btn").Single(button => button.TextContent == "Take it back").Click();

        Assert.Empty(Books.TieOut.Said);
    }

    [Fact]
    public void A_document_in_trouble_keeps_a_part_from_being_confirmed()
    {
        Books.TieOut.Troubled = true;
        var page = Page($"?month=2026-10&account={Wages}");

        page.Find(".confirm").Submit();

        Assert.Contains("the difference may be that document", page.Markup, StringComparison.Ordinal);
        Assert.Empty(Books.TieOut.Said);
    }

    [Fact]
    public void One_who_only_reads_sees_everything_but_the_form()
    {
        SignInAs(Roles.ReadOnly);

        var page = Page($"?month=2026-10&account={Wages}");

        Assert.Empty(page.FindAll(".confirm"));
        Assert.Contains("An accountant or an admin can confirm", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_executive_sees_the_sentence_the_figures_and_totals_by_class_only()
    {
        SignInAs(Roles.Executive);

        var page = Page($"?month=2026-10&account={Wages}");

        Assert.Contains("Every account equals Xero", page.Find(".lead").TextContent, StringComparison.Ordinal);
        Assert.Equal(3, page.FindAll(".figures dd.figure").Count);
        Assert.Equal(["Assets", "Liabilities", "Equity", "Income", "Expenses"], page.FindAll("tbody th").Select(cell => cell.TextContent));
        Assert.Empty(page.FindAll(".panel, .tiles, .filters, tbody a, tbody button"));
        Assert.DoesNotContain("Wages payable", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void What_moved_in_a_month_that_was_over_leads_to_its_document()
    {
        var document = Books.Transactions.Transactions[0];
        var change = new LedgerChange { Id = 1, DocumentKind = Domain.Xero.DocumentKind.Invoice, Month = new DateOnly(2026, 9, 1), Before = 100m, After = 60m, Reason = "changed", CreatedAt = new DateTime(2026, 11, 3, 0, 0, 0, DateTimeKind.Utc) };
        Books.TieOut.Changes.Add(new PastChange(change, "Accounts receivable", document.Id, "INV-1", "Harbour Street", null));

        var row = Page().Find("[aria-label='Changes in the past'] tbody tr");

        Assert.EndsWith($"/transactions/{document.Id}", row.QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal("(40.00)", row.QuerySelectorAll("td")[^1].TextContent.Trim());
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

        Assert.Contains("No months yet", Page("").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_organisation_is_refused_like_one_that_does_not_exist()
    {
        var page = Open<TieOutPage>($"/{Books.Other.Id}/tie-out", Books.Other.Id);

        Assert.Contains("There is nothing here that you may see", page.Markup, StringComparison.Ordinal);
    }
}
