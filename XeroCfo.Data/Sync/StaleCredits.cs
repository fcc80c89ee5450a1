using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Xero.Payloads;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Sync;

/// <summary>
/// Compares what waiting invoices say of the credits set against them with the allocations that stand here. Credits that wait
/// themselves have just been read.
/// </summary>
internal sealed class StaleCredits(XeroCfoDb db)
{
    private const int Batch = 1000;

    public async Task<IReadOnlyList<(DocumentKind Kind, Guid XeroId)>> FindAsync(int limit, CancellationToken ct)
    {
        // In a first load everything waits, and everything has just been read.
        var stale = new HashSet<(DocumentKind Kind, Guid XeroId)>();
        var invoices = await db.LedgerLines.AnyAsync(ct)
            ? await db.Documents.Where(row => row.Kind == DocumentKind.Invoice && row.Dirty && !row.Deleted && row.Hash != "").Select(row => row.XeroId).ToListAsync(ct)
            : [];
        foreach (var batch in invoices.Chunk(Batch).Select(ids => ids.ToList()))
        {
            var raws = await db.Documents.Where(row => row.Kind == DocumentKind.Invoice && EF.Parameter(batch).Contains(row.XeroId)).Select(row => new { row.XeroId, row.Raw }).ToListAsync(ct);
            var differing = await DifferingAsync([.. raws.SelectMany(invoice => Told(invoice.XeroId, invoice.Raw))], batch, ct);
            var fresh = await FreshAsync([.. differing.Select(credit => credit.XeroId)], ct);
            stale.UnionWith(differing.Where(credit => !fresh.Contains(credit.XeroId)));
            if (stale.Count >= limit)
            {
                break;
            }
        }

        return [.. stale.Take(limit)];
    }

    private async Task<List<(DocumentKind Kind, Guid XeroId)>> DifferingAsync(List<Applied> told, List<Guid> invoices, CancellationToken ct)
    {
        var standing = await db.Allocations.AsNoTracking()
            .Where(row => row.SourceKind != DocumentKind.Payment && EF.Parameter(invoices).Contains(row.TargetXeroId))
            .ToListAsync(ct);
        var here = standing.GroupBy(row => (row.TargetXeroId, row.SourceKind, row.SourceXeroId)).ToDictionary(group => group.Key, group => group.Sum(row => row.Amount));
        var there = told.GroupBy(use => (use.Invoice, use.Kind, use.Credit)).ToDictionary(group => group.Key, group => group.Sum(use => use.Amount));
        return
        [
            .. here.Keys.Union(there.Keys)
                .Where(use => here.GetValueOrDefault(use) != there.GetValueOrDefault(use))
                .Select(use => (use.Item2, use.Item3))
                .Distinct(),
        ];
    }

    private async Task<HashSet<Guid>> FreshAsync(List<Guid> credits, CancellationToken ct) =>
        [.. await db.Documents.Where(row => row.Dirty && row.Kind != DocumentKind.Invoice && EF.Parameter(credits).Contains(row.XeroId)).Select(row => row.XeroId).ToListAsync(ct)];

    private static IEnumerable<Applied> Told(Guid invoice, string raw)
    {
        InvoiceCreditsPayload? wire;
        try
        {
            wire = JsonSerializer.Deserialize(raw, WireJson.Default.InvoiceCreditsPayload);
        }
        catch (JsonException)
        {
            return [];
        }

        return All(wire?.CreditNotes, DocumentKind.CreditNote, credit => credit.CreditNoteID)
            .Concat(All(wire?.Overpayments, DocumentKind.Overpayment, credit => credit.OverpaymentID))
            .Concat(All(wire?.Prepayments, DocumentKind.Prepayment, credit => credit.PrepaymentID));

        IEnumerable<Applied> All(IReadOnlyList<AppliedCreditPayload?>? credits, DocumentKind kind, Func<AppliedCreditPayload, Guid?> id) =>
            from credit in credits ?? []
            where credit is { AppliedAmount: not null } && id(credit) is not null
            select new Applied(invoice, kind, id(credit)!.Value, credit.AppliedAmount!.Value);
    }

    private sealed record Applied(Guid Invoice, DocumentKind Kind, Guid Credit, decimal Amount);
}
