using Microsoft.Playwright;

namespace XeroCfo.Tests.SignIn;

/// <summary>A test that needs Debian's Chromium.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    public const string Executable = "/usr/bin/chromium";

    public ChromiumFactAttribute()
    {
        if (!File.Exists(Executable))
        {
            Skip = $"{Executable} is not installed.";
        }
    }
}

public sealed class CircuitTests(RunningApp app) : IClassFixture<RunningApp>
{
    [ChromiumFact]
    public async Task After_signing_in_the_page_comes_alive_without_a_word_from_the_browsers_guards()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = ChromiumFactAttribute.Executable, Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        var socket = page.WaitForWebSocketAsync(new() { Predicate = socket => socket.Url.Contains("_blazor", StringComparison.Ordinal) });

        await page.GotoAsync(new Uri(app.Address, "/").ToString());
        await page.GetByLabel("E-mail address").FillAsync(RunningApp.Email);
        await page.GetByLabel("Password").FillAsync(RunningApp.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await socket;

        await Assertions.Expect(page.GetByText("You are signed in as cfo@acme.test (Admin)")).ToBeVisibleAsync();
        Assert.DoesNotContain(complaints, text => text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase) || text.Contains("error", StringComparison.OrdinalIgnoreCase));
    }
}
