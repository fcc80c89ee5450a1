using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.Api;

/// <summary>Keys over the API, as the contract has them.</summary>
public sealed class ApiKeysApiTests : IAsyncLifetime
{
    private const string Keys = "/api/v1/api-keys";
    private static readonly string[] Reading = ["sync:read", "tenants:read"];
    private readonly ApiHost _host = new() { Configure = builder => builder.Services.AddSingleton<IStartupFilter, AddressOfHeader>() };

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_key_is_shown_once_and_works_at_once()
    {
        var answer = await PostAsync(Roles.Standard, new { name = "n8n", permissions = Reading });

        var made = await answer.JsonAsync(201);
        var key = made.GetProperty("key").GetString()!;
        Assert.Equal($"{Keys}/{made.GetProperty("id").GetString()}", answer.Headers.Location!.ToString());
        Assert.Equal("2027-02-22T09:00:00Z", made.GetProperty("expiresAt").GetString());
        Assert.Equal(JsonValueKind.Null, made.GetProperty("tenants").ValueKind);
        Assert.Equal(HttpStatusCode.OK, (await _host.With(key).GetAsync("/api/v1/me")).StatusCode);

        var read = await (await _host.As(Roles.Standard).GetAsync(answer.Headers.Location)).JsonAsync();
        Assert.False(read.TryGetProperty("key", out _));
        Assert.DoesNotContain(key, await _host.As(Roles.Standard).GetStringAsync(Keys), StringComparison.Ordinal);
        Assert.Equal("GET /api/v1/me", read.GetProperty("lastUsedRoute").GetString());
        Assert.Equal("active", read.GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("null", null)]
    [InlineData("\"2026-12-01T10:30:00Z\"", "2026-12-01T10:30:00Z")]
    [InlineData("\"2026-12-01T10:30:00+13:00\"", "2026-11-30T21:30:00Z")]
    public async Task Its_end_is_what_was_said_and_null_is_never(string json, string? end)
    {
        var made = await (await PostAsync(Roles.Standard, $$"""{"name":"n8n","permissions":["sync:read"],"expiresAt":{{json}}}""")).JsonAsync(201);

        Assert.Equal(end, made.GetProperty("expiresAt").GetString());
    }

    [Theory]
    [InlineData("""{"permissions":["sync:read"]}""", "name")]
    [InlineData("""{"name":"","permissions":["sync:read"]}""", "name")]
    [InlineData("""{"name":"n8n"}""", "permissions")]
    [InlineData("""{"name":"n8n","permissions":[]}""", "permissions")]
    [InlineData("""{"name":"n8n","permissions":["sync:everything"]}""", "permissions")]
    [InlineData("""{"name":"n8n","permissions":[null]}""", "permissions")]
    [InlineData("""{"name":"n8n","permissions":["sync:read"],"tenants":[]}""", "tenants")]
    [InlineData("""{"name":"n8n","permissions":["sync:read"],"addresses":["localhost"]}""", "addresses")]
    [InlineData("""{"name":"n8n","permissions":["sync:read"],"expiresAt":"2026-11-24T09:00:00Z"}""", "expiresAt")]
    [InlineData("""{"name":"n8n","permissions":["sync:read"],"expiresAt":"2026-12-01"}""", "expiresAt")]
    [InlineData("""{"name":"n8n","permissions":["sync:read"],"expiresAt":"2026-12-01T10:30:00"}""", "expiresAt")]
    [InlineData("""{"name":"n8n","permissions":["sync:read"],"owner":"x"}""", "owner")]
    public async Task A_wrong_wish_is_refused_by_name(string body, string field)
    {
        var problem = await (await PostAsync(Roles.Admin, body)).ProblemAsync(400);

        Assert.Equal([field], problem.GetProperty("errors").Names());
    }

    [Fact]
    public async Task More_than_the_owner_has_is_refused_and_a_foreign_organisation_like_an_unknown_one()
    {
        await (await PostAsync(Roles.Standard, new { name = "n8n", permissions = new[] { "users:read" } })).ProblemAsync(422, "api-key-exceeds-owner");
        var foreign = await (await PostAsync(Roles.Admin, new { name = "n8n", permissions = Reading, tenants = new[] { ApiHost.Acme.Id, ApiHost.Foreign.Id } })).ProblemAsync(422, "api-key-tenant-not-granted");
        var unknown = await (await PostAsync(Roles.Admin, new { name = "n8n", permissions = Reading, tenants = new[] { ApiHost.Acme.Id, Guid.NewGuid() } })).ProblemAsync(422, "api-key-tenant-not-granted");
        Assert.Equal(foreign.GetProperty("detail").GetString(), unknown.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task People_see_their_own_keys_admins_everybodys_but_no_organisation_that_they_were_not_given()
    {
        var made = await (await PostAsync(Roles.Standard, new { name = "mine", permissions = Reading, tenants = new[] { ApiHost.Acme.Id, ApiHost.Beta.Id } })).JsonAsync(201);
        var path = $"{Keys}/{made.GetProperty("id").GetString()}";
        await _host.GrantAsync(Roles.Admin, ApiHost.Acme, false);

        await (await _host.As(Roles.Accountant).GetAsync(path)).ProblemAsync(404, "api-key-not-found");
        await (await _host.As(Roles.Accountant).DeleteAsync(path)).ProblemAsync(404, "api-key-not-found");
        await (await _host.As(Roles.Accountant).PostAsync(path + "/rotate", null)).ProblemAsync(404, "api-key-not-found");
        var seen = await (await _host.As(Roles.Admin).GetAsync(path)).JsonAsync();
        Assert.Equal("Standard@example.com", seen.GetProperty("owner").GetProperty("email").GetString());
        Assert.Equal([ApiHost.Beta.Id.ToString()], seen.GetProperty("tenants").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal(1, seen.GetProperty("hiddenTenants").GetInt32());
        await (await _host.As(Roles.Admin).PostAsync(path + "/rotate", null)).ProblemAsync(422, "api-key-tenant-not-granted");
    }

    [Fact]
    public async Task A_key_that_may_administrate_keys_needs_no_right_to_own_ones()
    {
        var admin = _host.With((await _host.KeyAsync(Roles.Admin, [Permissions.ApiKeysAdmin])).Secret);

        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(Keys)).StatusCode);
        await (await admin.PostAsync(Keys, JsonContent.Create(new { name = "more", permissions = Reading }))).ProblemAsync(422, "api-key-exceeds-owner");
    }

    [Fact]
    public async Task Rotated_and_revoked_over_the_API()
    {
        var made = await (await PostAsync(Roles.Standard, new { name = "n8n", permissions = Reading })).JsonAsync(201);
        var path = $"{Keys}/{made.GetProperty("id").GetString()}";

        var rotated = await (await _host.As(Roles.Standard).PostAsync(path + "/rotate", JsonContent.Create(new { overlapHours = 1 }))).JsonAsync();
        Assert.Equal("2026-11-24T10:00:00Z", rotated.GetProperty("previousEndsAt").GetString());
        foreach (var answer in new[] { made, rotated })
        {
            Assert.Equal(HttpStatusCode.OK, (await _host.With(answer.GetProperty("key").GetString()).GetAsync("/api/v1/me")).StatusCode);
        }

        await (await _host.As(Roles.Standard).PostAsync(path + "/rotate", JsonContent.Create(new { overlapHours = 721 }))).ProblemAsync(400);
        Assert.Equal(HttpStatusCode.NoContent, (await _host.As(Roles.Standard).DeleteAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await _host.As(Roles.Standard).DeleteAsync(path)).StatusCode);
        await (await _host.With(rotated.GetProperty("key").GetString()).GetAsync("/api/v1/me")).ProblemAsync(401, "api-key-revoked");
        Assert.Equal("revoked", (await (await _host.As(Roles.Standard).GetAsync(path)).JsonAsync()).GetProperty("state").GetString());
        await (await _host.As(Roles.Standard).PostAsync(path + "/rotate", null)).ProblemAsync(409, "api-key-is-revoked");
    }

    [Fact]
    public async Task A_repeated_request_makes_one_key_and_tells_it_once()
    {
        var first = await (await PostAsync(Roles.Standard, new { name = "n8n", permissions = Reading }, "once")).JsonAsync(201);
        _host.Clock.Now += TimeSpan.FromMinutes(5);
        var again = await (await PostAsync(Roles.Standard, new { name = "n8n", permissions = Reading }, "once")).JsonAsync(201);

        Assert.Equal(first.GetProperty("id").GetString(), again.GetProperty("id").GetString());
        Assert.StartsWith("xcfo_k", first.GetProperty("key").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, again.GetProperty("key").ValueKind);
        await (await PostAsync(Roles.Standard, new { name = "other", permissions = Reading }, "once")).ProblemAsync(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task The_list_reads_to_its_end_newest_first_while_keys_are_made()
    {
        for (var count = 0; count < 5; count++)
        {
            await PostAsync(Roles.Accountant, new { name = $"key {count}", permissions = Reading });
        }

        var seen = new List<string>();
        for (var next = $"{Keys}?limit=2"; next is not null;)
        {
            var page = await (await _host.As(Roles.Accountant).GetAsync(next)).JsonAsync();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(key => $"{key.GetProperty("id").GetString()} {key.GetProperty("name").GetString()}"));
            next = page.GetProperty("next").GetString();
            await PostAsync(Roles.Accountant, new { name = "later", permissions = Reading });
        }

        Assert.Equal(seen.OrderDescending(StringComparer.Ordinal), seen);
        Assert.Equal(["Accountant key", "key 0", "key 1", "key 2", "key 3", "key 4"], seen.Select(key => key[37..]).Order(StringComparer.Ordinal));
        Assert.Equal(9, (await (await _host.As(Roles.Accountant).GetAsync(Keys + "/count")).JsonAsync()).GetProperty("count").GetInt32());
    }

    [Theory]
    [InlineData("203.0.113.77", null)]
    [InlineData("::ffff:203.0.113.77", null)]
    [InlineData("198.51.100.1", "api-key-address")]
    public async Task A_key_comes_in_from_its_addresses_only(string address, string? code)
    {
        var key = await _host.KeyAsync(Roles.Standard, addresses: ["203.0.113.0/24"]);
        var client = _host.With(key.Secret);
        client.DefaultRequestHeaders.Add(AddressOfHeader.Name, address);

        var answer = await client.GetAsync("/api/v1/me");

        if (code is null)
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        else
        {
            await answer.ProblemAsync(401, code);
        }
    }

    private Task<HttpResponseMessage> PostAsync(string role, object body, string? once = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Keys)
        {
            Content = body is string json ? new StringContent(json, System.Text.Encoding.UTF8, "application/json") : JsonContent.Create(body),
        };
        if (once is not null)
        {
            request.Headers.Add("Idempotency-Key", once);
        }

        return _host.As(role).SendAsync(request);
    }

    /// <summary>Stands for the connection, which the test's server has none of.</summary>
    private sealed class AddressOfHeader : IStartupFilter
    {
        public const string Name = "X-Test-Address";

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, after) =>
            {
                http.Connection.RemoteIpAddress = IPAddress.TryParse(http.Request.Headers[Name], out var address) ? address : null;
                return after(http);
            });
            next(app);
        };
    }
}
