using System.Net;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data;
using XeroCfo.Domain.Rules.Runs;
using XeroCfo.Domain.Sync;
using XeroCfo.Tests.SignIn;
using XeroCfo.Tests.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Hosting;

/// <summary>Two processes on one PostgreSQL: what one begins the other goes on with.</summary>
public sealed class TwoNodesTests
{
    [PostgresFact]
    public async Task Two_nodes_that_start_at_once_share_sessions_keys_and_a_sync_that_loses_its_process()
    {
        await using var nodes = await TwoNodes.StartAsync();
        await ShareSessionsAndKeysAsync(nodes);

        // One of the two has the run: each is killed once, so it surely loses its process.
        foreach (var (node, share) in new[] { (nodes.One, 0.2), (nodes.Other, 0.6) })
        {
            await nodes.One.WaitAsync(async db => await db.SyncRuns.AnyAsync(run => run.FinishedAt != null) || await db.Documents.CountAsync() > share * TwoNodes.DemoDocuments);
            await node.KillAsync();
            await (node == nodes.One ? node.StartAsync() : Task.CompletedTask);
        }

        var last = await nodes.One.SyncedAsync();

        Assert.True(last.Status == SyncStatus.Succeeded, last.ErrorMessage);
        await using var db = nodes.One.Open();
        Assert.Equal(1, await db.SyncRuns.CountAsync());
        Assert.Equal(1, await db.XeroTenants.CountAsync());
        Assert.False((await db.XeroTenants.SingleAsync()).SyncInProgress);
        Assert.Equal(0, await db.Documents.CountAsync(document => document.Dirty));
        Assert.Equal(1, await db.OutboxEvents.CountAsync(happened => happened.Type == "sync.succeeded"));
        Assert.Equal(0m, await db.LedgerLines.SumAsync(line => line.Amount));
        Assert.Equal(await db.Transactions.CountAsync(), await db.Transactions.Select(row => row.XeroId).Distinct().CountAsync());
    }

    [PostgresLongFact]
    public async Task A_run_of_rules_that_loses_its_process_is_ended_by_the_other_and_nothing_is_done_twice()
    {
        await using var nodes = await TwoNodes.StartAsync();
        await nodes.One.SyncedAsync();
        const int Rows = 60_000;
        Guid tenant;
        RuleRun run;
        await using (var db = nodes.One.Open())
        {
            tenant = (await db.XeroTenants.SingleAsync()).Id;
            var user = (await db.Users.SingleAsync()).Id;
            await FillAsync(db, tenant, Rows);
            var rule = SampleRows.Rule(user, tenant);
            (rule.Pattern, rule.Category) = ("zebra", "Fuel");
            run = new RuleRun { TenantId = tenant, Scope = RunScopes.All, Trigger = RunTriggers.Manual, By = "test" };
            db.AddRange(rule, run);
            await db.SaveChangesAsync();
        }

        foreach (var (node, share) in new[] { (nodes.One, 0.2), (nodes.Other, 0.5) })
        {
            await nodes.One.WaitAsync(async db => await db.RuleRuns.AnyAsync(row => row.Id == run.Id && (row.FinishedAt != null || row.Evaluated > share * Rows)));
            await node.KillAsync();
            await node.StartAsync();
        }

        await nodes.One.WaitAsync(db => db.RuleRuns.AnyAsync(row => row.Id == run.Id && row.FinishedAt != null));

        await using var after = nodes.One.Open();
        var ended = await after.RuleRuns.SingleAsync(row => row.Id == run.Id);
        Assert.Equal((SyncStatus.Succeeded, Rows, Rows), (ended.Status, ended.Matched, ended.Changed));
        Assert.Equal(Rows, await after.Transactions.CountAsync(row => row.Category == "Fuel" && row.Description == "zebra"));
        Assert.Equal(Rows, await after.CategoryUndoRows.CountAsync(row => row.UndoId == ended.UndoId));
        var told = await after.OutboxEvents.Where(happened => happened.Type == "rules.run_finished").ToListAsync();
        Assert.Single(told, happened => happened.Data.Contains(run.Id.ToString(), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Signed in at one, at home at the other; a form of one is taken by the other; a key made beside one counts at both.</summary>
    private static async Task ShareSessionsAndKeysAsync(TwoNodes nodes)
    {
        var cookies = new CookieContainer();
        using var one = TwoNodes.Browser(nodes.One, cookies);
        using var other = TwoNodes.Browser(nodes.Other, cookies);
        Assert.Equal(HttpStatusCode.Redirect, (await RunningApp.SignInAsync(one, TwoNodes.Admin, TwoNodes.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/connections")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await one.GetAsync("/connections")).StatusCode);

        var key = await TwoNodes.KeyAsync(nodes.One);
        foreach (var node in new[] { nodes.One, nodes.Other })
        {
            using var program = TwoNodes.Program(node, key);
            Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/me")).StatusCode);
        }

        // Leaving at one ends the session at the other as well.
        Assert.Equal(HttpStatusCode.Redirect, (await RunningApp.PostAsync(other, "/account/logout")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await one.GetAsync("/connections")).StatusCode);
    }

    private static async Task FillAsync(XeroCfoDb db, Guid tenant, int rows)
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var chunk in Enumerable.Range(0, rows).Chunk(5_000))
        {
            db.AddRange(chunk.Select(_ =>
            {
                var row = SampleRows.Transaction(tenant);
                (row.Description, row.SearchText) = ("zebra", "zebra");
                return row;
            }));
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }
    }
}
