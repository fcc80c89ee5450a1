using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using XeroCfo.Data.Ledger;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Storage;

namespace XeroCfo.Tests.Api;

/// <summary>The API over transactions that stand in the database.</summary>
public sealed class StoredTransactionsHost : ApiHost
{
    public StoredTransactionsHost() => Configure = builder => builder.Services.Replace(ServiceDescriptor.Singleton<ITransactionReader>(provider => new TransactionReader(provider.GetRequiredService<IDbFactory>())));
}

/// <summary>Categories over HTTP: one document with its version, many at once, undo, and the categories themselves.</summary>
public sealed class CategorisingTests(StoredTransactionsHost host) : IClassFixture<StoredTransactionsHost>, IAsyncLifetime
{
    private readonly Transaction[] _rows = [.. Enumerable.Range(0, 3).Select(i => SampleRows.Transaction(ApiHost.Acme.Id, 10m + i))];

    private static string Path => $"/api/v1/tenants/{ApiHost.Acme.Id}";

    public async Task InitializeAsync()
    {
        await using var db = host.Db.For(new TenantId(ApiHost.Acme.Id));
        db.AddRange(_rows);
        await db.SaveChangesAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task One_document_is_changed_over_the_version_that_was_read_and_given_back_by_null()
    {
        var client = host.As(Roles.Standard);
        var read = await client.GetAsync($"{Path}/transactions/{_rows[0].Id}");

        var changed = await PatchAsync(client, _rows[0].Id, read.Headers.ETag!.Tag, """{"category":"Fuel"}""");
        var body = await changed.Content.ReadFromJsonAsync<JsonElement>();
        var stale = await (await PatchAsync(client, _rows[0].Id, read.Headers.ETag.Tag, """{"category":"Travel"}""")).ProblemAsync(412, "version-stale");
        var back = await PatchAsync(client, _rows[0].Id, changed.Headers.ETag!.Tag, """{"category":null}""");

        Assert.Equal(("Fuel", "manual"), (body.GetProperty("category").GetString(), body.GetProperty("categorySource").GetString()));
        Assert.NotEqual(read.Headers.ETag.Tag, changed.Headers.ETag.Tag);
        Assert.Contains("set Fuel", stale.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, (await back.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("category").ValueKind);
    }

    [Theory]
    [InlineData("{}", 400, "invalid-value")]
    [InlineData("""{"category":""}""", 400, "invalid-value")]
    [InlineData("""{"category":"none"}""", 400, "invalid-value")]
    [InlineData("""{"category":7}""", 400, "invalid-value")]
    [InlineData("""{"status":"PAID"}""", 400, "unknown-member")]
    [InlineData("""{"accountCode":"no such"}""", 422, "account-code-not-found")]
    public async Task A_wrong_wish_says_what_is_wrong(string body, int status, string code) =>
        await (await PatchAsync(host.As(Roles.Standard), _rows[0].Id, "*", body)).ProblemAsync(status, code);

    [Fact]
    public async Task What_is_unknown_comes_before_the_missing_version()
    {
        var client = host.As(Roles.Standard);

        await (await PatchAsync(client, Guid.NewGuid(), null, """{"category":"Fuel"}""")).ProblemAsync(404, "transaction-not-found");
        await (await PatchAsync(client, _rows[0].Id, null, """{"category":"Fuel"}""")).ProblemAsync(428, "if-match-missing");
    }

    [Fact]
    public async Task Many_are_changed_once_for_a_repeated_request_and_taken_back_once()
    {
        var client = host.As(Roles.Standard);
        client.DefaultRequestHeaders.Add("Idempotency-Key", Guid.NewGuid().ToString());
        var wish = new { ids = _rows.Select(row => row.Id), category = "Office" };

        var first = await (await client.PostAsJsonAsync($"{Path}/transactions/categorize", wish)).Content.ReadFromJsonAsync<JsonElement>();
        var again = await (await client.PostAsJsonAsync($"{Path}/transactions/categorize", wish)).Content.ReadFromJsonAsync<JsonElement>();
        var undo = $"{Path}/undo/{first.GetProperty("undoId").GetGuid()}";
        await (await client.PostAsync(undo, null)).ProblemAsync(422, "idempotency-key-reused");
        client = host.As(Roles.Standard);
        var undone = await (await client.PostAsync(undo, null)).Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal((3, 0), (first.GetProperty("changed").GetInt32(), first.GetProperty("skipped").GetInt32()));
        Assert.Equal(first.ToString(), again.ToString());
        Assert.Equal((3, 0), (undone.GetProperty("restored").GetInt32(), undone.GetProperty("skipped").GetInt32()));
        await (await client.PostAsync(undo, null)).ProblemAsync(409, "already-undone");
        await (await client.PostAsync($"{Path}/undo/{Guid.NewGuid()}", null)).ProblemAsync(404, "undo-not-found");
    }

    [Theory]
    [InlineData("""{"category":"Fuel"}""", "ids")]
    [InlineData("""{"ids":[],"category":"Fuel"}""", "ids")]
    [InlineData("""{"filter":{}}""", "category")]
    [InlineData("""{"filter":{"type":"CHEQUE"},"category":"Fuel"}""", "filter.type")]
    [InlineData("""{"filter":{"from":"2026-02-01","to":"2026-01-01"},"category":"Fuel"}""", "filter.to")]
    [InlineData("""{"filter":{"minAmount":-1},"category":"Fuel"}""", "filter.minAmount")]
    [InlineData("""{"filter":{"colour":"red"},"category":"Fuel"}""", "filter.colour")]
    public async Task A_wrong_selection_names_its_member(string body, string member)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var response = await host.As(Roles.Standard).PostAsync($"{Path}/transactions/categorize", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(member, out _), await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_category_is_made_read_renamed_merged_and_listed()
    {
        var client = host.As(Roles.Standard);
        var name = "Garden " + Guid.NewGuid();

        var made = await client.PostAsJsonAsync($"{Path}/categories", new { name });
        var again = await client.PostAsJsonAsync($"{Path}/categories", new { name = name.ToUpperInvariant() });
        var other = await client.PostAsJsonAsync($"{Path}/categories", new { name = name + " 2", colour = "#112233" });
        var read = await client.GetAsync(made.Headers.Location);
        using var rename = new HttpRequestMessage(HttpMethod.Put, made.Headers.Location) { Content = JsonContent.Create(new { name = name + " 3" }) };
        rename.Headers.TryAddWithoutValidation("If-Match", read.Headers.ETag!.Tag);
        var renamed = await client.SendAsync(rename);
        using var merge = new HttpRequestMessage(HttpMethod.Delete, $"{other.Headers.Location}?mergeInto={(await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid()}");
        merge.Headers.TryAddWithoutValidation("If-Match", other.Headers.ETag!.Tag);
        var merged = await client.SendAsync(merge);
        var names = (await client.GetFromJsonAsync<JsonElement>($"{Path}/categories?limit=1000")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()).ToList();

        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Conflict, HttpStatusCode.OK, HttpStatusCode.NoContent], new[] { made.StatusCode, again.StatusCode, renamed.StatusCode, merged.StatusCode });
        Assert.Contains(name + " 3", names);
        Assert.DoesNotContain(name + " 2", names);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(other.Headers.Location)).StatusCode);
    }

    private static Task<HttpResponseMessage> PatchAsync(HttpClient client, Guid id, string? version, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, $"{Path}/transactions/{id}") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", version);
        }

        return client.SendAsync(request);
    }
}
