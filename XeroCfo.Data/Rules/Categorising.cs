using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Ledger;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Runs;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks;

namespace XeroCfo.Data.Rules;

internal sealed class Categorising(IDbFactory factory, TimeProvider clock) : ICategorising
{
    private const int Step = 1_000, NameLimit = 255;

    private static readonly Problem NoSuchTransaction = Problem.NotFound("transaction-not-found", "There is no such transaction in this organisation.");

    public async Task<Result<Categorised>> ChangeAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CategoryWish wish, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        if (await db.Transactions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, ct) is not { } row)
        {
            return NoSuchTransaction;
        }

        if (version.Against(row.UpdatedAt) is { Kind: var kind } refused)
        {
            return kind == ProblemKind.Stale && !await IsHiddenAsync(db, caller, row, ct) ? version.Against(row.UpdatedAt, await new LastChange(db, clock.UtcNow()).TellAsync(row, version, ct))! : refused;
        }

        if (wish.AccountCode.Value is { } code && await db.NoSuchCodeAsync(code, ct) is { } unknown)
        {
            return unknown;
        }

        var undo = await BeginAsync(db, caller, tenant, wish.Category.Value, ct);
        await ApplyAsync(db, undo, [row], wish.Category.Value is null ? wish : wish with { Category = Wish.Of(undo.Category) }, ct);
        return await SaveAsync(work, undo, null, new { transactionId = id, before = row.Category, after = undo.Category, wish.AccountCode }, ct);
    }

    public async Task<Result<Categorised>> CategoriseAsync(
        Caller caller, TenantId tenant, TransactionSelection selection, CategoryWish wish, bool includeManual, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var idempotency = Idempotency.Of(caller, tenant, "POST transactions/categorize", $"{string.Join(',', selection.Ids ?? [])}\n{selection.Filter}\n{wish.Category.Value}\n{wish.AccountCode.Value}\n{includeManual}");
        if (idempotency is not null)
        {
            var earlier = await idempotency.EarlierAsync(db, ct);
            if (!earlier.Succeeded)
            {
                return earlier.Problem!;
            }

            if (earlier.Value is { } done && await db.CategoryUndos.AsNoTracking().FirstOrDefaultAsync(row => row.Id == done, ct) is { } known)
            {
                return new Categorised(known.Changed, known.Skipped, known.Id);
            }
        }

        if (wish.AccountCode.Value is { } code && await db.NoSuchCodeAsync(code, ct) is { } unknown)
        {
            return unknown;
        }

        var rows = selection.Ids is { } ids ? db.Transactions.AsNoTracking().Where(row => EF.Parameter(ids).Contains(row.Id)) : await TransactionQuery.ShownAsync(db, selection.Filter!, ct);
        if (selection.Ids is { } asked && await rows.CountAsync(ct) != asked.Distinct().Count())
        {
            return NoSuchTransaction;
        }

        var undo = await BeginAsync(db, caller, tenant, wish.Category.Value, ct);
        wish = wish.Category.Value is null ? wish : wish with { Category = Wish.Of(undo.Category) };
        var last = Guid.Empty;
        for (List<Transaction> step; ; last = step[^1].Id)
        {
            var after = last;
            step = await rows.Where(row => row.Id > after).OrderBy(row => row.Id).Take(Step).ToListAsync(ct);
            if (step.Count == 0)
            {
                break;
            }

            var open = step.FindAll(row => includeManual || !row.LockedByPerson);
            undo.Skipped += step.Count - open.Count;
            await ApplyAsync(db, undo, open, wish, ct);
        }

        return await SaveAsync(work, undo, idempotency, new { count = undo.Changed, skipped = undo.Skipped, after = undo.Category, accountCode = wish.AccountCode.Value }, ct);
    }

    public async Task<Result<Categorised>> AcceptAsync(Caller caller, TenantId tenant, IReadOnlyList<(Guid TransactionId, string Category)> suggested, TransactionFilter? within, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var undo = await BeginAsync(db, caller, tenant, null, ct);
        var open = within is null ? db.Transactions.AsNoTracking() : await TransactionQuery.ShownAsync(db, within, ct);
        foreach (var step in suggested.Chunk(Step))
        {
            var (ids, wanted) = (step.Select(one => one.TransactionId).ToList(), step.ToDictionary(one => one.TransactionId, one => one.Category));
            var rows = await open.Where(row => EF.Parameter(ids).Contains(row.Id) && row.Category == null && !row.LockedByPerson).ToListAsync(ct);
            var changes = rows.ConvertAll(row => new CategoryChange(row.Id, CategoryState.Of(row), CategoryState.Of(row) with { Category = wanted[row.Id], Source = CategorySources.Suggestion, RuleId = null }));
            (undo.Changed, undo.Skipped) = (undo.Changed + changes.Count, undo.Skipped + step.Length - changes.Count);
            await CategoryWriter.WriteAsync(db, undo, changes, clock.UtcNow(), ct);
        }

        return await SaveAsync(work, undo, null, new { count = undo.Changed, skipped = undo.Skipped, suggested = true }, ct);
    }

    public async Task<Result<Undone>> UndoAsync(Caller caller, TenantId tenant, Guid undoId, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var now = clock.UtcNow();
        var oldest = now - CategoryUndo.Kept;
        if (await db.CategoryUndos.FirstOrDefaultAsync(row => row.Id == undoId && row.CreatedAt >= oldest, ct) is not { } undo)
        {
            return CategoryProblems.NoSuchUndo;
        }

        var idempotency = Idempotency.Of(caller, tenant, "POST undo", undoId.ToString());
        var earlier = idempotency is null ? Result<Guid?>.Of(null) : await idempotency.EarlierAsync(db, ct);
        if (earlier.Problem is { } reused)
        {
            return reused;
        }

        if (earlier.Value is not null)
        {
            var kept = await db.CategoryUndoRows.CountAsync(row => row.UndoId == undoId, ct);
            return new Undone(kept, undo.Changed - kept);
        }

        if (undo.UndoneAt is not null)
        {
            return CategoryProblems.AlreadyUndone;
        }

        // What a run still adds would be left behind.
        if (undo.RuleRunId is { } run && await db.RuleRuns.AnyAsync(row => row.Id == run && (row.Status == SyncStatus.Queued || row.Status == SyncStatus.Running), ct))
        {
            return RunProblems.StillRunning;
        }

        var (restored, last) = (0, 0L);
        for (List<CategoryUndoRow> step; ; last = step[^1].Id)
        {
            var after = last;
            step = await db.CategoryUndoRows.AsNoTracking().Where(row => row.UndoId == undoId && row.Id > after).OrderBy(row => row.Id).Take(Step).ToListAsync(ct);
            if (step.Count == 0)
            {
                break;
            }

            foreach (var group in step.GroupBy(row => (Before: Before(row), New: (row.NewCategory, row.NewCategorySource, row.NewOwnAccountCode))))
            {
                restored += await RestoreAsync(db, undoId, group.Key.Before, group.Key.New, [.. group.Select(row => row.TransactionId)], now, ct);
            }
        }

        undo.UndoneAt = now;
        idempotency?.Remember(db, undoId);
        work.Audit("transactions.category_undone", new { undoId, restored });
        await AnnounceAsync(work, undoId, restored, ct);
        var saved = await work.CommitAsync(ct);
        return saved.Succeeded ? new Undone(restored, undo.Changed - restored) : saved.Problem!;
    }

    public async Task<IReadOnlyList<CategoryUndo>> RecentAsync(TenantId tenant, int limit, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var oldest = clock.UtcNow() - CategoryUndo.Kept;
        return await db.CategoryUndos.AsNoTracking().Where(row => row.CreatedAt >= oldest && row.Changed > 0)
            .OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(limit).ToListAsync(ct);
    }

    // What somebody made of a pay is not told to whom pay is hidden from.
    private static async Task<bool> IsHiddenAsync(XeroCfoDb db, Caller caller, Transaction row, CancellationToken ct)
    {
        var told = await db.Transactions.AsNoTracking().Where(known => known.Id == row.Id).ToListAsync(ct);
        await ((await PayrollPrivacy.OfAsync(db, PayrollRules.AreHiddenFrom(caller), ct))?.HideAsync(told, ct) ?? Task.CompletedTask);
        return told.Exists(known => known.PayrollHidden);
    }

    private static async Task<CategoryUndo> BeginAsync(XeroCfoDb db, Caller caller, TenantId tenant, string? category, CancellationToken ct)
    {
        var undo = new CategoryUndo
        {
            TenantId = tenant.Value,
            UserId = caller.UserId,
            By = TextRules.Limit(caller.Name, NameLimit),
            Category = category is null ? null : await db.NameAsync(tenant.Value, category.Trim(), ct),
        };
        db.CategoryUndos.Add(undo);
        await db.SaveChangesAsync(ct);
        return undo;
    }

    /// <summary>Gives what is wanted to those rows that do not have it, and notes what they had.</summary>
    private async Task ApplyAsync(XeroCfoDb db, CategoryUndo undo, List<Transaction> rows, CategoryWish wish, CancellationToken ct)
    {
        // Each change is a new version, also within one tick of a coarse clock.
        var now = rows.Select(row => row.UpdatedAt.AddMicroseconds(1)).Append(clock.UtcNow()).Max();
        var (marks, ids) = (new CategoryMarks(db, now), rows.ConvertAll(row => row.Id));
        var mapped = await marks.MappedAsync(ids, ct);
        var codes = await marks.CommonCodesAsync(ids, ct);
        var changes = rows.ConvertAll(row => (row.Id, Before: CategoryState.Of(row), After: CategoryState.Of(row).After(wish, mapped.GetValueOrDefault(row.Id), codes.GetValueOrDefault(row.Id))))
            .FindAll(change => change.Before != change.After);
        foreach (var group in changes.GroupBy(change => change.After))
        {
            await WriteAsync(db.Transactions, group.Key, [.. group.Select(change => change.Id)], now, ct);
        }

        await CategoryTables.UndoRows.WriteAsync(db, changes.ConvertAll(change => CategoryWriter.Note(undo, new CategoryChange(change.Id, change.Before, change.After))), ct);
        undo.Changed += changes.Count;
    }

    private static CategoryState Before(CategoryUndoRow row) => new(row.Category, row.CategorySource, row.CategoryRuleId, row.OwnAccountCode, row.AccountCode);

    // The notes of documents that were changed since go: what is left tells a repeated request what was taken back.
    private static async Task<int> RestoreAsync(
        XeroCfoDb db, Guid undoId, CategoryState before, (string? Category, string Source, string? OwnAccountCode) since, List<Guid> ids, DateTime now, CancellationToken ct)
    {
        var unchanged = await db.Transactions.Where(row => EF.Parameter(ids).Contains(row.Id) && row.Category == since.Category && row.CategorySource == since.Source && row.OwnAccountCode == since.OwnAccountCode)
            .Select(row => row.Id).ToListAsync(ct);
        var restored = await WriteAsync(db.Transactions, before, unchanged, now, ct);
        if (unchanged.Count < ids.Count)
        {
            var changed = ids.Except(unchanged).ToList();
            await db.CategoryUndoRows.Where(row => row.UndoId == undoId && EF.Parameter(changed).Contains(row.TransactionId)).ExecuteDeleteAsync(ct);
        }

        return restored;
    }

    private static Task<int> WriteAsync(IQueryable<Transaction> rows, CategoryState state, List<Guid> ids, DateTime now, CancellationToken ct) => rows.Where(row => EF.Parameter(ids).Contains(row.Id)).ExecuteUpdateAsync(
        set => set.SetProperty(row => row.Category, state.Category).SetProperty(row => row.CategorySource, state.Source).SetProperty(row => row.CategoryRuleId, state.RuleId)
            .SetProperty(row => row.LockedByPerson, state.LockedByPerson).SetProperty(row => row.OwnAccountCode, state.OwnAccountCode).SetProperty(row => row.AccountCode, state.AccountCode)
            .SetProperty(row => row.UpdatedAt, now),
        ct);

    private static async Task AnnounceAsync(UnitOfWork work, Guid undoId, int changed, CancellationToken ct)
    {
        if (changed > 0)
        {
            var ids = await work.Db.CategoryUndoRows.Where(row => row.UndoId == undoId).OrderBy(row => row.Id).Select(row => row.TransactionId).Take(OutboxEvent.MostIds).ToListAsync(ct);
            work.Announce(WebhookEvents.TransactionsCategorized, "transactions", ids.Cast<object>(), ("changed", changed));
        }
    }

    private static async Task<Result<Categorised>> SaveAsync(UnitOfWork work, CategoryUndo undo, Idempotency? idempotency, object details, CancellationToken ct)
    {
        idempotency?.Remember(work.Db, undo.Id);
        work.Audit("transactions.categorized", new { undoId = undo.Id, changed = undo.Changed, details });
        await AnnounceAsync(work, undo.Id, undo.Changed, ct);
        var saved = await work.CommitAsync(ct);
        return saved.Succeeded ? new Categorised(undo.Changed, undo.Skipped, undo.Id) : saved.Problem!;
    }
}
