using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Tests.Api;

public sealed class RefusalTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly string Acme = $"/api/v1/tenants/{ApiHost.Acme.Id}";
    private static readonly string Foreign = $"/api/v1/tenants/{ApiHost.Foreign.Id}";

    [Fact]
    public async Task A_foreign_organisation_is_404_even_with_a_bad_body_and_a_bad_query()
    {
        await (await PostAsync(host.As(Roles.Admin), $"{Foreign}/syncs", "{broken", "text/plain")).ProblemAsync(404, "tenant-not-found");
        await (await host.As(Roles.Executive).GetAsync(new Uri($"{Foreign}/transactions?limit=0", UriKind.Relative))).ProblemAsync(404, "tenant-not-found");
    }

    [Fact]
    public async Task A_missing_permission_comes_before_a_bad_body_and_a_bad_query()
    {
        await (await PostAsync(host.As(Roles.ReadOnly), $"{Acme}/syncs", "{broken", "text/plain")).ProblemAsync(403);
        await (await host.As(Roles.Executive).GetAsync(new Uri($"{Acme}/transactions?limit=0", UriKind.Relative))).ProblemAsync(403);
    }

    [Theory]
    [InlineData("{\"full\":true", "application/json", 400, "invalid-json")]
    [InlineData("null", "application/json", 400, "invalid-json")]
    [InlineData("[]", "application/json", 400, "invalid-json")]
    [InlineData("{\"full\":\"true\"}", "application/json", 400, "invalid-value", "full")]
    [InlineData("{\"full\":null}", "application/json", 400, "invalid-value", "full")]
    [InlineData("{\"Full\":true}", "application/json", 400, "unknown-member", "Full")]
    [InlineData("{\"full\":true,\"tenantId\":1}", "application/json", 400, "unknown-member", "tenantId")]
    [InlineData("{\"full\":true,\"full\":false}", "application/json", 400, null)]
    [InlineData("{\"full\":true}", "text/plain", 415, "unsupported-media-type")]
    [InlineData("full=true", "application/x-www-form-urlencoded", 415, "unsupported-media-type")]
    public async Task A_wrong_body_is_refused_by_name(string body, string type, int status, string? code, string? member = null)
    {
        var problem = await (await PostAsync(host.As(Roles.Admin), $"{Acme}/syncs", body, type)).ProblemAsync(status, code);

        if (member is not null)
        {
            Assert.Equal([member], problem.GetProperty("errors").Names());
        }
    }

    [Fact]
    public async Task Large_and_deep_bodies_are_refused()
    {
        var admin = host.As(Roles.Admin);

        await (await PostAsync(admin, $"{Acme}/syncs", new string(' ', 10_000_000), "application/json")).ProblemAsync(413, "body-too-large");
        await (await PostAsync(admin, $"{Acme}/syncs", new string('[', 100_000), "application/json")).ProblemAsync(400);
    }

    [Theory]
    [InlineData("/api/v1/nonsense", 404)]
    [InlineData("/api/v2/me", 404)]
    [InlineData("/api", 404)]
    [InlineData("/api/v1/tenants/1/2/3/4", 404)]
    public async Task Unknown_addresses_are_problem_documents(string path, int status) =>
        await (await host.As(Roles.Admin).GetAsync(new Uri(path, UriKind.Relative))).ProblemAsync(status, "route-not-found");

    [Fact]
    public async Task A_method_that_a_route_does_not_take_is_405_with_those_it_takes()
    {
        var answer = await host.As(Roles.Admin).SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"{Acme}/syncs"));

        await answer.ProblemAsync(405, "method-not-allowed");
        Assert.Equal(["GET", "POST"], answer.Content.Headers.Allow.Order());
    }

    [Theory]
    [InlineData("syncs")]
    [InlineData("transactions")]
    public async Task An_unknown_thing_and_a_malformed_id_answer_alike(string list)
    {
        var unknown = await (await host.As(Roles.Admin).GetAsync(new Uri($"{Acme}/{list}/{Guid.NewGuid()}", UriKind.Relative))).ProblemAsync(404);
        var malformed = await (await host.As(Roles.Admin).GetAsync(new Uri($"{Acme}/{list}/nonsense", UriKind.Relative))).ProblemAsync(404);

        Assert.Equal(unknown.GetProperty("code").GetString(), malformed.GetProperty("code").GetString());
        Assert.Equal(unknown.GetProperty("detail").GetString(), malformed.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_busy_database_is_503_and_a_bug_is_500_without_a_word_of_it()
    {
        try
        {
            host.Books.Failure = new SqliteException("database is locked", 5);
            await (await host.As(Roles.Admin).GetAsync(new Uri($"{Acme}/accounts", UriKind.Relative))).ProblemAsync(503, "database-unavailable");

            host.Books.Failure = new Npgsql.NpgsqlException("connection refused");
            await (await host.As(Roles.Admin).GetAsync(new Uri($"{Acme}/accounts", UriKind.Relative))).ProblemAsync(503, "database-unavailable");

            host.Books.Failure = new InvalidOperationException("SELECT secret");
            var answer = await host.As(Roles.Admin).GetAsync(new Uri($"{Acme}/accounts", UriKind.Relative));
            await answer.ProblemAsync(500, "unexpected-error");
            Assert.DoesNotContain("SELECT", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        finally
        {
            host.Books.Failure = null;
        }
    }

    [Theory]
    [InlineData(ProblemKind.Invalid, 400)]
    [InlineData(ProblemKind.Unauthenticated, 401)]
    [InlineData(ProblemKind.Forbidden, 403)]
    [InlineData(ProblemKind.NotFound, 404)]
    [InlineData(ProblemKind.Conflict, 409)]
    [InlineData(ProblemKind.Stale, 412)]
    [InlineData(ProblemKind.Refused, 422)]
    [InlineData(ProblemKind.VersionMissing, 428)]
    [InlineData(ProblemKind.TooMany, 429)]
    [InlineData(ProblemKind.Unavailable, 503)]
    public void Each_kind_of_problem_has_its_status(ProblemKind kind, int status) => Assert.Equal(status, ApiProblem.From(new Problem("some-code", "Some words.", kind)).Status);

    [Theory]
    [InlineData(ProblemKind.Refused, 422)]
    [InlineData(ProblemKind.TooMany, 429)]
    [InlineData(ProblemKind.Unavailable, 503)]
    public async Task The_kind_of_a_problem_picks_the_status(ProblemKind kind, int status)
    {
        try
        {
            host.Books.Refusal = new Problem("some-code", "Some words.", kind);

            var problem = await (await PostAsync(host.As(Roles.Admin), $"{Acme}/syncs", "", "application/json")).ProblemAsync(status, "some-code");

            Assert.Equal("Some words.", problem.GetProperty("detail").GetString());
        }
        finally
        {
            host.Books.Refusal = null;
        }
    }

    [Theory]
    [InlineData("tab\tbed")]
    [InlineData("two words", true)]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e", true)]
    [InlineData("é")]
    public async Task An_idempotency_key_is_printable_and_reaches_the_caller(string key, bool good = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{Acme}/syncs");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        var answer = await host.As(Roles.Admin).SendAsync(request);

        if (good)
        {
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            Assert.Equal(key, host.Books.LastCaller!.IdempotencyKey);
        }
        else
        {
            Assert.Contains("Idempotency-Key", (await answer.ProblemAsync(400, "invalid-idempotency-key")).GetProperty("errors").Names());
        }
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string body, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return client.PostAsync(new Uri(path, UriKind.Relative), content);
    }
}
