using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using XeroCfo.Data.Ledger;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Api.Contract;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Api;

/// <summary>Reports over HTTP: made, kept as they were, deleted, and refused where something is wrong.</summary>
public sealed class ReportsApiTests
{
    private static string Path => $"/api/v1/tenants/{ApiHost.Acme.Id}/reports";

    [BothDatabases]
    public Task A_kept_report_opens_as_it_was_made(TestDatabaseKind kind) => InAsync(kind, async host =>
    {
        var client = host.As(Roles.Standard);
        var made = await client.PostAsJsonAsync(Path, new { type = "BALANCE_SHEET", name = "Board pack", parameters = new { compare = "lastYear" } });
        var first = JsonNode.Parse(await made.Content.ReadAsStringAsync())!;
        var id = first["id"]!.GetValue<Guid>();
        var run = JsonNode.Parse(await (await client.PostAsJsonAsync($"{Path}/run", new { type = "BALANCE_SHEET", parameters = new { compare = "lastYear" } })).Content.ReadAsStringAsync())!;

        await host.RestartAsync();
        client = host.As(Roles.ReadOnly);
        var opened = await client.GetAsync($"{Path}/{id}");
        var later = JsonNode.Parse(await opened.Content.ReadAsStringAsync())!;

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.EndsWith($"/reports/{id}", made.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(first, later), $"{first}\n{later}");
        Assert.Equal(run["rows"]!.ToJsonString(), later["data"]!["rows"]!.ToJsonString());
        Assert.Equal(["actual", "compare1", "variance", "variancePercent", "favourable"], run["columns"]!.AsArray().Select(column => column!["key"]!.GetValue<string>()));

        var list = await client.GetFromJsonAsync<JsonElement>($"{Path}?type=BALANCE_SHEET");
        var none = await client.GetFromJsonAsync<JsonElement>($"{Path}?type=CASH_FLOW");
        var changes = await client.GetFromJsonAsync<JsonElement>($"{Path}/{id}/changes");
        Assert.Equal(["Board pack"], list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()!));
        Assert.Empty(none.GetProperty("items").EnumerateArray());
        Assert.Empty(changes.GetProperty("items").EnumerateArray());

        var accountant = host.As(Roles.Accountant);
        await (await new Draft("DELETE", $"{Path}/{id}").SendAsync(accountant)).ProblemAsync(428, "if-match-missing");
        await (await new Draft("DELETE", $"{Path}/{id}").With("If-Match", "\"1\"").SendAsync(accountant)).ProblemAsync(412, "version-stale");
        Assert.Equal(HttpStatusCode.NoContent, (await new Draft("DELETE", $"{Path}/{id}").With("If-Match", opened.Headers.ETag!.Tag).SendAsync(accountant)).StatusCode);
        await (await client.GetAsync($"{Path}/{id}")).ProblemAsync(404, "not-found");
    });

    [BothDatabases]
    public Task What_cannot_be_is_refused_at_its_parameter(TestDatabaseKind kind) => InAsync(kind, async host =>
    {
        var client = host.As(Roles.Standard);
        foreach (var (body, status, code, field) in new (string Body, int Status, string Code, string? Field)[]
        {
            ("{}", 400, "invalid-value", "type"),
            ("""{"type":"PROFIT_AND_LOSS"}""", 400, "invalid-value", "type"),
            ("""{"type":"PROFIT_LOSS","parameters":{"period":"2026"}}""", 400, "unknown-member", "parameters.period"),
            ("""{"type":"PROFIT_LOSS","parameters":{"from":"2026-13-01"}}""", 400, "invalid-value", "parameters.from"),
            ("""{"type":"PROFIT_LOSS","parameters":{"interval":"week"}}""", 400, "invalid-value", "parameters.interval"),
            ("""{"type":"PROFIT_LOSS","parameters":{"compare":"previous:25"}}""", 400, "invalid-value", "parameters.compare"),
            ("""{"type":"PROFIT_LOSS","parameters":{"to":"2199-01-01"}}""", 400, "invalid-value", "parameters.to"),
            ("""{"type":"PROFIT_LOSS","parameters":{"trackingCategoryId":"0193a1b2-4c5d-7e8f-9a0b-1c2d3e4f5061"}}""", 400, "invalid-value", "parameters.trackingCategoryId"),
            ("""{"type":"AGED_PAYABLES","parameters":{"method":"direct"}}""", 400, "unknown-parameter", "parameters.method"),
            ("""{"type":"CASH_FLOW","parameters":{"basis":"cash"}}""", 422, "cash-basis-unavailable", "parameters.basis"),
            ("""{"type":"BALANCE_SHEET","parameters":{"compare":"budget:0193a1b2-4c5d-7e8f-9a0b-1c2d3e4f5061"}}""", 422, "unknown-budget", "parameters.compare"),
        })
        {
            var problem = await (await new Draft("POST", $"{Path}/run", JsonNode.Parse(body)!.AsObject()).SendAsync(client)).ProblemAsync(status, code);

            Assert.True(problem.GetProperty("errors").TryGetProperty(field!, out _), $"{body}: {problem}");
        }

        await (await client.PostAsJsonAsync(Path, new { type = "PROFIT_LOSS", name = " " })).ProblemAsync(400, "invalid-value");
        Assert.Equal(0, (await client.GetFromJsonAsync<JsonElement>($"{Path}/count")).GetProperty("count").GetInt32());
    });

    [BothDatabases]
    public Task An_executive_is_shown_names_and_totals_but_no_documents(TestDatabaseKind kind) => InAsync(kind, async host =>
    {
        var client = host.As(Roles.Executive);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync($"{Path}/run", new { type = "AGED_RECEIVABLES" })).StatusCode);
        await (await client.PostAsJsonAsync($"{Path}/run", new { type = "AGED_RECEIVABLES", parameters = new { by = "document" } })).ProblemAsync(403, "permission-missing");
        var kept = await (await host.As(Roles.Accountant).PostAsJsonAsync(Path, new { type = "AGED_PAYABLES", name = "Bills", parameters = new { by = "document" } })).Content.ReadFromJsonAsync<JsonElement>();
        await (await client.GetAsync($"{Path}/{kept.GetProperty("id").GetGuid()}")).ProblemAsync(403, "permission-missing");
        await (await client.PostAsJsonAsync(Path, new { type = "AGED_PAYABLES", name = "Mine" })).ProblemAsync(403, "permission-missing");
    });

    private static async Task InAsync(TestDatabaseKind kind, Func<ContractHost, Task> act)
    {
        var host = new ContractHost(kind);
        await host.InitializeAsync();
        try
        {
            await act(host);
        }
        finally
        {
            await host.DisposeAsync();
        }
    }
}
