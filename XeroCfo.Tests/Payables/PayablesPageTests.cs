using Bunit;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Payables;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Payables;

namespace XeroCfo.Tests.Payables;

/// <summary>What to look at before paying, as people of each role see it.</summary>
public sealed class PayablesPageTests : PageTest
{
    private readonly Guid _packaging = Guid.NewGuid();
    private readonly Transaction _twice;

    public PayablesPageTests()
    {
        _twice = Open("SP-20418", 7_475, new(2026, 11, 18));
        Open("KP-9", 2_350, new(2026, 11, 22));
        Open("BEANS", 50_000, new(2027, 1, 20));
        Books.FollowUps.Documents.Add(new SupplierDocument(_twice.Id, _twice.XeroId, true, _packaging, "Southern Packaging", "SP-20418", new(2026, 11, 4), 7_475, "NZD", 7_475, true));
        Books.FollowUps.Documents.Add(new SupplierDocument(Guid.CreateVersion7(), Guid.NewGuid(), true, _packaging, "Southern Packaging", "SP20418", new(2026, 11, 7), 7_475, "NZD", 7_475, true));
        for (var month = 3; month < 10; month++)
        {
            Books.FollowUps.Documents.Add(new SupplierDocument(Guid.NewGuid(), Guid.NewGuid(), true, _kahu, "Kahu Power", $"KP-{month}", new(2026, month, 9), 2_350, "NZD", 2_350, false));
        }
    }

    private readonly Guid _kahu = Guid.NewGuid();

    private Transaction Open(string number, decimal amount, DateOnly due)
    {
        var document = new Transaction
        {
            Id = Guid.NewGuid(),
            XeroId = Guid.NewGuid(),
            Type = TransactionTypes.Bill,
            Number = number,
            ContactId = _packaging,
            ContactName = "Southern Packaging",
            Amount = amount,
            BaseAmount = -amount,
            Date = due.AddDays(-30),
            DueDate = due,
            Status = "AUTHORISED",
            CurrencyCode = "NZD",
            Direction = Directions.Out,
        };
        Books.OpenItems.Items.Add((false, new OpenItem(OpenItemKind.Invoice, document, -amount, -amount)));
        return document;
    }

    private IRenderedComponent<PayablesPage> Page(string query = "") => Open<PayablesPage>($"/{Org}/payables{query}");

    [Fact]
    public void Look_alikes_and_missing_bills_come_before_what_paying_leaves()
    {
        var page = Page();

        Assert.Equal(["Look alike", "Usual bills missing", "What paying leaves", "Bills to pay"], page.FindAll("section").Select(section => section.GetAttribute("aria-label")));
        Assert.All(["Not paid yet", "Southern Packaging", "SP-20418", "SP20418", "7,475.00"], words => Assert.Contains(words, page.Find("#look-alikes li").TextContent, StringComparison.Ordinal));
        Assert.All(["Kahu Power: none in October 2026", "day 9", "2,350.00"], words => Assert.Contains(words, page.Find("#missing li").TextContent, StringComparison.Ordinal));
        var steps = page.FindAll("section[aria-label='What paying leaves'] tbody tr").Select(row => row.TextContent).ToList();
        Assert.Contains("7,475.00", steps[1], StringComparison.Ordinal);
        Assert.Contains("This week, to 22 Nov 2026", steps[2], StringComparison.Ordinal);
        Assert.Equal(3, page.FindAll("section[aria-label='Bills to pay'] tbody tr").Count);
        Assert.Single(Page("?due=later").FindAll("section[aria-label='Bills to pay'] tbody tr"));
    }

    [Fact]
    public async Task A_bill_is_held_with_its_reason_counts_in_no_step_and_is_released()
    {
        var page = Page();
        page.Find("[aria-label='Hold SP-20418 of Southern Packaging']").Click();
        page.Find(".issues input").Change("Entered twice?");
        await page.Find(".issues form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("Entered twice?", page.Find("section[aria-label='Bills to pay'] tbody tr").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("7,475.00", page.FindAll("section[aria-label='What paying leaves'] tbody tr")[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("of 1 bill on hold", page.Find("section[aria-label='What paying leaves'] p").TextContent, StringComparison.Ordinal);
        Assert.Single(Page("?due=hold").FindAll("section[aria-label='Bills to pay'] tbody tr"));

        await page.Find("[aria-label='Release SP-20418 of Southern Packaging']").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Empty(Books.FollowUps.Holds));
    }

    [Fact]
    public async Task Different_ones_are_not_told_again()
    {
        var page = Page();

        await page.Find("#look-alikes button").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("#look-alikes")));
        Assert.Single(Books.FollowUps.Cleared);
    }

    [Fact]
    public async Task A_usual_bill_is_dismissed_and_taken_back()
    {
        var page = Page();
        await page.Find("[aria-label='Not this month, October 2026: Kahu Power']").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("Kahu Power: not in October 2026", page.Find("#missing details").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("#missing [aria-label^='Not ']"));

        await page.Find("[aria-label='Expect again: Kahu Power']").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("#missing details")));
        await page.Find("[aria-label='Not any more: Kahu Power']").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("Kahu Power: not any more", page.Find("#missing details").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Readers_hold_nothing_executives_are_refused_and_emptiness_and_loading_are_said()
    {
        SignInAs(Roles.ReadOnly);
        Assert.Empty(Page().FindAll("section button"));

        SignInAs(Roles.Executive);
        Assert.Contains("Your role", Page().Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Packaging", Page().Markup, StringComparison.Ordinal);

        SignInAs(Roles.Accountant);
        Books.OpenItems.Items.Clear();
        Books.FollowUps.Documents.Clear();
        Books.Company.LedgerVersion++;
        Assert.Contains("Nothing to pay", Page().Markup, StringComparison.Ordinal);
        Books.Company.LedgerVersion++;
        Books.Ledger.Gate = new TaskCompletionSource().Task;
        Assert.NotEmpty(Page().FindAll(".bone-row"));
    }
}
