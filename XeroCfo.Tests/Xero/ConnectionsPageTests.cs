using Bunit;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero.Consents;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Shell;
using XeroCfo.Web.Sync;
using XeroCfo.Web.Xero;

namespace XeroCfo.Tests.Xero;

public sealed class ConnectionsPageTests : PageTest
{
    private static readonly DateTime Now = new(2026, 11, 20, 9, 30, 0, DateTimeKind.Utc);
    private static readonly DateTime Consented = new(2026, 11, 3, 8, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Each_organisation_that_was_given_has_a_card_and_no_other()
    {
        var page = Render<ConnectionsPage>();

        Assert.Equal(["Tūī & Ash Coffee Roasters Limited"], page.FindAll("h2").Select(name => name.TextContent));
        Assert.Contains("Demo", page.Find(".chip").TextContent, StringComparison.Ordinal);
        Assert.Contains("31 March", page.Markup, StringComparison.Ordinal);
        Assert.Contains("20 Nov 09:15", page.Markup, StringComparison.Ordinal);
        Assert.Contains("5,612", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_organisation_it_says_whom_to_ask_or_offers_two_ways_to_begin()
    {
        Who.Caller = FakeCaller.Person(Roles.ReadOnly);
        Assert.Contains("Ask an admin", Render<ConnectionsPage>().Markup, StringComparison.Ordinal);

        Who.Caller = FakeCaller.Person(Roles.Admin);
        var page = Render<ConnectionsPage>();
        Assert.Equal(["Connect Xero", "Try the demo company"], page.FindAll("h2").Select(head => head.TextContent));
        Assert.Equal("/xero/connect", page.Find("a.btn.primary").GetAttribute("href"));
        Assert.Equal("_top", page.Find("a.btn.primary").GetAttribute("target"));
    }

    [Fact]
    public void Without_a_Xero_app_the_way_leads_to_the_steps()
    {
        Xero.ClientId = null;

        Assert.Equal("/connections/steps", Render<ConnectionsPage>().Find("a.btn.primary").GetAttribute("href"));
    }

    [Theory]
    [InlineData(Roles.Executive, false, false)]
    [InlineData(Roles.ReadOnly, false, false)]
    [InlineData(Roles.Standard, true, false)]
    [InlineData(Roles.Accountant, true, true)]
    public void A_role_sees_what_it_may_do(string role, bool syncs, bool connects)
    {
        Books.Company.Connection = ConnectionStatus.Connected;
        Books.Calls.Left = 700;
        Books.Connections.Consents.Add(new ConsentFacts(Guid.NewGuid(), "tom@acme.example", Consented, XeroScopes.Read("offline_access accounting.settings.read"), null));
        SignInAs(role);

        var page = Render<ConnectionsPage>();

        Assert.Equal(syncs, page.Markup.Contains("Sync now", StringComparison.Ordinal));
        Assert.Equal(connects, page.Markup.Contains("Disconnect…", StringComparison.Ordinal));
        Assert.Equal(connects, page.Markup.Contains("Calls to Xero today: 200 of 900", StringComparison.Ordinal));
        Assert.Equal(connects, page.Markup.Contains("tom@acme.example", StringComparison.Ordinal));
        Assert.Contains("Data as of", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_missing_permission_costs_is_said()
    {
        Books.Company.Connection = ConnectionStatus.Connected;
        Books.Connections.Consents.Add(new ConsentFacts(Guid.NewGuid(), "tom@acme.example", Consented, [.. XeroScopes.All.Select(scope => scope.Name).Where(name => name != "accounting.budgets.read")], null));

        var page = Render<ConnectionsPage>();

        Assert.Contains("1 missing", page.Find("summary:contains('permission')").TextContent, StringComparison.Ordinal);
        Assert.Contains("no budgets from Xero", page.Find("tr:contains('accounting.budgets.read')").TextContent, StringComparison.Ordinal);
        Assert.Contains("Granted", page.Find("tr:contains('accounting.invoices.read')").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_consent_that_ended_says_so_and_how_to_go_on()
    {
        (Books.Company.Connection, Books.Company.ConnectionDetail) = (ConnectionStatus.NeedsReconnect, "Xero has ended the consent.");

        var page = Render<ConnectionsPage>();
        Assert.Contains("Reconnect needed", page.Find(".chip").TextContent, StringComparison.Ordinal);
        Assert.Contains("Xero has ended the consent.", page.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.Equal("/xero/connect", page.Find(".notice a.btn").GetAttribute("href"));

        SignInAs(Roles.Standard);
        Assert.Contains("An admin or accountant can reconnect", Render<ConnectionsPage>().Find(".notice").TextContent, StringComparison.Ordinal);
        Books.Tenants.Connectors = ["Ana", "Kiri", "Tom"];
        Assert.Contains("Ana, Kiri or Tom can reconnect.", Render<ConnectionsPage>().Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.Contains("Ana, Kiri or Tom can reconnect.", Open<SyncPage>($"/{Org}/sync").Find(".notice").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_page_of_an_organisation_that_waits_for_a_person_has_the_bar()
    {
        (Books.Company.Connection, Books.Company.ConnectionDetail) = (ConnectionStatus.NeedsReconnect, "The consent was withdrawn.");

        var notice = Open<SyncPage>($"/{Org}/sync").Find(".notice");

        Assert.Contains("Xero stopped answering for Tūī & Ash", notice.TextContent, StringComparison.Ordinal);
        Assert.Contains("The consent was withdrawn.", notice.TextContent, StringComparison.Ordinal);
        Assert.Equal("/xero/connect", notice.QuerySelector("a.btn")!.GetAttribute("href"));
    }

    [Fact]
    public void Deleting_wants_the_name_typed_and_keeping_does_not()
    {
        Books.Company.Connection = ConnectionStatus.Connected;
        var page = Render<ConnectionsPage>();
        page.FindAll(".disconnect input[type=radio]")[1].Change("on");
        page.WaitForAssertion(() => Assert.Contains("5,612 documents, 14 reports, 31 rules", page.Find(".disconnect").TextContent, StringComparison.Ordinal));
        page.Find(".disconnect button").Click();
        page.WaitForAssertion(() => Assert.Contains("type the organisation's name", page.Find(".field-error").TextContent, StringComparison.Ordinal));
        Assert.Contains(Books.Company, Books.Tenants.Organisations);

        page.Find(".disconnect input[type=text]").Input(Books.Company.Name);
        page.Find(".disconnect button").Click();
        page.WaitForAssertion(() => Assert.DoesNotContain(Books.Company, Books.Tenants.Organisations));
    }

    [Fact]
    public void When_Xero_cannot_be_told_the_organisation_stays_connected()
    {
        Books.Company.Connection = ConnectionStatus.Connected;
        Books.Connections.LeavingFails = IdentityProblems.Unclear;
        var page = Render<ConnectionsPage>();

        page.Find(".disconnect button").Click();
        page.WaitForAssertion(() => Assert.Contains("did not answer", page.Find(".field-error").TextContent, StringComparison.Ordinal));
        Assert.Equal(ConnectionStatus.Connected, Books.Company.Connection);

        Books.Connections.LeavingFails = null;
        page.Find(".disconnect button").Click();
        page.WaitForAssertion(() => Assert.Equal(ConnectionStatus.Disconnected, Books.Company.Connection));
    }

    [Fact]
    public void What_is_hidden_can_be_shown_again()
    {
        var page = Render<ConnectionsPage>();
        page.Find("button:contains('Hide from my lists')").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".card.connection")));

        page.Find("button:contains('again')").Click();
        page.WaitForAssertion(() => Assert.Single(page.FindAll(".card.connection")));
    }

    [Fact]
    public void A_day_without_calls_left_says_when_it_goes_on()
    {
        Books.Company.Connection = ConnectionStatus.Connected;
        var until = new DateTime(2026, 11, 21, 12, 0, 0, DateTimeKind.Utc);
        Books.SyncRuns.Runs.Insert(0, new SyncRunDetail(new SyncRun { TenantId = Org, Trigger = SyncTriggers.Schedule, Status = SyncStatus.Queued, WaitUntil = until, Step = SyncRun.WaitingUntil(until) }, []));

        var page = Render<ConnectionsPage>();

        Assert.Contains("calls of today are used up", page.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.Equal("2026-11-21T12:00:00Z", page.Find(".notice time").GetAttribute("datetime"));
    }

    [Fact]
    public void The_next_sync_comes_after_the_last_look_whatever_notices_came_since()
    {
        Books.Company.Connection = ConnectionStatus.Connected;
        Books.SyncRuns.Runs[0].Run.CreatedAt = Now.AddMinutes(-50);
        Books.SyncRuns.Runs.Insert(0, new SyncRunDetail(new SyncRun { TenantId = Org, Trigger = SyncTriggers.Notice, Status = SyncStatus.Succeeded, CreatedAt = Now.AddMinutes(-5) }, []));

        var page = Render<ConnectionsPage>();

        Assert.Equal("2026-11-20T09:40:00Z", page.Find("dt:contains('Next sync') + dd time").GetAttribute("datetime"));
    }

    [Fact]
    public void The_steps_know_how_far_one_is()
    {
        Xero.ClientId = null;
        var page = Render<ConnectStepsPage>();
        Assert.Equal("Your Xero app", page.Find("li.now h2").TextContent);
        Assert.EndsWith("/xero/callback", page.Find("#redirect-address").GetAttribute("value"), StringComparison.Ordinal);

        Xero.ClientId = "client";
        Assert.Equal("Choose organisations", Render<ConnectStepsPage>().Find("li.now h2").TextContent);
        (Books.Company.Connection, Books.Company.DataAsOf) = (ConnectionStatus.Connected, null);
        Assert.Equal("First sync", Render<ConnectStepsPage>().Find("li.now h2").TextContent);
        Books.Company.DataAsOf = Consented;
        var synced = Render<ConnectStepsPage>();
        Assert.Contains(synced.Find("li.now h2").TextContent, new[] { "Confirm tags", "Does it tie to Xero?" });
        synced.WaitForAssertion(() => Assert.Contains("at 31 Oct 2026", synced.FindAll("ol.steps > li")[4].TextContent, StringComparison.Ordinal));
        SignInAs(Roles.Standard);
        Assert.Contains("does not see this page", Render<ConnectStepsPage>().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Whether_Xero_knows_the_app_can_be_tested()
    {
        var page = Render<ConnectStepsPage>();
        page.Find("button:contains('Test')").Click();
        page.WaitForAssertion(() => Assert.Contains("Xero knows this app", page.Markup, StringComparison.Ordinal));

        Books.Connections.AppFails = IdentityProblems.AppRefused;
        page.Find("button:contains('Test')").Click();
        page.WaitForAssertion(() => Assert.Contains("does not accept this installation's app", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void The_history_unfolds_in_the_card_and_a_record_can_be_tried_again()
    {
        Books.SyncRuns.Runs[0].Issues[0].XeroId = "0ba06644-8223-46c2-a213-619bdb646bd9";
        var page = Render<ConnectionsPage>();
        Assert.Contains("ended with 1 issue", page.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.Equal("h", page.Find("button:contains('History')").GetAttribute("aria-keyshortcuts"));
        Assert.Equal("s", page.Find("button:contains('Sync now')").GetAttribute("aria-keyshortcuts"));

        page.Find("button:contains('History')").Click();
        page.WaitForAssertion(() => Assert.Contains("Sep 2026 Wholesale sales 1,200.00", page.Find(".card.connection table").TextContent, StringComparison.Ordinal));
        page.Find(".card.connection tbody button").Click();
        page.WaitForAssertion(() => Assert.Contains("Line 2 names account 998", page.Find(".run-details").TextContent, StringComparison.Ordinal));
        page.Find("button:contains('Try this record again')").Click();

        page.WaitForAssertion(() => Assert.Equal([("Invoice", Guid.Parse("0ba06644-8223-46c2-a213-619bdb646bd9"))], Books.Notices.Marked));
        Assert.Equal(SyncTriggers.Notice, Books.SyncRuns.Runs[0].Run.Trigger);
    }

    [Fact]
    public void A_running_sync_shows_its_steps_who_began_it_and_how_long_it_will_take()
    {
        var run = SampleRuns.Start(Books);
        (run.Step, run.StartedAt) = ("Invoices and bills", Now.AddSeconds(-20));
        Books.SyncRuns.Runs[0] = Books.SyncRuns.Runs[0] with { By = "Ana" };

        var page = Render<ConnectionsPage>();

        var steps = page.FindAll(".sync-steps li");
        Assert.Equal(16, steps.Count);
        Assert.Equal(["done", "done", "now"], steps.Take(3).Select(step => step.ClassName));
        Assert.Contains("1,300 of 2,412 · 4 new · 11 changed", steps[2].TextContent, StringComparison.Ordinal);
        var card = page.Find(".card.progress").TextContent;
        Assert.Contains("Ana started it 20 s ago", card, StringComparison.Ordinal);
        Assert.Contains("left", card, StringComparison.Ordinal);
        Assert.Contains("Syncing 15 %", page.Find(".chip").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_demos_days_are_moved_by_those_who_may_connect()
    {
        var page = Render<ConnectionsPage>();
        Assert.Contains("18 Nov 2026", page.Find(".demo-days").TextContent, StringComparison.Ordinal);
        Assert.Contains("Remove the demo", page.Find("details:last-of-type summary:contains('demo')").TextContent, StringComparison.Ordinal);

        page.Find("button:contains('Add a day')").Click();
        page.WaitForAssertion(() => Assert.Contains("a day ahead of the calendar", page.Find(".demo-days").TextContent, StringComparison.Ordinal));
        page.Find("button:contains('Start the demo afresh')").Click();
        page.WaitForAssertion(() => Assert.Equal(0, Books.Company.DaysAhead));

        SignInAs(Roles.Standard);
        Assert.Empty(Render<ConnectionsPage>().FindAll(".demo-days"));
    }

    [Fact]
    public void Calls_that_run_short_say_how_far_apart_syncs_come()
    {
        Books.Company.Connection = ConnectionStatus.Connected;
        Books.Calls.Left = 100;
        Books.Calls.RenewsAt = Now.AddHours(12);

        var meter = Render<ConnectionsPage>().Find(".stack").TextContent;

        Assert.Contains("50 of them kept for the nightly check", meter, StringComparison.Ordinal);
        Assert.Contains("In the last minute: 3 of 55", meter, StringComparison.Ordinal);
        Assert.Contains("scheduled syncs slow to one every 6 h", meter, StringComparison.Ordinal);
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
