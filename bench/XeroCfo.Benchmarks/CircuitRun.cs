using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace XeroCfo.Benchmarks;

/// <summary>Opens the list of transactions in many tabs of a real browser and keeps them open until a line comes in. <c>bench/circuits.sh</c> weighs the server meanwhile.</summary>
internal static partial class CircuitRun
{
    public static async Task OpenAsync(string address, string email, string password, int count)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("XEROCFO_TEST_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
        });
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = address });
        context.SetDefaultTimeout(60_000);
        var first = await context.NewPageAsync();
        await first.GotoAsync("/account/login");
        await first.GetByLabel("E-mail address").FillAsync(email);
        await first.GetByLabel("Password").FillAsync(password);
        await first.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await first.WaitForURLAsync(Overview());
        var list = first.Url.Replace("/overview", "/transactions", StringComparison.Ordinal);
        await OpenAsync(first, list);
        await SayAsync("one open");
        for (var i = 1; i < count; i++)
        {
            await OpenAsync(await context.NewPageAsync(), list);
        }

        await SayAsync("all open");
    }

    private static async Task OpenAsync(IPage page, string address)
    {
        await page.GotoAsync(address);
        await page.Locator("table.tx tbody tr").Nth(49).WaitForAsync();
    }

    private static async Task SayAsync(string what)
    {
        Console.WriteLine(what);
        await Console.In.ReadLineAsync();
    }

    [GeneratedRegex("/overview$")]
    private static partial Regex Overview();
}
