using XeroCfo.Domain.Backups;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.Support;

/// <summary>Backups in memory: a book that obeys what the stored one does, a shelf of names, and an archive that answers as it is told.</summary>
internal sealed class FakeBackups(TimeProvider clock) : IBackupBook, IBackupShelf, IBackupArchive
{
    public List<BackupRun> Runs { get; } = [];

    public BackupSchedule? Schedule { get; set; }

    public HashSet<string> Files { get; } = [];

    public List<string> Taken { get; } = [];

    /// <summary>What making one comes to.</summary>
    public Func<string, Result<BackupFacts>> Making { get; set; } = _ => new BackupFacts(new DateTime(2026, 11, 20, 2, 0, 0, DateTimeKind.Utc), "0.1.0", 5_612, 1_048_576);

    public string Node => "node-1";

    private IEnumerable<BackupRun> NewestFirst => Enumerable.Reverse(Runs);

    public string Folder => "";

    public Task TidyAsync(string folder, CancellationToken ct) => Task.CompletedTask;

    public string PathOf(string fileName) => fileName;

    public bool Has(string fileName) => Files.Contains(fileName);

    public Stream? Open(string fileName) => Has(fileName) ? new MemoryStream([1, 2, 3]) : null;

    public void Remove(string fileName) => Files.Remove(fileName);

    public Task<Result<BackupFacts>> WriteAsync(Caller caller, string file, CancellationToken ct)
    {
        var made = Making(file);
        if (made.Succeeded)
        {
            Files.Add(file);
        }

        return Task.FromResult(made);
    }

    public Task<Result<BackupFacts>> RestoreAsync(Caller caller, string file, bool force, CancellationToken ct) => Task.FromResult(Making(file));

    public Task<IReadOnlyList<BackupRun>> NewestAsync(int count, CancellationToken ct) => Task.FromResult<IReadOnlyList<BackupRun>>([.. NewestFirst.Take(count)]);

    public Task<BackupRun?> FindAsync(Guid id, CancellationToken ct) => Task.FromResult(Runs.Find(run => run.Id == id));

    public Task<DateTime?> LastGoodAsync(CancellationToken ct) => Task.FromResult(Runs.Where(run => run.Status == BackupStatus.Succeeded).Max(run => run.SnapshotAt));

    public Task<BackupSchedule?> ScheduleAsync(CancellationToken ct) => Task.FromResult(Schedule);

    public Task<Result<Done>> KeepScheduleAsync(Caller caller, BackupSchedule schedule, CancellationToken ct)
    {
        Schedule = schedule;
        return Task.FromResult<Result<Done>>(Done.Value);
    }

    public Task<Result<BackupRun>> EnqueueAsync(Caller caller, string trigger, CancellationToken ct)
    {
        if (Runs.Find(run => BackupStatus.IsOpen(run.Status)) is { } open)
        {
            return Task.FromResult<Result<BackupRun>>(open);
        }

        var made = new BackupRun { Trigger = trigger, By = caller.Name, CreatedAt = clock.UtcNow() };
        Runs.Add(made);
        return Task.FromResult<Result<BackupRun>>(made);
    }

    public Task<DateTime?> LastAskedAsync(string trigger, CancellationToken ct) => Task.FromResult(Runs.Where(run => run.Trigger == trigger).Max(run => (DateTime?)run.CreatedAt));

    public Task<BackupRun?> ClaimAsync(string owner, string node, CancellationToken ct)
    {
        var now = clock.UtcNow();
        if (Runs.Exists(run => run.Status == BackupStatus.Running && run.LeaseUntil >= now))
        {
            return Task.FromResult<BackupRun?>(null);
        }

        var next = Runs.Find(run => run.Status == BackupStatus.Running) ?? Runs.Find(run => run.Status == BackupStatus.Queued);
        if (next is not null)
        {
            (next.Status, next.LeaseOwner, next.LeaseUntil, next.Node, next.StartedAt) = (BackupStatus.Running, owner, now.AddSeconds(20), node, next.StartedAt ?? now);
        }

        return Task.FromResult(next);
    }

    public Task<bool> RenewAsync(BackupRun run, CancellationToken ct) => Task.FromResult(run.Status == BackupStatus.Running);

    public Task FinishAsync(BackupRun run, CancellationToken ct)
    {
        (run.LeaseOwner, run.LeaseUntil) = (null, null);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<BackupRun>> KeptAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<BackupRun>>([.. NewestFirst.Where(run => run is { Status: BackupStatus.Succeeded, RemovedAt: null, FileName: not null })]);

    public Task RemovedAsync(Guid id, CancellationToken ct)
    {
        Runs.Single(run => run.Id == id).RemovedAt = clock.UtcNow();
        return Task.CompletedTask;
    }

    public Task<Result<Done>> TakenAsync(Caller caller, BackupRun run, CancellationToken ct)
    {
        Taken.Add(run.FileName!);
        return Task.FromResult<Result<Done>>(Done.Value);
    }
}
