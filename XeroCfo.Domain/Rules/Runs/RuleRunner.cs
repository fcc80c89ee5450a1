using Microsoft.Extensions.Logging;
using XeroCfo.Domain.Rules.Matching;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Rules.Runs;

/// <summary>What became of a page of a run.</summary>
public enum RunStep
{
    /// <summary>There may be more.</summary>
    Went,

    /// <summary>There was nothing left.</summary>
    Ended,

    /// <summary>Somebody changed the rules since the matcher was made; nothing was written.</summary>
    RulesChanged,

    /// <summary>It is to stop, or belongs to somebody else now; nothing was written.</summary>
    Stopped,
}

/// <summary>Runs of rules of all organisations that wait for somebody to do them.</summary>
public interface IRuleRunQueue
{
    /// <summary>Takes the oldest run that waits, or one whose process died; one at a time of each organisation. Null when there is none.</summary>
    Task<RuleRun?> ClaimAsync(string owner, TenantId? only, CancellationToken ct);

    /// <summary>
    /// Decides and writes the next documents, with what they had before and how far the run is, in one transaction; nothing when the rules are no longer those of
    /// the matcher, so that a rule that was turned off decides nothing more.
    /// </summary>
    Task<RunStep> NextPageAsync(RuleRun run, RuleMatcher matcher, CancellationToken ct);

    /// <summary>Ends a run, with its event, in one transaction; nothing happens when it belongs to somebody else now.</summary>
    Task FinishAsync(RuleRun run, CancellationToken ct);

    /// <summary>Queues a run over what has no category, when the organisation has rules and none such waits.</summary>
    Task EnqueueAfterSyncAsync(TenantId tenant, CancellationToken ct);
}

/// <summary>Does one waiting run from claim to end.</summary>
public sealed class RuleRunner(IRuleRunQueue queue, IRuleRepository rules, TimeProvider clock, ILogger<RuleRunner> log)
{
    private readonly string _owner = Guid.NewGuid().ToString("N");

    /// <summary>Does the next run, of one organisation or of any; null when none waits.</summary>
    public async Task<RuleRun?> RunNextAsync(TenantId? only, CancellationToken ct)
    {
        if (await queue.ClaimAsync(_owner, only, ct) is not { } run)
        {
            return null;
        }

        try
        {
            var tenant = new TenantId(run.TenantId);
            var matcher = RuleMatcher.Of(await rules.AllAsync(tenant, ct));
            var step = RunStep.Went;
            while (step is RunStep.Went or RunStep.RulesChanged)
            {
                matcher = step == RunStep.RulesChanged ? matcher.With(await rules.AllAsync(tenant, ct)) : matcher;
                step = await queue.NextPageAsync(run, matcher, ct);
            }

            run.Status = step == RunStep.Ended ? SyncStatus.Succeeded : SyncStatus.Cancelled;
        }
        catch when (!ct.IsCancellationRequested)
        {
            // Only a bug or a database that is away gets here. If even this cannot be written, the lease runs out and the run goes on.
            log.LogError("Rule run {RunId} of {Tenant} stumbled", run.Id, run.TenantId);
            (run.Status, run.ErrorCode, run.ErrorMessage) = (SyncStatus.Failed, "internal-error", $"Something went wrong in XeroCfo itself. The log has it under {run.Id}.");
            await FinishAsync(run, ct);
            throw;
        }

        await FinishAsync(run, ct);
        log.LogInformation("Rule run {RunId} of {Tenant} {Status}: {Changed} of {Evaluated} changed", run.Id, run.TenantId, run.Status, run.Changed, run.Evaluated);
        return run;
    }

    private Task FinishAsync(RuleRun run, CancellationToken ct)
    {
        run.FinishedAt = Primitives.Instants.UtcNow(clock);
        return queue.FinishAsync(run, ct);
    }
}
