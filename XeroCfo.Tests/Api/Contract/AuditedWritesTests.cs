using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Audit;

namespace XeroCfo.Tests.Api.Contract;

/// <summary>Whoever changes something, takes a file away or is refused leaves an entry in the audit trail; every operation of the document is tried.</summary>
public sealed class AuditedWritesTests
{
    [BothDatabases]
    public Task Every_writing_operation_leaves_an_entry_that_says_who_did_it(TestDatabaseKind kind) => InAsync(kind, async host =>
    {
        var good = new GoodRequests(host);
        var tried = 0;
        foreach (var operation in host.Contract.Operations.Where(Writes))
        {
            var draft = (await good.OfAsync(operation))!;
            var before = await IdsAsync(host);

            var answer = await draft.SendAsync(host.As(Roles.Admin));

            Assert.True(operation.Success == (int)answer.StatusCode, $"{operation.Name}: {await answer.Content.ReadAsStringAsync()}");
            var entries = (await EntriesAsync(host)).Where(entry => !before.Contains(entry.Id)).ToList();
            Assert.True(entries.Count > 0, $"{operation.Name} leaves no entry.");
            foreach (var entry in entries)
            {
                var details = JsonNode.Parse(entry.Details!)!.AsObject();
                Assert.Equal((operation.Name, "ApiKey", "Admin key"), (operation.Name, details["caller"]!["kind"]!.GetValue<string>(), details["caller"]!["name"]!.GetValue<string>()));
                Assert.Equal(ApiHost.PersonOf(Roles.Admin), entry.UserId);
                Assert.Equal(operation.OfTenant ? ApiHost.Acme.Id : null, entry.TenantId);
                Assert.NotNull(details["requestId"]);
                Assert.Contains('.', entry.Action);
            }

            tried++;
        }

        Assert.True(tried > 30, $"{tried} operations only.");
    });

    [Fact]
    public Task Every_file_that_leaves_is_an_entry_and_a_refused_one_is_none() => InAsync(TestDatabaseKind.Sqlite, async host =>
    {
        var good = new GoodRequests(host);
        var files = host.Contract.Operations.Where(operation => operation.Id.StartsWith("Export", StringComparison.Ordinal) || operation.Id == "GetStatement").ToList();
        Assert.True(files.Count >= 3);
        foreach (var operation in files)
        {
            var draft = (await good.OfAsync(operation))!;
            var before = (await EntriesAsync(host)).Count(entry => entry.Action.EndsWith(".exported", StringComparison.Ordinal));

            Assert.Equal(operation.Success, (int)(await draft.SendAsync(host.As(Roles.Admin))).StatusCode);
            await (draft with { Path = draft.Path + "?nobody=1" }).SendAsync(host.As(Roles.Admin));

            var entries = (await EntriesAsync(host)).Where(entry => entry.Action.EndsWith(".exported", StringComparison.Ordinal)).ToList();
            Assert.Equal((operation.Name, before + 1), (operation.Name, entries.Count));
            Assert.Equal(ApiHost.Acme.Id, entries.MaxBy(entry => entry.Id)!.TenantId);
        }
    });

    [Fact]
    public Task Every_address_that_exports_says_so() => InAsync(TestDatabaseKind.Sqlite, host =>
    {
        var exports = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.RoutePattern.RawText is { } path && (path.Contains("export", StringComparison.Ordinal) || path.Contains("statement", StringComparison.Ordinal))).ToList();

        Assert.True(exports.Count >= 3);
        Assert.All(exports, endpoint => Assert.NotNull(endpoint.Metadata.GetMetadata<ExportNoted>()));
        return Task.CompletedTask;
    });

    [Fact]
    public Task What_is_refused_is_noted_once_a_minute() => InAsync(TestDatabaseKind.Sqlite, async host =>
    {
        var reader = host.As(Roles.ReadOnly);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await (await reader.PostAsync($"/api/v1/tenants/{ApiHost.Acme.Id}/syncs", null)).ProblemAsync(403);
            await (await reader.GetAsync($"/api/v1/tenants/{ApiHost.Foreign.Id}/syncs")).ProblemAsync(404);
        }

        var refused = (await EntriesAsync(host)).Where(entry => entry.Action == "access.refused").Select(entry => JsonNode.Parse(entry.Details!)!).ToList();
        Assert.Equal(["permission-missing", "tenant-not-found"], refused.Select(details => details["code"]!.GetValue<string>()).Order());
        Assert.Equal(["GET /api/v1/tenants/{tenant}/syncs", "POST /api/v1/tenants/{tenant}/syncs"], refused.Select(details => details["where"]!.GetValue<string>()).Order());

        host.Clock.Now += AuditNotes.Rest;
        await reader.PostAsync($"/api/v1/tenants/{ApiHost.Acme.Id}/syncs", null);
        Assert.Equal(3, (await EntriesAsync(host)).Count(entry => entry.Action == "access.refused"));
    });

    // Who only reads, by POST because the question is long, changes nothing; whoever asks for a token is a person who signs in.
    private static bool Writes(ApiOperation operation) =>
        operation.Method != "GET" && operation.Permission?.EndsWith(":read", StringComparison.Ordinal) != true && operation.Id is not ("CompareReportWithXero" or "IssueToken");

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

    private static async Task<HashSet<Guid>> IdsAsync(ContractHost host) => [.. (await EntriesAsync(host)).Select(entry => entry.Id)];

    private static async Task<List<AuditLog>> EntriesAsync(ContractHost host)
    {
        await using var db = host.Db.Create();
        return await db.AuditLogs.AsNoTracking().ToListAsync();
    }
}
