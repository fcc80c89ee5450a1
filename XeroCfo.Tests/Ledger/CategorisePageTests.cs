using Bunit;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Ledger.Transactions;

namespace XeroCfo.Tests.Ledger;

/// <summary>Categorising on the page: keys, picker, many at once, taking back, and what goes wrong.</summary>
public sealed class CategorisePageTests : PageTest
{
    private readonly List<Transaction> _waiting;

    public CategorisePageTests()
    {
        foreach (var row in Books.Transactions.Transactions)
        {
            row.Category = "Sales";
        }

        _waiting = [.. Books.Transactions.Transactions.Where(row => row is { Type: TransactionTypes.Bill, Status: "AUTHORISED" or "PAID" }).OrderByDescending(row => row.Date).ThenByDescending(row => row.Id).Take(5)];
        for (var i = 0; i < _waiting.Count; i++)
        {
            (_waiting[i].Category, _waiting[i].Description, _waiting[i].ContactId) = (null, i == 4 ? "PARKWELL WGTN" : $"ZAPCO {i} PETONE", null);
        }

        Books.Categorising.Add("Sales");
        Books.Categorising.Add("Vehicles", "449");
        Books.Categorising.Add("Courier", "425", Books.Account("425").AccountId);
    }

    private IRenderedComponent<TransactionsPage> Page() => Open<TransactionsPage>($"/{Org}/transactions?view=to-categorise");

    private static Task<bool> KeyAsync(IRenderedComponent<TransactionsPage> page, string key, Transaction row, string text = "") =>
        page.InvokeAsync(() => ((IGridKeys)page.Instance).KeyAsync(key, row.Id, text));

    private static Task<bool> PickAsync(IRenderedComponent<TransactionsPage> page, string key, string text, bool shift = false, bool ctrl = false) =>
        page.InvokeAsync(() => ((IGridKeys)page.Instance).PickerKeyAsync(key, shift, ctrl, text));

    private static string Said(IRenderedComponent<TransactionsPage> page) => page.Find("p.visually-hidden[aria-live=polite]").TextContent;

    [Fact]
    public async Task A_letter_opens_the_picker_and_Enter_keeps_announces_and_leaves_the_row_in_its_place()
    {
        var page = Page();
        Assert.Contains("0 of 5", page.Find(".progress-line").TextContent, StringComparison.Ordinal);

        Assert.True(await KeyAsync(page, "type", _waiting[0], "v"));
        Assert.Equal("v", page.Find(".picker input").GetAttribute("value"));
        Assert.StartsWith("Vehicles", page.Find(".picker [aria-selected=true] .name").TextContent, StringComparison.Ordinal);
        await PickAsync(page, "Enter", "v");

        Assert.Equal("Vehicles", _waiting[0].Category);
        Assert.Equal("Vehicles, 4 left", Said(page));
        Assert.Equal(5, page.FindAll("table.tx tbody tr").Count);
        Assert.Contains("You", page.Find("table.tx tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Equal("1 row done — refresh list", page.Find("#refresh-list").TextContent);
        Assert.Contains("1 of 5", page.Find(".progress-line").TextContent, StringComparison.Ordinal);
        Assert.Contains(JSInterop.Invocations, call => call.Identifier == "focusRow" && call.Arguments[0] as string == _waiting[1].Id.ToString());
    }

    [Fact]
    public async Task Tab_keeps_and_stays()
    {
        var page = Page();
        await KeyAsync(page, "c", _waiting[0]);

        await PickAsync(page, "Tab", "cour");

        Assert.Equal("Courier", _waiting[0].Category);
        Assert.Equal(_waiting[0].Id.ToString(), JSInterop.Invocations.Last(call => call.Identifier == "focusRow").Arguments[0]);
    }

    [Theory]
    [InlineData("449", "Vehicles")]
    [InlineData("expens", "Courier")]
    [InlineData("hicl", "Vehicles")]
    public async Task The_picker_matches_name_code_and_group(string typed, string expected)
    {
        var page = Page();
        await KeyAsync(page, "c", _waiting[0]);

        await PickAsync(page, "Enter", typed);

        Assert.Equal(expected, _waiting[0].Category);
    }

    [Fact]
    public async Task The_picker_begins_with_what_was_given_last()
    {
        var page = Page();
        Assert.Equal(["Courier", "Sales", "Vehicles"], await NamesAsync(page, _waiting[1]));
        await PickAsync(page, "Enter", "vehicles");

        Assert.Equal(["Vehicles", "Courier", "Sales"], await NamesAsync(page, _waiting[2]));
        Assert.Equal(["Vehicles", "Courier", "Sales"], await NamesAsync(Page(), _waiting[2]));
    }

    [Fact]
    public async Task Shift_and_Enter_take_all_like_it_which_the_picker_counts()
    {
        var page = Page();
        await KeyAsync(page, "c", _waiting[0]);
        Assert.Contains("and the 3 others like this", page.Find(".picker-foot").TextContent, StringComparison.Ordinal);

        await PickAsync(page, "Enter", "vehicles", shift: true);

        Assert.All(_waiting[..4], row => Assert.Equal("Vehicles", row.Category));
        Assert.Null(_waiting[4].Category);
        Assert.Contains("4 changed · Undo", page.Find(".toast").TextContent, StringComparison.Ordinal);
        Assert.Contains("4 of 5", page.Find(".progress-line").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_and_Enter_make_a_new_one()
    {
        var page = Page();
        await KeyAsync(page, "c", _waiting[0]);

        await PickAsync(page, "Enter", "Parking", ctrl: true);

        Assert.Equal("Parking", _waiting[0].Category);
        Assert.Contains("Parking", await NamesAsync(page, _waiting[1]));
    }

    [Fact]
    public async Task The_last_change_is_taken_back_by_the_button_of_its_key()
    {
        var page = Page();
        await KeyAsync(page, "c", _waiting[0]);
        await PickAsync(page, "Enter", "vehicles");

        page.Find("[aria-keyshortcuts=u]").Click();

        Assert.Null(_waiting[0].Category);
        Assert.Equal("Taken back: 1", Said(page));
        Assert.Contains("0 of 5", page.Find(".progress-line").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find("[aria-keyshortcuts=u]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Earlier_changes_are_in_the_history_with_who_and_how_many()
    {
        var page = Page();
        await KeyAsync(page, "c", _waiting[0]);
        await PickAsync(page, "Enter", "vehicles");

        page = Page();
        page.FindAll(".page-head .btn").Single(button => button.TextContent == "History").Click();
        Assert.Contains("You", page.Find("[aria-label='History of changes'] li").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 changed", page.Find("[aria-label='History of changes'] li").TextContent, StringComparison.Ordinal);
        page.Find("[aria-label='History of changes'] li button").Click();

        Assert.Null(_waiting[0].Category);
        Assert.Contains("taken back", page.Find("[aria-label='History of changes'] li").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_are_selected_confirmed_with_figures_and_changed_but_for_those_a_person_set()
    {
        (_waiting[1].LockedByPerson, _waiting[1].CategorySource) = (true, "manual");
        var page = Page();
        await KeyAsync(page, "select", _waiting[0]);
        await page.InvokeAsync(() => ((IGridKeys)page.Instance).ExtendAsync(_waiting[0].Id, _waiting[2].Id));
        Assert.Contains("3 selected · ", page.Find(".selection").TextContent, StringComparison.Ordinal);

        page.FindAll(".selection .btn").Single(button => button.TextContent == "Category").Click();
        await PickAsync(page, "Enter", "courier");
        Assert.Contains("Give Courier to 3 transactions", page.Find(".selection").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 skipped: a person set them", page.Find(".selection").TextContent, StringComparison.Ordinal);
        page.Find("#confirm-many").Click();

        Assert.Equal(["Courier", null, "Courier"], _waiting[..3].Select(row => row.Category));
        Assert.Contains("2 changed, 1 skipped", page.Find(".toast").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".selection"));
    }

    [Fact]
    public async Task All_that_match_are_changed_by_the_filter_and_an_account_code_leaves_the_category()
    {
        var page = Open<TransactionsPage>($"/{Org}/transactions?category=Sales");
        var sales = Books.Transactions.Transactions.Where(row => row.Category == "Sales").ToList();
        Assert.True(sales.Count > TransactionsPage.PageSize);
        await KeyAsync(page, "all", sales.MaxBy(row => (row.Date, row.Id))!);

        page.FindAll(".selection .btn").Single(button => button.TextContent.StartsWith("Select all", StringComparison.Ordinal)).Click();
        page.FindAll(".selection .btn").Single(button => button.TextContent == "Account code").Click();
        await PickAsync(page, "Enter", "445");
        page.Find("#confirm-many").Click();

        Assert.All(sales, row => Assert.Equal(("Sales", "445"), (row.Category, row.AccountCode)));
    }

    [Fact]
    public async Task What_cannot_be_kept_goes_back_with_the_reason_and_can_be_tried_again()
    {
        Books.Categorising.Refusal = new Problem("away", "The database is away.", ProblemKind.Unavailable);
        var page = Page();
        await KeyAsync(page, "c", _waiting[0]);
        await PickAsync(page, "Enter", "vehicles");

        Assert.Single(page.FindAll("tr.failed .category.bad"));
        Assert.Contains("✕ The database is away.", page.Find("tr.failed .cell-note").TextContent, StringComparison.Ordinal);
        Assert.Contains("Choose…", page.Find("tr.failed").TextContent, StringComparison.Ordinal);
        Assert.Contains("0 of 5", page.Find(".progress-line").TextContent, StringComparison.Ordinal);

        Books.Categorising.Refusal = null;
        page.Find("tr.failed .cell-note button").Click();
        Assert.Equal("Vehicles", _waiting[0].Category);
        Assert.Empty(page.FindAll("tr.failed"));
    }

    [Theory]
    [InlineData(0, "Courier")]
    [InlineData(1, "Vehicles")]
    public async Task Who_comes_second_is_told_who_came_first_and_decides(int button, string expected)
    {
        var page = Page();
        Books.Categorising.Overtake(_waiting[0], "Ana", "Courier");
        await KeyAsync(page, "c", _waiting[0]);
        await PickAsync(page, "Enter", "vehicles");

        var note = page.Find(".cell-note");
        Assert.Contains("Ana set Courier 1 min ago. Keep / Replace", note.TextContent, StringComparison.Ordinal);
        note.QuerySelectorAll("button")[button].Click();

        Assert.Equal(expected, _waiting[0].Category);
        Assert.Contains(expected, page.Find("table.tx tbody .c-category").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_chosen_is_seen_before_it_is_kept()
    {
        var gate = new TaskCompletionSource();
        var page = Page();
        Books.Categorising.Gate = gate.Task;
        await KeyAsync(page, "c", _waiting[0]);

        var picking = PickAsync(page, "Enter", "vehicles");

        Assert.Contains("Vehicles", page.Find(".category.saving").TextContent, StringComparison.Ordinal);
        Assert.Null(_waiting[0].Category);
        gate.SetResult();
        await picking;
        Assert.NotEmpty(page.FindAll(".category .saved"));
    }

    [Fact]
    public async Task At_zero_it_says_so_and_where_to_go_next()
    {
        Books.Transactions.Transactions[0].Status = "DRAFT";
        var drafts = Books.Transactions.Transactions.Count(row => row.Status is "DRAFT" or "SUBMITTED");
        var page = Page();
        foreach (var row in _waiting.Where(row => row.Status != "DRAFT"))
        {
            await KeyAsync(page, "c", row);
            await PickAsync(page, "Enter", "vehicles");
        }

        Assert.Contains("All categorised to 20 Nov 2026.", page.Find(".all-done").TextContent, StringComparison.Ordinal);
        Assert.Contains(drafts == 1 ? "Next: 1 draft →" : $"Next: {drafts} drafts →", page.Find(".all-done a").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pane_says_what_it_is_and_why()
    {
        var row = Books.Transactions.Transactions.First(row => row is { Type: TransactionTypes.Invoice, Status: "PAID" });
        row.CategorySource = "xero";
        var page = Open<TransactionsPage>($"/{Org}/transactions?search={row.Number}&type=INVOICE");

        await KeyAsync(page, "open", row);

        var pane = page.Find(".side");
        Assert.Contains(row.Number!, pane.QuerySelector("h2")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Sales: its accounts are mapped to that category.", pane.TextContent, StringComparison.Ordinal);
        foreach (var heading in new[] { "Lines", "Settled with", "In the ledger", $"Last from {row.ContactName}" })
        {
            Assert.Contains(pane.QuerySelectorAll("h3"), h3 => h3.TextContent.StartsWith(heading, StringComparison.Ordinal));
        }

        page.Find("[aria-keyshortcuts=p]").Click();
        Assert.Empty(page.FindAll(".side"));
    }

    private static async Task<IEnumerable<string>> NamesAsync(IRenderedComponent<TransactionsPage> page, Transaction row)
    {
        await KeyAsync(page, "c", row);
        return [.. page.FindAll(".picker [role=option] .name").Select(name => name.TextContent)];
    }
}
