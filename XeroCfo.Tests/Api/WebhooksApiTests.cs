using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Api.Contract;

namespace XeroCfo.Tests.Api;

/// <summary>Webhooks over HTTP: what is refused, the life of an endpoint, and where its secret is told.</summary>
public sealed class WebhooksApiTests : IAsyncLifetime
{
    private readonly ContractHost _host = new(Support.TestDatabaseKind.Sqlite);

    private static string Webhooks => $"/api/v1/tenants/{ApiHost.Acme.Id}/webhooks";

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task What_is_wrong_is_said_at_its_member_and_nothing_is_stored()
    {
        var client = _host.As(Roles.Accountant);
        foreach (var (body, status, code, member) in new[]
        {
            ("""{"url":"https://hooks.example.com"}""", 400, "unknown-event", "event"),
            ("""{"event":"sync.started","url":"https://hooks.example.com"}""", 400, "unknown-event", "event"),
            ("""{"event":"sync","url":"https://hooks.example.com"}""", 400, "unknown-event", "event"),
            ("""{"event":"*"}""", 400, "invalid-url", "url"),
            ("""{"event":"*","url":"hooks.example.com"}""", 400, "invalid-url", "url"),
            ("""{"event":"*","url":"https://ana:secret@hooks.example.com"}""", 400, "url-with-user", "url"),
            ("""{"event":"*","url":"http://hooks.example.com"}""", 422, "https-required", "url"),
            ("""{"event":"*","url":"https://10.0.0.1/"}""", 422, "address-refused", "url"),
            ("""{"event":"*","url":"https://169.254.169.254/"}""", 422, "address-refused", "url"),
            ("""{"event":"*","url":"https://hooks.example.com","secret":"whsec_mine"}""", 400, "unknown-member", "secret"),
            ("""{"event":"*","url":"https://hooks.example.com","isActive":"yes"}""", 400, "invalid-value", "isActive"),
        })
        {
            var problem = await (await client.PostAsync(Webhooks, new StringContent(body, Encoding.UTF8, "application/json"))).ProblemAsync(status, code);

            Assert.True(problem.GetProperty("errors").TryGetProperty(member, out _), body);
        }

        Assert.Equal(0, (await client.GetFromJsonAsync<JsonElement>(Webhooks + "/count")).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task An_endpoint_is_made_read_changed_by_its_version_and_deleted_and_its_secret_is_told_twice_at_most()
    {
        var client = _host.As(Roles.Accountant);
        var made = await client.PostAsJsonAsync(Webhooks, new { @event = "sync.*", url = "https://hooks.example.com/books" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var (path, secret) = (made.Headers.Location!.ToString(), (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("secret").GetString()!);
        var read = await client.GetAsync(path);
        var rotated = await client.PostAsync(path + "/rotate-secret", null);
        var next = (await rotated.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("secret").GetString()!;

        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        Assert.NotEqual(secret, next);
        foreach (var told in new[] { await read.Content.ReadAsStringAsync(), await client.GetStringAsync(Webhooks) })
        {
            Assert.DoesNotContain("secret\"", told, StringComparison.Ordinal);
            Assert.DoesNotContain("whsec_", told, StringComparison.Ordinal);
        }

        await (await ChangeAsync(client, HttpMethod.Put, path, null)).ProblemAsync(428, "if-match-missing");
        _host.Clock.Now += TimeSpan.FromSeconds(1);
        var changed = await ChangeAsync(client, HttpMethod.Put, path, rotated.Headers.ETag!.Tag, isActive: false);
        Assert.False((await changed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("isActive").GetBoolean());
        await (await ChangeAsync(client, HttpMethod.Put, path, rotated.Headers.ETag.Tag)).ProblemAsync(412, "version-stale");
        Assert.Equal(HttpStatusCode.NoContent, (await ChangeAsync(client, HttpMethod.Delete, path, changed.Headers.ETag!.Tag)).StatusCode);
        await (await client.GetAsync(path)).ProblemAsync(404, "webhook-not-found");
        await (await client.PostAsync(path + "/test", null)).ProblemAsync(404, "webhook-not-found");
    }

    [Fact]
    public async Task A_test_is_a_delivery_that_can_be_looked_at_and_sent_again()
    {
        var client = _host.As(Roles.Accountant);
        var made = await (await client.PostAsJsonAsync(Webhooks, new { @event = "report.created", url = "https://hooks.example.com/books", isActive = false })).Content.ReadFromJsonAsync<JsonElement>();
        var path = $"{Webhooks}/{made.GetProperty("id").GetString()}";

        var test = await client.PostAsync(path + "/test", null);
        var delivery = await client.GetFromJsonAsync<JsonElement>(test.Headers.Location);
        var list = await client.GetFromJsonAsync<JsonElement>(path + "/deliveries?status=pending");
        var again = await client.PostAsync(test.Headers.Location + "/redeliver", null);
        var all = await (await client.PostAsync(path + "/deliveries/redeliver", null)).Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (test.StatusCode, again.StatusCode));
        var body = JsonDocument.Parse(delivery.GetProperty("body").GetString()!).RootElement;
        Assert.Equal(("webhooks.test", "pending", delivery.GetProperty("eventId").GetString()), (delivery.GetProperty("type").GetString(), delivery.GetProperty("status").GetString(), body.GetProperty("id").GetString()));
        Assert.Equal(delivery.GetProperty("id").GetString(), Assert.Single(list.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(0, all.GetProperty("redelivered").GetInt32());
        await (await client.GetAsync(path + "/deliveries?status=sent")).ProblemAsync(400, "invalid-parameter");
        await (await client.GetAsync($"{path}/deliveries/{Guid.NewGuid()}")).ProblemAsync(404, "delivery-not-found");
        var foreign = _host.As(Roles.Admin);
        await (await foreign.GetAsync(path.Replace(ApiHost.Acme.Id.ToString(), ApiHost.Beta.Id.ToString(), StringComparison.Ordinal))).ProblemAsync(404, "webhook-not-found");
    }

    private static Task<HttpResponseMessage> ChangeAsync(HttpClient client, HttpMethod method, string path, string? version, bool isActive = true)
    {
        var request = new HttpRequestMessage(method, path) { Content = method == HttpMethod.Put ? JsonContent.Create(new { @event = "*", url = "https://hooks.example.com/all", isActive }) : null };
        request.Headers.TryAddWithoutValidation("If-Match", version);
        return client.SendAsync(request);
    }
}
