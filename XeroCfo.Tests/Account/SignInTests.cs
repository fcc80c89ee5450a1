using System.Diagnostics;
using System.Net;

namespace XeroCfo.Tests.SignIn;

public sealed class SignInTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Fact]
    public async Task The_right_password_leads_to_where_one_wanted_to_go()
    {
        using var browser = app.NewBrowser();

        var answer = await RunningApp.SignInAsync(browser, "CFO@acme.test", RunningApp.Password, "?ReturnUrl=%2Freports%3Fa%3D1");

        Assert.EndsWith("/reports?a=1", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("_framework/blazor.web.js", await browser.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_led_to_another_site()
    {
        using var browser = app.NewBrowser();

        var answer = await RunningApp.SignInAsync(browser, RunningApp.Email, RunningApp.Password, "?ReturnUrl=%2F%2Fevil.test");

        Assert.Equal(app.Address, new Uri(app.Address, answer.Headers.Location!));
    }

    [Fact]
    public async Task Everything_else_asks_to_sign_in_first()
    {
        using var browser = app.NewBrowser();

        var page = await browser.GetAsync("/");
        var unknown = await browser.GetAsync("/no/such/page");
        var circuit = await browser.PostAsync("/_blazor/negotiate", null);

        Assert.Contains("/account/login?ReturnUrl=%2F", page.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, circuit.StatusCode);
    }

    [Fact]
    public async Task Once_set_up_the_set_up_page_is_gone()
    {
        using var browser = app.NewBrowser();

        Assert.EndsWith("/account/login", (await browser.GetAsync("/setup")).Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var browser = app.NewBrowser();
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("Input.Email", RunningApp.Email), KeyValuePair.Create("Input.Password", RunningApp.Password)]);

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/account/login", form)).StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_on_the_server_too()
    {
        using var browser = app.NewBrowser();
        using var thief = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = app.Address };
        var signedIn = await RunningApp.SignInAsync(browser, RunningApp.Email, RunningApp.Password);
        var copied = signedIn.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("xerocfo.session=", StringComparison.Ordinal)).Split(';')[0];
        thief.DefaultRequestHeaders.Add("Cookie", copied);
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/logout")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/")).StatusCode);

        await RunningApp.PostAsync(browser, "/account/logout");

        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task A_reset_by_command_ends_open_sessions_and_its_link_lets_one_in_again()
    {
        await app.CommandAsync("user add --email reset@acme.test --role Standard --password-stdin", RunningApp.Password + "\n");
        using var browser = app.NewBrowser();
        await RunningApp.SignInAsync(browser, "reset@acme.test", RunningApp.Password);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).StatusCode);

        var link = (await app.CommandAsync("user reset --email reset@acme.test")).Output.Split(' ').Single(word => word.StartsWith("/account/password", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await RunningApp.PostAsync(browser, link, ("Input.Password", "a brand new passphrase"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await RunningApp.PostAsync(browser, link, ("Input.Password", "yet another passphrase"))).StatusCode);
    }

    [Fact]
    public async Task Over_https_cookies_are_bound_to_the_host()
    {
        using var browser = app.NewBrowser();
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        var page = await browser.GetAsync("/account/login");

        var cookie = page.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("__Host-xerocfo.form=", cookie, StringComparison.Ordinal);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/;", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.True(page.Headers.Contains("Strict-Transport-Security") || app.Address.IsLoopback);
    }

    [Fact]
    public async Task Over_plain_http_from_elsewhere_nobody_can_sign_in()
    {
        using var browser = app.NewBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account/login");
        request.Headers.Host = "books.acme.test";

        var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("Proxy:Trusted", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_circuit_cannot_be_opened_from_another_site()
    {
        using var browser = app.NewBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate");
        request.Headers.Add("Origin", "https://evil.test");

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Every_answer_carries_the_guards_and_health_says_nothing_else()
    {
        using var browser = app.NewBrowser();

        var page = await browser.GetAsync("/account/login");
        var again = await browser.GetAsync("/account/login");

        Assert.Contains("frame-ancestors 'none'", Assert.Single(page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.NotEqual(page.Headers.GetValues("Content-Security-Policy"), again.Headers.GetValues("Content-Security-Policy"));
        Assert.Equal("no-store", page.Headers.CacheControl!.ToString());
        Assert.False(page.Headers.Contains("Server"));
        Assert.Equal("""{"status":"live"}""", await browser.GetStringAsync("/health/live"));
        Assert.Equal("""{"status":"ready"}""", await browser.GetStringAsync("/health/ready"));
    }

    [Fact]
    public async Task Unknown_wrong_and_locked_look_alike_and_take_as_long()
    {
        await app.CommandAsync("user add --email timed@acme.test --role Standard --password-stdin", RunningApp.Password + "\n");
        using var browser = app.NewBrowser();
        var (spread, texts) = (1.0, new HashSet<string>());
        for (var round = 0; round < 3 && spread > 0.2; round++)
        {
            var (known, unknown) = (new List<double>(), new List<double>());
            for (var i = 0; i < 100; i++)
            {
                known.Add(await TimeAsync(browser, "timed@acme.test", texts));
                unknown.Add(await TimeAsync(browser, "nobody@acme.test", texts));
            }

            var medians = new[] { Median(known), Median(unknown) };
            spread = (medians.Max() / medians.Min()) - 1;
        }

        Assert.Single(texts);
        Assert.True(spread <= 0.2, $"The medians differ by {spread:P0}.");
    }

    private static async Task<double> TimeAsync(HttpClient browser, string email, HashSet<string> texts)
    {
        var begun = Stopwatch.GetTimestamp();
        var answer = await RunningApp.SignInAsync(browser, email, "not the password");
        var taken = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        var body = await answer.Content.ReadAsStringAsync();
        texts.Add($"{answer.StatusCode} {body.Split("role=\"alert\"")[1].Split("</p>")[0]}");
        return taken;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
