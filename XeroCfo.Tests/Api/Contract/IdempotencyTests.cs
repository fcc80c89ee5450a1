using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Api.Contract;

/// <summary>A request that is sent again, because its answer was lost, does nothing again; for every POST that the document gives the header.</summary>
public sealed class IdempotencyTests
{
    private const string Header = "Idempotency-Key";

    [BothDatabases]
    public Task The_same_key_and_body_give_the_first_answer_again_also_to_another_process(TestDatabaseKind kind) => InAsync(kind, async host =>
    {
        await foreach (var (operation, good) in PostsAsync(host))
        {
            var keyed = good.With(Header, Guid.NewGuid().ToString());

            var first = await keyed.SendAsync(host.As(Roles.Admin));
            var again = await keyed.SendAsync(host.As(Roles.Admin));
            await host.RestartAsync();
            var later = await keyed.SendAsync(host.As(Roles.Admin));

            Assert.True(operation.Success == (int)first.StatusCode, $"{operation.Name}: {await first.Content.ReadAsStringAsync()}");
            foreach (var repeated in new[] { again, later })
            {
                Assert.Equal((operation.Name, first.StatusCode), (operation.Name, repeated.StatusCode));
                Assert.Equal(WithoutSecret(await first.Content.ReadAsStringAsync()), await repeated.Content.ReadAsStringAsync());
                Assert.Equal(first.Headers.Location, repeated.Headers.Location);
            }
        }
    });

    [BothDatabases]
    public Task Many_at_the_same_time_have_one_effect_and_one_answer(TestDatabaseKind kind) => InAsync(kind, async host =>
    {
        await foreach (var (operation, good) in PostsAsync(host))
        {
            var before = await EffectsAsync(host);
            var keyed = good.With(Header, Guid.NewGuid().ToString());

            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => keyed.SendAsync(host.As(Roles.Admin)))));

            var texts = await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()));
            Assert.True(answers.All(answer => (int)answer.StatusCode == operation.Success), $"{operation.Name}: {string.Join('\n', texts)}");
            Assert.Single(texts.Select(WithoutSecret).Distinct());
            Assert.InRange(texts.Count(text => text != WithoutSecret(text)), 0, 1);
            Assert.Equal((operation.Name, before + 1), (operation.Name, await EffectsAsync(host)));
        }
    });

    [BothDatabases]
    public Task A_key_belongs_to_its_owner_and_to_one_request(TestDatabaseKind kind) => InAsync(kind, async host =>
    {
        var same = Guid.NewGuid().ToString();
        var first = new Draft("POST", $"/api/v1/tenants/{ApiHost.Acme.Id}/categories", new JsonObject { ["name"] = GoodRequests.NewName() }).With(Header, same);
        var answer = await first.SendAsync(host.As(Roles.Admin));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);

        // By another key of the same person it is the same request.
        var another = await new Draft("POST", "/api/v1/api-keys", new JsonObject { ["name"] = "two", ["permissions"] = new JsonArray("rules:read", "rules:write") }).SendAsync(host.As(Roles.Admin));
        var second = JsonNode.Parse(await another.Content.ReadAsStringAsync())!["key"]!.GetValue<string>();
        Assert.Equal(await answer.Content.ReadAsStringAsync(), await (await first.SendAsync(host.With(second))).Content.ReadAsStringAsync());

        // Of somebody else it is another key: the category's name is taken by then.
        await (await first.SendAsync(host.As(Roles.Standard))).ProblemAsync(409, "category-name-taken");
        await (await (first with { Body = new JsonObject { ["name"] = GoodRequests.NewName() } }).SendAsync(host.As(Roles.Admin))).ProblemAsync(422, "idempotency-key-reused");
        var elsewhere = first with { Path = first.Path.Replace(ApiHost.Acme.Id.ToString(), ApiHost.Beta.Id.ToString(), StringComparison.Ordinal) };
        Assert.Equal(HttpStatusCode.Created, (await elsewhere.SendAsync(host.As(Roles.Admin))).StatusCode);

        var key = new Draft("POST", "/api/v1/api-keys", new JsonObject { ["name"] = "one", ["permissions"] = new JsonArray("sync:read") }).With(Header, same);
        Assert.Equal(HttpStatusCode.Created, (await key.SendAsync(host.As(Roles.Admin))).StatusCode);
        await foreach (var (_, good) in PostsAsync(host))
        {
            await (await good.With(Header, same).SendAsync(host.As(Roles.Admin))).ProblemAsync(422, "idempotency-key-reused");
        }
    });

    [BothDatabases]
    public Task A_text_comes_in_without_the_character_that_no_database_keeps(TestDatabaseKind kind) => InAsync(kind, async host =>
    {
        var name = GoodRequests.NewName();
        var made = await new Draft("POST", $"/api/v1/tenants/{ApiHost.Acme.Id}/categories", new JsonObject { ["name"] = $"\0{name[..3]}\0{name[3..]}" }).SendAsync(host.As(Roles.Admin));

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(name, JsonNode.Parse(await made.Content.ReadAsStringAsync())!["name"]!.GetValue<string>());
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

    private static async IAsyncEnumerable<(ApiOperation Operation, Draft Good)> PostsAsync(ContractHost host)
    {
        var good = new GoodRequests(host);
        // Who only reads, by POST because the question is long, has no effect that could be doubled.
        var posts = host.Contract.Operations.Where(operation => operation.Method == "POST" && operation.Permission?.EndsWith(":read", StringComparison.Ordinal) != true && operation.Id is not "CompareReportWithXero" and not "IssueToken").ToList();
        Assert.True(posts.Count > 5);
        foreach (var operation in posts)
        {
            Assert.Contains(operation.Parameters, parameter => parameter["name"]!.GetValue<string>() == Header);
            yield return (operation, (await good.OfAsync(operation))!);
        }
    }

    // Each effect leaves one entry in the audit trail.
    private static async Task<int> EffectsAsync(ContractHost host)
    {
        await using var db = host.Db.Create();
        return await db.AuditLogs.CountAsync();
    }

    // A key is shown once: stored nowhere, it cannot be told again.
    private static string WithoutSecret(string text)
    {
        if (text.Length == 0 || JsonNode.Parse(text) is not JsonObject answer || answer["key"]?.GetValue<string>() is not { } key || !key.StartsWith("xcfo_", StringComparison.Ordinal))
        {
            return text;
        }

        return text.Replace($"\"{key}\"", "null", StringComparison.Ordinal);
    }
}
