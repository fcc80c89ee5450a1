using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using XeroCfo.Domain.Users.SecondFactors;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.SignIn;

/// <summary>A person's own account over the running application, as a browser sends its forms.</summary>
public sealed partial class ProfileTests(RunningApp app) : IClassFixture<RunningApp>
{
    private const string SecondFactor = "/account/profile/second-factor";

    [Fact]
    public async Task With_an_authenticator_app_signing_in_takes_a_code_which_is_good_once()
    {
        using var browser = await NewPersonAsync("app@acme.test");
        var (secret, codes) = await EnrolAsync(browser);
        Assert.Contains("10 recovery codes left", await browser.GetStringAsync("/account/profile"), StringComparison.Ordinal);

        using var other = app.NewBrowser();
        var asked = await RunningApp.SignInAsync(other, "app@acme.test", RunningApp.Password, "?ReturnUrl=%2Fconnections");
        Assert.EndsWith("/account/second-factor", asked.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync("/connections")).StatusCode);
        var used = await RunningApp.PostAsync(other, "/account/second-factor", ("Input.Code", "000000"));
        Assert.Contains("not the right one", await used.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var done = await RunningApp.PostAsync(other, "/account/second-factor", ("Input.Code", codes[0].ToLowerInvariant()));
        Assert.EndsWith("/connections", done.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/connections")).StatusCode);

        using var third = app.NewBrowser();
        await RunningApp.SignInAsync(third, "app@acme.test", RunningApp.Password);
        var again = await RunningApp.PostAsync(third, "/account/second-factor", ("Input.Code", codes[0]));
        Assert.Contains("used before", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var next = Totp.CodeAt(secret, TimeProvider.System.GetUtcNow().AddSeconds(30));
        Assert.Equal(HttpStatusCode.Redirect, (await RunningApp.PostAsync(third, "/account/second-factor", ("Input.Code", next))).StatusCode);
    }

    [Fact]
    public async Task A_new_password_by_link_does_not_take_the_second_factor_away()
    {
        using var browser = await NewPersonAsync("kept@acme.test");
        await EnrolAsync(browser);
        var link = (await app.CommandAsync("user reset --email kept@acme.test")).Output.Split(' ').Single(word => word.StartsWith("/account/password", StringComparison.Ordinal));

        using var other = app.NewBrowser();
        var chosen = await RunningApp.PostAsync(other, link, ("Input.Password", "a brand new passphrase"));

        Assert.EndsWith("/account/second-factor", chosen.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync("/connections")).StatusCode);
    }

    [Fact]
    public async Task Changing_the_password_asks_for_the_old_one_and_ends_the_other_sessions()
    {
        using var browser = await NewPersonAsync("change@acme.test");
        using var other = app.NewBrowser();
        await RunningApp.SignInAsync(other, "change@acme.test", RunningApp.Password);
        const string path = "/account/profile/password";

        var wrong = await RunningApp.PostAsync(browser, path, ("Input.Current", "not this one"), ("Input.Password", "a brand new passphrase"));
        var common = await RunningApp.PostAsync(browser, path, ("Input.Current", RunningApp.Password), ("Input.Password", "password1234"));
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/connections")).StatusCode);
        var right = await RunningApp.PostAsync(browser, path, ("Input.Current", RunningApp.Password), ("Input.Password", "a brand new passphrase"));

        Assert.Contains("This is not your password", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("guessed first", await common.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Your password is changed", await right.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/connections")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync("/connections")).StatusCode);
    }

    [Fact]
    public async Task Sessions_are_listed_and_another_one_can_be_ended()
    {
        using var browser = await NewPersonAsync("places@acme.test");
        using var other = app.NewBrowser();
        other.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (Windows NT 10.0) Firefox/140.0");
        await RunningApp.SignInAsync(other, "places@acme.test", RunningApp.Password);
        var page = await browser.GetStringAsync("/account/profile");
        Assert.Contains("Firefox on Windows", page, StringComparison.Ordinal);
        var id = SessionButton().Match(page).Groups[1].Value;

        var ended = await RunningApp.PostAsync(browser, "/account/profile", ("_handler", "sessions"), ("Sessions.End", id));

        Assert.Contains("That session is ended", await ended.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync("/connections")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/connections")).StatusCode);

        var named = await RunningApp.PostAsync(browser, "/account/profile", ("_handler", "name"), ("Name.First", "Zoe"), ("Name.Last", "<Park>"));
        Assert.Contains("value=\"&lt;Park&gt;\"", await named.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_of_the_account_asks_who_is_there()
    {
        using var stranger = app.NewBrowser();
        foreach (var path in new[] { "/account/profile", "/account/profile/password", SecondFactor, "/account/profile/passkeys" })
        {
            Assert.Contains("/account/login", (await stranger.GetAsync(path)).Headers.Location!.ToString(), StringComparison.Ordinal);
        }

        foreach (var path in new[] { "/account/second-factor", "/account/second-factor/set-up" })
        {
            Assert.EndsWith("/account/login", (await stranger.GetAsync(path)).Headers.Location!.ToString(), StringComparison.Ordinal);
        }
    }

    [BrowserFact]
    public async Task A_passkey_signs_in_without_a_password()
    {
        await app.CommandAsync("user add --email passkey@acme.test --role Standard --password-stdin", RunningApp.Password + "\n");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Needs.Chromium, Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync(new() { BaseURL = $"http://localhost:{app.Address.Port}" });
        page.SetDefaultTimeout(60_000);
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        var authenticator = await page.Context.NewCDPSessionAsync(page);
        await authenticator.SendAsync("WebAuthn.enable");
        await authenticator.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        await page.GotoAsync("/account/login");
        await page.GetByLabel("E-mail address").FillAsync("passkey@acme.test");
        await page.GetByLabel("Password").FillAsync(RunningApp.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.Locator("[data-interactive=true]").WaitForAsync();

        await page.GotoAsync("/account/profile/passkeys");
        await page.GetByLabel("A name for it").FillAsync("Laptop");
        await page.GetByLabel("Your password").FillAsync(RunningApp.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(page.Locator(".account-good")).ToContainTextAsync("The passkey is added", new() { Timeout = 60_000 });
        await page.GotoAsync("/account/logout");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "You: passkey@acme.test" })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        Assert.DoesNotContain(complaints, text => text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A browser in which a person of that address is signed in.</summary>
    private async Task<HttpClient> NewPersonAsync(string email)
    {
        await app.CommandAsync($"user add --email {email} --role Standard --password-stdin", RunningApp.Password + "\n");
        var browser = app.NewBrowser();
        await RunningApp.SignInAsync(browser, email, RunningApp.Password);
        return browser;
    }

    private static async Task<(string Secret, IReadOnlyList<string> Codes)> EnrolAsync(HttpClient browser)
    {
        var page = await browser.GetStringAsync(SecondFactor);
        var secret = Secret().Match(page).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        var hidden = Hidden().Match(page).Groups[1].Value;
        var done = await RunningApp.PostAsync(
            browser, SecondFactor, ("_handler", "add"), ("Add.Secret", hidden), ("Add.Code", Totp.CodeAt(secret, TimeProvider.System.GetUtcNow())), ("Add.Password", RunningApp.Password));
        var codes = Code().Matches(await done.Content.ReadAsStringAsync()).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(RecoveryCodes.Count, codes.Count);
        return (secret, codes);
    }

    [GeneratedRegex("account-secret\">([A-Z2-7 ]+)<")]
    private static partial Regex Secret();

    [GeneratedRegex("name=\"Add.Secret\" value=\"([^\"]+)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("<li>([A-Z2-9-]{19})</li>")]
    private static partial Regex Code();

    [GeneratedRegex("name=\"Sessions.End\" value=\"([^\"]+)\"")]
    private static partial Regex SessionButton();
}
