using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Ledger;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Rules;

internal sealed class CategoryTrail(IDbFactory factory) : ICategoryTrail
{
    private const int Step = 1_000;

    public async Task<IReadOnlyList<CategoryMark>> MarksAsync(TenantId tenant, IReadOnlyCollection<Guid> transactions, bool hidePayroll, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var marks = new List<CategoryMark>(transactions.Count);
        var payroll = await PayrollPrivacy.OfAsync(db, hidePayroll, ct);
        foreach (var ids in transactions.Chunk(Step).Select(step => step.ToList()))
        {
            var rows = await db.Transactions.AsNoTracking().Where(row => EF.Parameter(ids).Contains(row.Id)).ToListAsync(ct);
            await (payroll?.HideAsync(rows, ct) ?? Task.CompletedTask);
            var byHand = rows.Where(row => row is { LockedByPerson: true, PayrollHidden: false }).Select(row => row.Id).ToList();
            var said = (await db.CategoryUndoRows.AsNoTracking().Where(change => EF.Parameter(byHand).Contains(change.TransactionId) && change.NewCategorySource == CategorySources.Manual)
                    .Join(db.CategoryUndos.Where(undo => undo.UndoneAt == null), change => change.UndoId, undo => undo.Id, (change, undo) => new { Row = change, undo.By, undo.UserId, undo.CreatedAt })
                    .ToListAsync(ct))
                .ToLookup(change => change.Row.TransactionId);
            marks.AddRange(rows.Select(row =>
            {
                // Not who spoke last: what they said may have been taken back, and an earlier word stands again.
                var last = said[row.Id].Where(change => LastChange.Stands(row, change.Row.NewCategory, change.Row.NewCategorySource, change.Row.NewOwnAccountCode)).MaxBy(change => change.Row.Id);
                return new CategoryMark(row.Id, CategoryState.Of(row), ReadVersion.Of(row.UpdatedAt), last?.By, last?.UserId, last?.CreatedAt);
            }));
        }

        return marks;
    }

    public async Task<IReadOnlyDictionary<string, int>> CountsAsync(TenantId tenant, bool hidePayroll, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = db.Transactions.AsNoTracking();
        rows = await PayrollPrivacy.OfAsync(db, hidePayroll, ct) is { } payroll ? await payroll.ShownAsync(rows, ct) : rows;
        return await rows.Where(row => row.Category != null).GroupBy(row => row.Category!)
            .Select(group => new { Name = group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Name, group => group.Count, ct);
    }
}
