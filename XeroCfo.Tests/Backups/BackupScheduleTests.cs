using Microsoft.Extensions.Logging.Abstractions;
using XeroCfo.Domain.Backups;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Backups;

public sealed class BackupScheduleTests
{
    private static readonly DateTime Installed = At(18, 12);

    private readonly FixedClock _clock = new(At(20, 9));
    private readonly FakeBackups _backups;
    private readonly BackupRunner _runner;

    public BackupScheduleTests()
    {
        _backups = new FakeBackups(_clock) { Schedule = new BackupSchedule(true, 2, 2, Installed) };
        _runner = new BackupRunner(_backups, _backups, _backups, _clock, NullLogger<BackupRunner>.Instance);
    }

    [Theory]
    [InlineData(18, 13, null)]
    [InlineData(19, 1, null)]
    [InlineData(19, 2, 19)]
    [InlineData(20, 1, 19)]
    [InlineData(20, 23, 20)]
    public void One_is_due_at_its_hour_and_none_for_the_days_before_the_product_came(int day, int hour, int? due)
    {
        var schedule = new BackupSchedule(true, 2, 14, Installed);

        Assert.Equal(due is { } wanted ? At(wanted, 2) : null, schedule.LastDue(At(day, hour)));
        Assert.Null((schedule with { Daily = false }).LastDue(At(day, hour)));
    }

    [Fact]
    public void One_that_was_missed_is_made_up_for_once_and_told_after_two_hours()
    {
        var schedule = new BackupSchedule(true, 2, 14, Installed);

        Assert.True(schedule.IsDue(At(20, 9), At(19, 2)));
        Assert.False(schedule.IsDue(At(20, 9), At(20, 3)));
        Assert.False(schedule.IsLate(At(20, 3), At(19, 2)));
        Assert.True(schedule.IsLate(At(20, 5), At(19, 2)));
        Assert.False(schedule.IsLate(At(20, 5), At(20, 2)));
        Assert.False((schedule with { Daily = false }).IsLate(At(20, 5), null));
    }

    [Fact]
    public async Task A_new_installation_gets_the_usual_schedule_and_no_backup_at_once()
    {
        _backups.Schedule = null;

        await _runner.LookAtScheduleAsync(default);
        await _runner.LookAtScheduleAsync(default);

        Assert.Equal(BackupSchedule.Usual(_clock.GetUtcNow().UtcDateTime), _backups.Schedule);
        Assert.Empty(_backups.Runs);
    }

    [Fact]
    public async Task Each_day_brings_one_and_only_the_newest_files_stay()
    {
        List<string> made = [];
        for (var day = 20; day < 24; day++)
        {
            _clock.Now = At(day, 3);
            await _runner.LookAtScheduleAsync(default);
            await _runner.LookAtScheduleAsync(default);
            var run = (await _runner.RunNextAsync(default))!;
            Assert.Null(await _runner.RunNextAsync(default));
            Assert.Equal((BackupStatus.Succeeded, BackupTriggers.Schedule, 5_612L), (run.Status, run.Trigger, run.Rows));
            made.Add(run.FileName!);
            await _runner.LookAtScheduleAsync(default);
        }

        Assert.Equal(4, made.Distinct().Count());
        Assert.Equal(made.TakeLast(2).Order(), _backups.Files.Order());
        Assert.Equal(2, _backups.Runs.Count(run => run.RemovedAt is not null));
    }

    [Fact]
    public async Task A_failure_is_kept_with_its_reason_removes_nothing_and_warns_admins_alone()
    {
        _backups.Making = _ => BackupProblems.NotWritten("No space left on device");
        _backups.Files.Add("old");
        _backups.Runs.Add(new BackupRun { Trigger = BackupTriggers.Schedule, By = "worker", Status = BackupStatus.Succeeded, FileName = "old", Node = "node-1", SnapshotAt = At(19, 2) });
        var service = new BackupService(_backups, _backups, _backups, _clock);

        await _runner.LookAtScheduleAsync(default);
        var run = (await _runner.RunNextAsync(default))!;
        await _runner.LookAtScheduleAsync(default);

        Assert.Equal((BackupStatus.Failed, "backup-not-written"), (run.Status, run.ErrorCode));
        Assert.Equal(["old"], _backups.Files);
        Assert.Contains("No space left", await service.WarningAsync(FakeCaller.Person(Roles.Admin), default), StringComparison.Ordinal);
        Assert.Null(await service.WarningAsync(FakeCaller.Person(Roles.Accountant), default));
        Assert.Null(await _runner.RunNextAsync(default));
    }

    [Fact]
    public async Task What_a_dead_process_left_is_begun_anew_under_the_same_name()
    {
        var run = (await _backups.EnqueueAsync(Caller.Worker, BackupTriggers.Manual, default)).Value;
        await _backups.ClaimAsync("dead", "node-0", default);
        run.FileName = "books.backup";

        Assert.Null(await _runner.RunNextAsync(default));
        _clock.Now = At(20, 10);
        var done = (await _runner.RunNextAsync(default))!;

        Assert.Equal((run.Id, "books.backup", "node-1", BackupStatus.Succeeded), (done.Id, done.FileName, done.Node, done.Status));
        Assert.Single(_backups.Files);
    }

    [Theory]
    [InlineData(Roles.Accountant)]
    [InlineData(Roles.Standard)]
    [InlineData(Roles.ReadOnly)]
    [InlineData(Roles.Executive)]
    public async Task Nobody_but_an_admin_has_anything_to_do_with_them(string role)
    {
        var (service, caller) = (new BackupService(_backups, _backups, _backups, _clock), FakeCaller.Person(role));

        foreach (var refused in new[]
        {
            (await service.OverviewAsync(caller, default)).Problem, (await service.RequestAsync(caller, default)).Problem,
            (await service.PlanAsync(caller, true, 2, 2, default)).Problem, (await service.OpenAsync(caller, Guid.NewGuid(), default)).Problem,
            (await service.WriteAsync(caller, "x", default)).Problem, (await service.RestoreAsync(caller, "x", true, default)).Problem,
        })
        {
            Assert.Equal(ProblemKind.Forbidden, refused?.Kind);
        }

        Assert.Empty(_backups.Runs);
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(24, 2)]
    [InlineData(2, 0)]
    [InlineData(2, 366)]
    public async Task An_impossible_schedule_is_refused(int hour, int keep)
    {
        var refused = await new BackupService(_backups, _backups, _backups, _clock).PlanAsync(FakeCaller.Person(Roles.Admin), true, hour, keep, default);

        Assert.Equal(ProblemKind.Invalid, refused.Problem?.Kind);
        Assert.Equal(2, _backups.Schedule!.Keep);
    }

    private static DateTime At(int day, int hour) => new(2026, 11, day, hour, 0, 0, DateTimeKind.Utc);
}
