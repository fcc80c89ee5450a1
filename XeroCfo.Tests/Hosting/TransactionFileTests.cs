using System.Net;
using XeroCfo.Tests.SignIn;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Hosting;

/// <summary>Who gets the files of transactions, asked of the real server.</summary>
public sealed class TransactionFileTests : IAsyncLifetime, IDisposable
{
    private const string Password = "correct horse battery";
    private readonly RunningServer _server = new(("Demo__Enabled", "true"), ("RateLimit__SignInPerMinute", "1000"), ("Passwords__WorkFactor", "8"), ("Admin__Email", "cfo@acme.test"), ("Admin__Password", Password));

    public Task InitializeAsync() => _server.StartAsync();

    public Task DisposeAsync() => _server.KillAsync();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task The_files_are_for_those_who_see_the_list_and_hold_what_is_filtered()
    {
        foreach (var (who, role) in new[] { ("reader", "ReadOnly"), ("executive", "Executive") })
        {
            var added = await _server.CommandAsync($"user add --email {who}@acme.test --role {role} --tenants all --password-stdin", Password + "\n");
            Assert.True(added.Exit == 0, added.Error);
        }

        await _server.SyncedAsync();
        await using var db = _server.Open();
        var organisation = db.XeroTenants.Single().Id;
        var (reader, executive) = (await SignedInAsync("reader"), await SignedInAsync("executive"));
        foreach (var format in new[] { "csv", "xlsx" })
        {
            var file = $"/transactions/export.{format}?view=to-categorise";
            Assert.Equal(HttpStatusCode.Redirect, (await _server.Client().GetAsync($"/{organisation}{file}")).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await executive.GetAsync($"/{organisation}{file}")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync($"/{Guid.NewGuid()}{file}")).StatusCode);
            var answer = await reader.GetAsync($"/{organisation}{file}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Matches($"^Tui-and-Ash-Coffee-Roasters-Limited_Transactions_[0-9-]+\\.{format}$", answer.Content.Headers.ContentDisposition!.FileName);
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        }

        var lines = (await reader.GetStringAsync($"/{organisation}/transactions/export.csv?view=to-categorise")).TrimEnd().Split("\r\n");
        Assert.Equal(47, lines.Length);
        Assert.Equal(10, (await reader.GetStringAsync($"/{organisation}/transactions/export.csv?view=to-categorise&search=fuelco")).TrimEnd().Split("\r\n").Length);

        // Days are days, or absent.
        var all = await reader.GetStringAsync($"/{organisation}/transactions/export.csv");
        Assert.Equal(all, await reader.GetStringAsync($"/{organisation}/transactions/export.csv?from=&to="));
        foreach (var (format, query, name) in new[] { ("csv", "from=01/02/2026", "from"), ("xlsx", "from=2026-02-01&to=2026-2-9", "to"), ("csv", "to=2026-02-30", "to"), ("csv", "from=2026-02-01&from=2026-03-01", "from") })
        {
            var answer = await reader.GetAsync($"/{organisation}/transactions/export.{format}?{query}");
            Assert.Equal((HttpStatusCode.BadRequest, $"{name} must be a day yyyy-MM-dd from 1900 to 2199."), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await executive.GetAsync($"/{organisation}/transactions/export.csv?from=01/02/2026")).StatusCode);
    }

    private async Task<HttpClient> SignedInAsync(string who)
    {
        var browser = _server.Client();
        Assert.Equal(HttpStatusCode.Redirect, (await RunningApp.SignInAsync(browser, $"{who}@acme.test", Password)).StatusCode);
        return browser;
    }
}
