using Bunit;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Shell;
using XeroCfo.Web.Tenants;

namespace XeroCfo.Tests.Tenants;

public sealed class OrganisationsPageTests : PageTest
{
    [Fact]
    public void Each_organisation_that_was_given_has_a_card_and_no_other()
    {
        var page = Render<OrganisationsPage>();

        Assert.Equal(["Tūī & Ash Coffee Roasters Limited"], page.FindAll("h2").Select(name => name.TextContent));
        Assert.Contains("Demo", page.Find(".chip").TextContent, StringComparison.Ordinal);
        Assert.Contains("31 March", page.Markup, StringComparison.Ordinal);
        Assert.Contains("20 Nov 09:15", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_organisation_it_says_whom_to_ask()
    {
        Who.Caller = FakeCaller.Person(Roles.ReadOnly);

        Assert.Contains("Ask an admin", Render<OrganisationsPage>().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_page_leads_to_the_selected_organisation()
    {
        Render<HomePage>();

        Assert.EndsWith($"/{Org:D}/overview", Address.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_organisation_the_first_page_offers_two_ways_to_begin()
    {
        Who.Caller = FakeCaller.Person(Roles.Admin);

        var page = Render<HomePage>();

        Assert.Equal(["Connect Xero", "Look at the demo company"], page.FindAll("h2").Select(head => head.TextContent));
    }
}
