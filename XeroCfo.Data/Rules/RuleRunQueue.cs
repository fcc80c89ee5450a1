using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Ledger;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Matching;
using XeroCfo.Domain.Rules.Runs;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks;

namespace XeroCfo.Data.Rules;

internal sealed class RuleRunQueue(IDbFactory factory, TimeProvider clock) : IRuleRunQueue
{
    /// <summary>Documents of one transaction.</summary>
    internal const int PageSize = 5_000;

    /// <summary>A process that has not written a page for so long is taken for dead; another one goes on.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    public async Task<RuleRun?> ClaimAsync(string owner, TenantId? only, CancellationToken ct)
    {
        await using var db = factory.AcrossTenants("the queue of rule runs belongs to all organisations");
        var now = clock.UtcNow();
        var open = await db.RuleRuns.AsNoTracking().Where(run => run.Status == SyncStatus.Queued || run.Status == SyncStatus.Running).OrderBy(run => run.Id).ToListAsync(ct);
        foreach (var group in open.Where(run => only is null || run.TenantId == only.Value.Value).GroupBy(run => run.TenantId).OrderBy(group => group.First().Id))
        {
            // One at a time: what is under way comes first, be it that its process died.
            var run = group.FirstOrDefault(run => run.Status == SyncStatus.Running) ?? group.First();
            if (await TakeAsync(db, run, owner, now, ct))
            {
                return await BeginAsync(run.Id, new TenantId(run.TenantId), ct);
            }
        }

        return null;
    }

    public async Task<RunStep> NextPageAsync(RuleRun run, RuleMatcher matcher, CancellationToken ct)
    {
        var tenant = new TenantId(run.TenantId);
        await using var work = await UnitOfWork.BeginAsync(factory, Caller.Worker, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        if (await db.RuleRuns.FirstOrDefaultAsync(row => row.Id == run.Id && row.Status == SyncStatus.Running && row.LeaseOwner == run.LeaseOwner && !row.CancelRequested, ct) is not { } kept)
        {
            return RunStep.Stopped;
        }

        // Rules are changed under the same lock: what is decided here is decided by those that stand now.
        if (await VersionAsync(db, ct) != matcher.Version)
        {
            return RunStep.RulesChanged;
        }

        var rows = matcher.IsEmpty ? [] : await PageAsync(db, kept, ct);
        if (rows.Count > 0)
        {
            var changed = await DecideAsync(db, kept, matcher, rows, ct);
            if (changed.Count > 0)
            {
                work.Announce(WebhookEvents.TransactionsCategorized, $"rules/runs/{run.Id:D}", changed.Select(change => (object)change.TransactionId), ("changed", changed.Count));
            }

            (kept.CursorDate, kept.CursorId) = (rows[^1].Date, rows[^1].Id);
        }

        kept.LeaseUntil = clock.UtcNow() + Lease;
        await work.CommitAsync(ct);
        (run.Evaluated, run.Matched, run.Changed, run.SkippedManual, run.CursorDate, run.CursorId) = (kept.Evaluated, kept.Matched, kept.Changed, kept.SkippedManual, kept.CursorDate, kept.CursorId);
        return rows.Count == 0 ? RunStep.Ended : RunStep.Went;
    }

    public async Task FinishAsync(RuleRun run, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, Caller.Worker, new TenantId(run.TenantId), ct);
        var row = await work.Db.RuleRuns.SingleAsync(row => row.Id == run.Id, ct);
        if (row.Status != SyncStatus.Running || row.LeaseOwner != run.LeaseOwner)
        {
            return;
        }

        (row.Status, row.FinishedAt, row.ErrorCode, row.ErrorMessage) = (run.Status, run.FinishedAt, run.ErrorCode, run.ErrorMessage);
        (row.LeaseOwner, row.LeaseUntil) = (null, null);
        work.Audit("rules.run_finished", new { runId = run.Id, run.Status, row.Evaluated, row.Matched, row.Changed, row.SkippedManual, row.UndoId, error = run.ErrorCode });
        work.Announce(WebhookEvents.RulesRunFinished, $"rules/runs/{run.Id:D}", [run.Id], ("evaluated", row.Evaluated), ("matched", row.Matched), ("changed", row.Changed));
        await work.CommitAsync(ct);
    }

    public async Task EnqueueAfterSyncAsync(TenantId tenant, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, Caller.Worker, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        if (!await db.CategoryRules.AnyAsync(rule => rule.IsActive, ct) || await db.RuleRuns.AnyAsync(run => run.Status == SyncStatus.Queued && run.Trigger == RunTriggers.Sync, ct))
        {
            return;
        }

        db.RuleRuns.Add(new RuleRun { TenantId = tenant.Value, Scope = RunScopes.Uncategorized, Trigger = RunTriggers.Sync, By = Caller.Worker.Name });
        await work.CommitAsync(ct);
    }

    private static async Task<bool> TakeAsync(XeroCfoDb db, RuleRun run, string owner, DateTime now, CancellationToken ct)
    {
        if (run.Status == SyncStatus.Running && run.LeaseUntil >= now)
        {
            return false;
        }

        try
        {
            // Whoever changes the row first has the run.
            return await db.RuleRuns.Where(row => row.Id == run.Id && (row.Status == SyncStatus.Queued || (row.Status == SyncStatus.Running && (row.LeaseUntil == null || row.LeaseUntil < now))))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Status, SyncStatus.Running).SetProperty(row => row.LeaseOwner, owner).SetProperty(row => row.LeaseUntil, now + Lease)
                        .SetProperty(row => row.StartedAt, row => row.StartedAt ?? now).SetProperty(row => row.UpdatedAt, now), ct) == 1;
        }
        catch (System.Data.Common.DbException)
        {
            // Another process took another run of the organisation in the same moment: the index lets one go on.
            return false;
        }
    }

    // The change that takes it all back, and how much there is; a run that goes on has both.
    private async Task<RuleRun> BeginAsync(Guid id, TenantId tenant, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, Caller.Worker, tenant, ct);
        var run = await work.Db.RuleRuns.SingleAsync(row => row.Id == id, ct);
        if (run.UndoId is null)
        {
            var undo = new CategoryUndo { TenantId = tenant.Value, UserId = run.RequestedBy, By = run.By, RuleRunId = run.Id };
            work.Db.CategoryUndos.Add(undo);
            run.UndoId = undo.Id;
            run.Total = await (await RowsAsync(work.Db, run, ct)).CountAsync(ct);
        }

        await work.CommitAsync(ct);
        work.Db.ChangeTracker.Clear();
        return run;
    }

    private static async Task<IQueryable<Transaction>> RowsAsync(XeroCfoDb db, RuleRun run, CancellationToken ct)
    {
        var rows = db.Transactions.AsNoTracking();
        rows = run.Scope == RunScopes.All ? rows : rows.Where(row => row.Category == null && row.Type != TransactionTypes.Payment && row.Type != TransactionTypes.Transfer);
        rows = run.From is { } from ? rows.Where(row => row.Date >= from) : rows;
        rows = run.To is { } to ? rows.Where(row => row.Date <= to) : rows;
        return !run.IncludesPayroll && await PayrollPrivacy.OfAsync(db, true, ct) is { } payroll ? await payroll.ShownAsync(rows, ct) : rows;
    }

    private static async Task<RulesVersion> VersionAsync(XeroCfoDb db, CancellationToken ct) =>
        new(await db.CategoryRules.CountAsync(ct), await db.CategoryRules.MaxAsync(rule => (DateTime?)rule.UpdatedAt, ct));

    private static async Task<List<RunRow>> PageAsync(XeroCfoDb db, RuleRun run, CancellationToken ct)
    {
        var rows = await RowsAsync(db, run, ct);
        if (run is { CursorDate: { } day, CursorId: { } id })
        {
            rows = rows.Where(row => row.Date >= day && (row.Date > day || row.Id > id));
        }

        var page = new List<RunRow>(PageSize);
        await RunRow.ReadAsync(db, rows.OrderBy(row => row.Date).ThenBy(row => row.Id).Take(PageSize), page.Add, ct);
        return page;
    }

    private async Task<List<CategoryChange>> DecideAsync(XeroCfoDb db, RuleRun run, RuleMatcher matcher, List<RunRow> rows, CancellationToken ct)
    {
        var now = clock.UtcNow();
        var recoded = rows.FindAll(row => row.OwnAccountCode is not null).ConvertAll(row => row.Id);
        var codes = recoded.Count == 0 ? new Dictionary<Guid, string>() : await new CategoryMarks(db, now).CommonCodesAsync(recoded, ct);
        var (changes, hits) = (new List<CategoryChange>(), new HashSet<Guid>());
        foreach (var row in rows)
        {
            var linesCode = codes.GetValueOrDefault(row.Id);
            if (matcher.First(row.Subject(linesCode)) is not { } rule)
            {
                continue;
            }

            run.Matched++;
            run.SkippedManual += row.LockedByPerson ? 1 : 0;
            var before = row.State;
            if (!row.LockedByPerson && before.After(rule, linesCode) is var after && after != before)
            {
                changes.Add(new CategoryChange(row.Id, before, after));
                hits.Add(rule.Id);
            }
        }

        (run.Evaluated, run.Changed) = (run.Evaluated + rows.Count, run.Changed + changes.Count);
        var undo = await db.CategoryUndos.SingleAsync(row => row.Id == run.UndoId, ct);
        (undo.Changed, undo.Skipped) = (run.Changed, run.SkippedManual);
        await CategoryWriter.WriteAsync(db, undo, changes, now, ct);

        // Once a run is enough: hundreds of pages would write the same rules again.
        await db.CategoryRules.Where(rule => hits.Contains(rule.Id) && (rule.LastHitAt == null || rule.LastHitAt < run.StartedAt)).ExecuteUpdateAsync(set => set.SetProperty(rule => rule.LastHitAt, now), ct);
        return changes;
    }
}
