using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Budgets;

internal sealed class XeroBudgetBook(IDbFactory factory) : IXeroBudgetBook
{
    public async Task<SyncCounts> ReplaceAsync(TenantId tenant, IReadOnlyList<XeroBudget> budgets, IReadOnlyCollection<Guid> unread, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockOrganisationAsync(tenant.Value, ct);
        var known = await db.Budgets.Where(row => row.Source == BudgetSources.Xero).ToDictionaryAsync(row => row.XeroId!.Value, ct);
        int inserted = 0, updated = 0;
        foreach (var budget in budgets)
        {
            var isNew = !known.Remove(budget.XeroId, out var row);
            row ??= new Budget { TenantId = tenant.Value, Name = "", Source = BudgetSources.Xero, XeroId = budget.XeroId };
            inserted += isNew ? 1 : 0;
            updated += await SaveAsync(db, row, budget, isNew, ct) && !isNew ? 1 : 0;
        }

        var gone = known.Values.Where(row => !unread.Contains(row.XeroId!.Value)).ToList();
        db.Budgets.RemoveRange(gone);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new SyncCounts(budgets.Count, inserted, updated, budgets.Count - inserted - updated, gone.Count);
    }

    // True when it is not what it was.
    private static async Task<bool> SaveAsync(XeroCfoDb db, Budget row, XeroBudget budget, bool isNew, CancellationToken ct)
    {
        var name = TextRules.Limit(TextRules.Askable(budget.Name), Budget.NameLimit);
        var tracking = budget.Tracking.Select(pick => new TrackingPick(pick.CategoryId, pick.OptionId)).ToList();
        var lines = budget.Lines.Select(line => new BudgetLine { TenantId = row.TenantId, BudgetId = row.Id, AccountId = line.AccountId, Month = line.Month.Start, Amount = line.Amount }).ToList();
        var old = isNew ? [] : await db.LinesOf(row.Id).ToListAsync(ct);
        var isSame = !isNew && row.Name == name && row.Tracking.SequenceEqual(tracking)
            && old.Select(Key).ToHashSet().SetEquals(lines.Select(Key));
        if (isSame)
        {
            return false;
        }

        (row.Name, row.Tracking) = (name, tracking);
        db.Entry(row).State = isNew ? EntityState.Added : EntityState.Modified;
        await db.SaveChangesAsync(ct);
        await db.ReplaceLinesAsync(row.Id, lines, ct);
        return true;

        static (Guid, DateOnly, decimal) Key(BudgetLine line) => (line.AccountId, line.Month, line.Amount / 1.0000000000000000000000000000m);
    }
}
