using System.Net;
using XeroCfo.Tests.SignIn;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Hosting;

/// <summary>Who gets the report pages' files, asked of the real server.</summary>
public sealed class ReportFileRouteTests : IAsyncLifetime, IDisposable
{
    private const string Password = "correct horse battery";
    private readonly RunningServer _server = new(("Demo__Enabled", "true"), ("RateLimit__SignInPerMinute", "1000"), ("Passwords__WorkFactor", "8"), ("Admin__Email", "cfo@acme.test"), ("Admin__Password", Password));

    public Task InitializeAsync() => _server.StartAsync();

    public Task DisposeAsync() => _server.KillAsync();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Files_are_for_those_who_read_the_reports_of_that_organisation()
    {
        var added = await _server.CommandAsync("user add --email executive@acme.test --role Executive --tenants all --password-stdin", Password + "\n");
        Assert.True(added.Exit == 0, added.Error);
        await _server.SyncedAsync();
        await using var db = _server.Open();
        var org = db.XeroTenants.Single().Id;
        const string Sheet = "type=BALANCE_SHEET";

        Assert.Equal(HttpStatusCode.Redirect, (await _server.Client().GetAsync($"/{org}/reports/export/pdf?{Sheet}")).StatusCode);
        var browser = _server.Client();
        Assert.Equal(HttpStatusCode.Redirect, (await RunningApp.SignInAsync(browser, "executive@acme.test", Password)).StatusCode);
        foreach (var (format, type, begin) in new[] { ("pdf", "application/pdf", "%PDF"), ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK"), ("csv", "text/csv", "\uFEFFKey,"), ("json", "application/json", "{\"type\"") })
        {
            var answer = await browser.GetAsync($"/{org}/reports/export/{format}?{Sheet}");
            Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
            Assert.Matches($@"^Tui-and-Ash-Coffee-Roasters_Balance-sheet_\d{{4}}-\d\d-\d\d\.{format}$", answer.Content.Headers.ContentDisposition!.FileName);
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
            Assert.StartsWith(begin, System.Text.Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync()), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/{Guid.NewGuid()}/reports/export/pdf?{Sheet}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/{org}/reports/{Guid.NewGuid()}/export/pdf")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.GetAsync($"/{org}/reports/export/docx?{Sheet}")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.GetAsync($"/{org}/reports/export/pdf?type=PROFIT_LOSS&from=nonsense")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync($"/{org}/reports/export/pdf?type=AGED_RECEIVABLES&by=document")).StatusCode);
    }
}
