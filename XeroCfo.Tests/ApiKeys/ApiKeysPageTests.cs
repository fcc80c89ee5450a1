using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.ApiKeys;

namespace XeroCfo.Tests.ApiKeys;

public sealed class ApiKeysPageTests : AdminPageTest
{
    [Fact]
    public void Until_it_is_known_who_looks_it_shows_that_it_loads()
    {
        StayInLoading();

        Assert.NotEmpty(Render<ApiKeysPage>().FindAll("[role=status][aria-label=Loading]"));
    }

    [Fact]
    public async Task Readers_are_refused_in_words_and_that_is_noted()
    {
        Staff.Role = Roles.ReadOnly;
        SignInAs(Staff);

        Assert.Contains("Your role (ReadOnly) does not see this page.", Render<ApiKeysPage>().Markup, StringComparison.Ordinal);
        await using var db = Database.Open();
        Assert.Contains("ApiKeysPage", (await db.AuditLogs.SingleAsync(entry => entry.Action == "access.refused")).Details, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_key_it_says_what_they_are_for()
    {
        var page = Render<ApiKeysPage>();

        Assert.Contains("No keys yet", page.Find(".empty").TextContent, StringComparison.Ordinal);
        page.Find(".empty button").Click();
        Assert.Equal("New key", page.Find("dialog h2").TextContent);
    }

    [Fact]
    public async Task A_list_says_whose_keys_they_are_how_they_stand_and_what_they_had_better_be_without()
    {
        var staff = await MakeAsync(Staff, "Monitor", [Permissions.SyncRead], DateTime.MaxValue);
        await MakeAsync(Admin, "n8n", [Permissions.LedgerRead, Permissions.UsersRead], Database.Clock.Now.UtcDateTime.AddDays(3));
        await using (var db = Database.Open())
        {
            await db.ApiKeys.Where(key => key.Id == staff).ExecuteUpdateAsync(set => set.SetProperty(key => key.CreatedAt, Database.Clock.Now.UtcDateTime.AddDays(-100)));
        }

        var page = Render<ApiKeysPage>();
        Assert.Equal(["n8n", "Monitor"], page.FindAll("th[scope=row] .as-link").Select(name => name.TextContent));
        Assert.Equal(["!Expires soon", "✓Active"], page.FindAll("td .chip").Select(chip => chip.TextContent));
        Assert.Contains("tom@acme.example", page.Markup, StringComparison.Ordinal);

        page.FindAll(".as-link")[1].Click();
        Assert.Contains("Not used for 90 days: sync:read", page.Find("tr.issues").TextContent, StringComparison.Ordinal);

        SignInAs(Staff);
        Assert.Equal(["Monitor"], Render<ApiKeysPage>().FindAll("th[scope=row] .as-link").Select(name => name.TextContent));
    }

    [Fact]
    public async Task A_new_key_needs_the_password_and_is_shown_once()
    {
        await MakeAsync(Admin, "old", [Permissions.SyncRead], null);
        var page = Render<ApiKeysPage>();
        page.Find(".page-head .btn.primary").Click();
        page.Find("dialog input[placeholder=n8n]").Input("n8n");
        page.Find("button:contains('All that reads')").Click();
        await page.Find("dialog input[type=password]").InputAsync("not it");
        await page.Find("dialog form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("This is not your password.", page.Find("dialog .field-error").TextContent, StringComparison.Ordinal));
        Assert.Equal(1, await CountAsync());

        await page.Find("dialog input[type=password]").InputAsync(Password);
        await page.Find("dialog form").SubmitAsync();

        page.WaitForAssertion(() => Assert.StartsWith("xcfo_k", page.Find("#new-api-key").GetAttribute("value"), StringComparison.Ordinal));
        var secret = page.Find("#new-api-key").GetAttribute("value")!;
        await using var db = Database.Open();
        var key = await db.ApiKeys.SingleAsync(key => key.Name == "n8n");
        Assert.Equal(ApiKeyFormat.Hash(secret), key.KeyHash);
        Assert.Equal(Permissions.All.Where(permission => permission.EndsWith(":read", StringComparison.Ordinal)).Order(StringComparer.Ordinal), key.Permissions);
        Assert.Equal(90, (key.ExpiresAt!.Value - Database.Clock.Now.UtcDateTime).TotalDays);

        page.Find("button:contains('Done')").Click();
        Assert.DoesNotContain(secret, page.Markup, StringComparison.Ordinal);
        Assert.Equal(2, page.FindAll("th[scope=row]").Count);
    }

    [Fact]
    public async Task A_key_is_rotated_and_revoked_with_the_password()
    {
        var id = await MakeAsync(Admin, "n8n", [Permissions.SyncRead], null);
        var page = Render<ApiKeysPage>();

        page.Find("button[aria-label='Rotate n8n']").Click();
        await page.Find("dialog input[type=password]").InputAsync(Password);
        await page.Find("dialog form").SubmitAsync();
        page.WaitForAssertion(() => Assert.NotNull(page.Find("#new-api-key")));
        page.Find("button:contains('Done')").Click();

        page.Find("button[aria-label='Revoke n8n']").Click();
        await page.Find("dialog input[type=password]").InputAsync(Password);
        await page.Find("dialog form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("–Revoked", page.Find("td .chip").TextContent));
        Assert.Empty(page.FindAll("dialog"));
        await using var db = Database.Open();
        Assert.Equal(["apikey.created", "apikey.rotated", "apikey.revoked"], (await db.AuditLogs.Where(entry => entry.Details!.Contains(id.ToString())).OrderBy(entry => entry.Id).ToListAsync()).Select(entry => entry.Action));
    }

    private async Task<Guid> MakeAsync(User owner, string name, string[] permissions, DateTime? expiresAt)
    {
        var end = expiresAt == DateTime.MaxValue ? Database.Clock.Now.UtcDateTime.AddDays(90) : expiresAt;
        var made = await Services.GetRequiredService<ApiKeyService>().CreateAsync(Caller.Command, new ApiKeyWish(owner.Id, name, permissions, null, end), default);
        return made.Value.Key.Id;
    }

    private async Task<int> CountAsync()
    {
        await using var db = Database.Open();
        return await db.ApiKeys.CountAsync();
    }
}
