using System.Net;
using System.Text.Json.Nodes;
using XeroCfo.Data.Xero.Demo;

namespace XeroCfo.Tests.Xero.Demo;

public sealed class FakeXeroTests
{
    private static readonly string[] LimitHeaders = ["X-MinLimit-Remaining", "X-DayLimit-Remaining", "X-AppMinLimit-Remaining"];
    private static readonly DateOnly March = new(2026, 3, 1);
    private readonly FakeBooks _books = FakeBooks.WithUsualAccounts();
    private readonly FakeXero _xero = new(TimeProvider.System);
    private readonly List<Guid> _invoices = [];

    public FakeXeroTests()
    {
        _xero.Add(_books.Organisation);
        for (var day = 0; day < 25; day++)
        {
            _invoices.Add(_books.Invoice(March.AddDays(day), "Café Tūī", new FakeLine("200", 100m + day, "OUTPUT2")));
        }
    }

    [Fact]
    public async Task Dates_come_escaped_and_money_with_two_decimals()
    {
        var text = await TextAsync("Invoices?page=1&pageSize=1&order=InvoiceID");

        Assert.Contains("\"Date\":\"\\/Date(", text, StringComparison.Ordinal);
        Assert.Contains("+0000)\\/\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"/Date(", text, StringComparison.Ordinal);
        Assert.Matches("\"Total\":\\d+\\.\\d\\d,", text);
        Assert.Contains("Café Tūī", text, StringComparison.Ordinal);
        Assert.StartsWith("{\"Id\":\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_cover_every_record_once_and_sizes_are_clamped()
    {
        var seen = new List<string>();
        for (var page = 1; page <= 3; page++)
        {
            var body = await JsonAsync($"Invoices?page={page}&pageSize=10&order=InvoiceID ASC");
            Assert.Equal($$"""{"page":{{page}},"pageSize":10,"pageCount":3,"itemCount":25}""", body["pagination"]!.ToJsonString());
            seen.AddRange(Ids(body));
        }

        Assert.Equal(25, seen.Distinct().Count());
        Assert.Equal(seen.Order(StringComparer.Ordinal), seen);
        Assert.Equal(1000, (int)(await JsonAsync("Invoices?page=1&pageSize=5000"))["pagination"]!["pageSize"]!);
        Assert.Equal(1, (int)(await JsonAsync("Invoices?page=1&pageSize=0"))["pagination"]!["pageSize"]!);
        Assert.Empty(Ids(await JsonAsync("Invoices?page=9")));
    }

    [Fact]
    public async Task Without_page_a_list_has_no_lines_but_by_status_or_id_it_has()
    {
        Assert.Equal(0, Lines(await JsonAsync("Invoices")));
        Assert.Equal(25, Lines(await JsonAsync("Invoices?page=1")));
        Assert.Equal(25, Lines(await JsonAsync("Invoices?Statuses=AUTHORISED")));
        Assert.Equal(1, Lines(await JsonAsync($"Invoices/{_invoices[3]}")));
        Assert.Equal(2, Ids(await JsonAsync($"Invoices?IDs={_invoices[3]},{_invoices[4]}")).Count);
    }

    [Theory]
    [InlineData("Status==\"AUTHORISED\"", 25)]
    [InlineData("Status=\"PAID\"", 0)]
    [InlineData("Type==\"ACCREC\" AND Date>=DateTime(2026,03,05) && Date<DateTime(2026, 3, 10)", 5)]
    [InlineData("Date<DateTime(2026,03,03) OR Total>140", 5)]
    [InlineData("(Date<DateTime(2026,03,03) || Date>DateTime(2026,03,23)) AND Status!=\"VOIDED\"", 4)]
    [InlineData("Contact.Name==\"Café Tūī\"", 25)]
    [InlineData("SentToContact==false", 0)]
    public async Task Where_filters(string where, int count) =>
        Assert.Equal(count, Ids(await JsonAsync("Invoices?page=1&where=" + Uri.EscapeDataString(where))).Count);

    [Theory]
    [InlineData("where=Status~~1")]
    [InlineData("where=Date>=DateTime(2026,13,40)")]
    [InlineData("where=Status==")]
    [InlineData("order=Colour")]
    public async Task What_cannot_be_parsed_is_a_bad_request(string query)
    {
        using var response = await GetAsync("Invoices?page=1&" + query);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("QueryParseException", (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["Type"]!);
    }

    [Theory]
    [InlineData("2026-03-20T01:00:00Z")]
    [InlineData("2026-03-20T01:00:00")]
    [InlineData("Fri, 20 Mar 2026 01:00:00 GMT")]
    public async Task Modified_since_gives_what_changed_after_it_also_what_is_gone(string since)
    {
        _books.Void(_invoices[0], March.AddDays(22));
        _books.Payment(_invoices[1], March.AddDays(23), "090");

        var changed = await JsonAsync("Invoices?page=1", since);

        Assert.Equal([.. _invoices[20..], _invoices[0], _invoices[1]], Ids(changed).Select(Guid.Parse).ToHashSet());
        Assert.Equal(24, Ids(await JsonAsync("Invoices?page=1")).Count);
        Assert.Equal(_invoices[0].ToString(), Assert.Single(Ids(await JsonAsync("Invoices?page=1&Statuses=VOIDED,DELETED"))));
        Assert.Equal(4, ((await JsonAsync("TaxRates", "2030-01-01T00:00:00"))["TaxRates"] as JsonArray)!.Count);
    }

    [Fact]
    public async Task The_callers_mistakes_get_xeros_answers()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync("/api.xro/2.0/Invoices", authorised: false)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync("/api.xro/2.0/Invoices", tenant: Guid.Empty)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("Nonsense")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("Invoices/" + Guid.Empty)).StatusCode);
        using var connections = await SendAsync("/connections");
        Assert.Equal(_books.Organisation.Settings.TenantId.ToString(), (string)JsonNode.Parse(await connections.Content.ReadAsStringAsync())![0]!["tenantId"]!);
        Assert.All(LimitHeaders, header => Assert.Single(connections.Headers.GetValues(header)));
    }

    [Fact]
    public async Task The_trial_balance_balances_and_closes_the_year_into_retained_earnings()
    {
        _books.Spend(new DateOnly(2026, 4, 2), "090", "Somebody", new FakeLine("429", 23m, "INPUT2"));

        var march = TrialBalance(await JsonAsync("Reports/TrialBalance?date=2026-03-31"));
        var april = TrialBalance(await JsonAsync("Reports/TrialBalance?date=2026-04-30"));

        Assert.Equal(-2800m, march["Sales (200)"]);
        Assert.Equal(3220m, march["Accounts Receivable (610)"]);
        Assert.Equal(-420m, march["GST (820)"]);
        Assert.DoesNotContain("Sales (200)", april.Keys);
        Assert.Equal(-2800m, april["Retained Earnings (960)"]);
        Assert.Equal(20m, april["General Expenses (429)"]);
        Assert.Equal(march["Total"], april["Total"]);
        Assert.All(new[] { march, april }, report => Assert.Equal(0m, report.Sum(row => row.Value)));
    }

    [Fact]
    public async Task Refresh_tokens_change_with_use_and_a_revoked_one_is_an_invalid_grant()
    {
        var first = _xero.Tokens.IssueRefreshToken();

        var answer = await TokenAsync(first);
        Assert.NotEqual(first, (string)JsonNode.Parse(answer.Text)!["refresh_token"]!);
        Assert.Equal(200, (await TokenAsync(first)).Status);
        _xero.Tokens.RevokeAll();

        Assert.Equal((400, """{"error":"invalid_grant"}"""), await TokenAsync(first));
    }

    [Fact]
    public async Task Faults_spoil_answers_and_calls_are_counted()
    {
        FakeFault?[] faults = [FakeFault.RateLimit("day", 900), FakeFault.Status(503), FakeFault.DoubledRecord, FakeFault.NullRecord, FakeFault.MissingField("Total"), FakeFault.BrokenJson, null];
        _xero.Faults = request => faults[request.Number];

        using var limited = await GetAsync("Invoices?page=1");
        using var offline = await GetAsync("Invoices?page=1");
        var doubled = await JsonAsync("Invoices?page=1");
        var withNull = await JsonAsync("Invoices?page=1");
        var missing = await JsonAsync("Invoices?page=1");
        await Assert.ThrowsAnyAsync<System.Text.Json.JsonException>(() => JsonAsync("Invoices?page=1"));

        Assert.Equal((HttpStatusCode)429, limited.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(900), limited.Headers.RetryAfter!.Delta);
        Assert.Equal("day", limited.Headers.GetValues("X-Rate-Limit-Problem").Single());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, offline.StatusCode);
        Assert.Equal((26, 25), (Ids(doubled).Count, Ids(doubled).Distinct().Count()));
        Assert.Contains(null, withNull["Invoices"]!.AsArray());
        Assert.Null(missing["Invoices"]![0]!["Total"]);
        Assert.Equal(6, _xero.CallsTo("Invoices"));
    }

    [Fact]
    public async Task Limits_are_counted_and_enforced_when_asked_for()
    {
        _xero.EnforceLimits = true;

        var statuses = new List<HttpStatusCode>();
        for (var call = 0; call < 130; call++)
        {
            using var response = await GetAsync("Currencies");
            statuses.Add(response.StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, statuses[0]);
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
    }

    private async Task<(int Status, string Text)> TokenAsync(string refreshToken)
    {
        using var client = new HttpClient(new FakeXeroHandler(_xero));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken });
        using var response = await client.PostAsync(new Uri("https://identity.example/connect/token"), form);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static Dictionary<string, decimal> TrialBalance(JsonNode body)
    {
        var cells = body["Reports"]![0]!["Rows"]!.AsArray().Where(section => section!["Rows"] is not null).SelectMany(section => section!["Rows"]!.AsArray())
            .Select(row => row!["Cells"]!.AsArray().Select(cell => (string)cell!["Value"]!).ToList());
        return cells.ToDictionary(row => row[0], row => Number(row[3]) - Number(row[4]));
    }

    private static decimal Number(string text) => text.Length == 0 ? 0m : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static List<string> Ids(JsonNode body) => [.. body["Invoices"]!.AsArray().Select(invoice => (string)invoice!["InvoiceID"]!)];

    private static int Lines(JsonNode body) => body["Invoices"]!.AsArray().Sum(invoice => invoice!["LineItems"]!.AsArray().Count);

    private async Task<JsonNode> JsonAsync(string path, string? since = null) => JsonNode.Parse(await TextAsync(path, since))!;

    private async Task<string> TextAsync(string path, string? since = null)
    {
        using var response = await GetAsync(path, since);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private Task<HttpResponseMessage> GetAsync(string path, string? since = null) => SendAsync("/api.xro/2.0/" + path, since);

    private async Task<HttpResponseMessage> SendAsync(string path, string? since = null, bool authorised = true, Guid? tenant = null)
    {
        using var client = new HttpClient(new FakeXeroHandler(_xero));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("https://xero.example" + path));
        request.Headers.Add("xero-tenant-id", (tenant ?? _books.Organisation.Settings.TenantId).ToString());
        if (authorised)
        {
            request.Headers.Authorization = new("Bearer", "anything");
        }

        if (since is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Modified-Since", since);
        }

        return await client.SendAsync(request);
    }
}
