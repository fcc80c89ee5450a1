using System.Net;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.Api;

public sealed class ListTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly string Acme = $"/api/v1/tenants/{ApiHost.Acme.Id}";

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=NaN", "limit")]
    [InlineData("limit=1e2", "limit")]
    [InlineData("limit=99999999999999999999", "limit")]
    [InlineData("limit=", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("from=2026-02-30", "from")]
    [InlineData("from=01.02.2026", "from")]
    [InlineData("from=0001-01-01", "from")]
    [InlineData("to=9999-12-31", "to")]
    [InlineData("from=2026-02-02&to=2026-02-01", "from")]
    [InlineData("type=invoice", "type")]
    [InlineData("direction=up", "direction")]
    [InlineData("contactId=1", "contactId")]
    [InlineData("isReconciled=1", "isReconciled")]
    [InlineData("isReconciled=True", "isReconciled")]
    [InlineData("minAmount=-1", "minAmount")]
    [InlineData("minAmount=NaN", "minAmount")]
    [InlineData("minAmount=1,5", "minAmount")]
    [InlineData("minAmount=1e3", "minAmount")]
    [InlineData("minAmount=1.00001", "minAmount")]
    [InlineData("maxAmount=99999999999999999999999999999999999", "maxAmount")]
    [InlineData("maxAmount=922337203685477.5808", "maxAmount")]
    [InlineData("minAmount=2&maxAmount=1", "minAmount")]
    [InlineData("sort=name", "sort")]
    [InlineData("search=%00", "search")]
    [InlineData("limit=0&from=x&sort=y", "from", "limit", "sort")]
    [InlineData("limit=0&colour=red", "colour", "limit")]
    public async Task A_wrong_parameter_of_transactions_is_refused_by_name(string query, params string[] named)
    {
        var problem = await (await GetAsync($"{Acme}/transactions?{query}")).ProblemAsync(400, "invalid-parameter");

        Assert.Equal(named.Order(), problem.GetProperty("errors").Names().Order());
    }

    [Theory]
    [InlineData("transactions/count?type=x", "type")]
    [InlineData("ledger-lines?source=x", "source")]
    [InlineData("ledger-lines?accountId=x", "accountId")]
    [InlineData("ledger-lines?documentXeroId=x", "documentXeroId")]
    [InlineData("ledger-lines/count?from=x", "from")]
    [InlineData("trial-balance?date=2026-13-01", "date")]
    [InlineData("trial-balance?date=0001-01-01", "date")]
    [InlineData("accounts?limit=0", "limit")]
    [InlineData("accounts?cursor=nonsense", "cursor")]
    [InlineData("syncs?limit=0", "limit")]
    [InlineData("../../tenants?cursor=AAAA", "cursor")]
    [InlineData("transactions?cursor=bad", "cursor")]
    public async Task So_is_one_of_every_other_list(string pathAndQuery, string named)
    {
        var problem = await (await GetAsync($"{Acme}/{pathAndQuery}")).ProblemAsync(400);

        Assert.Equal([named], problem.GetProperty("errors").Names());
    }

    [Fact]
    public async Task Every_filter_of_transactions_reaches_the_reader()
    {
        var contact = Guid.NewGuid();
        var answer = await GetAsync(
            $"{Acme}/transactions?from=2026-01-01&to=2026-02-01&type=BILL&status=PAID&direction=out&category=none&accountCode=200&contactId={contact}"
            + "&isReconciled=false&minAmount=1.5&maxAmount=922337203685477.5807&search=caf%C3%A9&sort=-amount&limit=7");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(
            new TransactionFilter
            {
                From = new DateOnly(2026, 1, 1),
                To = new DateOnly(2026, 2, 1),
                Type = "BILL",
                Status = "PAID",
                Direction = "out",
                Category = "none",
                AccountCode = "200",
                ContactId = contact,
                IsReconciled = false,
                MinAmount = 1.5m,
                MaxAmount = 922337203685477.5807m,
                Search = "café",
            },
            host.Books.AskedFilter);
        Assert.Equal((TransactionSort.LargestFirst, 7, (string?)null), (host.Books.AskedSort, host.Books.AskedLimit, host.Books.AskedCursor));
    }

    [Fact]
    public async Task Every_filter_of_ledger_lines_reaches_the_reader()
    {
        var id = Guid.NewGuid();
        await GetAsync($"{Acme}/ledger-lines?accountId={id}&contactId={id}&documentXeroId={id}&from=2026-01-01&to=2026-01-01&source=opening");

        var day = new DateOnly(2026, 1, 1);
        Assert.Equal(
            new LedgerLineFilter { AccountId = id, ContactId = id, DocumentXeroId = id, From = day, To = day, Source = LineSources.Opening }, host.Books.AskedLines);
        Assert.Equal((100, null), (host.Books.AskedLimit, host.Books.AskedCursor));
    }

    [Theory]
    [InlineData("transactions?search=a%26b&type=BILL&limit=2")]
    [InlineData("ledger-lines?source=opening&limit=2")]
    [InlineData("syncs?limit=2")]
    public async Task Next_keeps_every_filter_and_brings_the_place_back(string pathAndQuery)
    {
        try
        {
            host.Books.Next = "n+/=w";
            var next = (await (await GetAsync($"{Acme}/{pathAndQuery}")).JsonAsync()).GetProperty("next").GetString()!;
            var after = (await (await GetAsync(next)).JsonAsync()).GetProperty("next").GetString()!;

            Assert.StartsWith("/api/v1/tenants/", next, StringComparison.Ordinal);
            Assert.Equal(pathAndQuery, next[(Acme.Length + 1)..next.LastIndexOf("&cursor=", StringComparison.Ordinal)]);
            Assert.EndsWith("n%2B%2F%3Dw", next, StringComparison.Ordinal);
            Assert.Equal("n+/=w", host.Books.AskedCursor);
            Assert.Equal(next, after);
        }
        finally
        {
            host.Books.Next = null;
        }
    }

    [Fact]
    public async Task A_cursor_of_another_list_filter_order_or_organisation_is_refused_by_name()
    {
        try
        {
            host.Books.Next = "place";
            var next = (await (await GetAsync($"{Acme}/transactions?type=BILL&sort=amount&limit=2")).JsonAsync()).GetProperty("next").GetString()!;
            var cursor = next[(next.LastIndexOf('=') + 1)..];
            string[] others =
            [
                $"{Acme}/transactions?type=BILL&sort=-amount&cursor={cursor}", $"{Acme}/transactions?type=INVOICE&sort=amount&cursor={cursor}", $"{Acme}/transactions?sort=amount&cursor={cursor}",
                $"{Acme}/ledger-lines?cursor={cursor}", $"/api/v1/tenants/{ApiHost.Beta.Id}/transactions?type=BILL&sort=amount&cursor={cursor}",
            ];

            foreach (var other in others)
            {
                Assert.Equal(["cursor"], (await (await GetAsync(other)).ProblemAsync(400, "invalid-cursor")).GetProperty("errors").Names());
            }

            Assert.Equal(HttpStatusCode.OK, (await GetAsync($"{Acme}/transactions?sort=amount&cursor={cursor}&type=BILL&limit=5")).StatusCode);
        }
        finally
        {
            host.Books.Next = null;
        }
    }

    [Theory]
    [InlineData("transactions?form=2026-01-01", "form")]
    [InlineData("transactions?Limit=5", "Limit")]
    [InlineData("transactions?contact_id=1&amp=2", "amp", "contact_id")]
    [InlineData("accounts?status=ACTIVE", "status")]
    [InlineData("trial-balance?month=2026-01", "month")]
    [InlineData("../../me?verbose", "verbose")]
    public async Task A_parameter_that_nobody_reads_is_refused_by_name_rather_than_passed_over(string pathAndQuery, params string[] named)
    {
        var problem = await (await GetAsync($"{Acme}/{pathAndQuery}")).ProblemAsync(400, "unknown-parameter");

        Assert.Equal(named, problem.GetProperty("errors").Names().Order());
    }

    [Fact]
    public async Task Accounts_and_organisations_read_to_the_end_show_each_once()
    {
        host.Books.Accounts.AddRange(Enumerable.Range(300, 25).Select(code => FakeBooks.Account(Guid.NewGuid(), $"{code}", $"Account {code}", "EXPENSE", "EXPENSE")));

        Assert.Equal(host.Books.Accounts.Select(account => account.AccountId.ToString()), await ReadAllAsync($"{Acme}/accounts?limit=4", "accountId"));
        Assert.Equal($$"""{"count":{{host.Books.Accounts.Count}},"capped":false}""", (await (await GetAsync($"{Acme}/accounts/count")).JsonAsync()).GetRawText());
        Assert.Equal("""{"count":2,"capped":false}""", (await (await GetAsync("/api/v1/tenants/count")).JsonAsync()).GetRawText());
        Assert.Equal([ApiHost.Acme.Id.ToString(), ApiHost.Beta.Id.ToString()], await ReadAllAsync("/api/v1/tenants?limit=1", "id"));
    }

    private async Task<List<string>> ReadAllAsync(string path, string id)
    {
        var seen = new List<string>();
        for (var next = path; next is not null;)
        {
            var page = await (await GetAsync(next)).JsonAsync();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(row => row.GetProperty(id).GetString()!));
            next = page.GetProperty("next").GetString();
        }

        return seen;
    }

    private Task<HttpResponseMessage> GetAsync(string path) => host.As(Roles.Admin).GetAsync(new Uri(path, UriKind.Relative));
}
