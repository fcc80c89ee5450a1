using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Api.Contract;

namespace XeroCfo.Tests.Api;

/// <summary>Rules over HTTP: what is refused stores nothing, versions, and the life of a rule.</summary>
public sealed class RulesApiTests : IAsyncLifetime
{
    private readonly ContractHost _host = new(Support.TestDatabaseKind.Sqlite);

    private static string Rules => $"/api/v1/tenants/{ApiHost.Acme.Id}/rules";

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    public static TheoryData<string, int, string> Wrong => new()
    {
        { """{"category":"Fuel"}""", 400, "pattern" },
        { """{"pattern":"","category":"Fuel"}""", 400, "pattern" },
        { $$"""{"pattern":"{{new string('x', 256)}}","category":"Fuel"}""", 400, "pattern" },
        { """{"pattern":"*","category":"Fuel"}""", 400, "pattern" },
        { """{"pattern":"/(/","category":"Fuel"}""", 400, "pattern" },
        { """{"pattern":"/(?<=a)b/","category":"Fuel"}""", 400, "pattern" },
        { """{"pattern":"fuel"}""", 400, "category" },
        { """{"pattern":"fuel","category":"none"}""", 400, "category" },
        { """{"pattern":"fuel","category":"Fuel","priority":"high"}""", 400, "priority" },
        { """{"pattern":"fuel","category":"Fuel","colour":"red"}""", 400, "colour" },
        { """{"pattern":"fuel","category":"Fuel","accountCode":"no such"}""", 422, "accountCode" },
        { """{"pattern":"fuel","category":"Fuel","conditions":{"field":"colour","is":["red"]}}""", 400, "conditions.field" },
        { """{"pattern":"fuel","category":"Fuel","conditions":{"colour":"red"}}""", 400, "conditions.colour" },
        { """{"pattern":"fuel","category":"Fuel","conditions":{"field":"amount","min":10,"max":5}}""", 400, "conditions.max" },
        { """{"pattern":"fuel","category":"Fuel","conditions":{"all":[{"field":"amount","min":10},{"field":"amount","max":5}]}}""", 400, "conditions" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_wrong_is_said_at_its_member_and_nothing_is_stored(string body, int status, string member)
    {
        var client = _host.As(Roles.Standard);
        var before = await CountAsync(client);

        foreach (var (path, text) in new[] { (Rules, body), (Rules + "/import", $$"""{"rules":[{"pattern":"good","category":"Good"},{{body}}]}""") })
        {
            var answer = await client.PostAsync(path, new StringContent(text, Encoding.UTF8, "application/json"));

            Assert.Equal(status, (int)answer.StatusCode);
            var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject().Select(error => error.Name).ToList();
            Assert.Equal(path == Rules ? member : $"rules[1].{member}", Assert.Single(errors));
        }

        if (status == 400)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync(Rules + "/preview", new StringContent(body, Encoding.UTF8, "application/json"))).StatusCode);
        }

        Assert.Equal(before, await CountAsync(client));
    }

    [Fact]
    public async Task A_file_that_names_a_rule_twice_is_refused_and_one_that_comes_back_changes_nothing()
    {
        var client = _host.As(Roles.Standard);
        var rule = new { pattern = "fuel", category = "Fuel" };

        var twice = await (await client.PostAsJsonAsync(Rules + "/import", new { rules = new[] { rule, rule } })).ProblemAsync(400, "duplicate-rule");
        var first = await (await client.PostAsJsonAsync(Rules + "/import", new { rules = new[] { rule } })).Content.ReadFromJsonAsync<JsonElement>();
        var again = await (await client.PostAsJsonAsync(Rules + "/import", new { rules = new[] { rule } })).Content.ReadFromJsonAsync<JsonElement>();

        Assert.True(twice.GetProperty("errors").TryGetProperty("rules[1].pattern", out _));
        Assert.Equal((1, 0), (first.GetProperty("created").GetInt32(), first.GetProperty("unchanged").GetInt32()));
        Assert.Equal((0, 1), (again.GetProperty("created").GetInt32(), again.GetProperty("unchanged").GetInt32()));
    }

    [Fact]
    public async Task A_rule_is_made_read_changed_by_its_version_and_deleted()
    {
        var client = _host.As(Roles.Standard);
        var made = await client.PostAsJsonAsync(Rules, new { pattern = " fuelco ", category = "Fuel", priority = 7, conditions = new { field = "amount", max = 50.5 } });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var path = made.Headers.Location!.ToString();
        var read = await client.GetAsync(path);
        var rule = await read.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(("fuelco", 7, 50.5m), (rule.GetProperty("pattern").GetString(), rule.GetProperty("priority").GetInt32(), rule.GetProperty("conditions").GetProperty("max").GetDecimal()));
        Assert.Equal(path[(path.LastIndexOf('/') + 1)..], (await client.GetFromJsonAsync<JsonElement>(Rules)).GetProperty("items")[0].GetProperty("id").GetString());
        await (await PutAsync(client, path, null, "fuel")).ProblemAsync(428, "if-match-missing");
        _host.Clock.Now += TimeSpan.FromSeconds(1);
        var changed = await PutAsync(client, path, read.Headers.ETag!.Tag, "petrol");
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        await (await PutAsync(client, path, read.Headers.ETag.Tag, "diesel")).ProblemAsync(412, "version-stale");
        var delete = new HttpRequestMessage(HttpMethod.Delete, path);
        delete.Headers.TryAddWithoutValidation("If-Match", changed.Headers.ETag!.Tag);
        Assert.Equal(HttpStatusCode.NoContent, (await client.SendAsync(delete)).StatusCode);
        await (await client.GetAsync(path)).ProblemAsync(404, "rule-not-found");
    }

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, string path, string? version, string pattern)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(new { pattern, category = "Fuel" }) };
        request.Headers.TryAddWithoutValidation("If-Match", version);
        return client.SendAsync(request);
    }

    private static async Task<(int Rules, int Categories)> CountAsync(HttpClient client) => (
        (await client.GetFromJsonAsync<JsonElement>(Rules + "/count")).GetProperty("count").GetInt32(),
        (await client.GetFromJsonAsync<JsonElement>(Rules.Replace("/rules", "/categories", StringComparison.Ordinal) + "/count")).GetProperty("count").GetInt32());
}
