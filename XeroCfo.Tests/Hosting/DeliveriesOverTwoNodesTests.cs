using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Webhooks.Deliveries;
using XeroCfo.Tests.Support;
using XeroCfo.Tests.Webhooks;

namespace XeroCfo.Tests.Hosting;

/// <summary>Two processes on one PostgreSQL that send the same events, one of which dies on the way.</summary>
public sealed class DeliveriesOverTwoNodesTests
{
    private const int Events = 100;

    /// <summary>As many as both nodes may have under way at both endpoints: so some are done with before nobody is answered any more.</summary>
    private const int TakenQuickly = 4 * DeliverySender.AtOnce;

    /// <summary>Two endpoints, so that lanes are many too.</summary>
    private static readonly string[] Paths = ["/first", "/second"];

    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _arrived;

    [PostgresLongFact]
    public async Task What_a_node_had_under_way_when_it_died_the_other_sends_under_the_same_ids_and_nothing_is_lost()
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, _) => AnswerAsync());
        await using var nodes = await TwoNodes.StartAsync(
            ("Webhooks__AllowPrivateNetworks__0", "127.0.0.1"), ("Webhooks__RetryDelays__0", "01:00:00"), ("Webhooks__TimeoutSeconds", "30"), ("RateLimit__PerKeyPerMinute", "10000"));
        await nodes.One.SyncedAsync();
        using var program = TwoNodes.Program(nodes.One, await TwoNodes.KeyAsync(nodes.One));
        var secrets = await EndpointsAsync(nodes, program, receiver);
        await KeepReportsAsync(nodes, program);

        // They wait for an hour; now all of them are due, and both nodes begin.
        await nodes.One.WaitAsync(async db => await db.WebhookDeliveries.CountAsync() == Events * Paths.Length);
        await using (var db = nodes.One.Open())
        {
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            await db.WebhookDeliveries.ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAttemptAt, now));
        }

        // Nobody is answered any more: both nodes stand before both endpoints with all that they took, all of it has arrived, and they cannot go on.
        await nodes.One.WaitAsync(async db => Volatile.Read(ref _arrived) > TakenQuickly
            && await db.WebhookDeliveries.Where(row => row.LeaseOwner != null).Select(row => new { row.LeaseOwner, row.WebhookId }).Distinct().CountAsync() == 2 * Paths.Length
            && await db.WebhookDeliveries.CountAsync(row => row.LeaseOwner != null || row.Status == DeliveryStatus.Succeeded) == Volatile.Read(ref _arrived));
        await nodes.One.KillAsync();
        await using var atTheKill = nodes.Other.Open();
        var (owned, done) = (await LeasedAsync(atTheKill), await KeysAsync(atTheKill, row => row.Status == DeliveryStatus.Succeeded));
        Assert.NotEmpty(done);
        Assert.True(done.Count + owned.Sum(mine => mine.Value.Count) < Events * Paths.Length, "Nothing was left for the other node to begin.");
        _release.SetResult();
        await nodes.Other.WaitAsync(async db => !await db.WebhookDeliveries.AnyAsync(row => row.Status != DeliveryStatus.Succeeded));

        await using var after = nodes.Other.Open();
        var received = receiver.Received.ToLookup(message => (message.Path, message.Id));
        Assert.Equal(await KeysAsync(after, _ => true), received.Select(messages => messages.Key).ToHashSet());
        Assert.All(received, messages => Assert.Single(messages.Select(message => Convert.ToHexString(message.Body)).Distinct()));
        Assert.All(receiver.Received, message => Assert.True(message.IsSignedWith(secrets[message.Path]) && message.Json.GetProperty("id").GetString() == message.Id));

        // Twice came what the dead one had under way, and that alone.
        var twice = received.Where(messages => messages.Count() > 1).ToList();
        Assert.All(twice, messages => Assert.Equal(2, messages.Count()));
        Assert.Contains(owned.Values, mine => mine.SetEquals(twice.Select(messages => messages.Key)));
        Assert.DoesNotContain(twice, messages => done.Contains(messages.Key));
        Assert.All(await after.WebhookDeliveries.AsNoTracking().ToListAsync(), row => Assert.Equal((1, null, null), (row.Attempts, row.LeaseOwner, row.LeaseUntil)));
    }

    private async Task AnswerAsync()
    {
        if (Interlocked.Increment(ref _arrived) > TakenQuickly)
        {
            await _release.Task;
        }
    }

    private static async Task<Dictionary<string, string>> EndpointsAsync(TwoNodes nodes, HttpClient program, WebhookReceiver receiver)
    {
        var (tenant, secrets) = (await TenantAsync(nodes), new Dictionary<string, string>());
        foreach (var path in Paths)
        {
            var made = await program.PostAsJsonAsync($"/api/v1/tenants/{tenant}/webhooks", new { @event = "report.*", url = new Uri(receiver.Address, path) });
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
            secrets[path] = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("secret").GetString()!;
        }

        return secrets;
    }

    /// <summary>Each is an event that the one node writes.</summary>
    private static async Task KeepReportsAsync(TwoNodes nodes, HttpClient program)
    {
        var tenant = await TenantAsync(nodes);
        await Parallel.ForEachAsync(Enumerable.Range(0, Events), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, ct) =>
        {
            var kept = await program.PostAsJsonAsync($"/api/v1/tenants/{tenant}/reports", new { type = "BALANCE_SHEET", name = $"Board {number}", parameters = new { date = "2026-06-30" } }, ct);
            Assert.Equal(HttpStatusCode.Created, kept.StatusCode);
        });
    }

    private static async Task<Guid> TenantAsync(TwoNodes nodes)
    {
        await using var db = nodes.One.Open();
        return (await db.XeroTenants.SingleAsync()).Id;
    }

    /// <summary>What each process says that it has under way.</summary>
    private static async Task<Dictionary<string, HashSet<(string Path, string Id)>>> LeasedAsync(Data.XeroCfoDb db)
    {
        var leased = new Dictionary<string, HashSet<(string Path, string Id)>>();
        foreach (var owner in await db.WebhookDeliveries.Where(row => row.LeaseOwner != null).Select(row => row.LeaseOwner!).Distinct().ToListAsync())
        {
            leased[owner] = await KeysAsync(db, row => row.LeaseOwner == owner);
        }

        return leased;
    }

    private static async Task<HashSet<(string Path, string Id)>> KeysAsync(Data.XeroCfoDb db, System.Linq.Expressions.Expression<Func<WebhookDelivery, bool>> which) =>
        (await db.WebhookDeliveries.Where(which).Join(db.Webhooks, row => row.WebhookId, webhook => webhook.Id, (row, webhook) => new { webhook.Url, row.EventId }).ToListAsync())
            .Select(row => (new Uri(row.Url).AbsolutePath, row.EventId.ToString("D"))).ToHashSet();
}
