using System.Text.Json.Nodes;
using XeroCfo.Data.Xero.Demo;

namespace XeroCfo.Tests.Xero.Demo;

public sealed class DemoXeroTests
{
    private static readonly DateOnly Anchor = new(2026, 11, 20);
    private readonly Clock _clock = new() { Now = new DateTimeOffset(2026, 11, 20, 2, 0, 0, TimeSpan.Zero) };
    private readonly DemoXero _demo = new(1, Anchor);

    [Fact]
    public async Task The_demo_grows_at_aucklands_midnight_and_an_incremental_read_sees_it()
    {
        Assert.Equal(Anchor, DemoXero.Today(_clock));
        var before = await AllAsync("BankTransactions");
        var lastRead = _clock.Now;

        _clock.Now = new DateTimeOffset(2026, 11, 27, 11, 0, 59, TimeSpan.Zero);
        var changed = await GetAsync("BankTransactions?page=1&pageSize=1000", lastRead);
        var after = await AllAsync("BankTransactions");

        Assert.Equal(new DateOnly(2026, 11, 28), _demo.Company.Until);
        Assert.NotEmpty(after.Except(before));
        Assert.Equal(after.Except(before).Order(), Ids(changed, "BankTransactions").Order());
        Assert.Empty(before.Except(after));
    }

    [Fact]
    public async Task Nothing_is_stamped_later_than_the_call_that_reads_it()
    {
        foreach (var endpoint in new[] { "Invoices", "Payments", "BankTransactions", "ManualJournals", "Contacts", "Accounts" })
        {
            var list = await GetAsync(endpoint + "?page=1&pageSize=1000&order=UpdatedDateUTC DESC");

            var newest = (string)list[endpoint]![0]!["UpdatedDateUTC"]!;

            Assert.True(long.Parse(newest[6..newest.IndexOf('+', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture) <= _clock.Now.ToUnixTimeMilliseconds(), endpoint);
        }
    }

    [Fact]
    public async Task Month_end_trial_balances_of_all_books_balance_and_agree_with_the_journal()
    {
        for (var end = new DateOnly(2024, 8, 31); end < Anchor; end = end.AddDays(1).AddMonths(1).AddDays(-1))
        {
            var rows = (await GetAsync($"Reports/TrialBalance?date={end:O}"))["Reports"]![0]!["Rows"]!.AsArray()
                .Where(section => (string)section!["RowType"]! == "Section").SelectMany(section => section!["Rows"]!.AsArray()).ToList();
            var total = rows[^1]!["Cells"]!.AsArray().Select(cell => (string)cell!["Value"]!).ToList();

            Assert.Equal((total[1], total[3]), (total[2], total[4]));
            Assert.Equal(0m, rows[..^1].Sum(row => Amount(row!, 3) - Amount(row!, 4)));
            Assert.Equal(0m, rows[..^1].Sum(row => Amount(row!, 1) - Amount(row!, 2)));
            var cash = rows.Single(row => (string)row!["Cells"]![0]!["Value"]! == "Cheque (090)")!;
            Assert.Equal(_demo.Company.Books.Balance("090", end), Amount(cash, 3) - Amount(cash, 4));
            Assert.DoesNotContain(rows[..^1], row => Amount(row!, 3) == 0m && Amount(row!, 4) == 0m && Amount(row!, 1) == 0m && Amount(row!, 2) == 0m);
        }
    }

    [Fact]
    public async Task The_tenant_is_among_the_connections_and_any_refresh_token_will_do()
    {
        using var client = Client();

        var connections = JsonNode.Parse(await client.GetStringAsync(new Uri("https://api.xero.com/connections")))!;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "refresh_token", ["refresh_token"] = "from an earlier process" });
        using var token = await client.PostAsync(new Uri("https://identity.xero.com/connect/token"), form);

        Assert.Equal("Tūī & Ash Coffee Roasters Limited", (string)connections[0]!["tenantName"]!);
        Assert.Equal(_demo.TenantId.ToString(), (string)connections[0]!["tenantId"]!);
        Assert.True(token.IsSuccessStatusCode);
    }

    private static decimal Amount(JsonNode row, int cell) =>
        (string)row["Cells"]![cell]!["Value"]! is { Length: > 0 } text ? decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 0m;

    private async Task<HashSet<string>> AllAsync(string endpoint)
    {
        var ids = new HashSet<string>();
        for (var (page, pages) = (1, 1); page <= pages; page++)
        {
            var body = await GetAsync($"{endpoint}?page={page}&pageSize=500");
            pages = (int)body["pagination"]!["pageCount"]!;
            ids.UnionWith(Ids(body, endpoint));
        }

        return ids;
    }

    private static IEnumerable<string> Ids(JsonNode body, string endpoint) => body[endpoint]!.AsArray().Select(record => (string)record![endpoint[..^1] + "ID"]!);

    private async Task<JsonNode> GetAsync(string path, DateTimeOffset? since = null)
    {
        using var client = Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("https://api.xero.com/api.xro/2.0/" + path));
        if (since is { } time)
        {
            request.Headers.TryAddWithoutValidation("If-Modified-Since", time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        }

        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private HttpClient Client()
    {
        var client = new HttpClient(_demo.CreateHandler(_clock));
        client.DefaultRequestHeaders.Authorization = new("Bearer", "demo");
        client.DefaultRequestHeaders.Add("xero-tenant-id", _demo.TenantId.ToString());
        return client;
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
