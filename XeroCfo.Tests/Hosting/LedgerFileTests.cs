using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;
using XeroCfo.Tests.SignIn;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Hosting;

/// <summary>Who gets an account's ledger as a file, and what is in it, asked of the real server.</summary>
public sealed class LedgerFileTests : IAsyncLifetime, IDisposable
{
    private const string Password = "correct horse battery";
    private readonly RunningServer _server = new(("Demo__Enabled", "true"), ("RateLimit__SignInPerMinute", "1000"), ("Passwords__WorkFactor", "8"), ("Admin__Email", "cfo@acme.test"), ("Admin__Password", Password));

    public Task InitializeAsync() => _server.StartAsync();

    public Task DisposeAsync() => _server.KillAsync();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task The_file_is_the_page_and_for_those_who_may_see_it()
    {
        foreach (var (who, role) in new[] { ("reader", "ReadOnly"), ("executive", "Executive") })
        {
            var added = await _server.CommandAsync($"user add --email {who}@acme.test --role {role} --tenants all --password-stdin", Password + "\n");
            Assert.True(added.Exit == 0, added.Error);
        }

        await _server.SyncedAsync();
        await using var db = _server.Open();
        var org = db.XeroTenants.Single().Id;
        var power = await db.Accounts.SingleAsync(account => account.Code == "445");
        var wages = await db.Accounts.SingleAsync(account => account.Code == "477");
        var lines = await db.LedgerLines.Where(line => line.AccountId == power.AccountId && line.Source == LineSources.Document).OrderBy(line => line.Date).ThenBy(line => line.Id).ToListAsync();
        var (from, to) = (lines[0].Date, lines[^1].Date);
        var file = $"/{org}/ledger/{power.AccountId}/export.csv?from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}&source=document";

        Assert.Equal(HttpStatusCode.Redirect, (await _server.Client().GetAsync(file)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await SignedInAsync("executive")).GetAsync(file)).StatusCode);
        var reader = await SignedInAsync("reader");
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync($"/{Guid.NewGuid()}/ledger/{power.AccountId}/export.csv")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync($"/{org}/ledger/{Guid.NewGuid()}/export.csv")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await reader.GetAsync($"/{org}/ledger/{power.AccountId}/export.csv?source=nonsense")).StatusCode);

        // Days are days, or absent.
        var whole = $"/{org}/ledger/{power.AccountId}/export.csv";
        Assert.Equal(await reader.GetStringAsync(whole), await reader.GetStringAsync(whole + "?from=&to=&source=&kind="));
        foreach (var (query, name) in new[] { ("from=01/02/2026", "from"), ("from=2026-02-01&to=2026-2-9", "to"), ("to=2026-02-30", "to"), ("to=2200-01-01", "to") })
        {
            var refused = await reader.GetAsync($"{whole}?{query}");
            Assert.Equal((HttpStatusCode.BadRequest, $"{name} must be a day yyyy-MM-dd from 1900 to 2199."), (refused.StatusCode, await refused.Content.ReadAsStringAsync()));
        }


        var answer = await reader.GetAsync(file);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Matches("^Tui-and-Ash-Coffee-Roasters-Limited_445-Power-and-gas_.*\\.csv$", answer.Content.Headers.ContentDisposition!.FileName);
        var rows = (await answer.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(lines.Count, rows.Length - 1);
        Assert.Equal(lines.Sum(line => line.Amount), decimal.Parse(rows[^1].Split(',')[^1], CultureInfo.InvariantCulture));

        var book = await reader.GetAsync(file.Replace(".csv", ".xlsx", StringComparison.Ordinal));
        Assert.Equal("PK"u8.ToArray(), (await book.Content.ReadAsByteArrayAsync())[..2]);
        Assert.Equal("no-store", book.Headers.CacheControl!.ToString());

        // Payroll: months only.
        var pay = await (await reader.GetAsync($"/{org}/ledger/{wages.AccountId}/export.csv")).Content.ReadAsStringAsync();
        Assert.Contains("The whole month in one amount", pay, StringComparison.Ordinal);
        Assert.DoesNotContain("Xero only", pay, StringComparison.Ordinal);
    }

    private async Task<HttpClient> SignedInAsync(string who)
    {
        var browser = _server.Client();
        Assert.Equal(HttpStatusCode.Redirect, (await RunningApp.SignInAsync(browser, $"{who}@acme.test", Password)).StatusCode);
        return browser;
    }
}
