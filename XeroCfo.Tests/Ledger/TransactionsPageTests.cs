using Bunit;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Ledger.Transactions;

namespace XeroCfo.Tests.Ledger;

/// <summary>The list of transactions: what it shows, its filters and its states.</summary>
public sealed class TransactionsPageTests : PageTest
{
    private IRenderedComponent<TransactionsPage> Page(string query = "") => Open<TransactionsPage>($"/{Org}/transactions{query}");

    [Fact]
    public void It_shows_fifty_newest_first_with_count_and_totals_of_all()
    {
        var page = Page();

        Assert.Equal(50, page.FindAll("table.tx tbody tr").Count);
        Assert.Equal("20 Nov 2026", page.Find("tbody time").TextContent);
        var all = Books.Transactions.Transactions;
        var format = Web.Shared.MoneyFormat.Of("NZ");
        Assert.Equal(
            $"{format.Count(all.Count)} items · out {format.Text(-all.Sum(row => Math.Min(0, row.BaseAmount)))} · in {format.Text(all.Sum(row => Math.Max(0, row.BaseAmount)))} NZD",
            page.Find(".page-head .sub").TextContent);
    }

    [Fact]
    public void Rows_do_not_wait_for_the_totals()
    {
        var gate = new TaskCompletionSource();
        Books.Transactions.CountGate = gate.Task;

        var page = Page();

        Assert.Equal(50, page.FindAll("table.tx tbody tr").Count);
        Assert.Equal("…", page.Find(".page-head .sub").TextContent);
        Assert.Contains("…", page.Find(".tabs .count").TextContent, StringComparison.Ordinal);
        gate.SetResult();
        page.WaitForAssertion(() => Assert.Contains(" items · out ", page.Find(".page-head .sub").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Totals_that_cannot_be_added_up_leave_the_rows()
    {
        Books.Transactions.CountGate = Task.FromException(new TimeoutException());

        var page = Page();

        page.WaitForAssertion(() => Assert.Equal("The totals could not be added up.", page.Find(".page-head .sub").TextContent));
        Assert.Equal(50, page.FindAll("table.tx tbody tr").Count);
    }

    [Fact]
    public void Money_out_stands_in_parentheses()
    {
        var page = Page("?direction=out");

        Assert.All(page.FindAll("tbody .num .money"), amount => Assert.StartsWith("(", amount.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_typed_becomes_chips_in_the_address()
    {
        var page = Page("?after=50");

        page.Find("input[type=search]").Change("beans >100 oct type:bill from:visa");

        foreach (var part in new[] { "search=beans", "minAmount=100.01", "from=2026-10-01", "to=2026-10-31", "type=BILL", $"bankAccountId={Books.Account("094").AccountId}" })
        {
            Assert.Contains(part, Address.Uri, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("after", Address.Uri, StringComparison.Ordinal);
        Assert.Equal(["Date: Oct 2026", "Type: Bill", "Amount: from 100.01", "Bank account: Business Visa"], page.FindAll(".chip-set.set summary").Select(chip => chip.TextContent));
        Assert.Equal("beans", page.Find("input[type=search]").GetAttribute("value"));
    }

    [Fact]
    public void What_the_search_does_not_know_is_said()
    {
        var page = Page();

        page.Find("input[type=search]").Change("acc:nowhere");

        Assert.Contains("Not understood: acc:nowhere", page.Find("#search-unknown").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chip_is_taken_away_by_itself_and_all_by_clear()
    {
        var page = Page("?type=BILL&from=2026-10-01&view=drafts");

        page.FindAll(".chip-clear")[0].Click();
        Assert.DoesNotContain("from=", Address.Uri, StringComparison.Ordinal);
        Assert.Contains("type=BILL", Address.Uri, StringComparison.Ordinal);

        page.FindAll(".filter-bar > .btn")[0].Click();
        Assert.EndsWith("/transactions?view=drafts", Address.Uri, StringComparison.Ordinal);
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
    public async Task The_pane_and_its_row_stand_in_the_address_and_a_link_opens_them_without_another_load()
    {
        var page = Page();
        var second = Guid.Parse(page.FindAll("table.tx tbody tr")[1].GetAttribute("data-id")!);
        await page.InvokeAsync(() => ((IGridKeys)page.Instance).KeyAsync("select", second, ""));

        await page.InvokeAsync(() => ((IGridKeys)page.Instance).KeyAsync("open", second, ""));
        Assert.EndsWith($"/transactions?open={second}", Address.Uri, StringComparison.Ordinal);
        Assert.Equal(second.ToString(), page.Find("tr.open[aria-selected=true]").GetAttribute("data-id"));

        page.Find("aside.side button[aria-label='Close the pane']").Click();
        Assert.EndsWith("/transactions", Address.Uri, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("aside.side"));

        var linked = Page($"?open={second}");
        Assert.Equal(second.ToString(), linked.Find("tr.open").GetAttribute("data-id"));
        linked.Find("aside.side");
        Assert.Empty(Page("?open=nonsense").FindAll("aside.side"));
    }

    [Fact]
    public void A_phone_shows_no_dash_for_what_nobody_needs_to_categorise()
    {
        var row = Books.Transactions.Transactions.Where(row => row.Type == TransactionTypes.Payment).MaxBy(row => row.Date)!;
        row.Category = null;

        var page = Page("?type=PAYMENT");

        Assert.Empty(page.FindAll($"ul.tx-rows li[data-id='{row.Id}'] .category"));
        page.Find($"table.tx tr[data-id='{row.Id}'] .category");
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
        var name = page.Find("tbody .contact").TextContent;

        page.Find("tbody .contact").Click();

        Assert.Contains("contactId=", Address.Uri, StringComparison.Ordinal);
        Assert.Equal($"Contact: {name}", page.Find(".chip-set.set summary").TextContent);
    }

    [Fact]
    public void A_view_is_kept_found_again_renamed_and_deleted()
    {
        var page = Page("?type=BILL");
        page.FindAll(".filter-bar form input")[0].Change("My bills");
        page.Find(".filter-bar form").Submit();

        Assert.Equal(("My bills", "type=BILL"), (Books.Views.Views.Single().Name, Books.Views.Views.Single().Query));
        Assert.Equal("page", page.Find(".own-view > a").GetAttribute("aria-current"));
        Assert.EndsWith("/transactions?type=BILL", page.Find(".own-view > a").GetAttribute("href"), StringComparison.Ordinal);

        page.Find(".own-view input").Change("Bills of mine");
        page.Find(".own-view form").Submit();
        Assert.Equal("Bills of mine", page.Find(".own-view > a").TextContent);

        page.FindAll(".own-view form button")[1].Click();
        Assert.Empty(Books.Views.Views);
        Assert.Empty(page.FindAll(".own-view"));
    }

    [Fact]
    public void Unreconciled_stands_by_bank_account_and_says_whose_word_it_is()
    {
        var row = Books.Transactions.Transactions.First(row => row.Status is "AUTHORISED" or "PAID");
        foreach (var other in Books.Transactions.Transactions)
        {
            (other.BankAccountId, other.IsReconciled) = (null, true);
        }

        (row.BankAccountId, row.IsReconciled, row.Date) = (Books.Account("094").AccountId, false, SampleBooks.Today.AddDays(-12));

        var page = Page("?view=unreconciled");

        var bank = page.Find("[aria-label='Unreconciled by bank account']");
        Assert.Contains("per Xero's books, not the bank", bank.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Business Visa", "1", "12 days"], new[] { bank.QuerySelector("th[scope=row]")!, bank.QuerySelectorAll("td")[0], bank.QuerySelectorAll("td")[3] }.Select(cell => cell.TextContent));
        Assert.Single(page.FindAll("table.tx tbody tr"));
    }

    [Fact]
    public void Drafts_are_what_is_not_approved()
    {
        var rows = Books.Transactions.Transactions;
        (rows[0].Status, rows[1].Status) = ("DRAFT", "SUBMITTED");

        var expected = rows.Count(row => row.Status is "DRAFT" or "SUBMITTED");
        var page = Page("?view=drafts");

        Assert.Equal(expected, page.FindAll("table.tx tbody tr").Count);
        Assert.Equal(expected.ToString(System.Globalization.CultureInfo.InvariantCulture), page.FindAll(".tabs a").Single(tab => tab.TextContent.StartsWith("Drafts", StringComparison.Ordinal)).QuerySelector(".count")!.TextContent);
    }

    [Fact]
    public void The_files_are_of_what_is_filtered()
    {
        var links = Page("?type=BILL&after=50").FindAll("a[download]").Select(link => link.GetAttribute("href"));

        Assert.Equal([$"/{Org}/transactions/export.csv?type=BILL", $"/{Org}/transactions/export.xlsx?type=BILL"], links);
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
    public void It_shows_fifty_bones_while_it_loads()
    {
        Books.Transactions.Gate = new TaskCompletionSource().Task;

        Assert.Equal(50, Page().FindAll(".bone-row").Count);
    }

    [Fact]
    public void The_contact_chip_finds_contacts_of_no_row_on_the_page()
    {
        var wanted = new Contact { TenantId = Org, ContactId = Guid.NewGuid(), Name = "Quill and Sons" };
        Books.ContactBook.Contacts.Add(wanted);
        var page = Page("?search=no-such-thing");

        page.Find("input[placeholder='Part of the name']").Input(wanted.Name[..4]);
        page.FindAll(".choice-list button").Single(button => button.TextContent == wanted.Name).Click();

        Assert.Contains($"contactId={wanted.ContactId}", Address.Uri, StringComparison.Ordinal);
        Assert.Contains($"Contact: {wanted.Name}", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_contact_that_nobody_is_called_says_so()
    {
        var page = Page();

        page.Find("input[placeholder='Part of the name']").Input("zzzz");

        Assert.Empty(page.FindAll(".choice-list button"));
        Assert.Contains("Nobody is called “zzzz”.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_executive_is_refused_in_words_with_a_way_to_the_totals()
    {
        SignInAs(Roles.Executive);

        var page = Page();

        Assert.Contains("Your role (Executive) does not see this page.", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("table"));
        Assert.Contains(page.FindAll("a"), link => link.GetAttribute("href") == $"/{Org}/tie-out");
    }

    [Fact]
    public async Task A_reader_sees_no_boxes_and_no_picker_and_one_hint_when_they_press_keys()
    {
        SignInAs(Roles.ReadOnly);
        var page = Page();
        Assert.Empty(page.FindAll("table.tx input, [data-cell]"));

        foreach (var key in new[] { "c", "select", "all", "x", "a" })
        {
            await page.InvokeAsync(() => ((IGridKeys)page.Instance).KeyAsync(key, Books.Transactions.Transactions[0].Id, ""));
        }

        Assert.Single(page.FindAll(".notice"), notice => notice.TextContent.Contains("Your role (ReadOnly) looks", StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".picker, .selection"));
    }
}
