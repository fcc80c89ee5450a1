using System.Globalization;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Ledger;

internal sealed class TransactionReader(IDbFactory factory) : ITransactionReader
{
    public async Task<Result<Page<Transaction>>> ListAsync(
        TenantId tenant, TransactionFilter filter, TransactionSort sort, PagePlace place, int limit, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var byAmount = sort is TransactionSort.SmallestFirst or TransactionSort.LargestFirst;
        var ascending = sort is TransactionSort.OldestFirst or TransactionSort.SmallestFirst;
        var forwards = ascending != place.Backwards;
        var payroll = await PayrollPrivacy.OfAsync(db, filter.HidePayroll, ct);
        var rows = await TransactionQuery.NarrowedAsync(db, await TransactionQuery.ShownAsync(db, filter, payroll, ct), filter, byAmount, ct);
        if (place.Cursor is not null)
        {
            if (Cursor.Decode(place.Cursor, 3) is not [var column, var keyText, var idText] || column != (byAmount ? "a" : "d") || !Guid.TryParse(idText, out var id))
            {
                return ListProblems.BadCursor;
            }

            if (byAmount && decimal.TryParse(keyText, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) && MoneyRules.Fits(amount))
            {
                rows = forwards
                    ? rows.Where(row => row.AbsoluteAmount >= amount && (row.AbsoluteAmount > amount || row.Id > id))
                    : rows.Where(row => row.AbsoluteAmount <= amount && (row.AbsoluteAmount < amount || row.Id < id));
            }
            else if (!byAmount && Cursor.TryDay(keyText, out var day))
            {
                rows = forwards
                    ? rows.Where(row => row.Date >= day && (row.Date > day || row.Id > id))
                    : rows.Where(row => row.Date <= day && (row.Date < day || row.Id < id));
            }
            else
            {
                return ListProblems.BadCursor;
            }
        }

        var ordered = (byAmount, forwards) switch
        {
            (true, true) => rows.OrderBy(row => row.AbsoluteAmount).ThenBy(row => row.Id),
            (true, false) => rows.OrderByDescending(row => row.AbsoluteAmount).ThenByDescending(row => row.Id),
            (false, true) => rows.OrderBy(row => row.Date).ThenBy(row => row.Id),
            (false, false) => rows.OrderByDescending(row => row.Date).ThenByDescending(row => row.Id),
        };
        var items = await ordered.Take(limit + 1).ToListAsync(ct);
        await (payroll?.HideAsync(items, ct) ?? Task.CompletedTask);
        return Page(items, place, limit, row => Cursor.Encode(byAmount ? "a" : "d", byAmount ? row.AbsoluteAmount : row.Date, row.Id));
    }

    public async Task<CappedCount> CountAsync(TenantId tenant, TransactionFilter filter, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = await TransactionQuery.ShownAsync(db, filter, ct);

        // In the order of the list: it takes the planner to the indexes that hold a tab's few rows, or a category's, instead of one that walks a status.
        var count = await rows.OrderBy(row => row.Date).ThenBy(row => row.Id).Take(CappedCount.Cap).CountAsync(ct);
        return new CappedCount(count, count == CappedCount.Cap);
    }

    public async Task<TransactionDetail?> FindAsync(TenantId tenant, Guid id, bool hidePayroll, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        if (await db.Transactions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, ct) is not { } transaction)
        {
            return null;
        }

        var lines = await db.TransactionLines.AsNoTracking().Where(line => line.TransactionId == id).OrderBy(line => line.LineNumber).ToListAsync(ct);
        var (own, credit) = (transaction.XeroId, transaction.CreditXeroId ?? transaction.XeroId);
        var allocations = await AllocationsAsync(db, own, credit, ct);
        var ledgerLines = await db.LedgerLines.AsNoTracking()
            .Where(line => line.DocumentXeroId == own || line.DocumentXeroId == credit)
            .OrderBy(line => line.Date).ThenBy(line => line.Id)
            .ToListAsync(ct);
        var views = await new LineViews(db, tenant).OfAsync(ledgerLines, ct);
        var shortCode = await db.XeroTenants.Where(row => row.Id == tenant.Value).Select(row => row.ShortCode).SingleOrDefaultAsync(ct);
        if (await PayrollPrivacy.OfAsync(db, hidePayroll, ct) is { } payroll)
        {
            await payroll.HideAsync([transaction, .. allocations.Select(view => view.Other).OfType<Transaction>()], ct);
            views = [.. (await payroll.HideAsync(views, ct)).Where(view => !payroll.IsOwn(view.Line.AccountId))];
            lines = lines.FindAll(line => !payroll.IsOwn(line.AccountId));
            lines.ForEach(line => line.Description = transaction.PayrollHidden ? null : line.Description);
        }

        var raws = transaction.PayrollHidden ? [] : await db.Documents.Where(document => (document.XeroId == own || document.XeroId == credit) && !document.Deleted).Select(document => document.Raw).ToListAsync(ct);
        return new TransactionDetail(transaction, lines, allocations, views, XeroLinks.Of(shortCode, transaction)) { HasAttachments = raws.Exists(Document.HasAttachments) };
    }

    // An over- or prepayment settles under an id of its own, the money under that of the bank transaction.
    private static async Task<List<AllocationView>> AllocationsAsync(XeroCfoDb db, Guid own, Guid credit, CancellationToken ct)
    {
        var allocations = await db.Allocations.AsNoTracking()
            .Where(row => row.SourceXeroId == own || row.SourceXeroId == credit || row.TargetXeroId == own || row.TargetXeroId == credit)
            .OrderBy(row => row.EffectiveDate).ThenBy(row => row.Id)
            .ToListAsync(ct);
        var uses = allocations.ConvertAll(row => (Row: row, Pays: row.SourceXeroId == own || row.SourceXeroId == credit));
        var ids = uses.Select(use => use.Pays ? use.Row.TargetXeroId : use.Row.SourceXeroId).Distinct().ToList();
        var others = await db.Transactions.AsNoTracking()
            .Where(row => EF.Parameter(ids).Contains(row.XeroId) || (row.CreditXeroId != null && EF.Parameter(ids).Contains(row.CreditXeroId.Value)))
            .ToListAsync(ct);
        return uses.ConvertAll(use => new AllocationView(use.Row, use.Pays, Find(use.Pays ? use.Row.TargetXeroId : use.Row.SourceXeroId)));

        Transaction? Find(Guid id) => others.Find(row => row.XeroId == id || row.CreditXeroId == id);
    }

    // One row more than asked for was read, to know whether there is a page beyond.
    private static Page<Transaction> Page(List<Transaction> items, PagePlace place, int limit, Func<Transaction, string> cursor)
    {
        var more = items.Count > limit;
        items = more ? items[..limit] : items;
        if (place.Backwards)
        {
            items.Reverse();
        }

        var hasNext = place.Backwards ? place.Cursor is not null : more;
        var hasPrevious = place.Backwards ? more : place.Cursor is not null;
        return new Page<Transaction>(
            items,
            hasNext && items.Count > 0 ? cursor(items[^1]) : null,
            hasPrevious && items.Count > 0 ? cursor(items[0]) : null);
    }
}
