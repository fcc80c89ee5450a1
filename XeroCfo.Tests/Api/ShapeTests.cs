using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.Api;

/// <summary>The members of every answer, by name and in the contract's notation.</summary>
public sealed class ShapeTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly string Acme = $"/api/v1/tenants/{ApiHost.Acme.Id}";

    [Fact]
    public async Task An_organisation()
    {
        var tenant = await GetAsync("");

        Assert.Equal(
            $$$"""
            {"id":"{{{ApiHost.Acme.Id}}}","xeroTenantId":"xero-Acme","name":"Acme","type":"Organization","baseCurrency":"NZD",
            "financialYearEnd":{"day":31,"month":3},"booksStart":"2024-04-01","connection":{"status":"connected","detail":null},
            "dataAsOf":"2026-11-01T08:00:00Z","ledgerVersion":7}
            """.ReplaceLineEndings(""),
            tenant.GetRawText());
    }

    [Fact]
    public async Task A_sync_is_accepted_with_its_address()
    {
        var answer = await host.As(Roles.Standard).PostAsync(
            new Uri($"{Acme}/syncs", UriKind.Relative), new StringContent("{\"full\":true}", Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.True(host.Books.AskedFull);
        Assert.Equal($"{Acme}/syncs/{host.Books.Run.Id}", answer.Headers.Location?.ToString());
        Assert.Equal(host.Books.Run.Id.ToString(), (await answer.JsonAsync()).GetProperty("id").GetString());
        var again = await host.As(Roles.Standard).GetAsync(answer.Headers.Location);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task A_sync_run()
    {
        var run = await GetAsync($"/syncs/{host.Books.Run.Id}");

        Assert.Equal(
            $$$"""
            {"id":"{{{host.Books.Run.Id}}}","status":"running","full":false,"trigger":"manual","startedAt":"2026-11-24T08:00:00Z","finishedAt":null,
            "progress":{"step":"Invoices","done":3,"total":0},"counts":{"Invoice":{"received":3,"inserted":1,"updated":1,"unchanged":1,"deleted":0}},
            "calls":2,"issues":[{"kind":"Invoice","xeroId":"x","code":"no-account","message":"No such account."}],
            "movedMonths":[{"month":"2026-09","accountId":"{{{FakeBooks.Sales}}}","before":-10,"after":-20.5}],"error":null}
            """.ReplaceLineEndings(""),
            run.GetRawText());
    }

    [Fact]
    public async Task An_account()
    {
        var page = await GetAsync("/accounts?limit=1");

        Assert.Equal(["items", "next"], page.Names());
        Assert.Equal(
            $$$"""
            {"accountId":"{{{FakeBooks.Bank}}}","code":"090","name":"Bank","type":"BANK","class":"ASSET","systemAccount":null,"status":"ACTIVE","tag":null,"tagConfirmed":false}
            """,
            page.GetProperty("items")[0].GetRawText());
    }

    [Fact]
    public async Task A_trial_balance_beside_xeros()
    {
        var balance = await GetAsync("/trial-balance?date=2026-10-31");

        Assert.Equal(["date", "rows", "totals", "tiesToXero", "standsOnDocuments", "settled", "xeroReadAt", "syncInProgress"], balance.Names());
        Assert.Equal(
            ["accountId", "code", "name", "type", "class", "opening", "documents", "expectedXeroOnly", "unexplained", "balance", "xeroBalance", "difference"],
            balance.GetProperty("rows")[0].Names());
        Assert.Equal("fail", balance.GetProperty("tiesToXero").GetString());
        Assert.Equal("pass", balance.GetProperty("standsOnDocuments").GetString());
        Assert.Equal("-0.10", balance.GetProperty("rows")[1].GetProperty("difference").GetRawText());
        Assert.Equal("2026-11-01T00:00:00Z", balance.GetProperty("xeroReadAt").GetString());
    }

    [Fact]
    public async Task A_trial_balance_of_a_day_that_xero_was_not_read_at()
    {
        var balance = await GetAsync("/trial-balance");

        Assert.Equal("2026-11-24", balance.GetProperty("date").GetString());
        Assert.Equal("unknown", balance.GetProperty("tiesToXero").GetString());
        Assert.Equal(JsonValueKind.Null, balance.GetProperty("rows")[0].GetProperty("xeroBalance").ValueKind);
    }

    [Fact]
    public async Task A_ledger_line()
    {
        var page = await GetAsync("/ledger-lines");

        Assert.Equal(["items", "next", "syncInProgress"], page.Names());
        Assert.Equal(
            $$$"""
            {"date":"2026-10-03","accountId":"{{{FakeBooks.Sales}}}","amount":-100.10,"source":"document","kind":null,"documentKind":"bank_transaction",
            "documentXeroId":"22222222-0000-0000-0000-000000000001","transactionId":null,"number":"INV-1","contactName":"A customer","description":null,"xeroUrl":null}
            """.ReplaceLineEndings(""),
            page.GetProperty("items")[0].GetRawText());
        Assert.Equal("""{"count":10001,"capped":true}""", (await GetAsync("/ledger-lines/count")).GetRawText());
    }

    [Fact]
    public async Task A_transaction_row_has_every_column_but_no_search_text()
    {
        var page = await GetAsync("/transactions");
        var row = page.GetProperty("items")[0];

        Assert.Equal(["items", "next", "syncInProgress"], page.Names());
        Assert.Equal(
            [
                "id", "tenantId", "xeroId", "type", "contactId", "contactName", "reference", "amount", "date", "dueDate", "status", "category", "accountCode",
                "description", "isReconciled", "currencyCode", "currencyRate", "baseAmount", "direction", "number", "bankAccountId", "categorySource",
                "categoryRuleId", "lockedByPerson", "createdAt", "updatedAt",
            ],
            row.Names());
        Assert.Equal("12345.6789", row.GetProperty("amount").GetRawText());
        Assert.Equal("0.6125", row.GetProperty("currencyRate").GetRawText());
        Assert.Equal("2026-10-04T01:02:03.456789Z", row.GetProperty("updatedAt").GetString());
        Assert.Equal("""{"count":1,"capped":false}""", (await GetAsync("/transactions/count")).GetRawText());
    }

    [Fact]
    public async Task A_transaction_with_all_that_stands_behind_it()
    {
        var answer = await host.As(Roles.ReadOnly).GetAsync(new Uri($"{Acme}/transactions/{host.Books.Transaction.Id}", UriKind.Relative));
        var detail = await answer.JsonAsync();

        Assert.Matches("^\"[0-9a-f]+\"$", answer.Headers.ETag?.ToString());
        Assert.Superset(new HashSet<string> { "xeroUrl", "lines", "allocations", "ledgerLines", "syncInProgress", "amount" }, detail.Names().ToHashSet());
        Assert.Equal(["id", "sourceXeroId", "targetXeroId", "amount", "effectiveDate"], detail.GetProperty("allocations")[0].Names());
        Assert.Equal("12345.6789", detail.GetProperty("lines")[0].GetProperty("net").GetRawText());
    }

    [Fact]
    public async Task Figures_on_the_move_say_so_to_a_key_that_may_read_nothing_else()
    {
        var key = await host.KeyAsync(Roles.Admin, [Permissions.TransactionsRead, Permissions.LedgerRead], [ApiHost.Acme.Id]);
        await SetMovingAsync(true);

        foreach (var path in new[] { "/transactions", "/ledger-lines", "/trial-balance", $"/transactions/{host.Books.Transaction.Id}" })
        {
            var answer = await (await host.With(key.Secret).GetAsync(new Uri(Acme + path, UriKind.Relative))).JsonAsync();
            Assert.True(answer.GetProperty("syncInProgress").GetBoolean(), path);
        }

        await SetMovingAsync(false);
        Assert.False((await GetAsync("/transactions")).GetProperty("syncInProgress").GetBoolean());
    }

    private async Task SetMovingAsync(bool moving)
    {
        await using var db = host.Db.Create();
        await db.XeroTenants.Where(tenant => tenant.Id == ApiHost.Acme.Id).ExecuteUpdateAsync(set => set.SetProperty(tenant => tenant.SyncInProgress, moving));
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        var answer = await host.As(Roles.Admin).GetAsync(new Uri(Acme + path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return await answer.JsonAsync();
    }
}
