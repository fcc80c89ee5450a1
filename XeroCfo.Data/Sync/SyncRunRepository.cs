using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Sync;

internal sealed class SyncRunRepository(IDbFactory factory, TimeProvider clock) : ISyncRunRepository
{
    public Task<Result<SyncRun>> EnqueueAsync(Caller caller, TenantId tenant, bool full, string trigger, CancellationToken ct) =>
        AgainAsync(() => TryEnqueueAsync(caller, tenant, full, trigger, ct));

    public async Task<Result<Page<SyncRunDetail>>> ListAsync(TenantId tenant, string? cursor, int limit, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var runs = db.SyncRuns.AsNoTracking();
        if (cursor is not null)
        {
            if (Cursor.Decode(cursor, 1) is not [var idText] || !Guid.TryParse(idText, out var id))
            {
                return ListProblems.BadCursor;
            }

            runs = runs.Where(run => run.Id < id);
        }

        var rows = await runs.OrderByDescending(run => run.Id).Take(limit + 1).ToListAsync(ct);
        var more = rows.Count > limit;
        rows = more ? rows[..limit] : rows;
        var ids = rows.Select(run => run.Id).ToList();
        var issues = (await db.SyncIssues.AsNoTracking().Where(issue => ids.Contains(issue.RunId)).OrderBy(issue => issue.Id).ToListAsync(ct)).ToLookup(issue => issue.RunId);
        var names = await NamesAsync(db, [.. rows.Select(run => run.RequestedBy).OfType<Guid>().Distinct()], ct);
        return new Page<SyncRunDetail>([.. rows.Select(run => new SyncRunDetail(run, [.. issues[run.Id]]) { By = names.GetValueOrDefault(run.RequestedBy ?? Guid.Empty) })], more ? Cursor.Encode(rows[^1].Id) : null);
    }

    public async Task<CappedCount> CountAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return CappedCount.Of(await db.SyncRuns.Take(CappedCount.Cap).CountAsync(ct));
    }

    public async Task<SyncRun?> LastLookAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.SyncRuns.AsNoTracking().Where(run => !SyncTriggers.NotLooking.Contains(run.Trigger)).OrderByDescending(run => run.Id).FirstOrDefaultAsync(ct);
    }

    public async Task<SyncRunDetail?> FindAsync(TenantId tenant, Guid runId, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.SyncRuns.AsNoTracking().FirstOrDefaultAsync(run => run.Id == runId, ct) is { } run
            ? new SyncRunDetail(run, await db.SyncIssues.AsNoTracking().Where(issue => issue.RunId == runId).OrderBy(issue => issue.Id).ToListAsync(ct))
            {
                By = run.RequestedBy is { } person ? (await NamesAsync(db, [person], ct)).GetValueOrDefault(person) : null,
            }
            : null;
    }

    public Task<Result<Done>> CancelAsync(Caller caller, TenantId tenant, Guid runId, CancellationToken ct) => AgainAsync(() => TryCancelAsync(caller, tenant, runId, ct));

    private static async Task<Dictionary<Guid, string>> NamesAsync(XeroCfoDb db, List<Guid> people, CancellationToken ct) => people.Count == 0
        ? []
        : await db.Users.Where(user => people.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.FirstName ?? user.Email ?? "", ct);

    private static async Task<Result<T>> AgainAsync<T>(Func<Task<Result<T>>> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (DbUpdateException) when (attempt < 3)
            {
                // Somebody else queued a run, or used the same key, between our look and our save: look again.
            }
        }
    }

    private async Task<Result<Done>> TryCancelAsync(Caller caller, TenantId tenant, Guid runId, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var run = await work.Db.SyncRuns.FirstOrDefaultAsync(row => row.Id == runId, ct);

        // Asked after the run was read: a run that this very request has ended a moment ago is then known as its doing.
        var idempotency = Idempotency.Of(caller, tenant, "POST syncs/cancel", runId.ToString());
        var earlier = idempotency is null ? Result<Guid?>.Of(null) : await idempotency.EarlierAsync(work.Db, ct);
        if (earlier.Problem is { } reused)
        {
            return reused;
        }

        if (earlier.Value is not null)
        {
            return Done.Value;
        }

        if (run is null || SyncStatus.IsOver(run.Status))
        {
            return SyncProblems.AlreadyOver;
        }

        run.CancelRequested = true;
        if (run.Status == SyncStatus.Queued)
        {
            (run.Status, run.FinishedAt, run.Step) = (SyncStatus.Cancelled, clock.UtcNow(), "cancelled before it began");
        }

        idempotency?.Remember(work.Db, runId);
        work.Audit("sync.cancelled", new { runId });
        return await work.CommitAsync(ct);
    }

    private async Task<Result<SyncRun>> TryEnqueueAsync(Caller caller, TenantId tenant, bool full, string trigger, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var idempotency = Idempotency.Of(caller, tenant, "POST syncs", full ? "full" : "");
        if (idempotency is not null)
        {
            var earlier = await idempotency.EarlierAsync(work.Db, ct);
            if (!earlier.Succeeded)
            {
                return earlier.Problem!;
            }

            if (earlier.Value is { } resource)
            {
                return await work.Db.SyncRuns.AsNoTracking().SingleAsync(run => run.Id == resource, ct);
            }
        }

        var run = await work.Db.SyncRuns.FirstOrDefaultAsync(row => row.Status == SyncStatus.Queued || row.Status == SyncStatus.Running, ct);
        if (run is null)
        {
            run = new SyncRun { TenantId = tenant.Value, Full = full, Trigger = trigger, RequestedBy = caller.UserId };
            work.Db.SyncRuns.Add(run);
            work.Audit("sync.requested", new { runId = run.Id, full, trigger });
        }

        idempotency?.Remember(work.Db, run.Id);
        var saved = await work.CommitAsync(ct);
        return saved.Succeeded ? run : saved.Problem!;
    }
}
