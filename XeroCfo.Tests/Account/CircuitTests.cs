using Microsoft.Playwright;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.SignIn;

public sealed class CircuitTests(RunningApp app) : IClassFixture<RunningApp>
{
    [BrowserFact]
    public async Task After_signing_in_the_page_comes_alive_without_a_word_from_the_browsers_guards()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Needs.Chromium, Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        var socket = page.WaitForWebSocketAsync(new() { Predicate = socket => socket.Url.Contains("_blazor", StringComparison.Ordinal) });

        await page.GotoAsync(new Uri(app.Address, "/").ToString());
        await page.GetByLabel("E-mail address").FillAsync(RunningApp.Email);
        await page.GetByLabel("Password").FillAsync(RunningApp.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await socket;

        // On a machine that is busy with other tests the first circuit takes its time.
        await Assertions.Expect(page.Locator("[data-interactive=true]")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "You: cfo@acme.test" })).ToBeVisibleAsync();
        Assert.DoesNotContain(complaints, text => text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase) || text.Contains("error", StringComparison.OrdinalIgnoreCase));
    }
}
