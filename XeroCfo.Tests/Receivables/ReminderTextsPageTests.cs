using Bunit;
using XeroCfo.Domain.Receivables;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Receivables;

namespace XeroCfo.Tests.Receivables;

/// <summary>The page of reminders' texts, as people of each role use it.</summary>
public sealed class ReminderTextsPageTests : PageTest
{
    private IRenderedComponent<ReminderTextsPage> Page() => Open<ReminderTextsPage>($"/{Org}/receivables/reminders");

    [Fact]
    public async Task A_text_is_seen_while_one_types_kept_and_taken_back()
    {
        var page = Page();
        Assert.Equal(["Friendly 1 to 14 days past due", "Firm 15 to 45 days past due", "Final from 46 days past due"], page.FindAll(".card-head h2").Select(head => head.TextContent));
        Assert.True(page.Find("section[aria-label=Firm] button[type=submit]").HasAttribute("disabled"));

        page.Find("section[aria-label=Firm] input").Input("Pay {overdue}");
        page.Find("section[aria-label=Firm] textarea").Input("Dear {customer}");
        Assert.Equal("Dear Harbour Street Café", page.Find("section[aria-label=Firm] .as-written").TextContent);
        await page.Find("section[aria-label=Firm] form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("Your text", page.Find("section[aria-label=Firm]").TextContent, StringComparison.Ordinal));
        Assert.Equal(("Pay {overdue}", "Dear {customer}"), (Books.FollowUps.Texts[0].Subject, Books.FollowUps.Texts[0].Body));

        await page.Find("[aria-label=\"Back to XeroCfo's text: Firm\"]").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Empty(Books.FollowUps.Texts));
        Assert.Equal(Reminders.Usual(ReminderTones.Firm).Body, page.Find("section[aria-label=Firm] textarea").GetAttribute("value"));
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_its_field_and_what_was_typed_stays()
    {
        var page = Page();
        page.Find("section[aria-label=Final] textarea").Input("Dear {custmer}");
        await page.Find("section[aria-label=Final] form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("Line 1, position 6: {custmer} is no field", page.Find("section[aria-label=Final] [role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal("true", page.Find("section[aria-label=Final] textarea").GetAttribute("aria-invalid"));
        Assert.Equal("Dear {custmer}", page.Find("section[aria-label=Final] textarea").GetAttribute("value"));
        Assert.Empty(page.FindAll("section[aria-label=Firm] [role=alert]"));
        Assert.Empty(Books.FollowUps.Texts);
    }

    [Fact]
    public void Who_may_not_change_them_reads_them_executives_are_refused()
    {
        SignInAs(Roles.Standard);
        var page = Page();
        Assert.Empty(page.FindAll("section button"));
        Assert.All(page.FindAll("section textarea"), text => Assert.True(text.HasAttribute("readonly")));
        Assert.Contains("An accountant or an admin changes them", page.Markup, StringComparison.Ordinal);

        SignInAs(Roles.Executive);
        Assert.Contains("Your role", Page().Markup, StringComparison.Ordinal);
    }
}
