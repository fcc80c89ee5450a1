using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Pipeline;

/// <summary>Runs of all organisations that wait for somebody to do them.</summary>
public interface ISyncQueue
{
    /// <summary>
    /// Takes the oldest run that waits, or one whose process died; null when there is none. At most one owner gets it.
    /// </summary>
    /// <param name="owner">Who takes it; nobody else is called so.</param>
    /// <param name="only">Of this organisation; null: of any.</param>
    /// <param name="underWay">Runs that this process is at: however long they have not reported, they are not dead.</param>
    /// <param name="ct">Stops.</param>
    Task<SyncRun?> ClaimAsync(string owner, TenantId? only, IReadOnlyCollection<Guid> underWay, CancellationToken ct);

    /// <summary>Keeps the lease and writes how far the run is; false when the run is to stop or belongs to somebody else now.</summary>
    Task<bool> ReportAsync(SyncRun run, CancellationToken ct);

    /// <summary>Puts a run back until <see cref="SyncRun.WaitUntil"/>; whoever takes it then goes on where it stopped.</summary>
    Task ParkAsync(SyncRun run, CancellationToken ct);

    /// <summary>Ends a run, with its event, in one transaction.</summary>
    Task FinishAsync(SyncRun run, CancellationToken ct);

    /// <summary>
    /// Queues an incremental run for each organisation whose last one began longer ago than <paramref name="interval"/>, or longer where the
    /// calls of the day are running short.
    /// </summary>
    Task<int> EnqueueDueAsync(TimeSpan interval, CancellationToken ct);

    /// <summary>Queues the nightly check, or once a week the sweep, of each organisation whose night has come, unless a run waits or runs.</summary>
    Task<int> EnqueueChecksAsync(CancellationToken ct);

    /// <summary>
    /// Queues a run for each organisation of which Xero's notices told something, unless one waits or runs. Where the last ones failed it comes
    /// after a while, the longer the more of them failed, and after <paramref name="interval"/> at the latest.
    /// </summary>
    Task<int> EnqueueNoticedAsync(TimeSpan interval, CancellationToken ct);
}

/// <summary>Lets a run wait, when Xero's limit of calls is used up.</summary>
public sealed class SyncParking(ISyncQueue queue, ITenantRepository tenants, ICallBudget calls, TimeProvider clock)
{
    /// <summary>Where nobody knows when the limit opens.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(1);

    public async Task ParkAsync(SyncRun run, CancellationToken ct)
    {
        var organisation = await tenants.FindAsync(new TenantId(run.TenantId), ct);
        var opens = organisation is null ? null : (await calls.TodayAsync(organisation, ct))?.OpensAt;
        run.WaitUntil = Instants.Cut(opens ?? clock.UtcNow() + Usual);
        (run.Status, run.Step) = (SyncStatus.Queued, SyncRun.WaitingUntil(run.WaitUntil.Value));
        await queue.ParkAsync(run, ct);
    }
}

/// <summary>Does one waiting run from claim to end, beside those of other organisations. Used by the background worker and by the command.</summary>
public sealed class SyncRunner(ISyncQueue queue, BookRefresh refresh, LedgerRebuild rebuild, SyncParking parking, TimeProvider clock, ILogger<SyncRunner> log)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(2);

    /// <summary>Runs that this process is at.</summary>
    private ImmutableHashSet<Guid> _underWay = [];

    /// <summary>Does the next run, of one organisation or of any; null when none waits.</summary>
    public async Task<SyncRun?> RunNextAsync(TenantId? only, CancellationToken ct)
    {
        // A name for each claim: a run that was taken over belongs to nobody of before, not even in this process.
        if (await queue.ClaimAsync(Guid.NewGuid().ToString("N"), only, _underWay, ct) is not { } run)
        {
            return null;
        }

        ImmutableInterlocked.Update(ref _underWay, runs => runs.Add(run.Id));
        try
        {
            await DoAsync(run, ct);
            return run;
        }
        finally
        {
            ImmutableInterlocked.Update(ref _underWay, runs => runs.Remove(run.Id));
        }
    }

    private async Task DoAsync(SyncRun run, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var progress = new RunProgress(run, queue, clock);
        var beating = BeatAsync(progress, stop);
        try
        {
            var (tenant, lease) = (new TenantId(run.TenantId), new RunLease(run.Id, run.LeaseOwner));
            var result = run.Trigger == SyncTriggers.Rebuild
                ? await rebuild.RunAsync(tenant, lease, LedgerRebuild.HasBegun(run), progress, stop.Token)
                : await refresh.RunAsync(tenant, lease, RunScope.Of(run), progress, stop.Token);
            if (result.Problem is { Code: XeroProblems.RateLimitedCode })
            {
                await parking.ParkAsync(run, ct);
                log.LogInformation("Sync {RunId} of {Tenant} goes on at {Instant}", run.Id, run.TenantId, run.WaitUntil);
                return;
            }

            End(run, result);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            (run.Status, run.Step) = (SyncStatus.Cancelled, "cancelled");
        }
        catch when (!ct.IsCancellationRequested)
        {
            // A run that was stopped, or taken away with its organisation, tears where it stands: that is no fault. Else only a bug or a
            // database that is away gets here. If even this cannot be written, the lease runs out and the run goes on.
            if (!stop.IsCancellationRequested && await TryReportAsync(progress, ct))
            {
                log.LogError("Sync {RunId} of {Tenant} stumbled", run.Id, run.TenantId);
                await FailAsync(run, ct);
                throw;
            }

            (run.Status, run.Step) = (SyncStatus.Cancelled, "cancelled");
        }
        finally
        {
            await stop.CancelAsync();
            await beating;
        }

        run.FinishedAt = clock.UtcNow();
        await queue.FinishAsync(run, ct);
    }

    private async Task FailAsync(SyncRun run, CancellationToken ct)
    {
        (run.Status, run.Step, run.FinishedAt) = (SyncStatus.Failed, "failed", clock.UtcNow());
        (run.ErrorCode, run.ErrorMessage) = ("internal-error", $"Something went wrong in XeroCfo itself. The log has it under {run.Id}.");
        await queue.FinishAsync(run, ct);
    }

    private void End(SyncRun run, Result<IReadOnlyList<MovedMonth>> result)
    {
        if (result.Succeeded)
        {
            (run.Status, run.Step) = (SyncStatus.Succeeded, "done");

            // A process that died after it had closed the books left what moved in the run.
            run.MovedMonths = [.. MovedMonth.Then(run.MovedMonths, result.Value)];
            log.LogInformation("Sync {RunId} of {Tenant} ended well after {Calls} calls", run.Id, run.TenantId, run.Calls);
        }
        else
        {
            (run.Status, run.Step) = (SyncStatus.Failed, "failed");
            (run.ErrorCode, run.ErrorMessage) = (result.Problem!.Code, result.Problem.Message);
        }
    }

    // A database that is away for a moment must not undo a good run: the next beat tries again, and if none gets through the lease runs out.
    // What a beat throws that is stopped with its run is nobody's business.
    private async Task<bool> TryReportAsync(RunProgress progress, CancellationToken ct)
    {
        try
        {
            return await progress.ReportAsync(ct);
        }
        catch (Exception fault)
        {
            if (!ct.IsCancellationRequested)
            {
                log.LogWarning("A sync could not report how far it is: {Fault}", fault.GetType().Name);
            }

            return true;
        }
    }

    // A long answer of Xero must not look like a dead process.
    private async Task BeatAsync(RunProgress progress, CancellationTokenSource stop)
    {
        using var timer = new PeriodicTimer(Heartbeat);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                if (!await TryReportAsync(progress, stop.Token))
                {
                    await stop.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }
}

/// <summary>How far a run is, written at most a few times a second.</summary>
internal sealed class RunProgress(SyncRun run, ISyncQueue queue, TimeProvider clock) : ISyncProgress
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private readonly Lock _lock = new();

    /// <summary>Calls of those who worked on the run before.</summary>
    private readonly int _callsBefore = run.Calls;

    private long _reported;

    public async Task StepAsync(string step, int total, CancellationToken ct)
    {
        lock (_lock)
        {
            (run.Step, run.Done, run.Total) = (step, 0, total);
        }

        await ReportOrStopAsync(ct);
    }

    public async Task AdvanceAsync(int done, int calls, CancellationToken ct)
    {
        lock (_lock)
        {
            run.Done += done;
            run.Calls = _callsBefore + calls;
        }

        if (clock.GetElapsedTime(_reported) >= Pause)
        {
            await ReportOrStopAsync(ct);
        }
    }

    public void Count(string kind, SyncCounts counts)
    {
        lock (_lock)
        {
            // A new dictionary each time, because a report may be reading the old one.
            run.Counts = new Dictionary<string, SyncCounts>(run.Counts) { [kind] = run.Counts.GetValueOrDefault(kind, SyncCounts.None).Plus(counts) };
        }
    }

    public async Task<bool> ReportAsync(CancellationToken ct)
    {
        _reported = clock.GetTimestamp();
        return await queue.ReportAsync(run, ct);
    }

    private async Task ReportOrStopAsync(CancellationToken ct)
    {
        if (!await ReportAsync(ct))
        {
            throw new OperationCanceledException("The run is to stop.");
        }
    }
}
