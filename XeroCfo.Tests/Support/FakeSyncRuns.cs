using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.Support;

/// <summary>Sync runs in memory, newest first. Nothing works on them: tests move them on by hand.</summary>
internal sealed class FakeSyncRuns : ISyncRunRepository
{
    public List<SyncRunDetail> Runs { get; } = [];

    /// <summary>Answers wait for it; a page shows its loading state meanwhile.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public Task<Result<SyncRun>> EnqueueAsync(Caller caller, TenantId tenant, bool full, string trigger, CancellationToken ct)
    {
        if (Runs.Find(detail => detail.Run.TenantId == tenant.Value && !SyncStatus.IsOver(detail.Run.Status)) is { } there)
        {
            return Task.FromResult<Result<SyncRun>>(there.Run);
        }

        var run = new SyncRun { TenantId = tenant.Value, Full = full, Trigger = trigger, RequestedBy = caller.UserId };
        Runs.Insert(0, new SyncRunDetail(run, []));
        return Task.FromResult<Result<SyncRun>>(run);
    }

    public async Task<Result<Page<SyncRunDetail>>> ListAsync(TenantId tenant, string? cursor, int limit, CancellationToken ct)
    {
        await Gate.WaitAsync(ct);
        return new Page<SyncRunDetail>([.. Runs.Where(detail => detail.Run.TenantId == tenant.Value).Take(limit)], null);
    }

    public Task<SyncRun?> LastLookAsync(TenantId tenant, CancellationToken ct) =>
        Task.FromResult(Runs.Find(detail => detail.Run.TenantId == tenant.Value && !SyncTriggers.NotLooking.Contains(detail.Run.Trigger))?.Run);

    public Task<SyncRunDetail?> FindAsync(TenantId tenant, Guid runId, CancellationToken ct) =>
        Task.FromResult(Runs.Find(detail => detail.Run.TenantId == tenant.Value && detail.Run.Id == runId));

    public Task<CappedCount> CountAsync(TenantId tenant, CancellationToken ct) => Task.FromResult(CappedCount.Of(Runs.Count(detail => detail.Run.TenantId == tenant.Value)));

    public Task<Result<Done>> CancelAsync(Caller caller, TenantId tenant, Guid runId, CancellationToken ct)
    {
        if (Runs.Find(detail => detail.Run.Id == runId)?.Run is not { } run || SyncStatus.IsOver(run.Status))
        {
            return Task.FromResult<Result<Done>>(SyncProblems.AlreadyOver);
        }

        run.CancelRequested = true;
        run.Status = run.Status == SyncStatus.Queued ? SyncStatus.Cancelled : run.Status;
        return Task.FromResult<Result<Done>>(Done.Value);
    }
}
