using System.Net;
using XeroCfo.Tests.SignIn;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Hosting;

/// <summary>Who gets the tie-out's file, asked of the real server.</summary>
public sealed class TieOutFileTests : IAsyncLifetime, IDisposable
{
    private const string Password = "correct horse battery";
    private readonly RunningServer _server = new(("Demo__Enabled", "true"), ("RateLimit__SignInPerMinute", "1000"), ("Passwords__WorkFactor", "8"), ("Admin__Email", "cfo@acme.test"), ("Admin__Password", Password));

    public Task InitializeAsync() => _server.StartAsync();

    public Task DisposeAsync() => _server.KillAsync();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task The_file_is_for_those_who_read_the_ledger_of_that_organisation()
    {
        foreach (var (who, role) in new[] { ("reader", "ReadOnly"), ("executive", "Executive") })
        {
            var added = await _server.CommandAsync($"user add --email {who}@acme.test --role {role} --tenants all --password-stdin", Password + "\n");
            Assert.True(added.Exit == 0, added.Error);
        }

        await _server.SyncedAsync();
        await using var db = _server.Open();
        var file = $"/{db.XeroTenants.Single().Id}/tie-out/export.xlsx";

        Assert.Equal(HttpStatusCode.Redirect, (await _server.Client().GetAsync(file)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await SignedInAsync("executive")).GetAsync(file)).StatusCode);
        var reader = await SignedInAsync("reader");
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync($"/{Guid.NewGuid()}/tie-out/export.xlsx")).StatusCode);
        var answer = await reader.GetAsync(file);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", answer.Content.Headers.ContentType!.MediaType);
        Assert.Matches("^Tui-and-Ash-Coffee-Roasters-Limited_Tie-out_.*\\.xlsx$", answer.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal("PK"u8.ToArray(), (await answer.Content.ReadAsByteArrayAsync())[..2]);
    }

    private async Task<HttpClient> SignedInAsync(string who)
    {
        var browser = _server.Client();
        Assert.Equal(HttpStatusCode.Redirect, (await RunningApp.SignInAsync(browser, $"{who}@acme.test", Password)).StatusCode);
        return browser;
    }
}
