using Bunit;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Sync;

namespace XeroCfo.Tests.Sync;

public sealed class SyncPageTests : PageTest
{
    private IRenderedComponent<SyncPage> Page() => Open<SyncPage>($"/{Org}/sync");

    [Fact]
    public void The_history_tells_how_each_run_ended()
    {
        var page = Page();

        Assert.Equal(["Done with 1 issue", "Done", "Failed", "Done"], page.FindAll("tbody .chip").Select(chip => chip.TextContent[1..]));
        Assert.Equal("142", page.FindAll("tbody tr")[3].Children[3].TextContent);
    }

    [Fact]
    public void A_run_unfolds_to_its_issues_and_the_months_that_moved()
    {
        var page = Page();

        page.Find("tbody button").Click();

        Assert.Contains("Line 2 names account 998", page.Find(".run-details").TextContent, StringComparison.Ordinal);
        Assert.Contains("2026-09", page.Find(".run-details").TextContent, StringComparison.Ordinal);
        Assert.Contains("Wholesale sales", page.Find(".run-details").TextContent, StringComparison.Ordinal);
        Assert.Contains("1,200.00", page.Find(".run-details").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Sync_now_asks_once_and_shows_the_run()
    {
        var page = Page();

        page.Find(".btn.primary").Click();

        page.WaitForAssertion(() => Assert.Contains("waiting to start", page.Find(".card.progress").TextContent, StringComparison.Ordinal));
        Assert.True(page.Find(".btn.primary").HasAttribute("disabled"));
        Assert.False(Books.SyncRuns.Runs[0].Run.Full);
    }

    [Fact]
    public void A_running_sync_shows_how_far_it_is_and_moves_on_by_itself()
    {
        var run = SampleRuns.Start(Books);
        var page = Page();
        Assert.Equal("53", page.Find("[role=progressbar]").GetAttribute("aria-valuenow"));

        (run.Status, run.FinishedAt) = (SyncStatus.Succeeded, run.StartedAt);

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".card.progress")), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Cancel_asks_the_run_to_stop()
    {
        var run = SampleRuns.Start(Books);
        var page = Page();

        page.Find(".card.progress .btn").Click();

        Assert.True(run.CancelRequested);
        Assert.Contains("stopping", page.Find(".card.progress h2").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_may_only_read_sees_no_buttons()
    {
        SignInAs(Roles.ReadOnly);

        var page = Page();

        Assert.Empty(page.FindAll(".page-head button"));
        Assert.Contains("sees syncs but does not start them", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_executive_is_refused_in_words()
    {
        SignInAs(Roles.Executive);
        Assert.Contains("Your role (Executive)", Page().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void It_shows_bones_while_it_loads()
    {
        Books.SyncRuns.Gate = new TaskCompletionSource().Task;

        Assert.NotEmpty(Page().FindAll(".bone-row"));
    }

    [Fact]
    public void Before_the_first_one_it_tells_what_a_sync_does()
    {
        Use(new SampleBooks(filled: false));
        Assert.Contains("No sync yet", Page().Markup, StringComparison.Ordinal);
    }
}
