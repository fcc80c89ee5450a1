using Bunit;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Ledger.Contacts;

namespace XeroCfo.Tests.Ledger;

public sealed class ContactPagesTests : PageTest
{
    private readonly Guid _harbour = Guid.NewGuid();

    public ContactPagesTests()
    {
        Books.ContactBook.Contacts.Add(new Contact { ContactId = _harbour, Name = "Harbour Street", IsCustomer = true });
        Books.ContactBook.Contacts.Add(new Contact { ContactId = Guid.NewGuid(), Name = "Kahu Power", IsSupplier = true });
        Open("INV-1", 18_900, new(2026, 7, 20));
        Open("INV-2", 1_100, new(2026, 12, 20));
        Books.ContactBook.Paid.Add((_harbour, new PaidPart(true, new(2026, 9, 20), new(2026, 10, 29), 500)));
        Books.ContactBook.Paid.Add((_harbour, new PaidPart(true, new(2025, 10, 20), new(2025, 10, 24), 500)));
    }

    private void Open(string number, decimal amount, DateOnly due, Guid? contact = null, bool payroll = false) => Books.OpenItems.Items.Add((true, new OpenItem(
        OpenItemKind.Invoice,
        new Transaction
        {
            Id = Guid.NewGuid(),
            Type = TransactionTypes.Invoice,
            Number = number,
            ContactId = contact ?? _harbour,
            ContactName = "Harbour Street",
            Amount = amount,
            BaseAmount = amount,
            Date = due.AddDays(-30),
            DueDate = due,
            Status = "AUTHORISED",
            CurrencyCode = "NZD",
            Direction = Directions.In,
            PayrollHidden = payroll,
        },
        amount,
        amount)));

    private IRenderedComponent<ContactsPage> List(string query = "") => Open<ContactsPage>($"/{Org}/contacts{query}");

    private IRenderedComponent<ContactDetailPage> Page(Guid? contact = null) =>
        Open<ContactDetailPage>($"/{Org}/contacts/{contact ?? _harbour}", null, (nameof(ContactDetailPage.ContactId), contact ?? _harbour));

    [Fact]
    public void The_list_says_what_is_open_how_late_and_whether_it_equals_the_control_account()
    {
        var page = List();

        var row = page.FindAll("tbody tr")[0].TextContent;
        Assert.All(["Harbour Street", "20,000.00", "18,900.00", "123 days", "39"], words => Assert.Contains(words, row, StringComparison.Ordinal));
        Assert.Contains("differs by", page.Find(".figures").TextContent, StringComparison.Ordinal);
        Assert.Contains("2 contacts", page.Find(".page-head").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void It_sorts_filters_and_searches_by_its_address()
    {
        var page = List();
        page.FindAll("thead button")[1].Click();
        Assert.Contains("sort=-owed", Address.Uri, StringComparison.Ordinal);

        Assert.DoesNotContain("Harbour", List("?show=suppliers").Find("tbody").TextContent, StringComparison.Ordinal);
        Assert.Single(List("?search=harb").FindAll("tbody tr"));
        Assert.Contains("No contact matches", List("?search=nobody").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_contact_shows_open_documents_its_habit_in_words_and_a_table_behind_the_bars()
    {
        var page = Page();

        Assert.Equal(["INV-1", "INV-2"], page.FindAll("section th[scope=row] a").Select(link => link.TextContent).Take(2));
        Assert.Contains("Pays 39 days late, a year ago 4 days late.", page.Markup, StringComparison.Ordinal);
        Assert.Equal(2, page.FindAll("svg.bars rect").Count);
        Assert.Equal(24, page.FindAll("details tbody tr").Count);
        Assert.Collection(
            page.FindAll(".page-head a").Select(link => link.GetAttribute("href")!),
            chase => Assert.EndsWith($"/receivables/{_harbour:D}", chase, StringComparison.Ordinal),
            all => Assert.Contains($"/transactions?contactId={_harbour:D}", all, StringComparison.Ordinal));
    }

    [Fact]
    public void A_merged_contact_is_the_one_that_it_became()
    {
        var old = Guid.NewGuid();
        Books.ContactBook.Contacts.Add(new Contact { ContactId = old, Name = "Wharf Café", Status = "ARCHIVED", MergedToContactId = _harbour });

        var page = Page(old);

        Assert.Contains("Wharf Café was merged into Harbour Street.", page.Markup, StringComparison.Ordinal);
        Assert.Contains("20,000.00", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Notes_are_added_edited_and_deleted_by_their_author()
    {
        var page = Page();
        page.Find(".notes textarea").Change("Ask for <b>Jo</b>");
        page.Find(".notes form").Submit();
        page.WaitForAssertion(() => Assert.Equal("Ask for <b>Jo</b>", page.Find(".notes .text").TextContent));

        page.FindAll(".notes li button")[0].Click();
        page.Find(".notes li textarea").Change("Ask for Kim");
        page.FindAll(".notes li button")[0].Click();
        page.WaitForAssertion(() => Assert.Equal("Ask for Kim", page.Find(".notes .text").TextContent));

        page.FindAll(".notes li button")[1].Click();
        page.FindAll(".notes li button")[0].Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".notes li")));
    }

    [Fact]
    public void A_note_that_is_refused_says_why_and_another_persons_has_no_buttons()
    {
        Books.ContactBook.Notes.Add(new ContactNote { ContactId = _harbour, UserId = Guid.NewGuid(), Text = "Theirs" });
        var page = Page();
        Assert.Empty(page.FindAll(".notes li button"));

        page.Find(".notes textarea").Change("bell \u0007");
        page.Find(".notes form").Submit();

        Assert.Contains("A note is plain text", page.Markup, StringComparison.Ordinal);
        Assert.Single(Books.ContactBook.Notes);
    }

    [Fact]
    public void Readers_write_nothing_and_executives_see_totals()
    {
        SignInAs(Roles.ReadOnly);
        Assert.Empty(Page().FindAll("textarea"));

        SignInAs(Roles.Executive);
        var page = Page();
        Assert.Contains("20,000.00", page.Markup, StringComparison.Ordinal);
        Assert.All(["INV-1", "Notes", "How they pay"], words => Assert.DoesNotContain(words, page.Markup, StringComparison.Ordinal));
        Assert.Equal(4, List().FindAll("thead th").Count);
    }

    [Fact]
    public void What_is_of_payroll_stands_in_one_amount()
    {
        Open("PAY-1", 700, new(2026, 11, 30), payroll: true);
        SignInAs(Roles.ReadOnly);

        var rows = List().FindAll("tbody tr");

        Assert.Contains(rows, row => row.TextContent.Contains("Hidden: payroll", StringComparison.Ordinal) && row.TextContent.Contains("700.00", StringComparison.Ordinal));
        Assert.DoesNotContain("PAY-1", Page().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_yet_unknown_and_loading_are_said()
    {
        Assert.Contains("There is nothing here that you may see", Page(Guid.NewGuid()).Markup, StringComparison.Ordinal);
        Books.ContactBook.Contacts.Clear();
        Books.OpenItems.Items.Clear();
        Books.Company.LedgerVersion++;
        Assert.Contains("No contacts yet", List().Markup, StringComparison.Ordinal);
        Books.Company.LedgerVersion++;
        Books.Ledger.Gate = new TaskCompletionSource().Task;
        Assert.NotEmpty(List().FindAll(".bone-row"));
    }
}
