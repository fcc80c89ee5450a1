using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync.Notices;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Sync;

/// <summary>A run with its issues, as the API and the page show it.</summary>
public sealed record SyncRunDetail(SyncRun Run, IReadOnlyList<SyncIssue> Issues)
{
    /// <summary>The first name, or else the address, of who asked for it; null: nobody did, or who did is gone.</summary>
    public string? By { get; init; }
}

/// <summary>Sync runs in the database.</summary>
public interface ISyncRunRepository
{
    /// <summary>
    /// Queues a run, or gives the one that is queued or running. Audit and idempotency ride in the same transaction;
    /// the same key with another body is refused.
    /// </summary>
    Task<Result<SyncRun>> EnqueueAsync(Caller caller, TenantId tenant, bool full, string trigger, CancellationToken ct);

    /// <summary>Newest first.</summary>
    Task<Result<Page<SyncRunDetail>>> ListAsync(TenantId tenant, string? cursor, int limit, CancellationToken ct);

    /// <summary>How many there are, counted up to <see cref="CappedCount.Cap"/>.</summary>
    Task<CappedCount> CountAsync(TenantId tenant, CancellationToken ct);

    /// <summary>The newest run that looks at what changed, whatever became of it; null when there was none.</summary>
    Task<SyncRun?> LastLookAsync(TenantId tenant, CancellationToken ct);

    Task<SyncRunDetail?> FindAsync(TenantId tenant, Guid runId, CancellationToken ct);

    /// <summary>Ends a queued run, asks a running one to stop; refused when it is already over, or not of this organisation.</summary>
    Task<Result<Done>> CancelAsync(Caller caller, TenantId tenant, Guid runId, CancellationToken ct);
}

/// <summary>Asking for a sync and watching it. The work itself is <c>BookRefresh</c>'s.</summary>
public sealed class SyncService(ISyncRunRepository runs, INoticeBook notices, ITenantRepository tenants, ICallBudget calls, TimeProvider clock)
{
    /// <summary>Asks for a sync; the queued or running one is the answer when there is one.</summary>
    public async Task<Result<SyncRun>> RequestAsync(Caller caller, TenantId tenant, bool full, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.SyncWrite, tenant) is { } refused)
        {
            return refused;
        }

        var trigger = caller.Kind == CallerKind.Command ? SyncTriggers.Command : SyncTriggers.Manual;
        return await runs.EnqueueAsync(caller, tenant, full, trigger, ct);
    }

    /// <summary>Asks for the documents and the trial balance of a month to be read again, changed or not; the queued or running run is the answer when there is one.</summary>
    public async Task<Result<SyncRun>> RequestMonthAsync(Caller caller, TenantId tenant, Month month, CancellationToken ct) =>
        caller.Lacks(Permissions.SyncWrite, tenant) is { } refused ? refused : await runs.EnqueueAsync(caller, tenant, false, SyncTriggers.Again(month), ct);

    /// <summary>Asks for one record to be read again, changed or not; the queued or running run is the answer when there is one, and the record comes with the next.</summary>
    public async Task<Result<SyncRun>> RequestRecordAsync(Caller caller, TenantId tenant, string kind, Guid xeroId, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.SyncWrite, tenant) is { } refused)
        {
            return refused;
        }

        if (!Enum.TryParse<DocumentKind>(kind, out var known) || known.ToString() != kind)
        {
            return SyncProblems.RecordUnknown;
        }

        await notices.MarkAsync(tenant, kind, xeroId, ct);
        return await runs.EnqueueAsync(caller, tenant, false, SyncTriggers.Notice, ct);
    }

    /// <summary>How many calls to Xero are left today; null where nobody knows, and for the demo company, which has no limit.</summary>
    public async Task<int?> CallsLeftAsync(Caller caller, TenantId tenant, CancellationToken ct) =>
        caller.Lacks(Permissions.SyncRead, tenant) is null && await tenants.FindAsync(tenant, ct) is { } organisation ? await calls.LeftTodayAsync(organisation, ct) : null;

    /// <summary>The day's calls to Xero; null for the demo company, and where the caller does not see runs.</summary>
    public async Task<CallsToday?> CallsTodayAsync(Caller caller, TenantId tenant, CancellationToken ct) =>
        caller.Lacks(Permissions.SyncRead, tenant) is null && await tenants.FindAsync(tenant, ct) is { } organisation ? await calls.TodayAsync(organisation, ct) : null;

    /// <summary>The newest run; null when there was none, or where the caller does not see runs.</summary>
    public async Task<SyncRunDetail?> LatestAsync(Caller caller, TenantId tenant, CancellationToken ct) =>
        await ListAsync(caller, tenant, null, 1, ct) is { Succeeded: true, Value.Items: [var latest, ..] } ? latest : null;

    /// <summary>
    /// UTC: when the schedule looks at the organisation next, if nobody asks for a sync before; null where it has not looked yet, and where the caller does
    /// not see runs.
    /// </summary>
    public async Task<DateTime?> NextLookAsync(Caller caller, XeroTenant organisation, TimeSpan interval, CancellationToken ct)
    {
        var tenant = new TenantId(organisation.Id);
        return caller.Lacks(Permissions.SyncRead, tenant) is null && await runs.LastLookAsync(tenant, ct) is { } last
            ? SyncPlan.NextLook(organisation, last, interval, await calls.TodayAsync(organisation, ct), clock.UtcNow())
            : null;
    }

    /// <summary>Asks for the ledger to be made anew from the documents that are kept; the queued or running run is the answer when there is one.</summary>
    public async Task<Result<SyncRun>> RequestRebuildAsync(Caller caller, TenantId tenant, CancellationToken ct) =>
        caller.Lacks(Permissions.SystemWrite, tenant) is { } refused ? refused : await runs.EnqueueAsync(caller, tenant, false, SyncTriggers.Rebuild, ct);

    /// <summary>The runs of an organisation, newest first.</summary>
    public async Task<Result<Page<SyncRunDetail>>> ListAsync(Caller caller, TenantId tenant, string? cursor, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.SyncRead, tenant) is { } refused)
        {
            return refused;
        }

        return await runs.ListAsync(tenant, cursor, limit, ct);
    }

    /// <summary>How many runs there are, counted up to <see cref="CappedCount.Cap"/>.</summary>
    public async Task<Result<CappedCount>> CountAsync(Caller caller, TenantId tenant, CancellationToken ct) =>
        caller.Lacks(Permissions.SyncRead, tenant) is { } refused ? refused : await runs.CountAsync(tenant, ct);

    /// <summary>One run with its issues.</summary>
    public async Task<Result<SyncRunDetail>> GetAsync(Caller caller, TenantId tenant, Guid runId, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.SyncRead, tenant) is { } refused)
        {
            return refused;
        }

        return await runs.FindAsync(tenant, runId, ct) is { } run ? run : SyncProblems.RunUnknown;
    }

    /// <summary>Stops a run; what it has stored stays, and the next one goes on from there.</summary>
    public async Task<Result<SyncRunDetail>> CancelAsync(Caller caller, TenantId tenant, Guid runId, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.SyncWrite, tenant) is { } refused)
        {
            return refused;
        }

        if (await runs.FindAsync(tenant, runId, ct) is null)
        {
            return SyncProblems.RunUnknown;
        }

        if ((await runs.CancelAsync(caller, tenant, runId, ct)).Problem is { } over)
        {
            return over;
        }

        return (await runs.FindAsync(tenant, runId, ct))!;
    }
}
