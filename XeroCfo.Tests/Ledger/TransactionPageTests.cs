using Bunit;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Ledger;

namespace XeroCfo.Tests.Ledger;

public sealed class TransactionPageTests : PageTest
{
    private IRenderedComponent<TransactionPage> Page(Guid id) => Open<TransactionPage>($"/{Org}/transactions/{id}", null, (nameof(TransactionPage.Id), id));

    private Transaction Paid => Books.Transactions.Transactions.First(row => row is { Type: TransactionTypes.Invoice, Status: "PAID" });

    [Fact]
    public void It_shows_the_document_what_settled_it_and_what_it_did_to_the_books()
    {
        var page = Page(Paid.Id);

        Assert.Contains(Paid.Number!, page.Find("h1").TextContent, StringComparison.Ordinal);
        Assert.Contains("Settled with", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Debit less credit 0.00✓", string.Concat(page.FindAll("tr.total th").Select(cell => cell.TextContent)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_settled_it_is_named_and_linked()
    {
        var payment = Books.Transactions.Details[Paid.Id].Allocations.Single().Other!;

        var row = Page(Paid.Id).Find("[aria-label='What settled the document'] tbody tr");

        Assert.EndsWith($"/transactions/{payment.Id}", row.QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains($"Payment {Paid.Number}", row.TextContent, StringComparison.Ordinal);
        Assert.Contains(Paid.ContactName!, row.TextContent, StringComparison.Ordinal);
        Assert.Contains("It settles this one", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Foreign_amounts_stand_beside_those_of_the_books()
    {
        var line = Books.Transactions.Details[Paid.Id].LedgerLines[0].Line;
        (line.ForeignAmount, line.CurrencyCode) = (71.5m, "USD");

        Assert.Contains("USD71.50", Page(Paid.Id).Find("[aria-label='Ledger lines of the document']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_link_into_xero_opens_apart_and_tells_nothing()
    {
        var link = Page(Paid.Id).FindAll("a").Single(a => a.TextContent.StartsWith("Open in Xero", StringComparison.Ordinal));

        Assert.Equal("noopener noreferrer", link.GetAttribute("rel"));
        Assert.StartsWith("https://go.xero.com/", link.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_Xero_keeps_with_it_are_told_and_lead_there()
    {
        Assert.DoesNotContain("ttachments", Page(Paid.Id).Markup, StringComparison.Ordinal);
        Books.Transactions.Details[Paid.Id] = Books.Transactions.Details[Paid.Id] with { HasAttachments = true };

        var link = Page(Paid.Id).FindAll("a").Single(a => a.TextContent == "Has attachments ↗");

        Assert.Equal(Books.Transactions.Details[Paid.Id].XeroUrl, link.GetAttribute("href"));
    }

    [Fact]
    public void An_address_that_is_not_http_never_becomes_a_link()
    {
        Books.Transactions.Details[Paid.Id] = Books.Transactions.Details[Paid.Id] with { XeroUrl = "javascript:alert(1)" };

        Assert.DoesNotContain("Open in Xero", Page(Paid.Id).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_draft_says_why_it_has_no_ledger_lines()
    {
        var draft = Books.Transactions.Transactions.First(row => row.Status == "DRAFT");

        Assert.Contains("it is not approved yet", Page(draft.Id).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_one_is_nothing_that_one_may_see()
    {
        Assert.Contains("There is nothing here that you may see", Page(Guid.NewGuid()).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_executive_is_refused_in_words()
    {
        SignInAs(Roles.Executive);

        Assert.Contains("Ask an admin", Page(Paid.Id).Markup, StringComparison.Ordinal);
    }
}
