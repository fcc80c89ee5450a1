using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using XeroCfo.Domain.Tenants;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Browser;

/// <summary>A fresh server with the demo company, set up by a person in a real browser.</summary>
public sealed class RoadFixture : IAsyncLifetime, IDisposable
{
    public const string Email = "cfo@acme.test";
    public const string Password = "correct horse battery";
    private readonly RunningServer _server = new(("Demo__Enabled", "true"), ("RateLimit__SignInPerMinute", "1000"));
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private readonly List<string> _complaints = [];

    /// <summary>
    /// What browsers complained about (content that the policy forbids, and scripts that broke), and lines of the server's log that hold what no log may.
    /// </summary>
    public List<string> Complaints
    {
        get
        {
            var key = File.ReadAllText(Path.Combine(_server.DataFolder, "encryption.key")).Trim();
            _complaints.AddRange(LogWatch.Leaks(_server.Log, Password, key).Except(_complaints).ToList());
            return _complaints;
        }
    }

    /// <summary>What the server wrote so far.</summary>
    public string Log => _server.Log;

    /// <summary>The demo company.</summary>
    public Guid Organisation { get; private set; }

    /// <summary>An organisation that nobody was given.</summary>
    public Guid Foreign { get; private set; }

    /// <summary>The address that the set-up ended at.</summary>
    public string Arrived { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (Needs.Chromium is not { } chromium)
        {
            return;
        }

        Assertions.SetDefaultExpectTimeout(20_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
        });
        var line = await _server.StartAsync(until: "Set it up at");
        await SetUpAsync(line.Split(" with the code ")[1].Split(' ')[0]);
        var foreign = Storage.SampleRows.Tenant("Foreign");
        foreign.Connection = ConnectionStatus.Disconnected;
        await using var db = _server.Open();
        Organisation = (await db.XeroTenants.SingleAsync()).Id;
        Foreign = foreign.Id;
        db.Add(foreign);
        await db.SaveChangesAsync();
    }

    public async Task DisposeAsync()
    {
        await (_browser?.CloseAsync() ?? Task.CompletedTask);
        _playwright?.Dispose();
        await _server.KillAsync();
    }

    public void Dispose() => _server.Dispose();

    /// <summary>Waits until the demo's books are there.</summary>
    public async Task SyncedAsync() => Assert.Equal(Domain.Sync.SyncStatus.Succeeded, (await _server.SyncedAsync()).Status);

    /// <summary>A browser that was never here.</summary>
    public async Task<IPage> NewVisitorAsync()
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = _server.Address.ToString(),
            ViewportSize = new ViewportSize { Width = 1440, Height = 900 },
            ColorScheme = ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-NZ",
        });
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && (message.Text.Contains("Content Security Policy", StringComparison.Ordinal) || message.Text.Contains("Uncaught", StringComparison.Ordinal)))
            {
                _complaints.Add($"{page.Url}: {message.Text}");
            }
        };
        page.PageError += (_, error) => _complaints.Add($"{page.Url}: {error}");
        return page;
    }

    /// <summary>A browser whose person is signed in.</summary>
    public async Task<IPage> NewCfoAsync()
    {
        var page = await NewVisitorAsync();
        await page.GotoAsync("/account/login");
        await SignInAsync(page);
        return page;
    }

    public static async Task SignInAsync(IPage page)
    {
        await page.GetByLabel("E-mail address").FillAsync(Email);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.Locator(".shell[data-interactive=true]").WaitForAsync();
        await ReadyAsync(page);
    }

    public static async Task OpenAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await ReadyAsync(page);
    }

    /// <summary>Waits until the address is like <paramref name="pattern"/>; a page that changes within its circuit loads nothing anew.</summary>
    public static Task AtAsync(IPage page, string pattern) => Assertions.Expect(page).ToHaveURLAsync(new Regex(pattern));

    /// <summary>Waits until the page answers to clicks and has its figures.</summary>
    public static async Task ReadyAsync(IPage page)
    {
        await page.Locator("h1").First.WaitForAsync();
        if (await page.Locator("body.account").CountAsync() == 0)
        {
            await page.Locator(".shell[data-interactive=true]").WaitForAsync();
            await Assertions.Expect(page.Locator(".content[aria-busy=true], .content .bone")).ToHaveCountAsync(0);
        }
    }

    private async Task SetUpAsync(string code)
    {
        var page = await NewVisitorAsync();
        await page.GotoAsync("/setup");
        await page.GetByLabel("Set-up code").FillAsync(code);
        await page.GetByLabel("Your e-mail address").FillAsync(Email);
        await page.GetByLabel("A password").FillAsync(Password);
        await Looks.CheckAsync(page, "setup", this);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the admin and sign in" }).ClickAsync();
        await page.Locator(".shell[data-interactive=true]").WaitForAsync();
        await AtAsync(page, "/overview$");
        Arrived = new Uri(page.Url).AbsolutePath;
        await page.Context.CloseAsync();
    }
}
