using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.Api;

/// <summary>The tie-out over HTTP: months, kinds, and what a person says of them.</summary>
public sealed class TieOutTests(ApiHost host) : IClassFixture<ApiHost>, IAsyncLifetime
{
    private static readonly DateOnly October = new(2026, 10, 31);

    private static string Path => $"/api/v1/tenants/{ApiHost.Acme.Id}/tie-out";

    public async Task InitializeAsync()
    {
        await using var db = host.Db.For(new TenantId(ApiHost.Acme.Id));
        await db.XeroDifferences.ExecuteDeleteAsync();
        await db.LedgerLines.ExecuteDeleteAsync();
        foreach (var (account, amount) in new[] { (FakeBooks.Bank, 30m), (FakeBooks.Sales, -30m) })
        {
            db.Add(new LedgerLine { TenantId = ApiHost.Acme.Id, AccountId = account, Date = October, Amount = amount, Source = LineSources.XeroTrialBalance, Kind = DifferenceKinds.Unexplained });
            db.Add(new XeroDifference { TenantId = ApiHost.Acme.Id, AccountId = account, Date = October, Amount = amount, FirstSeenAt = host.Clock.Now.UtcDateTime, ChangedAt = host.Clock.Now.UtcDateTime });
        }

        if (!await db.Accounts.AnyAsync())
        {
            host.Books.Accounts.ForEach(account => db.Add(new Account { TenantId = ApiHost.Acme.Id, AccountId = account.AccountId, Code = account.Code, Name = account.Name, Type = account.Type, Class = account.Class }));
        }

        await db.SaveChangesAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Without_a_month_it_is_the_last_full_one()
    {
        var body = await host.As(Roles.ReadOnly).GetFromJsonAsync<JsonElement>(Path);

        Assert.Equal(("2026-10", "2026-10-31"), (body.GetProperty("month").GetString(), body.GetProperty("date").GetString()));
        Assert.Equal(JsonValueKind.False, body.GetProperty("syncInProgress").ValueKind);
        Assert.True(body.TryGetProperty("tiesToXero", out _) && body.TryGetProperty("standsOnDocuments", out _) && body.TryGetProperty("settled", out _));
    }

    [Theory]
    [InlineData("2026-13", 400, "invalid-parameter")]
    [InlineData("October", 400, "invalid-parameter")]
    [InlineData("2027-01", 400, "invalid-value")]
    [InlineData("2024-03", 422, "before-books-start")]
    public async Task A_wrong_month_says_what_is_possible(string month, int status, string code)
    {
        var problem = await (await host.As(Roles.ReadOnly).GetAsync($"{Path}?month={month}")).ProblemAsync(status, code);

        Assert.True(problem.GetProperty("errors").TryGetProperty("month", out _));
    }

    [Fact]
    public async Task A_confirmation_is_kept_with_its_person_and_a_repeated_request_says_it_once()
    {
        var client = host.As(Roles.Accountant);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "say it once");

        var first = await SayAsync(client, FakeBooks.Bank, "2026-10", "other", "Cash count");
        var again = await SayAsync(client, FakeBooks.Bank, "2026-10", "other", "Cash count");

        var part = Assert.Single((await first.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("kinds").EnumerateArray());
        Assert.Equal(("other", "confirmed", 30m, "Cash count"), (part.GetProperty("kind").GetString(), part.GetProperty("state").GetString(), part.GetProperty("amount").GetDecimal(), part.GetProperty("note").GetString()));
        Assert.Equal($"{Roles.Accountant}@example.com", part.GetProperty("confirmedBy").GetString());
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        await using var db = host.Db.For(new TenantId(ApiHost.Acme.Id));
        Assert.Equal(1, await db.AuditLogs.CountAsync(entry => entry.Action == "tieout.confirmed"));
        Assert.Equal(ApiHost.Acme.LedgerVersion + 1, (await db.XeroTenants.SingleAsync(row => row.Id == ApiHost.Acme.Id)).LedgerVersion);
        Assert.Equal("other", (await db.LedgerLines.SingleAsync(line => line.AccountId == FakeBooks.Bank)).Kind);
    }

    [Theory]
    [InlineData("2026-10", "unexplained", 400, "invalid-value")]
    [InlineData("2026-10", "magic", 400, "invalid-value")]
    [InlineData("2026-1", "other", 400, "invalid-value")]
    [InlineData("2026-09", "other", 422, "no-difference")]
    public async Task What_cannot_be_said_is_refused(string month, string kind, int status, string code) =>
        await (await SayAsync(host.As(Roles.Admin), FakeBooks.Bank, month, kind, null)).ProblemAsync(status, code);

    [Fact]
    public async Task An_unknown_account_and_an_unknown_member_are_refused()
    {
        await (await SayAsync(host.As(Roles.Admin), Guid.NewGuid(), "2026-10", "other", null)).ProblemAsync(404, "account-not-found");
        await (await host.As(Roles.Admin).PostAsJsonAsync(Path + "/confirmations", new { accountId = FakeBooks.Bank, month = "2026-10", kind = "other", who = "me" })).ProblemAsync(400, "unknown-member");
    }

    private static Task<HttpResponseMessage> SayAsync(HttpClient client, Guid account, string month, string kind, string? note) =>
        client.PostAsJsonAsync(Path + "/confirmations", new { accountId = account, month, kind, note });
}
