using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Api.Contract;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Api;

/// <summary>Budgets and layouts over HTTP: their life, and what is refused where.</summary>
public sealed class BudgetsApiTests : IAsyncLifetime
{
    private readonly ContractHost _host = new(TestDatabaseKind.Sqlite);

    private static string Budgets => $"/api/v1/tenants/{ApiHost.Acme.Id}/budgets";

    private static string Layouts => $"/api/v1/tenants/{ApiHost.Acme.Id}/report-layouts";

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    public static TheoryData<string, int, string> Wrong => new()
    {
        { """{"lines":[]}""", 400, "name" },
        { """{"name":"B"}""", 400, "lines" },
        { """{"name":"B","lines":null}""", 400, "lines" },
        { """{"name":"B","lines":[null]}""", 400, "lines[0]" },
        { """{"name":"B","lines":[{"month":"2026-10","amount":1}]}""", 400, "lines[0].accountId" },
        { """{"name":"B","lines":[{"accountId":"11111111-0000-0000-0000-000000000002","month":"2026-13","amount":1}]}""", 400, "lines[0].month" },
        { """{"name":"B","lines":[{"accountId":"11111111-0000-0000-0000-000000000002","month":"2026-10-01","amount":1}]}""", 400, "lines[0].month" },
        { """{"name":"B","lines":[{"accountId":"11111111-0000-0000-0000-000000000002","month":"2026-10"}]}""", 400, "lines[0].amount" },
        { """{"name":"B","lines":[{"accountId":"11111111-0000-0000-0000-000000000002","month":"2026-10","amount":"12"}]}""", 400, "lines[0].amount" },
        { """{"name":"B","lines":[{"accountId":"11111111-0000-0000-0000-000000000002","month":"2026-10","amount":922337203685477.5808}]}""", 400, "lines[0].amount" },
        { """{"name":"B","lines":[{"accountId":"11111111-0000-0000-0000-000000000002","month":"2026-10","amount":1,"note":"x"}]}""", 400, "lines[0].note" },
        { """{"name":"B","source":"xero","lines":[]}""", 400, "source" },
        { """{"name":"B","lines":[{"accountId":"99999999-0000-0000-0000-000000000002","month":"2026-10","amount":1}]}""", 422, "lines[0].accountId" },
        { """{"name":"B","lines":[{"accountId":"11111111-0000-0000-0000-000000000002","month":"2026-10","amount":1},{"accountId":"11111111-0000-0000-0000-000000000001","month":"2026-10","amount":1}]}""", 422, "lines[1].accountId" },
        { """{"name":"B","lines":[],"tracking":[{"categoryId":"99999999-0000-0000-0000-000000000002"}]}""", 400, "tracking[0]" },
        { """{"name":"B","lines":[],"tracking":[{"categoryId":"99999999-0000-0000-0000-000000000002","optionId":"99999999-0000-0000-0000-000000000002"}]}""", 422, "tracking[0]" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_wrong_is_said_at_its_member_and_nothing_is_stored(string body, int status, string member)
    {
        var client = _host.As(Roles.Accountant);

        var answer = await client.PostAsync(Budgets, new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(member, Assert.Single((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject()).Name);
        Assert.Equal(1, (await client.GetFromJsonAsync<JsonElement>($"{Budgets}/count")).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task A_budget_lives_through_its_versions()
    {
        var client = _host.As(Roles.Accountant);
        var made = await client.PostAsJsonAsync(Budgets, Body("Plan", 1_200.5m));
        var budget = await made.Content.ReadFromJsonAsync<JsonElement>();
        var path = $"{Budgets}/{budget.GetProperty("id").GetString()}";

        Assert.Equal((HttpStatusCode.Created, "own"), (made.StatusCode, budget.GetProperty("source").GetString()));
        Assert.Equal("""[{"accountId":"11111111-0000-0000-0000-000000000002","month":"2026-10","amount":1200.5}]""", budget.GetProperty("lines").GetRawText());
        await (await new Draft("PUT", path, JsonSerializer.SerializeToNode(Body("Plan", 5m))!.AsObject()).SendAsync(client)).ProblemAsync(428, "if-match-missing");
        await (await new Draft("PUT", path, JsonSerializer.SerializeToNode(Body("Plan", 5m))!.AsObject()).With("If-Match", "\"1\"").SendAsync(client)).ProblemAsync(412, "version-stale");
        _host.Clock.Now += TimeSpan.FromSeconds(1);
        var changed = await new Draft("PUT", path, JsonSerializer.SerializeToNode(Body("Plan B", 5m))!.AsObject()).With("If-Match", made.Headers.ETag!.Tag).SendAsync(client);
        Assert.Equal((HttpStatusCode.OK, "Plan B"), (changed.StatusCode, (await changed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("name").GetString()));
        Assert.NotEqual(made.Headers.ETag, changed.Headers.ETag);

        var list = await client.GetFromJsonAsync<JsonElement>($"{Budgets}?limit=1&source=own");
        Assert.Equal("Plan B", Assert.Single(list.GetProperty("items").EnumerateArray()).GetProperty("name").GetString());
        var csv = await client.GetStringAsync($"{path}/export?format=csv");
        Assert.Equal("Code,Account,2026-10\r\n200,Account 200,5.00\r\n", csv.TrimStart('\uFEFF'));
        Assert.Equal(HttpStatusCode.NoContent, (await new Draft("DELETE", path).With("If-Match", changed.Headers.ETag!.Tag).SendAsync(client)).StatusCode);
        await (await client.GetAsync(path)).ProblemAsync(404, "budget-not-found");
    }

    [Fact]
    public async Task One_of_Xeros_is_refused_for_changes_after_its_version()
    {
        var (client, path) = (_host.As(Roles.Accountant), $"{Budgets}/{_host.OfXero.Id}");
        var body = JsonSerializer.SerializeToNode(Body("Mine", 5m))!.AsObject();

        await (await new Draft("PUT", path, body).SendAsync(client)).ProblemAsync(428, "if-match-missing");
        await (await new Draft("PUT", path, body).With("If-Match", "\"1\"").SendAsync(client)).ProblemAsync(412, "version-stale");
        await (await new Draft("PUT", path, body).With("If-Match", "*").SendAsync(client)).ProblemAsync(409, "budget-from-xero");
        await (await new Draft("DELETE", path).With("If-Match", "*").SendAsync(client)).ProblemAsync(409, "budget-from-xero");
        Assert.Equal("xero", (await client.GetFromJsonAsync<JsonElement>(path)).GetProperty("source").GetString());
    }

    [Fact]
    public async Task A_table_that_is_wrong_is_told_place_by_place_and_makes_nothing()
    {
        var client = _host.As(Roles.Accountant);

        var wrong = await (await client.PostAsJsonAsync($"{Budgets}/import", new { name = "Plan", text = "Code,Oct 2026,Nov 2026\n200,1,x\n999,2,\n" })).ProblemAsync(400, "invalid-table");
        var made = await client.PostAsJsonAsync($"{Budgets}/import", new { name = "Plan", text = "Code\tOct 2026\n200\t1,000\n" });

        Assert.Equal(["text: Row 2, column C", "text: Row 3, column A"], wrong.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        Assert.Equal(1_000m, (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("lines")[0].GetProperty("amount").GetDecimal());
        Assert.Equal(2, (await client.GetFromJsonAsync<JsonElement>($"{Budgets}/count")).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task A_layout_is_refused_at_its_place_and_lives_through_its_versions()
    {
        var client = _host.As(Roles.Accountant);
        var circle = await (await client.PostAsJsonAsync(Layouts, new { name = "Board", rows = new object[] { new { id = "a", label = "A", kind = "formula", formula = "b" }, new { id = "b", label = "B", kind = "formula", formula = "a" } } })).ProblemAsync(400, "circular-formula");
        var gone = await (await client.PostAsJsonAsync(Layouts, new { name = "Board", rows = new object[] { new { id = "a", label = "A", kind = "group", accountIds = new[] { FakeBooks.Sales, Guid.NewGuid() } } } })).ProblemAsync(422, "unknown-account");
        var made = await client.PostAsJsonAsync(Layouts, new { name = "Board", rows = new object[] { new { id = "a", label = "Sales", kind = "group", accountIds = new[] { FakeBooks.Sales } }, new { id = "b", label = "Per nothing", kind = "formula", formula = "a / (a - a)" } } });
        var layout = await made.Content.ReadFromJsonAsync<JsonElement>();
        var report = await (await client.PostAsJsonAsync($"/api/v1/tenants/{ApiHost.Acme.Id}/reports/run", new { type = "CUSTOM", parameters = new { layoutId = layout.GetProperty("id").GetGuid(), from = "2026-10-01", to = "2026-10-31" } })).Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal("rows[1]", Assert.Single(circle.GetProperty("errors").EnumerateObject()).Name);
        Assert.Equal("rows[0].accountIds[1]", Assert.Single(gone.GetProperty("errors").EnumerateObject()).Name);
        Assert.Equal((HttpStatusCode.Created, 1), (made.StatusCode, layout.GetProperty("version").GetInt32()));
        var rows = report.GetProperty("rows").EnumerateArray().ToDictionary(row => row.GetProperty("key").GetString()!);
        Assert.Equal((30m, JsonValueKind.Null), (rows["row:a"].GetProperty("values")[0].GetDecimal(), rows["row:b"].GetProperty("values")[0].ValueKind));
        Assert.Contains(report.GetProperty("notes").EnumerateArray(), note => note.GetProperty("kind").GetString() == "no-value" && note.GetProperty("text").GetString()!.Contains("Division by zero", StringComparison.Ordinal));
    }

    private static object Body(string name, decimal amount) => new { name, lines = new[] { new { accountId = FakeBooks.Sales, month = "2026-10", amount } } };
}
