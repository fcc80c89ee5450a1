using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Sync;

public sealed class SyncRunRepositoryTests
{
    [BothDatabases]
    public async Task Many_who_ask_at_once_get_one_run(TestDatabaseKind kind)
    {
        await using var sync = await SyncSamples.CreateAsync(kind);

        var asked = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() =>
            sync.Runs.EnqueueAsync(Caller.Command, sync.Tenant, i % 2 == 0, SyncTriggers.Manual, default))));

        Assert.Single(asked.Select(result => result.Value.Id).Distinct());
        Assert.Equal(["sync.requested"], await sync.AuditedAsync());
        await using var db = sync.Database.Open();
        Assert.Equal(1, await db.SyncRuns.CountAsync());
    }

    [BothDatabases]
    public async Task The_queued_or_running_run_is_the_answer_and_a_new_one_once_it_is_over(TestDatabaseKind kind)
    {
        await using var sync = await SyncSamples.CreateAsync(kind);
        var other = await sync.AnotherOrganisationAsync();
        var first = await sync.EnqueueAsync(full: true);

        Assert.Equal(first.Id, (await sync.EnqueueAsync()).Id);
        var run = (await sync.Queue.ClaimAsync("one", sync.Tenant, default))!;
        Assert.Equal((first.Id, true), (run.Id, run.Full));
        Assert.Equal(first.Id, (await sync.EnqueueAsync()).Id);
        Assert.NotEqual(first.Id, (await sync.EnqueueAsync(tenant: other)).Id);
        await sync.EndAsync(run);

        Assert.NotEqual(first.Id, (await sync.EnqueueAsync()).Id);
    }

    [BothDatabases]
    public async Task A_repeated_key_gives_the_first_run_even_when_it_is_over(TestDatabaseKind kind)
    {
        await using var sync = await SyncSamples.CreateAsync(kind);
        var caller = await PersonAsync(sync, "k-1");
        var first = (await sync.Runs.EnqueueAsync(caller, sync.Tenant, false, SyncTriggers.Manual, default)).Value;
        await sync.EndAsync((await sync.Queue.ClaimAsync("one", null, default))!);

        var again = await sync.Runs.EnqueueAsync(caller, sync.Tenant, false, SyncTriggers.Manual, default);
        var other = await sync.Runs.EnqueueAsync(caller with { IdempotencyKey = "k-2" }, sync.Tenant, false, SyncTriggers.Manual, default);

        Assert.Equal(first.Id, again.Value.Id);
        Assert.NotEqual(first.Id, other.Value.Id);
    }

    [BothDatabases]
    public async Task A_key_that_was_used_for_another_body_is_refused(TestDatabaseKind kind)
    {
        await using var sync = await SyncSamples.CreateAsync(kind);
        var caller = await PersonAsync(sync, "k-1");
        var other = await sync.AnotherOrganisationAsync();
        var somebody = await PersonAsync(sync, "k-1", "bob@example.com");
        await sync.Runs.EnqueueAsync(caller, sync.Tenant, false, SyncTriggers.Manual, default);

        var refused = await sync.Runs.EnqueueAsync(caller, sync.Tenant, true, SyncTriggers.Manual, default);

        Assert.Equal(("idempotency-key-reused", ProblemKind.Refused), (refused.Problem?.Code, refused.Problem?.Kind));
        Assert.True((await sync.Runs.EnqueueAsync(caller, other, true, SyncTriggers.Manual, default)).Succeeded);
        Assert.True((await sync.Runs.EnqueueAsync(somebody, sync.Tenant, true, SyncTriggers.Manual, default)).Succeeded);
    }

    [BothDatabases]
    public async Task The_same_key_many_times_at_once_is_one_run(TestDatabaseKind kind)
    {
        await using var sync = await SyncSamples.CreateAsync(kind);
        var caller = await PersonAsync(sync, "k-1");

        var asked = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => sync.Runs.EnqueueAsync(caller, sync.Tenant, false, SyncTriggers.Manual, default))));

        Assert.Single(asked.Select(result => result.Value.Id).Distinct());
        await using var db = sync.Database.Open();
        Assert.Equal(1, await db.IdempotencyRecords.CountAsync());
    }

    [BothDatabases]
    public async Task A_queued_run_is_cancelled_at_once(TestDatabaseKind kind)
    {
        await using var sync = await SyncSamples.CreateAsync(kind);
        var run = await sync.EnqueueAsync();

        Assert.True((await sync.Runs.CancelAsync(Caller.Command, sync.Tenant, run.Id, default)).Succeeded);

        var kept = await sync.KeptAsync(run.Id);
        Assert.Equal((SyncStatus.Cancelled, sync.Database.Clock.Now.UtcDateTime), (kept.Status, kept.FinishedAt));
        Assert.Equal(["sync.requested", "sync.cancelled"], await sync.AuditedAsync());
        Assert.Null(await sync.Queue.ClaimAsync("one", null, default));
        Assert.Equal(SyncProblems.AlreadyOver, (await sync.Runs.CancelAsync(Caller.Command, sync.Tenant, run.Id, default)).Problem);
    }

    [BothDatabases]
    public async Task A_running_run_is_told_to_stop_and_then_ends_cancelled(TestDatabaseKind kind)
    {
        await using var sync = await SyncSamples.CreateAsync(kind);
        var run = await sync.ClaimedAsync();
        Assert.True(await sync.Queue.ReportAsync(run, default));

        Assert.True((await sync.Runs.CancelAsync(Caller.Command, sync.Tenant, run.Id, default)).Succeeded);

        Assert.Equal(SyncStatus.Running, (await sync.KeptAsync(run.Id)).Status);
        Assert.False(await sync.Queue.ReportAsync(run, default));
        Assert.Equal(SyncStatus.Cancelled, (await sync.EndAsync(run, SyncStatus.Cancelled)).Status);
        Assert.Empty(await sync.AnnouncedAsync());
        Assert.Equal(["sync.requested", "sync.cancelled", "sync.finished"], await sync.AuditedAsync());
    }

    [BothDatabases]
    public async Task Runs_are_listed_newest_first_with_their_issues_each_once(TestDatabaseKind kind)
    {
        await using var sync = await SyncSamples.CreateAsync(kind);
        var made = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            var run = await sync.ClaimedAsync();
            await sync.Database.AddAsync(new SyncIssue { TenantId = sync.Tenant.Value, RunId = run.Id, Kind = "Invoice", Code = "unreadable", Message = $"{i}" });
            await sync.EndAsync(run);
            made.Insert(0, run.Id);
        }

        var first = (await sync.Runs.ListAsync(sync.Tenant, null, 2, default)).Value;
        var second = (await sync.Runs.ListAsync(sync.Tenant, first.Next, 2, default)).Value;
        await sync.EnqueueAsync();
        var third = (await sync.Runs.ListAsync(sync.Tenant, second.Next, 2, default)).Value;

        var all = first.Items.Concat(second.Items).Concat(third.Items).ToList();
        Assert.Equal(made, all.Select(detail => detail.Run.Id));
        Assert.Equal(["4", "3", "2", "1", "0"], all.Select(detail => Assert.Single(detail.Issues).Message));
        Assert.Null(third.Next);
        Assert.Equal("invalid-cursor", (await sync.Runs.ListAsync(sync.Tenant, "abc", 2, default)).Problem?.Code);
    }

    private static async Task<Caller> PersonAsync(SyncSamples sync, string key, string email = "ada@example.com")
    {
        var user = SampleRows.User(email);
        user.SecurityStamp = "stamp";
        await sync.Database.AddAsync(user);
        return Caller.Command with { Kind = CallerKind.Person, UserId = user.Id, Name = email, Stamp = "stamp", IdempotencyKey = key };
    }
}
