using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Api;
using XeroCfo.Tests.Api.Contract;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Audit;

/// <summary>The trail over the API: who sees which entries, and every filter, over each database.</summary>
public sealed class AuditLogsApiTests
{
    private const string Logs = "/api/v1/audit-logs";

    [BothDatabases]
    public Task An_admin_sees_entries_of_granted_organisations_and_of_none(TestDatabaseKind kind) => InAsync(kind, async host =>
    {
        await WriteAsync(host, "test.here", ApiHost.Acme.Id);
        await WriteAsync(host, "test.elsewhere", ApiHost.Foreign.Id);
        await WriteAsync(host, "test.nowhere", null);

        Assert.Equal(["test.here", "test.nowhere"], (await ActionsAsync(host, "?action=test.*")).Order());
        Assert.Empty(await ActionsAsync(host, $"?tenantId={ApiHost.Foreign.Id}"));
        Assert.Empty(await ActionsAsync(host, "?action=test.elsewhere"));
        Assert.Equal("""{"count":2,"capped":false}""", await host.As(Roles.Admin).GetStringAsync(Logs + "/count?action=test.*"));
        var limited = host.With((await host.KeyAsync(Roles.Admin, [Permissions.AuditRead], [ApiHost.Beta.Id])).Secret);
        Assert.DoesNotContain("test.here", await limited.GetStringAsync(Logs), StringComparison.Ordinal);
        await (await host.As(Roles.Accountant).GetAsync(Logs)).ProblemAsync(403, "permission-missing");
    });

    [BothDatabases]
    public Task Every_filter_narrows_the_list_and_its_count(TestDatabaseKind kind) => InAsync(kind, async host =>
    {
        host.Clock.Now = new DateTimeOffset(2026, 11, 24, 23, 59, 59, 999, TimeSpan.Zero);
        await WriteAsync(host, "alpha.one", ApiHost.Acme.Id);
        host.Clock.Now = new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);
        await WriteAsync(host, "alpha.two", ApiHost.Beta.Id, Roles.Standard);
        await WriteAsync(host, "alphabet.three", null);

        foreach (var (query, expected) in new (string, string[])[]
        {
            ("?action=alpha.one", ["alpha.one"]), ("?action=alpha.*", ["alpha.one", "alpha.two"]), ("?action=alpha", []),
            ($"?action=alpha.*&tenantId={ApiHost.Beta.Id}", ["alpha.two"]), ($"?action=alpha.*&userId={ApiHost.PersonOf(Roles.Standard)}", ["alpha.two"]),
            ("?action=alpha.*&from=2026-11-25", ["alpha.two"]), ("?action=alpha.*&to=2026-11-24", ["alpha.one"]), ("?action=alpha.*&from=2026-11-24&to=2026-11-25", ["alpha.one", "alpha.two"]),
            ("?action=alpha.*&from=2026-11-25T00:00:00Z", ["alpha.two"]), ("?action=alpha.*&to=2026-11-25T00:00:00Z", ["alpha.one", "alpha.two"]), ("?action=alpha.*&to=2026-11-24T23:59:59Z", []),
        })
        {
            Assert.Equal((query, string.Join(' ', expected)), (query, string.Join(' ', (await ActionsAsync(host, query)).Order(StringComparer.Ordinal))));
            Assert.Equal(expected.Length, (await (await host.As(Roles.Admin).GetAsync(Logs + "/count" + query)).JsonAsync()).GetProperty("count").GetInt32());
        }

        foreach (var (query, field) in new[] { ("?from=yesterday", "from"), ("?to=2026-13-01", "to"), ("?userId=me", "userId"), ("?from=2026-11-26&to=2026-11-25", "from") })
        {
            Assert.Equal([field], (await (await host.As(Roles.Admin).GetAsync(Logs + query)).ProblemAsync(400)).GetProperty("errors").Names());
        }
    });

    [BothDatabases]
    public Task Read_to_the_end_while_entries_are_added_it_shows_each_once_newest_first(TestDatabaseKind kind) => InAsync(kind, async host =>
    {
        for (var count = 0; count < 9; count++)
        {
            // Some of the same instant.
            host.Clock.Now += TimeSpan.FromSeconds(count % 3 == 0 ? 1 : 0);
            await WriteAsync(host, "test.paged", ApiHost.Acme.Id);
        }

        var (seen, times) = (new List<string>(), new List<string>());
        for (var next = $"{Logs}?action=test.paged&limit=2"; next is not null;)
        {
            var page = await (await host.As(Roles.Admin).GetAsync(next)).JsonAsync();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("id").GetString()!));
            times.AddRange(page.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("createdAt").GetString()!));
            next = page.GetProperty("next").GetString();
            host.Clock.Now += TimeSpan.FromSeconds(1);
            await WriteAsync(host, "test.paged", ApiHost.Acme.Id);
        }

        Assert.Equal((9, 9), (seen.Count, seen.Distinct().Count()));
        Assert.Equal(times.OrderDescending(StringComparer.Ordinal), times);
    });

    [BothDatabases]
    public Task An_entry_says_who_and_what_and_gets_its_number(TestDatabaseKind kind) => InAsync(kind, async host =>
    {
        await WriteAsync(host, "test.told", ApiHost.Acme.Id);
        await host.Services.GetRequiredService<IAuditChain>().SealAsync(default);

        var entry = (await (await host.As(Roles.Admin).GetAsync(Logs + "?action=test.told")).JsonAsync()).GetProperty("items")[0];

        Assert.Equal(["id", "createdAt", "action", "userId", "tenantId", "details", "ipAddress", "userAgent", "seq"], entry.Names());
        Assert.Equal((ApiHost.Acme.Id, ApiHost.PersonOf(Roles.Admin)), (entry.GetProperty("tenantId").GetGuid(), entry.GetProperty("userId").GetGuid()));
        Assert.Equal((1, 2), (entry.GetProperty("details").GetProperty("before").GetInt32(), entry.GetProperty("details").GetProperty("after").GetInt32()));
        Assert.Equal(JsonValueKind.Number, entry.GetProperty("seq").ValueKind);
        Assert.Equal("203.0.113.7", entry.GetProperty("ipAddress").GetString());
    });

    private static Task WriteAsync(ContractHost host, string action, Guid? tenant, string role = Roles.Admin) => host.Services.GetRequiredService<IAuditTrail>().NoteAsync(
        new Caller { Kind = CallerKind.Person, UserId = ApiHost.PersonOf(role), Name = $"{role}@example.com", Address = "203.0.113.7", UserAgent = "curl" },
        tenant is { } id ? new TenantId(id) : null,
        action,
        new { before = 1, after = 2 },
        default);

    private static async Task<List<string>> ActionsAsync(ContractHost host, string query) =>
        [.. (await (await host.As(Roles.Admin).GetAsync(Logs + query)).JsonAsync(200)).GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("action").GetString()!)];

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
