using System.Diagnostics;
using System.Net;
using System.Text;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Tests.SignIn;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Hosting;

/// <summary>The real executable beside a Xero behind a port: consent, first sync, notices, second thoughts.</summary>
public sealed class XeroRoutesTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";
    private const string Email = "cfo@acme.test";
    private const string WebhookKey = "a key of Xero's notices";
    private readonly SmallBooks _small = new();
    private FakeXeroServer _xero = null!;
    private RunningServer _server = null!;

    private FakeConsents Consents => _xero.Xero.Consents!;

    private Guid Organisation => _small.Books.Organisation.Settings.TenantId;

    public async Task InitializeAsync()
    {
        var xero = new FakeXero(TimeProvider.System) { Consents = new FakeConsents(TimeProvider.System) };
        xero.Add(_small.Books.Organisation);
        _xero = await FakeXeroServer.StartAsync(xero);
        var address = _xero.BaseAddress.ToString().TrimEnd('/');
        _server = new RunningServer(
            ("RateLimit__SignInPerMinute", "1000"), ("Passwords__WorkFactor", "8"), ("Admin__Email", Email), ("Admin__Password", Password),
            ("Xero__ClientId", FakeConsents.ClientId), ("Xero__ClientSecret", FakeConsents.ClientSecret), ("Xero__RedirectUri", Consents.RedirectUri), ("Xero__WebhookKey", WebhookKey),
            ("Xero__LoginUrl", address), ("Xero__IdentityUrl", address), ("Xero__ApiUrl", address), ("Xero__CallsPerMinute", "100000"), ("Xero__CallsPerDay", "100000"));
        await _server.StartAsync();
        Consents.Chosen = [Organisation];
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _xero.DisposeAsync();
    }

    [Fact]
    public async Task From_sign_in_to_the_first_sync_and_a_notice()
    {
        Assert.Equal(HttpStatusCode.Redirect, (await _server.Client().GetAsync("/xero/connect")).StatusCode);
        var browser = await SignedInAsync();
        var arrived = await ConsentAsync(browser);

        Assert.Equal((HttpStatusCode.Redirect, "/connections"), (arrived.StatusCode, arrived.Headers.Location!.ToString()));
        var first = await _server.SyncedAsync();
        Assert.Equal((SyncStatus.Succeeded, SyncTriggers.First, true), (first.Status, first.Trigger, first.Full));
        var used = await browser.GetAsync(_callback);
        Assert.Equal(HttpStatusCode.BadRequest, used.StatusCode);
        Assert.Contains("belongs to no question of this session", await used.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var body = FakeNotice.Of(Organisation, "INVOICE", _small.Invoices[0], TimeProvider.System.GetUtcNow());
        Assert.Equal(HttpStatusCode.OK, (await TellAsync(body)).StatusCode);
        await _server.WaitAsync(db => Task.FromResult(db.SyncRuns.Any(run => run.Trigger == SyncTriggers.Notice && run.Status == SyncStatus.Succeeded)));
    }

    [Fact]
    public async Task A_scope_that_the_app_does_not_own_is_named_with_the_fix_and_what_works_without_it()
    {
        var browser = await SignedInAsync();
        Consents.NotOwned = "accounting.budgets.read";

        var refused = await ConsentAsync(browser);
        var page = await refused.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("<code>accounting.budgets.read</code>", page, StringComparison.Ordinal);
        Assert.Contains("developer.xero.com", page, StringComparison.Ordinal);
        Assert.Contains("Xero:Scopes", page, StringComparison.Ordinal);
        Assert.Contains("no budgets from Xero; all else works", page, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", page, StringComparison.Ordinal);
        (Consents.NotOwned, Consents.Declines) = (null, true);
        Assert.Contains("You did not give consent", await (await ConsentAsync(browser)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var spoofed = await browser.GetAsync("/xero/callback?error=other&error_description=%3Cscript%3Ealert(1)%3C/script%3E");
        Assert.DoesNotContain("<script>alert", await spoofed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Consents.Declines = false;
        Assert.Equal("/connections", (await ConsentAsync(browser)).Headers.Location!.ToString());
        await using var db = _server.Open();
        Assert.Equal(ConnectionStatus.Connected, db.XeroTenants.Single().Connection);
    }

    [Fact]
    public async Task Another_persons_session_cannot_bring_the_answer()
    {
        var added = await _server.CommandAsync("user add --email other@acme.test --role Admin --password-stdin", Password + "\n");
        Assert.True(added.Exit == 0, added.Error);
        var (mine, other) = (await SignedInAsync(), await SignedInAsync("other@acme.test"));
        var callback = await AskAsync(mine);

        Assert.Equal(HttpStatusCode.BadRequest, (await other.GetAsync(callback)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await mine.GetAsync(callback.ToString().Replace("state=", "state=x", StringComparison.Ordinal))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await mine.GetAsync(callback)).StatusCode);
    }

    [Fact]
    public async Task A_reader_is_told_who_can_connect()
    {
        var added = await _server.CommandAsync("user add --email reader@acme.test --role ReadOnly --password-stdin", Password + "\n");
        Assert.True(added.Exit == 0, added.Error);

        var answer = await (await SignedInAsync("reader@acme.test")).GetAsync("/xero/connect");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("An admin or accountant can connect", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notices_are_answered_by_status_alone()
    {
        const string Intent = """{"events":[],"firstEventSequence": 0,"lastEventSequence": 0, "entropy":"S0m3r4nd0mt3xt"}""";
        var watch = Stopwatch.StartNew();
        foreach (var (signature, status) in new[] { (FakeNotice.Sign(WebhookKey, Intent), 200), (FakeNotice.Sign("another key", Intent), 401), ("", 401) })
        {
            var answer = await TellAsync(Intent, signature);
            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5));
        var huge = new string(' ', (3 * 1024 * 1024) + 1);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await TellAsync(huge)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await TellAsync("{\"something\":\"else\"}")).StatusCode);
    }

    private Uri? _callback;

    private Task<HttpResponseMessage> TellAsync(string body) => TellAsync(body, FakeNotice.Sign(WebhookKey, body));

    private async Task<HttpResponseMessage> TellAsync(string body, string signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/xero/webhook") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("x-xero-signature", signature);
        return await _server.Client().SendAsync(request);
    }

    /// <summary>The address to which Xero sends the browser back, on this server.</summary>
    private async Task<Uri> AskAsync(HttpClient browser)
    {
        using var begun = await browser.GetAsync("/xero/connect");
        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        Assert.Contains("code_challenge_method=S256", begun.Headers.Location!.Query, StringComparison.Ordinal);
        using var xero = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var back = await xero.GetAsync(begun.Headers.Location);
        Assert.Equal(HttpStatusCode.Redirect, back.StatusCode);
        return new Uri(_server.Address, back.Headers.Location!.PathAndQuery);
    }

    private async Task<HttpResponseMessage> ConsentAsync(HttpClient browser) => await browser.GetAsync(_callback = await AskAsync(browser));

    private async Task<HttpClient> SignedInAsync(string email = Email)
    {
        var browser = _server.Client();
        Assert.Equal(HttpStatusCode.Redirect, (await RunningApp.SignInAsync(browser, email, Password)).StatusCode);
        return browser;
    }
}
