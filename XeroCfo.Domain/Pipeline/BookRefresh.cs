using Microsoft.Extensions.Logging;
using XeroCfo.Domain.Kpis.Targets;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules.Runs;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Pipeline;

/// <summary>What a run asks Xero for.</summary>
/// <param name="Full">Everything, not only what changed.</param>
/// <param name="Again">A month to read again, changed or not; null: none.</param>
public sealed record RunScope(bool Full, Month? Again)
{
    /// <summary>Only what Xero's notices name.</summary>
    public bool Noticed { get; init; }

    /// <summary>Nobody waits for it: lists that change seldom are read once a day.</summary>
    public bool Unattended { get; init; }

    /// <summary>The nightly check: counts and month ends beside Xero's.</summary>
    public bool Checks { get; init; }

    /// <summary>UTC: when the run began, however often it was taken up since.</summary>
    public DateTime? BeganAt { get; init; }

    public static RunScope Of(SyncRun run) => new(run.Full, SyncTriggers.MonthOf(run.Trigger))
    {
        BeganAt = run.StartedAt,
        Noticed = run is { Full: false, Trigger: SyncTriggers.Notice },
        Unattended = run is { Full: false, Trigger: SyncTriggers.Notice or SyncTriggers.Schedule or SyncTriggers.Check },
        Checks = run is { Full: false, Trigger: SyncTriggers.Check },
    };
}

/// <summary>
/// The whole river once: fetch from Xero, read its trial balance, post, compare, let the rules run over what is new, and look whether a KPI crossed its level and which invoices fell due. Everything that needs Xero comes first, so that
/// the figures stay as they were when Xero goes away in the middle.
/// </summary>
public sealed class BookRefresh(
    IXeroSource xero,
    ISyncStore store,
    ITenantRepository tenants,
    BookFetch fetch,
    BudgetFetch budgets,
    MonthMending books,
    IRuleRunQueue rules,
    KpiWatch watch,
    OverdueWatch overdue,
    TimeProvider clock,
    ILogger<BookRefresh> log)
{
    /// <summary>Runs to the end, or says what stood in the way. What was stored stays, and the next run goes on from there.</summary>
    public async Task<Result<IReadOnlyList<MovedMonth>>> RunAsync(TenantId tenant, RunLease lease, RunScope scope, ISyncProgress progress, CancellationToken ct)
    {
        var started = clock.UtcNow();
        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var opened = await xero.OpenAsync(organisation, scope.Checks ? CallPurposes.Checks : CallPurposes.Sync, ct);
        if (!opened.Succeeded)
        {
            return opened.Problem!;
        }

        var context = new FetchContext(tenant, lease.RunId, scope.Full, opened.Value, progress) { Lease = lease, Again = scope.Again, BeganAt = scope.BeganAt };
        var reading = new FetchScope(organisation, scope.Noticed, scope.Unattended) { Checks = scope.Checks };
        if ((await fetch.FetchAsync(context, reading, ct) ?? (scope.Noticed ? null : await budgets.FetchAsync(context, organisation, ct))) is { } failed)
        {
            log.LogWarning("Sync {RunId} of {Tenant} stopped: {Code}", lease.RunId, tenant, failed.Code);
            return failed;
        }

        var moved = await books.BringUpAsync(context, started, scope.Checks, ct);
        if (moved.Succeeded && scope.Unattended && await store.ForgetIssuesAsync(tenant, lease.RunId, PostingProblems.AccountUnknownCode, ct))
        {
            // An account that is newer than the chart: the chart is read before its day after all.
            moved = await fetch.FetchMasterDataAsync(context, ct) is { } away ? away : Then(moved.Value, await books.BringUpAsync(context, started, checks: false, ct));
        }

        if (moved.Succeeded)
        {
            await rules.EnqueueAfterSyncAsync(tenant, ct);
            await watch.LookAsync(tenant, ct);
            await overdue.LookAsync(tenant, ct);
        }

        return moved;
    }

    private static Result<IReadOnlyList<MovedMonth>> Then(IReadOnlyList<MovedMonth> first, Result<IReadOnlyList<MovedMonth>> second) =>
        second.Succeeded ? Result<IReadOnlyList<MovedMonth>>.Of(MovedMonth.Then(first, second.Value)) : second;
}
