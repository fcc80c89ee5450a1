using System.Text.RegularExpressions;
using Microsoft.Playwright;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Browser;

/// <summary>What a CFO does on the first day, in a real browser against the real server.</summary>
public sealed partial class RoadTests(RoadFixture road) : IClassFixture<RoadFixture>
{
    private string Org => $"/{road.Organisation}";

    [BrowserFact]
    public async Task The_first_day_from_set_up_to_signing_out()
    {
        Assert.Equal($"{Org}/overview", road.Arrived);
        var page = await road.NewCfoAsync();

        await SeeTheFirstSyncAsync(page);
        await SeeTheOverviewAsync(page);
        await SeeTheTrialBalanceTieAsync(page);
        await UseTheTieOutByKeysAsync(page);
        await FindATransactionAsync(page);
        await FollowAnAccountToADocumentAsync(page);
        await WriteANoteOnAContactAsync(page);
        await SignOutAsync(page);

        Assert.Empty(road.Complaints);
    }

    [BrowserFact]
    public async Task An_unknown_organisation_and_a_foreign_one_are_the_same_page()
    {
        var page = await road.NewCfoAsync();
        foreach (var org in new[] { Guid.NewGuid(), road.Foreign })
        {
            foreach (var name in new[] { "overview", "transactions", "trial-balance", "accounts", "contacts", "sync", $"contacts/{Guid.NewGuid()}", $"transactions/{Guid.NewGuid()}", $"ledger/{Guid.NewGuid()}" })
            {
                await RoadFixture.OpenAsync(page, $"/{org}/{name}");

                await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "There is nothing here that you may see" })).ToBeVisibleAsync();
                await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("Foreign");
            }
        }

        await RoadFixture.OpenAsync(page, $"{Org}/transactions/{Guid.NewGuid()}");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("There is nothing here that you may see");
        Assert.Equal(404, (await page.GotoAsync("/nowhere"))!.Status);
        await RoadFixture.ReadyAsync(page);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("There is nothing here that you may see");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Every_page_is_fit_for_all_eyes_and_widths()
    {
        await road.SyncedAsync();
        var page = await road.NewVisitorAsync();
        foreach (var (name, path) in new[] { ("login", "/account/login"), ("password", "/account/password?code=none"), ("logout", "/account/logout") })
        {
            await RoadFixture.OpenAsync(page, path);
            await Looks.CheckAsync(page, name, road);
        }

        await RoadFixture.OpenAsync(page, "/account/login");
        await RoadFixture.SignInAsync(page);
        foreach (var (name, path) in await PagesAsync(page))
        {
            await RoadFixture.OpenAsync(page, path);
            await Looks.CheckAsync(page, name, road);
        }

        Assert.Empty(road.Complaints);
        await page.Context.CloseAsync();
    }

    private static async Task FollowAnAccountToADocumentAsync(IPage page)
    {
        await page.Locator(".drawer").GetByText("Accounts").ClickAsync();
        await RoadFixture.AtAsync(page, "/accounts$");
        await RoadFixture.ReadyAsync(page);
        var row = page.Locator("tr[data-row]").Filter(new() { HasText = "Power and gas" });
        var balance = await row.Locator(".money").First.GetAttributeAsync("data-n");
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await RoadFixture.AtAsync(page, "/ledger/");
        await RoadFixture.ReadyAsync(page);
        await Assertions.Expect(page.Locator("tr.total .money")).ToHaveAttributeAsync("data-n", balance!);
        await page.Locator("table.grid tbody td a[href*='/transactions/']").First.ClickAsync();
        await RoadFixture.AtAsync(page, "/transactions/[^/?]+$");
        await RoadFixture.ReadyAsync(page);
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Ledger lines of the document" })).ToContainTextAsync("Power and gas");
    }

    private static async Task WriteANoteOnAContactAsync(IPage page)
    {
        await page.Locator(".drawer").GetByText("Contacts").ClickAsync();
        await RoadFixture.AtAsync(page, "/contacts$");
        await RoadFixture.ReadyAsync(page);
        await Assertions.Expect(page.Locator(".figures")).ToContainTextAsync("equals Accounts receivable");
        await page.GetByLabel("Search").FillAsync("Harbour");
        await page.GetByLabel("Search").PressAsync("Enter");
        await RoadFixture.AtAsync(page, "search=Harbour");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = Harbour() }).First.ClickAsync();
        await RoadFixture.AtAsync(page, "/contacts/");
        await RoadFixture.ReadyAsync(page);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("a year ago");
        await page.GetByLabel("New note").FillAsync("Promised to pay on Friday");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add note" }).ClickAsync();
        await Assertions.Expect(page.Locator(".notes .text")).ToHaveTextAsync("Promised to pay on Friday");
        await Assertions.Expect(page.GetByLabel("New note")).ToHaveValueAsync("");
    }

    private async Task<(string Name, string Path)[]> PagesAsync(IPage page)
    {
        await RoadFixture.OpenAsync(page, $"{Org}/contacts?search=Harbour");
        var contact = await page.Locator("table.grid tbody th a").First.GetAttributeAsync("href");
        await RoadFixture.OpenAsync(page, $"{Org}/transactions?status=PAID");
        var transaction = await page.Locator("table.grid tbody th a").First.GetAttributeAsync("href");
        await RoadFixture.OpenAsync(page, $"{Org}/accounts");
        var ledger = await page.Locator("main a[href*='/ledger/']").First.GetAttributeAsync("href");
        return
        [
            ("overview", $"{Org}/overview"), ("transactions", $"{Org}/transactions"), ("transactions-none", $"{Org}/transactions?search=no+such+thing"), ("transaction", transaction!),
            ("trial-balance", $"{Org}/trial-balance?date={LastMonthEnd:yyyy-MM-dd}"), ("trial-balance-before", $"{Org}/trial-balance?date=1999-12-31"), ("accounts", $"{Org}/accounts"), ("ledger", ledger!), ("contacts", $"{Org}/contacts"), ("contact", contact!),
            ("tie-out", $"{Org}/tie-out"), ("tie-out-account", $"{Org}/tie-out?account={ledger![(ledger!.LastIndexOf('/') + 1)..].Split('?')[0]}"), ("currencies", $"{Org}/currencies"), ("tracking", $"{Org}/tracking"), ("sync", $"{Org}/sync"), ("connections", "/connections"), ("not-found", "/nowhere"),
        ];
    }

    private static DateOnly LastMonthEnd
    {
        get
        {
            var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
            return today.AddDays(-today.Day);
        }
    }

    private async Task SeeTheFirstSyncAsync(IPage page)
    {
        await RoadFixture.OpenAsync(page, $"{Org}/sync");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(FirstSync());
        await road.SyncedAsync();
        await Assertions.Expect(page.Locator("section.progress")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".appbar .as-of")).ToContainTextAsync("As of");
    }

    private static async Task SeeTheOverviewAsync(IPage page)
    {
        await page.Locator(".drawer").GetByText("Overview").ClickAsync();
        await RoadFixture.AtAsync(page, "/overview$");
        await RoadFixture.ReadyAsync(page);
        foreach (var tile in new[] { "Cash", "Income", "Net profit", "Owed to us", "We owe" })
        {
            var figures = page.Locator(".tile").Filter(new() { HasText = tile }).First.Locator(".figure");
            await Assertions.Expect(figures.First).ToHaveTextAsync(SomeMoney());
        }

        if (Needs.Pictures is { } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, "overview.png") });
        }
    }

    private static async Task SeeTheTrialBalanceTieAsync(IPage page)
    {
        await page.Locator(".drawer").GetByText("Trial balance").ClickAsync();
        await RoadFixture.AtAsync(page, "/trial-balance$");
        await RoadFixture.ReadyAsync(page);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = PreviousMonth() }).ClickAsync();
        await RoadFixture.AtAsync(page, "/trial-balance\\?date=");
        await RoadFixture.ReadyAsync(page);
        await Assertions.Expect(page.Locator(".page-head .chips")).ToContainTextAsync("Ties to Xero");
        await Assertions.Expect(page.Locator(".page-head .chips")).ToContainTextAsync("Stands on documents");
        await Assertions.Expect(page.Locator(".hero .figures div").Filter(new() { HasText = "Differs from Xero" }).Locator("dd")).ToHaveTextAsync("0.00");
        await Assertions.Expect(page.Locator(".hero .figures div").Filter(new() { HasText = "Unexplained" }).Locator("dd")).ToHaveTextAsync("0.00");
    }

    private async Task UseTheTieOutByKeysAsync(IPage page)
    {
        await page.Locator(".drawer").GetByText("Tie-out").ClickAsync();
        await RoadFixture.AtAsync(page, "/tie-out$");
        await page.Locator(".strip").WaitForAsync();
        await RoadFixture.ReadyAsync(page);
        await page.Locator("h1").ClickAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await RoadFixture.AtAsync(page, "month=");
        await RoadFixture.ReadyAsync(page);
        await page.Keyboard.PressAsync("d");
        await RoadFixture.AtAsync(page, "only=differences");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Only differences" })).ToHaveAttributeAsync("aria-pressed", "true");
        await page.Keyboard.PressAsync("d");
        await RoadFixture.AtAsync(page, "month=[0-9-]+$");
        await page.Locator("[data-row]").First.WaitForAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await RoadFixture.AtAsync(page, "account=");
        await page.Locator(".confirm").WaitForAsync();
        await page.Keyboard.PressAsync("c");
        await Assertions.Expect(page.Locator(".confirm select")).ToBeFocusedAsync();
        await page.Locator(".confirm input").FillAsync("dc");
        Assert.Contains("account=", page.Url, StringComparison.Ordinal);
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Export" }).ClickAsync());
        Assert.Matches("_Tie-out_[0-9-]+_[0-9-]+\\.xlsx$", file.SuggestedFilename);
        foreach (var (org, status) in new[] { (road.Foreign, 404), (Guid.NewGuid(), 404) })
        {
            Assert.Equal(status, (await page.APIRequest.GetAsync($"/{org}/tie-out/export.xlsx", new() { MaxRedirects = 0 })).Status);
        }
    }

    private static async Task FindATransactionAsync(IPage page)
    {
        await page.Locator(".drawer").GetByText("Transactions").ClickAsync();
        await RoadFixture.AtAsync(page, "/transactions$");
        await RoadFixture.ReadyAsync(page);
        await page.GetByLabel("Status").SelectOptionAsync("PAID");
        await RoadFixture.AtAsync(page, "status=PAID$");
        await RoadFixture.ReadyAsync(page);
        var rows = page.Locator("table.grid tbody tr");
        await Assertions.Expect(rows.Filter(new() { HasNotText = "Paid" })).ToHaveCountAsync(0);
        var contact = await page.Locator("table.grid tbody .as-link").First.InnerTextAsync();
        await page.GetByLabel("Search").FillAsync(contact.ToUpperInvariant());
        await page.GetByLabel("Search").PressAsync("Enter");
        await RoadFixture.AtAsync(page, "search=");
        await RoadFixture.ReadyAsync(page);
        await Assertions.Expect(rows.Filter(new() { HasNotText = contact })).ToHaveCountAsync(0);
        await rows.First.Locator("th a").ClickAsync();
        await RoadFixture.AtAsync(page, "/transactions/[^/?]+$");
        await RoadFixture.ReadyAsync(page);
        await Assertions.Expect(page.Locator("dl.facts")).ToContainTextAsync(contact);
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Ledger lines of the document" }).Locator("tr.total")).ToContainTextAsync(Balanced());
    }

    private async Task SignOutAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "You: " }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Sign out");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Sign in");
        await page.GotoAsync($"{Org}/overview");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Sign in");
        Assert.Contains("/account/login?ReturnUrl=", page.Url, StringComparison.Ordinal);
        await RoadFixture.SignInAsync(page);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Overview");
        Assert.EndsWith($"{Org}/overview", page.Url, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [GeneratedRegex("Harbour Street")]
    private static partial Regex Harbour();

    [GeneratedRegex("[0-9]")]
    private static partial Regex SomeMoney();

    [GeneratedRegex("^‹ ")]
    private static partial Regex PreviousMonth();

    [GeneratedRegex("Debit less credit\\s+0\\.00\\s*✓")]
    private static partial Regex Balanced();

    [GeneratedRegex("[Ff]irst sync|Full sync")]
    private static partial Regex FirstSync();
}
