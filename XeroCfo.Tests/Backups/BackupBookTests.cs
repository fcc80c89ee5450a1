using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Backups;
using XeroCfo.Domain.Backups;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Backups;

/// <summary>What the book of backups promises, by the stored one on both databases and by the fake that pages are tested with.</summary>
public sealed class BackupBookTests
{
    [Fact]
    public Task The_fake_keeps_what_the_book_promises()
    {
        var clock = new FixedClock();
        return KeepAsync(new FakeBackups(clock), clock);
    }

    [BothDatabases]
    public async Task One_is_made_at_a_time_by_one_process_and_a_dead_ones_is_taken_over(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await KeepAsync(new BackupBook(database.Factory, database.Clock), database.Clock);

        await using var db = database.Open();
        Assert.Equal(["backup.requested", "backup.downloaded", "backup.removed", "backup.requested", "backup.failed", "backup.schedule_changed"], await db.AuditLogs.OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync());
    }

    [BothDatabases]
    public async Task Two_nodes_that_ask_or_claim_in_the_same_moment_share_one(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (one, other) = (new BackupBook(database.Factory, database.Clock), new BackupBook(database.Factory, database.Clock));

        var asked = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => (number % 2 == 0 ? one : other).EnqueueAsync(Caller.Worker, BackupTriggers.Schedule, default))));
        var claimed = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => (number % 2 == 0 ? one : other).ClaimAsync($"{number}", "node", default))));

        Assert.Single(asked.Select(run => run.Value.Id).Distinct());
        Assert.Single(claimed.OfType<BackupRun>());
        Assert.Single(await one.NewestAsync(10, default));
    }

    private static async Task KeepAsync(IBackupBook book, FixedClock clock)
    {
        Assert.Empty(await book.NewestAsync(10, default));
        Assert.Null(await book.ScheduleAsync(default));
        Assert.Null(await book.ClaimAsync("a", "node-1", default));

        var asked = (await book.EnqueueAsync(Caller.Command, BackupTriggers.Manual, default)).Value;
        Assert.Equal(asked.Id, (await book.EnqueueAsync(Caller.Command, BackupTriggers.Schedule, default)).Value.Id);
        var claimed = (await book.ClaimAsync("a", "node-1", default))!;
        Assert.Equal((asked.Id, BackupStatus.Running, "node-1"), (claimed.Id, claimed.Status, claimed.Node));
        Assert.Null(await book.ClaimAsync("b", "node-2", default));

        clock.Advance(TimeSpan.FromMinutes(1));
        var taken = (await book.ClaimAsync("b", "node-2", default))!;
        Assert.Equal((asked.Id, "node-2"), (taken.Id, taken.Node));
        Assert.True(await book.RenewAsync(taken, default));
        (taken.Status, taken.FileName, taken.SnapshotAt, taken.Rows, taken.Bytes) = (BackupStatus.Succeeded, "one.backup", clock.Now.UtcDateTime, 7, 70);
        await book.FinishAsync(taken, default);
        Assert.Equal(clock.Now.UtcDateTime, await book.LastGoodAsync(default));
        Assert.Equal("one.backup", (await book.FindAsync(asked.Id, default))!.FileName);
        Assert.Single(await book.KeptAsync(default));
        await book.TakenAsync(Caller.Command, taken, default);
        await book.RemovedAsync(asked.Id, default);
        Assert.Empty(await book.KeptAsync(default));

        clock.Advance(TimeSpan.FromMinutes(1));
        var second = (await book.EnqueueAsync(Caller.Command, BackupTriggers.Schedule, default)).Value;
        Assert.Equal(clock.Now.UtcDateTime, await book.LastAskedAsync(BackupTriggers.Schedule, default));
        var failing = (await book.ClaimAsync("a", "node-1", default))!;
        (failing.Status, failing.ErrorCode, failing.ErrorMessage) = (BackupStatus.Failed, "backup-not-written", "No space left.");
        await book.FinishAsync(failing, default);
        Assert.Equal([second.Id, asked.Id], (await book.NewestAsync(10, default)).Select(run => run.Id));

        var schedule = new BackupSchedule(false, 4, 3, clock.Now.UtcDateTime);
        await book.KeepScheduleAsync(Caller.Command, schedule, default);
        Assert.Equal(schedule, await book.ScheduleAsync(default));
    }
}
