using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Ledger;

internal sealed class OpenItemReader(IDbFactory factory) : IOpenItemReader
{
    private const int Batch = 5000;

    public async Task<IReadOnlyList<OpenItem>> AtAsync(TenantId tenant, bool isSale, DateOnly day, string? exceptCurrency, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var documents = await CandidatesAsync(db, isSale, day, exceptCurrency).ToListAsync(ct);
        var settled = await SettledAsync(db, documents, day, ct);
        var items = documents.Select(document => Item(document, isSale, settled[KeyOf(document)])).Where(item => item.Open != 0 || item.BaseOpen != 0).ToList();
        items.AddRange(await PaidBeforeInvoiceAsync(db, isSale, day, exceptCurrency, ct));
        return [.. items.OrderBy(item => item.Document.Date).ThenBy(item => item.Document.Number, StringComparer.Ordinal)];
    }

    // Open now, or settled after the day: everything else is settled and stays so.
    private static IQueryable<Transaction> CandidatesAsync(XeroCfoDb db, bool isSale, DateOnly day, string? exceptCurrency)
    {
        var (invoice, money, direction) = isSale
            ? (TransactionTypes.Invoice, TransactionTypes.Receive, Directions.Out)
            : (TransactionTypes.Bill, TransactionTypes.Spend, Directions.In);
        var rows = db.Transactions.AsNoTracking().Where(row => row.Date <= day && (row.Status == "AUTHORISED" || row.Status == "PAID"));
        rows = exceptCurrency is null ? rows : rows.Where(row => row.CurrencyCode != exceptCurrency);
        return rows.Where(row =>
            ((row.Type == invoice || (row.Type == TransactionTypes.CreditNote && row.Direction == direction))
                && (row.AmountDue == null || row.AmountDue != 0 || db.Allocations.Any(use => use.EffectiveDate > day && (use.TargetXeroId == row.XeroId || use.SourceXeroId == row.XeroId))))
            || (row.Type == money && row.CreditXeroId != null && db.Documents.Any(credit => credit.Kind == DocumentKind.Overpayment && credit.XeroId == row.CreditXeroId && !credit.Deleted)));
    }

    /// <summary>What had counted by the day, by the id that allocations know the document by.</summary>
    private static async Task<ILookup<Guid, decimal>> SettledAsync(XeroCfoDb db, List<Transaction> documents, DateOnly day, CancellationToken ct)
    {
        var parts = new List<(Guid Document, decimal Amount)>();
        foreach (var batch in documents.Chunk(Batch))
        {
            var ids = batch.Select(KeyOf).ToList();
            var uses = await db.Allocations.AsNoTracking()
                .Where(use => use.EffectiveDate <= day && (ids.Contains(use.TargetXeroId) || ids.Contains(use.SourceXeroId)))
                .Select(use => new { use.SourceXeroId, use.TargetXeroId, use.Amount })
                .ToListAsync(ct);
            var known = ids.ToHashSet();
            parts.AddRange(uses.SelectMany(use => new[] { use.SourceXeroId, use.TargetXeroId }.Where(known.Contains).Select(id => (id, use.Amount))));
        }

        return parts.ToLookup(part => part.Document, part => part.Amount);
    }

    private static OpenItem Item(Transaction document, bool isSale, IEnumerable<decimal> settled)
    {
        var isInvoice = document.Type is TransactionTypes.Invoice or TransactionTypes.Bill;
        var sign = isSale == isInvoice ? 1 : -1;
        var kind = isInvoice ? OpenItemKind.Invoice : document.Type == TransactionTypes.CreditNote ? OpenItemKind.CreditNote : OpenItemKind.Overpayment;
        var (open, inBase) = (document.Amount, InBase(document, document.Amount));
        foreach (var amount in settled)
        {
            (open, inBase) = (open - amount, inBase - InBase(document, amount));
        }

        return new OpenItem(kind, document, sign * open, sign * inBase);
    }

    // The money came before the invoice: it relieves the control account from its own day on, at the invoice's rate.
    private static async Task<IReadOnlyList<OpenItem>> PaidBeforeInvoiceAsync(XeroCfoDb db, bool isSale, DateOnly day, string? exceptCurrency, CancellationToken ct)
    {
        var type = isSale ? TransactionTypes.Invoice : TransactionTypes.Bill;
        var early = await db.Allocations.AsNoTracking()
            .Where(use => use.SourceKind == DocumentKind.Payment && use.EffectiveDate > day && use.Date <= day)
            .Join(db.Transactions.AsNoTracking().Where(row => row.Type == type), use => use.TargetXeroId, row => row.XeroId, (use, row) => new { Invoice = row, use.Amount })
            .ToListAsync(ct);
        return
        [
            .. early.Where(use => use.Invoice.CurrencyCode != exceptCurrency)
                .Select(use => new OpenItem(
                    OpenItemKind.PaidBeforeInvoice, use.Invoice, isSale ? -use.Amount : use.Amount, (isSale ? -1 : 1) * InBase(use.Invoice, use.Amount))),
        ];
    }

    private static decimal InBase(Transaction document, decimal amount) => document.CurrencyRate == FxRate.One ? amount : document.CurrencyRate.ToBase(amount);

    private static Guid KeyOf(Transaction document) => document.CreditXeroId ?? document.XeroId;
}
