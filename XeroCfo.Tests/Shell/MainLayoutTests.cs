using Bunit;
using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Shell;

namespace XeroCfo.Tests.Shell;

public sealed class MainLayoutTests : PageTest
{
    private IRenderedComponent<MainLayout> Shell(RenderFragment? body = null)
    {
        Address.NavigateTo($"/{Org}/transactions");
        return Render<MainLayout>(layout => layout.Add(l => l.Body, body ?? (builder => builder.AddContent(0, "the page"))));
    }

    [Fact]
    public void It_has_landmarks_and_marks_when_clicks_are_heard()
    {
        var shell = Shell();

        Assert.Equal("the page", shell.Find("main").TextContent.Trim());
        Assert.Equal("Pages", shell.Find("nav").GetAttribute("aria-label"));
        Assert.Equal("true", shell.Find(".shell").GetAttribute("data-interactive"));
        Assert.EndsWith("#main", shell.Find("a.skip").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_link_carries_the_organisation_of_the_address()
    {
        var links = Shell().FindAll("nav a").Select(link => link.GetAttribute("href")).Except(SitePages.Common(Who.Caller).Select(page => page.Href));

        Assert.All(links, link => Assert.StartsWith($"/{Org:D}/", link, StringComparison.Ordinal));
    }

    [Fact]
    public void Question_mark_lists_the_keys_and_letters_after_g_lead_to_pages()
    {
        var shell = Shell();

        Assert.Equal("keys-help", shell.Find("[aria-keyshortcuts='?']").GetAttribute("popovertarget"));
        Assert.Contains("go to Transactions", shell.Find("#keys-help").TextContent, StringComparison.Ordinal);
        Assert.Equal(["d", "k", "t", "r", "a"], shell.FindAll("nav a[data-go]").Select(link => link.GetAttribute("data-go")));
        Assert.Equal("Control+K", shell.Find(".find-button").GetAttribute("aria-keyshortcuts"));
    }

    [Fact]
    public void Who_may_not_see_the_ledger_gets_links_to_names_and_totals_only()
    {
        SignInAs(Roles.Executive);

        Assert.Equal(["Overview", "KPIs", "Reports", "Budgets", "Receivables", "Tie-out", "Accounts", "Contacts", "Connections"], Shell().FindAll("nav a").Select(link => link.TextContent));
    }

    [Fact]
    public void The_switcher_keeps_the_page_and_selects_the_other_organisation()
    {
        Who.Caller = FakeCaller.Person(Roles.Accountant, Books.Company, Books.Other);
        var shell = Shell();

        shell.FindAll("#menu-organisation .item").Single(item => item.TextContent.Contains("Pōhutukawa", StringComparison.Ordinal)).Click();

        Assert.EndsWith($"/{Books.Other.Id:D}/transactions", Address.Uri, StringComparison.Ordinal);
        Assert.Equal(Books.Other.Id, Books.Tenants.Active);
    }

    [Fact]
    public void The_bar_tells_how_fresh_figures_are()
    {
        Assert.Contains("As of 20 Nov 09:15", string.Join(' ', Shell().Find(".as-of").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_bar_tells_when_a_sync_runs()
    {
        Books.SyncRuns.Runs.Insert(0, new SyncRunDetail(new SyncRun { TenantId = Org, Trigger = SyncTriggers.Manual }, []));
        Assert.Equal("Syncing now", Shell().Find(".as-of").GetAttribute("aria-label"));
    }

    [Fact]
    public void What_a_page_throws_becomes_an_error_id_and_the_shell_lives()
    {
        var shell = Shell(_ => throw new InvalidOperationException("secret detail"));

        Assert.Contains("This page could not be shown", shell.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("secret detail", shell.Markup, StringComparison.Ordinal);
        Assert.NotEmpty(shell.FindAll("nav a"));
    }
}
