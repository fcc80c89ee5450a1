using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Runs;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Rules;

internal sealed class RuleRunRepository(IDbFactory factory, ICategorising categorising, TimeProvider clock) : IRuleRunRepository
{
    public async Task<Result<RuleRun>> EnqueueAsync(Caller caller, TenantId tenant, RunRequest request, bool includesPayroll, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var idempotency = Idempotency.Of(caller, tenant, "POST rules/runs", $"{request.From:O}\n{request.To:O}\n{request.Scope}");
        if (idempotency is not null)
        {
            var earlier = await idempotency.EarlierAsync(db, ct);
            if (!earlier.Succeeded)
            {
                return earlier.Problem!;
            }

            if (earlier.Value is { } known)
            {
                return await db.RuleRuns.AsNoTracking().SingleAsync(row => row.Id == known, ct);
            }
        }

        var run = new RuleRun
        {
            TenantId = tenant.Value,
            Scope = request.Scope,
            From = request.From,
            To = request.To,
            Trigger = RunTriggers.Manual,
            RequestedBy = caller.UserId,
            By = TextRules.Limit(caller.Name, 255),
            IncludesPayroll = includesPayroll,
        };
        db.RuleRuns.Add(run);
        idempotency?.Remember(db, run.Id);
        work.Audit("rules.run_requested", new { runId = run.Id, run.Scope, run.From, run.To });
        var saved = await work.CommitAsync(ct);
        return saved.Succeeded ? run : saved.Problem!;
    }

    public async Task<Result<Page<RuleRunView>>> ListAsync(TenantId tenant, string? cursor, int limit, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = db.RuleRuns.AsNoTracking();
        if (cursor is not null)
        {
            if (Cursor.Decode(cursor, 2) is not ["run", var text] || !Guid.TryParse(text, out var id))
            {
                return ListProblems.BadCursor;
            }

            rows = rows.Where(row => row.Id < id);
        }

        var items = await rows.OrderByDescending(row => row.Id).Take(limit + 1).ToListAsync(ct);
        var page = items.Take(limit).ToList();
        return new Page<RuleRunView>(await ViewsAsync(db, page, ct), items.Count > limit ? Cursor.Encode("run", page[^1].Id) : null);
    }

    public async Task<CappedCount> CountAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return CappedCount.Of(await db.RuleRuns.Take(CappedCount.Cap).CountAsync(ct));
    }

    public async Task<RuleRunView?> FindAsync(TenantId tenant, Guid id, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.RuleRuns.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, ct) is { } run ? (await ViewsAsync(db, [run], ct))[0] : null;
    }

    public async Task<Result<Done>> CancelAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        if (await db.RuleRuns.FirstOrDefaultAsync(row => row.Id == id, ct) is not { } run)
        {
            return RunProblems.Unknown;
        }

        var idempotency = Idempotency.Of(caller, tenant, "POST rules/runs/cancel", id.ToString());
        var earlier = idempotency is null ? Result<Guid?>.Of(null) : await idempotency.EarlierAsync(db, ct);
        if (earlier.Problem is { } reused)
        {
            return reused;
        }

        if (earlier.Value is not null)
        {
            return Done.Value;
        }

        if (SyncStatus.IsOver(run.Status))
        {
            return RunProblems.AlreadyOver;
        }

        run.CancelRequested = true;
        if (run.Status == SyncStatus.Queued)
        {
            (run.Status, run.FinishedAt) = (SyncStatus.Cancelled, clock.UtcNow());
        }

        idempotency?.Remember(db, id);
        work.Audit("rules.run_cancelled", new { runId = id });
        return await work.CommitAsync(ct);
    }

    public async Task<Result<Undone>> UndoAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct) => await FindAsync(tenant, id, ct) switch
    {
        null => RunProblems.Unknown,
        { Run.Status: SyncStatus.Queued or SyncStatus.Running } => RunProblems.StillRunning,
        { Run.UndoId: { } undo } => await categorising.UndoAsync(caller, tenant, undo, ct),
        _ => RunProblems.NeverBegan,
    };

    private static async Task<List<RuleRunView>> ViewsAsync(XeroCfoDb db, List<RuleRun> runs, CancellationToken ct)
    {
        var ids = runs.Select(run => run.UndoId).OfType<Guid>().ToList();
        var undone = await db.CategoryUndos.AsNoTracking().Where(undo => ids.Contains(undo.Id) && undo.UndoneAt != null)
            .Select(undo => new { undo.Id, undo.UndoneAt, Restored = db.CategoryUndoRows.Count(row => row.UndoId == undo.Id) }).ToDictionaryAsync(undo => undo.Id, ct);
        return runs.ConvertAll(run => run.UndoId is { } id && undone.TryGetValue(id, out var undo) ? new RuleRunView(run, undo.UndoneAt, undo.Restored) : new RuleRunView(run, null, null));
    }
}
