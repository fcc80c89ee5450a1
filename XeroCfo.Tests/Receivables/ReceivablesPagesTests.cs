using Bunit;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Receivables;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Receivables;
using ListPage = XeroCfo.Web.Receivables.ReceivablesPage;

namespace XeroCfo.Tests.Receivables;

/// <summary>The chase list and a customer's page, as people of each role use them.</summary>
public sealed class ReceivablesPagesTests : PageTest
{
    private readonly Guid _harbour = Guid.NewGuid();
    private readonly Guid _lantern = Guid.NewGuid();
    private readonly Transaction _oldest;

    public ReceivablesPagesTests()
    {
        Books.ContactBook.Contacts.Add(new Contact { ContactId = _harbour, Name = "Harbour Street", IsCustomer = true, EmailAddress = "accounts@harbour.example" });
        Books.ContactBook.Contacts.Add(new Contact { ContactId = _lantern, Name = "Lantern Café", IsCustomer = true });
        Books.ContactBook.Paid.Add((_harbour, new PaidPart(true, new(2026, 9, 20), new(2026, 10, 29), 500)));
        Books.ContactBook.Paid.Add((_harbour, new PaidPart(true, new(2025, 10, 20), new(2025, 10, 24), 500)));
        _oldest = Open("INV-1", 18_900, new(2026, 7, 20), _harbour);
        Open("INV-2", 1_100, new(2026, 12, 20), _harbour);
        Open("INV-3", 40_000, new(2026, 11, 1), _lantern);
    }

    private Transaction Open(string number, decimal amount, DateOnly due, Guid contact)
    {
        var document = new Transaction
        {
            Id = Guid.NewGuid(),
            XeroId = Guid.NewGuid(),
            Type = TransactionTypes.Invoice,
            Number = number,
            ContactId = contact,
            Amount = amount,
            BaseAmount = amount,
            Date = due.AddDays(-30),
            DueDate = due,
            Status = "AUTHORISED",
            CurrencyCode = "NZD",
            Direction = Directions.In,
        };
        Books.OpenItems.Items.Add((true, new OpenItem(OpenItemKind.Invoice, document, amount, amount)));
        return document;
    }

    private IRenderedComponent<ListPage> List(string query = "") => Open<ListPage>($"/{Org}/receivables{query}");

    private IRenderedComponent<CustomerPage> Page(string query = "", Guid? contact = null) => Open<CustomerPage>($"/{Org}/receivables/{contact ?? _harbour}{query}", null, (nameof(CustomerPage.ContactId), contact ?? _harbour));

    [Fact]
    public void Who_missed_a_promise_comes_first_with_days_late_its_trend_and_what_comes_next()
    {
        Assert.Equal(["Lantern Café", "Harbour Street"], Names(List()));
        Books.FollowUps.Invoices.Add(new InvoiceFollowUp { InvoiceXeroId = _oldest.XeroId, PromisedDate = new(2026, 11, 19) });
        Books.FollowUps.Actions.Add(new NextAction { ContactId = _lantern, Text = "Call Jo", DueDate = new(2026, 11, 30) });

        var page = List();

        Assert.Equal(["Harbour Street", "Lantern Café"], Names(page));
        Assert.All(["20,000.00", "18,900.00", "123 days", "39 ▲", "Promise missed"], words => Assert.Contains(words, page.FindAll("tbody tr")[0].TextContent, StringComparison.Ordinal));
        Assert.Contains("Call Jo", page.FindAll("tbody tr")[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("18,900.00", page.FindAll(".figures > div")[2].TextContent, StringComparison.Ordinal);
        Assert.Equal(["Harbour Street"], Names(List("?show=missed")));
        Assert.Contains("No customer matches", List("?show=disputed").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_promise_and_a_dispute_are_kept_changed_and_taken_away()
    {
        var page = Page();
        page.Find("[aria-label='Promise, dispute: INV-1']").Click();
        page.Find(".issues input[type=date]").Change("2026-11-27");
        await page.Find(".issues form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("Promised 27 Nov 2026", page.Find("section[aria-label='Open invoices'] tbody tr").TextContent, StringComparison.Ordinal));
        Assert.Equal(new DateOnly(2026, 11, 27), Assert.Single(Books.FollowUps.Invoices).PromisedDate);

        page.Find("[aria-label='Promise, dispute: INV-1']").Click();
        page.Find(".issues input[type=checkbox]").Change(true);
        page.FindAll(".issues input")[2].Change("Wrong roast");
        await page.Find(".issues form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("Dispute: Wrong roast", page.Find("section[aria-label='Open invoices']").TextContent, StringComparison.Ordinal));
        Assert.Contains("Nothing is overdue that is not in dispute", page.Find("section[aria-label=Reminder]").TextContent, StringComparison.Ordinal);

        page.Find("[aria-label='Promise, dispute: INV-1']").Click();
        await page.FindAll(".issues button").First(button => button.TextContent == "Nothing agreed").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Empty(Books.FollowUps.Invoices));
    }

    [Fact]
    public async Task What_another_person_agreed_meanwhile_is_not_written_over()
    {
        var page = Page();
        page.Find("[aria-label='Promise, dispute: INV-1']").Click();
        Books.FollowUps.Invoices.Add(new InvoiceFollowUp { InvoiceXeroId = _oldest.XeroId, PromisedDate = new(2026, 12, 1), UpdatedAt = new DateTime(2026, 11, 20, 9, 0, 0, DateTimeKind.Utc) });
        page.Find(".issues input[type=date]").Change("2026-11-27");
        await page.Find(".issues form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("changed since you read it", page.Markup, StringComparison.Ordinal));
        Assert.Equal(new DateOnly(2026, 12, 1), Books.FollowUps.Invoices[0].PromisedDate);
    }

    [Fact]
    public async Task What_comes_next_is_planned_and_done_and_what_was_said_is_written_down()
    {
        var page = Page();
        page.Find("section[aria-label=Next] input").Change("Call Jo");
        page.Find("section[aria-label=Next] input[type=date]").Change("2026-11-20");
        await page.Find("section[aria-label=Next] form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("Today", page.Find("section[aria-label=Next]").TextContent, StringComparison.Ordinal));
        await page.FindAll("section[aria-label=Next] button")[0].ClickAsync(new());
        page.WaitForAssertion(() => Assert.Empty(Books.FollowUps.Actions));

        page.Find(".notes textarea").Change("Jo pays on Friday");
        await page.Find(".notes form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Jo pays on Friday", page.Find(".notes .text").TextContent));
        Assert.Contains("Ana", page.Find(".notes li").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reminder_is_to_be_copied_or_opened_in_mail_in_three_tones_and_is_sent_by_nobody()
    {
        var page = Page();
        var mail = page.Find("section[aria-label=Reminder] a").GetAttribute("href")!;

        Assert.Equal("final", page.Find("section[aria-label=Reminder] option[selected], section[aria-label=Reminder] select").GetAttribute("value"));
        Assert.StartsWith("mailto:accounts%40harbour.example?subject=", mail, StringComparison.Ordinal);
        Assert.Contains("NZD%2018%2C900.00", mail, StringComparison.Ordinal);
        Assert.Equal("reminder-text", page.Find("[data-copy]").GetAttribute("data-copy"));
        Assert.StartsWith("Hello Harbour Street,", Page("?tone=friendly").Find("#reminder-text").GetAttribute("value"), StringComparison.Ordinal);
        Assert.Contains("sends nothing to a customer", page.Markup, StringComparison.Ordinal);
        Assert.EndsWith($"/receivables/{_harbour:D}/statement.pdf", page.FindAll(".page-head a")[1].GetAttribute("href"), StringComparison.Ordinal);
        Assert.Empty(Mailer.Sent);
    }

    [Fact]
    public void Readers_write_nothing_and_executives_see_totals_only()
    {
        Books.FollowUps.Invoices.Add(new InvoiceFollowUp { InvoiceXeroId = _oldest.XeroId, PromisedDate = new(2026, 11, 19) });
        SignInAs(Roles.ReadOnly);
        Assert.Empty(Page().FindAll("[aria-label^=Promise], .notes textarea, section[aria-label=Next] form"));

        SignInAs(Roles.Executive);
        var list = List();
        Assert.Equal(["Lantern Café", "Harbour Street"], Names(list));
        Assert.Equal(4, list.FindAll("thead th").Count);
        Assert.All(["Promise", "123 days", "missed"], words => Assert.DoesNotContain(words, list.Markup, StringComparison.Ordinal));
        Assert.Contains("/contacts/", list.Find("tbody a").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("Your role", Page().Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("INV-1", Page().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_owed_unknown_and_loading_are_said()
    {
        Assert.Contains("There is nothing here that you may see", Page(contact: Guid.NewGuid()).Markup, StringComparison.Ordinal);
        Books.OpenItems.Items.Clear();
        Books.Company.LedgerVersion++;
        Assert.Contains("Nobody owes anything", List().Markup, StringComparison.Ordinal);
        Assert.Contains("Nothing is open", Page().Markup, StringComparison.Ordinal);
        Books.Company.LedgerVersion++;
        Books.Ledger.Gate = new TaskCompletionSource().Task;
        Assert.NotEmpty(List().FindAll(".bone-row"));
    }

    private static IEnumerable<string> Names(IRenderedComponent<ListPage> page) => page.FindAll("tbody th").Select(name => name.TextContent.Trim());
}
