using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Tenants;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Audit;

namespace XeroCfo.Tests.Audit;

public sealed class AuditPageTests : AdminPageTest
{
    private NavigationManager Address => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void Until_it_is_known_who_looks_it_shows_that_it_loads()
    {
        StayInLoading();

        Assert.NotEmpty(Render<AuditPage>().FindAll("[role=status][aria-label=Loading]"));
    }

    [Fact]
    public void Who_is_no_admin_is_refused_in_words()
    {
        SignInAs(Staff);

        Assert.Contains("Your role (Standard) does not see this page.", Render<AuditPage>().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_matches_it_says_so()
    {
        Address.NavigateTo("/audit?action=rule.deleted");

        Assert.Contains("No entries match", Render<AuditPage>().Find(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_tell_who_did_what_where_and_unfold_to_before_and_after()
    {
        await WriteAsync("rule.updated", Acme.Id);
        await WriteAsync("rule.updated", Foreign.Id);

        var page = Render<AuditPage>();

        var row = page.Find("table.audit tbody tr");
        Assert.Single(page.FindAll("table.audit tbody tr"));
        Assert.Contains("Rule updated", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("ana@acme.example", row.TextContent, StringComparison.Ordinal);
        Assert.Contains(Acme.Name, row.TextContent, StringComparison.Ordinal);
        row.QuerySelector("button")!.Click();
        Assert.Equal(["aws*", "5 ●"], page.FindAll(".audit-facts section:nth-child(2) dd").Select(value => value.TextContent));
        Assert.Equal(["Before", "After", "About", "Where it came from"], page.FindAll(".audit-facts h3").Select(head => head.TextContent));
    }

    [Fact]
    public async Task Filters_live_in_the_address_and_the_files_follow_them()
    {
        await WriteAsync("rule.updated", Acme.Id);
        await WriteAsync("budget.created", null);
        var page = Render<AuditPage>();
        Assert.Equal(2, page.FindAll("table.audit tbody tr").Count);

        await page.Find(".filters select").ChangeAsync(new ChangeEventArgs { Value = "budget.created" });

        page.WaitForAssertion(() => Assert.Single(page.FindAll("table.audit tbody tr")));
        Assert.EndsWith("/audit?action=budget.created", Address.Uri, StringComparison.Ordinal);
        Assert.Equal(["/audit/export.csv?action=budget.created", "/audit/export.xlsx?action=budget.created"], page.FindAll(".head-actions a").Select(link => link.GetAttribute("href")));
    }

    private Task WriteAsync(string action, Guid? tenant) => Services.GetRequiredService<IAuditTrail>().NoteAsync(
        CallerOf(Admin), tenant is { } id ? new TenantId(id) : null, action, new { ruleId = 7, before = new { pattern = "aws*", priority = 0 }, after = new { pattern = "aws*", priority = 5 } }, default);
}
