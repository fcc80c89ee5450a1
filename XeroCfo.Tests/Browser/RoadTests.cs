using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Shared;

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
        await CategoriseAllByKeysAsync(page);
        await FollowAnAccountToADocumentAsync(page);
        await WriteANoteOnAContactAsync(page);
        await SignOutAsync(page);

        Assert.True(road.Complaints.Count == 0, string.Join('\n', road.Complaints));
    }

    [BrowserFact]
    public async Task An_unknown_organisation_and_a_foreign_one_are_the_same_page()
    {
        var page = await road.NewCfoAsync();
        foreach (var org in new[] { Guid.NewGuid(), road.Foreign })
        {
            foreach (var name in new[] { "overview", "transactions", "trial-balance", "reports", "reports/profit-loss", $"reports/{Guid.NewGuid()}", "accounts", "contacts", $"contacts/{Guid.NewGuid()}", "categories", $"categories/{Guid.NewGuid()}", "rules", "tie-out", "currencies", "tracking", "sync", $"transactions/{Guid.NewGuid()}", $"ledger/{Guid.NewGuid()}" })
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
    public async Task One_box_finds_everything_by_keys_alone()
    {
        await road.SyncedAsync();
        var page = await road.NewCfoAsync();
        await page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(page.Locator("#find-text")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("trial");
        await page.Keyboard.PressAsync("Enter");
        await RoadFixture.AtAsync(page, "/trial-balance$");

        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("harbour");
        var contact = page.Locator("#find [role=group][aria-label=Contacts] [role=option]").First;
        await Assertions.Expect(contact).ToContainTextAsync("Harbour");
        await Looks.CheckAsync(page, "find", road);
        for (var press = 0; press < 40 && await contact.GetAttributeAsync("aria-selected") != "true"; press++)
        {
            await page.Keyboard.PressAsync("ArrowDown");
        }

        await Assertions.Expect(contact).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("Enter");
        await RoadFixture.AtAsync(page, "/contacts/[^/?]+$");
        await RoadFixture.ReadyAsync(page);
        await Assertions.Expect(page.Locator("#find")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Harbour");
        Assert.True(road.Complaints.Count == 0, string.Join('\n', road.Complaints));
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Every_page_is_fit_for_all_eyes_and_widths()
    {
        await road.SyncedAsync();
        var page = await road.NewVisitorAsync();
        foreach (var (name, path) in new[] { ("login", "/account/login"), ("passkey", "/account/passkey"), ("password", "/account/password?code=none"), ("logout", "/account/logout") })
        {
            await RoadFixture.OpenAsync(page, path);
            await Looks.CheckAsync(page, name, road);
        }

        await RoadFixture.OpenAsync(page, "/account/login");
        await RoadFixture.SignInAsync(page);
        Assert.Contains($"would show error id {await page.Locator("#blazor-error-ui strong").TextContentAsync()}", road.Log, StringComparison.Ordinal);
        foreach (var (name, path) in await RoadPages.AllAsync(page, Org))
        {
            await RoadFixture.OpenAsync(page, path);
            await Looks.CheckAsync(page, name, road);
        }

        Assert.True(road.Complaints.Count == 0, string.Join('\n', road.Complaints));
        await page.Context.CloseAsync();
    }

    private static async Task FollowAnAccountToADocumentAsync(IPage page)
    {
        await page.Locator(".drawer > a").GetByText("Accounts").ClickAsync();
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
        await page.Locator(".drawer > a").GetByText("Contacts").ClickAsync();
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
        await page.GetByRole(AriaRole.Button, new() { Name = "Add note" }).DblClickAsync();
        await Assertions.Expect(page.Locator(".notes .text")).ToHaveTextAsync("Promised to pay on Friday");
        await Assertions.Expect(page.GetByLabel("New note")).ToHaveValueAsync("");
    }

    private async Task SeeTheFirstSyncAsync(IPage page)
    {
        await RoadFixture.OpenAsync(page, $"{Org}/sync");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(FirstSync());
        await road.SyncedAsync();
        await Assertions.Expect(page.Locator("section.progress")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".appbar .as-of")).ToContainTextAsync("As of");
    }

    private async Task SeeTheOverviewAsync(IPage page)
    {
        await page.Locator(".drawer > a").GetByText("Overview").ClickAsync();
        await RoadFixture.AtAsync(page, "/overview$");
        await RoadFixture.ReadyAsync(page);

        // Of a month that is over: on a month's first day nothing may have been earned yet.
        var month = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddMonths(-1);
        await RoadFixture.OpenAsync(page, $"{Org}/overview?period={month:yyyy-MM}");
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
        await page.Locator(".drawer > a").GetByText("Trial balance").ClickAsync();
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
        await page.Locator(".drawer > a").GetByText("Tie-out").ClickAsync();
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
        await page.Locator(".drawer > a").GetByText("Transactions").ClickAsync();
        await RoadFixture.AtAsync(page, "/transactions$");
        await page.Locator("table.tx").WaitForAsync();
        await RoadFixture.ReadyAsync(page);
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("status:paid");
        await page.Keyboard.PressAsync("Enter");
        await RoadFixture.AtAsync(page, "status=PAID$");
        await RoadFixture.ReadyAsync(page);
        await Assertions.Expect(page.Locator(".chip-set.set")).ToHaveTextAsync(new Regex("Status: Paid"));
        var rows = page.Locator("table.tx tbody tr");
        var contact = await rows.Locator(".contact").First.InnerTextAsync();
        await page.GetByLabel("Search").FillAsync($"\"{contact.ToUpperInvariant()}\"");
        await page.GetByLabel("Search").PressAsync("Enter");
        await RoadFixture.AtAsync(page, "search=");
        await RoadFixture.ReadyAsync(page);
        await Assertions.Expect(rows.Filter(new() { HasNotText = contact })).ToHaveCountAsync(0);
        await rows.First.Locator("td.c-text a").ClickAsync();
        await RoadFixture.AtAsync(page, "/transactions/[^/?]+$");
        await RoadFixture.ReadyAsync(page);
        await Assertions.Expect(page.Locator("dl.facts")).ToContainTextAsync(contact);
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Ledger lines of the document" }).Locator("tr.total")).ToContainTextAsync(Balanced());
    }

    // The demo's 46 to zero with nothing but keys: some one by one, some with all like them, a new category, many selected, one taken back.
    private static async Task CategoriseAllByKeysAsync(IPage page)
    {
        await page.Locator(".drawer > a").GetByText("Transactions").ClickAsync();
        await RoadFixture.AtAsync(page, "/transactions$");
        await page.Locator("table.tx").WaitForAsync();
        await RoadFixture.ReadyAsync(page);
        await page.GetByRole(AriaRole.Link, new() { NameRegex = ToCategorise() }).PressAsync("Enter");
        await RoadFixture.AtAsync(page, "view=to-categorise$");
        await RoadFixture.ReadyAsync(page);
        var (waiting, heard) = (page.Locator("table.tx .category .hint"), page.Locator("p[aria-live=polite].visually-hidden"));
        await Assertions.Expect(waiting).ToHaveCountAsync(46);
        await Assertions.Expect(page.Locator(".progress-line")).ToContainTextAsync("0 of 46");
        await page.Locator("h1").ClickAsync();

        // As fast as keys can be typed: those that come while the page answers wait.
        var fuel = await GoToRowAsync(page, "FUELCO");
        await page.Keyboard.TypeAsync("cvehic");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.TypeAsync("cParking");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(heard).ToHaveTextAsync("Parking, 44 left");
        await Assertions.Expect(page.Locator("table.tx tbody tr").Nth(fuel + 2)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(heard).ToContainTextAsync("Taken back: 1");
        await Assertions.Expect(waiting).ToHaveCountAsync(45);

        await GoToRowAsync(page, "PARKWELL");
        await page.Keyboard.PressAsync("c");
        await Assertions.Expect(page.Locator(".picker-foot")).ToContainTextAsync("others like this");
        await page.Keyboard.TypeAsync("park");
        await page.Keyboard.PressAsync("Shift+Enter");
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("6 changed");
        await Assertions.Expect(waiting).ToHaveCountAsync(39);

        await Assertions.Expect(page.Locator("table.tx tbody tr:focus")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("Control+a");
        await Assertions.Expect(page.Locator(".selection")).ToContainTextAsync("46 selected");
        await page.Locator(".selection").GetByRole(AriaRole.Button, new() { Name = "Category" }).PressAsync("Enter");
        await Assertions.Expect(page.Locator(".picker input")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("general");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".selection")).ToContainTextAsync("7 skipped: a person set them");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".all-done")).ToContainTextAsync("All categorised");
        await Assertions.Expect(page.Locator(".all-done")).ToContainTextAsync("9 drafts");
        await Assertions.Expect(waiting).ToHaveCountAsync(0);
    }

    // By keys, to the first row that says so: which one that is depends on the day.
    private static async Task<int> GoToRowAsync(IPage page, string text)
    {
        var texts = await page.Locator("table.tx tbody tr").AllInnerTextsAsync();
        var place = texts.ToList().FindIndex(row => row.Contains(text, StringComparison.Ordinal));
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(page.Locator("table.tx tbody tr:focus")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Home");
        for (var row = 0; row < place; row++)
        {
            await page.Keyboard.PressAsync("j");
        }

        await Assertions.Expect(page.Locator("table.tx tbody tr").Nth(place)).ToBeFocusedAsync();
        return place;
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

    [GeneratedRegex("^To categorise")]
    private static partial Regex ToCategorise();

    [GeneratedRegex("[Ff]irst sync|Full sync")]
    private static partial Regex FirstSync();
}
