using Bunit;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Finding;

namespace XeroCfo.Tests.Finding;

public sealed class FindBoxTests : PageTest
{
    private IRenderedComponent<FindBox> Box(bool anywhere = false) =>
        Render<FindBox>(box => box.Add(b => b.Caller, Who.Caller).Add(b => b.Organisation, anywhere ? null : Books.Company));

    private static async Task<IRenderedComponent<FindBox>> TypeAsync(IRenderedComponent<FindBox> box, string text)
    {
        await box.Find("#find-text").InputAsync(text);
        box.WaitForAssertion(() => Assert.Empty(box.FindAll(".find-list.busy")));
        return box;
    }

    private static List<string?> Hrefs(IRenderedComponent<FindBox> box) => [.. box.FindAll("[role=option]").Select(option => option.GetAttribute("href"))];

    [Fact]
    public void Before_anything_is_typed_it_lists_the_pages()
    {
        var names = Box().FindAll("[role=option] .find-name").Select(name => name.TextContent).ToList();

        Assert.Contains("Overview", names);
        Assert.Contains("Contacts", names);
        Assert.Contains("Connections", names);
    }

    [Fact]
    public async Task An_account_leads_to_its_ledger_and_a_document_to_itself()
    {
        var sales = Books.Account("200");
        var row = Books.Transactions.Transactions.First(row => row.ContactName is not null);

        Assert.Contains($"/{Org:D}/ledger/{sales.AccountId:D}", Hrefs(await TypeAsync(Box(), "200")));
        var found = Hrefs(await TypeAsync(Box(), row.ContactName!));
        Assert.Contains(found, href => href!.StartsWith($"/{Org:D}/transactions/", StringComparison.Ordinal));
        Assert.Equal($"/{Org:D}/transactions?search={Uri.EscapeDataString(row.ContactName!)}", found[^1]);
    }

    [Fact]
    public async Task A_page_is_found_by_what_else_people_call_it() =>
        Assert.Contains($"/{Org:D}/tie-out", Hrefs(await TypeAsync(Box(), "reconcile")));

    [Fact]
    public async Task Who_sees_no_documents_gets_none_and_no_way_to_a_ledger()
    {
        SignInAs(Roles.Executive);

        var hrefs = Hrefs(await TypeAsync(Box(), "200"));

        Assert.Contains($"/{Org:D}/accounts", hrefs);
        Assert.DoesNotContain(hrefs, href => href!.Contains("/ledger/", StringComparison.Ordinal) || href.Contains("/transactions", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_found_says_so_to_eyes_and_ears()
    {
        var box = await TypeAsync(Box(), "zzz no such thing");

        Assert.Contains("Nothing found", box.Find(".find-none").TextContent, StringComparison.Ordinal);
        Assert.Equal("0 found", box.Find("[aria-live]").TextContent);
    }

    [Fact]
    public async Task Without_an_organisation_it_finds_pages_alone() =>
        Assert.Equal(["/connections"], Hrefs(await TypeAsync(Box(anywhere: true), "conn")));

    [Fact]
    public async Task Hidden_pay_is_not_named()
    {
        Books.Transactions.Transactions.Clear();
        var row = Ledger.TransactionSamples.Row(new(Org), -75m);
        row.PayrollHidden = true;
        Books.Transactions.Transactions.Add(row);

        Assert.Contains("Hidden: payroll", (await TypeAsync(Box(), "75.00")).Markup, StringComparison.Ordinal);
    }
}
