using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Sync;

public sealed class SyncQueueTests
{
    [BothDatabases]
    public async Task A_run_is_claimed_by_one_of_many(TestDatabaseKind kind)
    {
        await using var sync = await SyncSamples.CreateAsync(kind);
        var tenants = new List<TenantId> { sync.Tenant, await sync.AnotherOrganisationAsync("Bolt"), await sync.AnotherOrganisationAsync("Cord") };
        foreach (var tenant in tenants)
        {
            await sync.EnqueueAsync(tenant: tenant);
        }

        var claimed = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => sync.Queue.ClaimAsync($"owner {i}", null, default))));

        var runs = claimed.Where(run => run is not null).ToList();
        Assert.Equal(3, runs.Select(run => run!.TenantId).Distinct().Count());
        Assert.Equal(3, runs.Count);
        foreach (var run in runs)
        {
            var kept = await sync.KeptAsync(run!.Id);
            Assert.Equal((SyncStatus.Running, run.LeaseOwner), (kept.Status, kept.LeaseOwner));
            Assert.Equal(sync.Database.Clock.Now.UtcDateTime, kept.StartedAt);
        }
    }

    [BothDatabases]
    public async Task The_oldest_run_comes_first_unless_an_organisation_is_named(TestDatabaseKind kind)
    {
        await using var sync = await SyncSamples.CreateAsync(kind);
        var bolt = await sync.AnotherOrganisationAsync();
        var (older, newer) = (await sync.EnqueueAsync(), await sync.EnqueueAsync(tenant: bolt));

        Assert.Equal(newer.Id, (await sync.Queue.ClaimAsync("one", bolt, default))?.Id);
        Assert.Null(await sync.Queue.ClaimAsync("one", bolt, default));
        Assert.Equal(older.Id, (await sync.Queue.ClaimAsync("one", null, default))?.Id);
        Assert.Null(await sync.Queue.ClaimAsync("one", null, default));
    }

    [BothDatabases]
    public async Task A_run_whose_process_died_is_taken_over_and_the_dead_one_cannot_touch_it(TestDatabaseKind kind)
    {
        await using var sync = await SyncSamples.CreateAsync(kind);
        var dead = await sync.ClaimedAsync("dead");
        dead.Counts = new Dictionary<string, SyncCounts> { ["Invoices"] = new(5, 5, 0, 0, 0) };
        Assert.True(await sync.Queue.ReportAsync(dead, default));
        await sync.Database.AddAsync(new SyncIssue { TenantId = sync.Tenant.Value, RunId = dead.Id, Kind = "Invoice", Code = "unreadable", Message = "No date." });
        sync.Database.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(await sync.Queue.ClaimAsync("heir", null, default));
        Assert.True(await sync.Queue.ReportAsync(dead, default));
        sync.Database.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(await sync.Queue.ClaimAsync("heir", null, default));
        sync.Database.Clock.Advance(TimeSpan.FromSeconds(30));

        var heirs = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => sync.Queue.ClaimAsync($"heir {i}", null, default))));

        var heir = Assert.Single(heirs, run => run is not null)!;
        Assert.Equal((dead.Id, dead.StartedAt), (heir.Id, heir.StartedAt));
        Assert.Empty(heir.Counts);
        Assert.Empty((await sync.Runs.FindAsync(sync.Tenant, heir.Id, default))!.Issues);
        Assert.False(await sync.Queue.ReportAsync(dead, default));
        Assert.Equal(SyncStatus.Running, (await sync.EndAsync(dead, SyncStatus.Failed)).Status);
        Assert.True(await sync.Queue.ReportAsync(heir, default));
        Assert.Equal(SyncStatus.Succeeded, (await sync.EndAsync(heir)).Status);
        Assert.Equal(["sync.succeeded"], await sync.AnnouncedAsync());
    }

    [BothDatabases]
    public async Task A_run_that_this_process_is_at_is_not_dead_however_long_it_has_not_reported(TestDatabaseKind kind)
    {
        await using var sync = await SyncSamples.CreateAsync(kind);
        var run = await sync.ClaimedAsync();
        sync.Database.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(await sync.Queue.ClaimAsync("two", null, [run.Id], default));
        Assert.True(await sync.Queue.ReportAsync(run, default));
        sync.Database.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(run.Id, (await sync.Queue.ClaimAsync("another process", null, [], default))?.Id);
    }

    [BothDatabases]
    public async Task A_report_keeps_how_far_the_run_is(TestDatabaseKind kind)
    {
        await using var sync = await SyncSamples.CreateAsync(kind);
        var run = await sync.ClaimedAsync();
        (run.Step, run.Done, run.Total, run.Calls) = ("reading invoices", 40, 100, 3);
        run.Counts = new Dictionary<string, SyncCounts> { ["Invoices"] = new(40, 30, 5, 5, 0), ["Payments"] = SyncCounts.None };
        sync.Database.Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.True(await sync.Queue.ReportAsync(run, default));

        var kept = await sync.KeptAsync(run.Id);
        Assert.Equal(("reading invoices", 40, 100, 3), (kept.Step, kept.Done, kept.Total, kept.Calls));
        Assert.Equal(run.Counts, kept.Counts);
        Assert.Equal(sync.Database.Clock.Now.UtcDateTime, kept.UpdatedAt);
        Assert.True(kept.LeaseUntil > kept.UpdatedAt);
    }

    [BothDatabases]
    public async Task The_end_of_a_run_is_kept_audited_and_announced_once(TestDatabaseKind kind)
    {
        foreach (var (status, events) in new[] { (SyncStatus.Succeeded, new[] { "sync.succeeded" }), (SyncStatus.Failed, ["sync.failed"]), (SyncStatus.Cancelled, []) })
        {
            await using var sync = await SyncSamples.CreateAsync(kind);
            var run = await sync.ClaimedAsync();
            run.MovedMonths = [new MovedMonth("2026-09", Guid.NewGuid(), -10m, 12.3456m)];
            (run.ErrorCode, run.ErrorMessage) = status == SyncStatus.Failed ? ("xero-unavailable", "Xero is away.") : (null, null);

            var kept = await sync.EndAsync(run, status);
            await sync.EndAsync(run, SyncStatus.Failed);

            Assert.Equal((status, run.ErrorCode, run.ErrorMessage, null, null), (kept.Status, kept.ErrorCode, kept.ErrorMessage, kept.LeaseOwner, kept.LeaseUntil));
            Assert.Equal(run.MovedMonths, kept.MovedMonths);
            Assert.NotNull(kept.FinishedAt);
            Assert.Equal(["sync.requested", "sync.finished"], await sync.AuditedAsync());
            Assert.Equal(events, await sync.AnnouncedAsync());
            Assert.False(await sync.Queue.ReportAsync(run, default));
        }
    }

    [BothDatabases]
    public async Task The_event_and_the_audit_entry_name_the_run(TestDatabaseKind kind)
    {
        await using var sync = await SyncSamples.CreateAsync(kind);
        var run = await sync.ClaimedAsync();
        await sync.EndAsync(run);

        await using var db = sync.Database.Open();
        var announced = JsonDocument.Parse((await db.OutboxEvents.SingleAsync()).Data).RootElement;
        var audited = JsonDocument.Parse((await db.AuditLogs.SingleAsync(entry => entry.Action == "sync.finished")).Details!).RootElement;

        Assert.Equal(run.Id, Assert.Single(announced.GetProperty("ids").EnumerateArray()).GetGuid());
        Assert.Equal($"/api/v1/tenants/{sync.Tenant}/syncs/{run.Id:D}", announced.GetProperty("url").GetString());
        Assert.Equal(run.Id, audited.GetProperty("runId").GetGuid());
        Assert.Equal("succeeded", audited.GetProperty("status").GetString());
        Assert.Equal(sync.Tenant.Value, audited.GetProperty("tenantId").GetGuid());
        Assert.Equal("worker", audited.GetProperty("caller").GetProperty("name").GetString());
    }

    [BothDatabases]
    public async Task What_is_due_is_queued_once(TestDatabaseKind kind)
    {
        await using var sync = await SyncSamples.CreateAsync(kind);
        var demo = await sync.AnotherOrganisationAsync("Demo", ConnectionStatus.Demo);
        await sync.AnotherOrganisationAsync("Gone", ConnectionStatus.Disconnected);
        await sync.AnotherOrganisationAsync("Broken", ConnectionStatus.NeedsReconnect);
        var hour = TimeSpan.FromHours(1);

        Assert.Equal(2, await sync.Queue.EnqueueDueAsync(hour, default));
        Assert.Equal(0, await sync.Queue.EnqueueDueAsync(hour, default));

        await using var db = sync.Database.Open();
        var runs = await db.SyncRuns.AsNoTracking().ToListAsync();
        Assert.Equal(new HashSet<Guid> { sync.Tenant.Value, demo.Value }, runs.Select(run => run.TenantId).ToHashSet());
        Assert.All(runs, run => Assert.Equal((SyncTriggers.Schedule, false), (run.Trigger, run.Full)));
    }

    [BothDatabases]
    public async Task The_next_run_is_due_after_the_interval(TestDatabaseKind kind)
    {
        await using var sync = await SyncSamples.CreateAsync(kind);
        var hour = TimeSpan.FromHours(1);
        await sync.EndAsync(await sync.ClaimedAsync());
        sync.Database.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(0, await sync.Queue.EnqueueDueAsync(hour, default));

        sync.Database.Clock.Advance(TimeSpan.FromMinutes(2));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => sync.Queue.EnqueueDueAsync(hour, default))));

        await using var db = sync.Database.Open();
        Assert.Equal(1, await db.SyncRuns.CountAsync(run => run.Status == SyncStatus.Queued));
        Assert.Equal(2, await db.SyncRuns.CountAsync());
    }

    [BothDatabases]
    public async Task Runs_that_do_not_read_what_changed_put_none_off_that_does(TestDatabaseKind kind)
    {
        foreach (var left in new int?[] { null, 900 })
        {
            await using var sync = await SyncSamples.CreateAsync(kind);
            var hour = TimeSpan.FromHours(1);
            (sync.Calls.Left, sync.Calls.RenewsAt) = (left, sync.Database.Clock.Now.UtcDateTime.AddHours(20));
            var look = await sync.ClaimedAsync();
            look.Calls = 5;
            await sync.EndAsync(look);
            foreach (var trigger in new[] { SyncTriggers.Notice, SyncTriggers.Rebuild })
            {
                sync.Database.Clock.Advance(TimeSpan.FromMinutes(25));
                await sync.Runs.EnqueueAsync(Caller.Worker, sync.Tenant, false, trigger, default);
                var run = (await sync.Queue.ClaimAsync("one", sync.Tenant, default))!;
                run.Calls = 5;
                await sync.EndAsync(run);
                Assert.Equal(0, await sync.Queue.EnqueueDueAsync(hour, default));
            }

            sync.Database.Clock.Advance(TimeSpan.FromMinutes(11));

            Assert.Equal(look.Id, (await sync.Runs.LastLookAsync(sync.Tenant, default))?.Id);
            Assert.Equal(1, await sync.Queue.EnqueueDueAsync(hour, default));
        }
    }
}
