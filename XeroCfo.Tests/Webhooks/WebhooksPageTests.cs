using Bunit;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Webhooks.Deliveries;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Webhooks;

namespace XeroCfo.Tests.Webhooks;

public sealed class WebhooksPageTests : PageTest
{
    [Fact]
    public void Without_webhooks_the_page_says_what_to_do_next()
    {
        var page = OpenPage();

        Assert.Contains("No webhooks yet", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Give the address of a workflow of yours", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Whose_role_does_not_see_webhooks_is_told_so()
    {
        SignInAs(Roles.Standard);

        Assert.Contains("Your role (Standard) does not see this page.", OpenPage().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_endpoint_says_where_it_goes_how_it_fares_and_what_was_sent_to_it()
    {
        var good = Books.Webhooks.Add("sync.failed", "https://n8n.example.com/webhook/7c9e", hook => hook.LastSucceededAt = hook.UpdatedAt);
        Books.Webhooks.Add("*", "https://old.example.com/x", hook => (hook.IsActive, hook.DisabledAt, hook.DisabledBecause) = (false, hook.UpdatedAt, DisabledReasons.Failing));
        Books.Webhooks.Send(good, "sync.failed", DeliveryStatus.Succeeded, (500, null, "Oops"), (204, null, null));

        var page = OpenPage();

        var rows = page.FindAll("table.grid")[0].QuerySelectorAll("tbody tr");
        Assert.Equal(["n8n.example.com", "A sync failed", "✓Arrives"], rows[0].QuerySelectorAll("th, td").Take(3).Select(cell => cell.TextContent.Trim()));
        Assert.Contains("Switched off", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing arrived for three days.", page.Find(".notice").TextContent, StringComparison.Ordinal);
        page.Find("section[aria-label=Deliveries] button[aria-expanded]").Click();
        page.WaitForAssertion(() => Assert.Contains("webhook-id: ", page.Find(".run-details").TextContent, StringComparison.Ordinal));
        Assert.Equal(2, page.FindAll(".run-details ol li").Count);
        Assert.Contains("500", page.FindAll(".run-details ol li")[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Oops", page.FindAll(".run-details ol li")[0].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_webhook_shows_its_secret_once()
    {
        var page = OpenPage();

        page.FindAll("button").Single(button => button.TextContent == "New webhook").Click();
        page.Find("input[type=url]").Change("https://n8n.example.com/webhook/7c9e");
        page.Find("aside select").Change("sync.*");
        await page.Find("aside form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal(FakeWebhooks.Secret, page.Find("#webhook-secret").GetAttribute("value")));
        Assert.Equal(("sync.*", "https://n8n.example.com/webhook/7c9e"), (Books.Webhooks.Webhooks.Single().Event, Books.Webhooks.Webhooks.Single().Url));
        page.FindAll("button").Single(button => button.TextContent == "I have kept it").Click();
        page.WaitForAssertion(() => Assert.DoesNotContain("whsec_", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_that_is_refused_keeps_the_form_and_says_why()
    {
        var page = OpenPage();

        page.FindAll("button").Single(button => button.TextContent == "New webhook").Click();
        page.Find("input[type=url]").Change("http://n8n.example.com/webhook");
        await page.Find("aside form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("url must begin with https://", page.Find(".notice").TextContent, StringComparison.Ordinal));
        Assert.Empty(Books.Webhooks.Webhooks);
        Assert.Equal("http://n8n.example.com/webhook", page.Find("input[type=url]").GetAttribute("value"));
    }

    [Fact]
    public void A_test_and_what_failed_are_sent_by_a_button()
    {
        var hook = Books.Webhooks.Add("*", "https://n8n.example.com/webhook");
        Books.Webhooks.Send(hook, "sync.failed", DeliveryStatus.Failed, (null, DeliveryErrors.NoAnswer, null));
        var page = OpenPage();

        Assert.Contains("No answer", page.Find("section[aria-label=Deliveries]").TextContent, StringComparison.Ordinal);
        page.FindAll("button").Single(button => button.TextContent == "Send all 1 failed again").Click();
        page.WaitForAssertion(() => Assert.Contains("1 are sent again", page.Find("p[role=status]").TextContent, StringComparison.Ordinal));
        page.FindAll("button").Single(button => button.TextContent == "Send a test").Click();
        page.WaitForAssertion(() => Assert.Contains("webhooks.test", page.Find("section[aria-label=Deliveries]").TextContent, StringComparison.Ordinal));
    }

    private IRenderedComponent<WebhooksPage> OpenPage() => Open<WebhooksPage>($"/{Org}/webhooks");
}
