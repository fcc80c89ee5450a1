using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Xero;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Ledger;

/// <summary>Finds what postings need of other documents: two queries a batch, and content is read only where it is needed.</summary>
internal sealed class ReferenceQuery(XeroCfoDb db)
{
    private static readonly DocumentKind[] Referred =
        [DocumentKind.Invoice, DocumentKind.CreditNote, DocumentKind.Overpayment, DocumentKind.Prepayment, DocumentKind.BankTransaction];

    public async Task<References> OfAsync(IReadOnlyList<SourceDocument> batch, ChartOfAccounts chart, string baseCurrency, CancellationToken ct)
    {
        var whole = batch.SelectMany(document => References.NeededWhole(document, chart, baseCurrency)).ToHashSet();
        var documents = await DocumentsAsync(whole, ct);

        // A refund is one of the uses of its prepayment; where that was set against invoices, their days decide the order.
        var further = documents.OfType<Prepayment>().SelectMany(References.NeededDays);
        var days = batch.SelectMany(References.NeededDays).Concat(further).Where(id => !whole.Contains(id)).ToHashSet();
        return new References(documents, await DaysAsync(days, ct));
    }

    private async Task<List<SourceDocument>> DocumentsAsync(HashSet<Guid> ids, CancellationToken ct)
    {
        var found = new List<SourceDocument>(ids.Count);
        foreach (var kind in ids.Count == 0 ? [] : Referred)
        {
            var rows = await db.Documents.AsNoTracking()
                .Where(row => row.Kind == kind && EF.Parameter(ids).Contains(row.XeroId) && !row.Deleted && row.Hash != "")
                .Select(row => row.Raw)
                .ToListAsync(ct);
            found.AddRange(rows.Select(raw => XeroMapping.Read(kind, raw)).Where(read => read.Succeeded).Select(read => read.Value));
        }

        return found;
    }

    private async Task<Dictionary<Guid, DateOnly>> DaysAsync(HashSet<Guid> ids, CancellationToken ct)
    {
        var days = new Dictionary<Guid, DateOnly>(ids.Count);
        foreach (var kind in Referred.Where(kind => kind != DocumentKind.BankTransaction))
        {
            var missing = ids.Where(id => !days.ContainsKey(id)).ToList();
            if (missing.Count == 0)
            {
                break;
            }

            var rows = await db.Documents.AsNoTracking()
                .Where(row => row.Kind == kind && EF.Parameter(missing).Contains(row.XeroId) && row.Date != null)
                .Select(row => new { row.XeroId, row.Date })
                .ToListAsync(ct);
            rows.ForEach(row => days[row.XeroId] = row.Date!.Value);
        }

        return days;
    }
}
