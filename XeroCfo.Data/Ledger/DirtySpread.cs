using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Xero;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Ledger;

/// <summary>Marks what was posted with the help of a document that waits now, so that it is posted again with it.</summary>
internal sealed class DirtySpread(XeroCfoDb db)
{
    private const int Batch = 1000;

    public async Task RunAsync(CancellationToken ct)
    {
        if (!await db.LedgerLines.AnyAsync(line => line.Source == LineSources.Document, ct))
        {
            return;
        }

        await SpreadToTransfersAsync(ct);

        // From an invoice to the credits and payments that settle it, and from those credits to what pays them back.
        var settled = await db.Documents
            .Where(row => row.Dirty && (row.Kind == DocumentKind.Invoice || row.Kind == DocumentKind.CreditNote || row.Kind == DocumentKind.Overpayment || row.Kind == DocumentKind.Prepayment))
            .Select(row => row.XeroId)
            .ToListAsync(ct);
        var known = settled.ToHashSet();
        while (settled.Count > 0)
        {
            settled = [.. (await SpreadAsync(settled, ct)).Where(known.Add)];
        }
    }

    // By ids, a batch at a time: a join would walk through every allocation there is.
    private async Task<List<Guid>> SpreadAsync(List<Guid> settled, CancellationToken ct)
    {
        var credits = new List<Guid>();
        foreach (var targets in settled.Chunk(Batch).Select(batch => batch.ToList()))
        {
            var dependents = await db.Allocations.Where(use => EF.Parameter(targets).Contains(use.TargetXeroId)).Select(use => new { use.SourceKind, use.SourceXeroId }).Distinct().ToListAsync(ct);
            credits.AddRange(dependents.Where(source => source.SourceKind != DocumentKind.Payment).Select(source => source.SourceXeroId));
            foreach (var group in dependents.GroupBy(source => source.SourceKind))
            {
                await MarkAsync(group.Key, [.. group.Select(source => source.SourceXeroId)], ct);
            }
        }

        return credits;
    }

    // A transfer between currencies stands at the amounts of its two bank transactions; nothing but its own record knows which they are.
    private async Task SpreadToTransfersAsync(CancellationToken ct)
    {
        var halves = (await db.Documents.Where(row => row.Dirty && row.Kind == DocumentKind.BankTransaction && row.Raw.Contains("-TRANSFER\"")).Select(row => row.XeroId).ToListAsync(ct)).ToHashSet();
        if (halves.Count == 0)
        {
            return;
        }

        var foreign = await db.LedgerLines.Where(line => line.DocumentKind == DocumentKind.BankTransfer && line.CurrencyCode != null).Select(line => line.DocumentXeroId!.Value).Distinct().ToListAsync(ct);
        foreach (var batch in foreign.Chunk(Batch).Select(ids => ids.ToList()))
        {
            var raws = await db.Documents.Where(row => row.Kind == DocumentKind.BankTransfer && EF.Parameter(batch).Contains(row.XeroId) && !row.Dirty && row.Hash != "").Select(row => row.Raw).ToListAsync(ct);
            var transfers = raws.Select(raw => XeroMapping.Read(DocumentKind.BankTransfer, raw)).Where(read => read.Succeeded).Select(read => read.Value).OfType<BankTransfer>();
            var touched = transfers.Where(transfer => IsOf(transfer.FromTransactionId) || IsOf(transfer.ToTransactionId)).Select(transfer => transfer.XeroId).ToList();
            await MarkAsync(DocumentKind.BankTransfer, touched, ct);
        }

        bool IsOf(Guid? half) => half is { } id && halves.Contains(id);
    }

    private async Task MarkAsync(DocumentKind kind, List<Guid> ids, CancellationToken ct)
    {
        foreach (var batch in ids.Chunk(Batch).Select(part => part.ToList()))
        {
            await db.Documents.Where(row => row.Kind == kind && EF.Parameter(batch).Contains(row.XeroId) && !row.Dirty && row.Hash != "")
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Dirty, true), ct);
        }
    }
}
