using System.Linq.Expressions;
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

    // What tells an open document and nothing else: texts and categories would be most of what is read.
    private static readonly Expression<Func<Transaction, Transaction>> Needed = row => new Transaction
    {
        Id = row.Id,
        TenantId = row.TenantId,
        XeroId = row.XeroId,
        CreditXeroId = row.CreditXeroId,
        Type = row.Type,
        Direction = row.Direction,
        Status = row.Status,
        ContactId = row.ContactId,
        ContactName = row.ContactName,
        Number = row.Number,
        Reference = row.Reference,
        Date = row.Date,
        DueDate = row.DueDate,
        Amount = row.Amount,
        CurrencyCode = row.CurrencyCode,
        CurrencyRate = row.CurrencyRate,
    };

    public async Task<IReadOnlyList<OpenItem>> AtAsync(TenantId tenant, bool isSale, DateOnly day, string? exceptCurrency, bool hidePayroll, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var documents = await new OpenDocumentQuery(db, isSale, day, exceptCurrency).DocumentsAsync(ct);
        var items = await ItemsAsync(db, documents, isSale, day, exceptCurrency, ct);
        return [.. (await ShownAsync(db, items, await PayrollPrivacy.OfAsync(db, hidePayroll, ct), ct)).OrderBy(item => item.Document.Date).ThenBy(item => item.Document.Number, StringComparer.Ordinal)];
    }

    public async Task<OpenByAge> ByAgeAsync(TenantId tenant, bool isSale, DateOnly day, OpenAges ages, bool hidePayroll, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        // What is open now and what counts only later are read one after the other: a batch that is posted between them would be in both.
        await using var moment = await db.BeginReadingAsync(ct);
        var payroll = await PayrollPrivacy.OfAsync(db, hidePayroll, ct);
        var query = new OpenDocumentQuery(db, isSale, day, null, await HiddenAsync(payroll, isSale, ct));
        var (sums, others) = await query.WalkAsync(ages, ct);
        return new OpenByAge(sums, await ShownAsync(db, await ItemsAsync(db, await query.DocumentsAsync(others, ct), isSale, day, null, ct), payroll, ct));
    }

    public async Task<IReadOnlyList<OpenDue>> DuesAsync(TenantId tenant, bool isSale, DateOnly day, bool hidePayroll, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        await using var moment = await db.BeginReadingAsync(ct);
        var payroll = await PayrollPrivacy.OfAsync(db, hidePayroll, ct);
        var query = new OpenDocumentQuery(db, isSale, day, null, await HiddenAsync(payroll, isSale, ct));
        var (dues, others) = await query.DuesAsync(ct);
        var items = await ItemsAsync(db, await query.DocumentsAsync(others, ct), isSale, day, null, ct);
        await HideAsync(items, payroll, ct);
        dues.AddRange(items.Where(item => !item.Document.PayrollHidden).Select(OpenDue.Of));
        return dues;
    }

    public async Task<IReadOnlyList<OpenItem>> InvoicesAsync(TenantId tenant, bool isSale, IReadOnlyCollection<Guid> ids, DateOnly day, bool hidePayroll, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var documents = (await new OpenDocumentQuery(db, isSale, day, null).OpenAmongAsync(ids, ct)).FindAll(document => IsInvoice(document.Row));
        var settled = await SettledAsync(db, documents.ConvertAll(document => document.Row), day, ct);
        var items = documents.Select(document => Item(document.Row, isSale, settled[KeyOf(document.Row)])).Where(item => item.Open != 0 || item.BaseOpen != 0).ToList();
        await HideAsync(items, await PayrollPrivacy.OfAsync(db, hidePayroll, ct), ct);
        return items.FindAll(item => !item.Document.PayrollHidden);
    }

    // Invoices or bills of which a sum would tell what is hidden.
    private static async Task<IReadOnlyCollection<Guid>?> HiddenAsync(PayrollPrivacy? payroll, bool isSale, CancellationToken ct) =>
        payroll is null ? null : await payroll.DocumentsAsync(isSale ? TransactionTypes.Invoice : TransactionTypes.Bill, ct);

    private static Task HideAsync(List<OpenItem> items, PayrollPrivacy? payroll, CancellationToken ct) =>
        payroll?.HideAsync(items.ConvertAll(item => item.Document), ct) ?? Task.CompletedTask;

    // With the names that contacts have now, as sums have them.
    private static async Task<List<OpenItem>> ShownAsync(XeroCfoDb db, List<OpenItem> items, PayrollPrivacy? payroll, CancellationToken ct)
    {
        await HideAsync(items, payroll, ct);
        var names = await ContactNames.OfAsync(db, [.. items.Select(item => item.Document.ContactId).OfType<Guid>().Distinct()], ct);
        foreach (var item in items.Where(item => item.Document.ContactId is not null))
        {
            item.Document.ContactName = names.GetValueOrDefault(item.Document.ContactId!.Value);
        }

        return items;
    }

    private static async Task<List<OpenItem>> ItemsAsync(XeroCfoDb db, List<OpenDocument> documents, bool isSale, DateOnly day, string? exceptCurrency, CancellationToken ct)
    {
        // Where each part is rounded by itself, or the document is credit that others use, its parts are read; there are few of these.
        var whole = documents.Where(document => document.Row.CurrencyRate == FxRate.One && IsInvoice(document.Row));
        var items = whole.Select(document => Item(document.Row, isSale, [document.Settled])).ToList();
        var parted = documents.Where(document => document.Row.CurrencyRate != FxRate.One || !IsInvoice(document.Row)).Select(document => document.Row).ToList();
        parted.AddRange(await OverpaidAsync(db, isSale, day, exceptCurrency, ct));
        var settled = await SettledAsync(db, parted, day, ct);
        items.AddRange(parted.Select(document => Item(document, isSale, settled[KeyOf(document)])));
        items.RemoveAll(item => item.Open == 0 && item.BaseOpen == 0);

        // Money that moved before the document that it settles moves the control account from its own day on, at the document's rate.
        var early = await db.Allocations.AsNoTracking()
            .Where(use => use.EffectiveDate > use.Date && use.EffectiveDate > day && use.Date <= day && use.SourceKind == DocumentKind.Payment)
            .Select(use => new { use.TargetXeroId, use.Amount, use.Date })
            .ToListAsync(ct);
        var targets = (await OfAsync(db, [.. early.Select(use => use.TargetXeroId).Distinct()], exceptCurrency, ct))
            .Where(row => IsOf(row, isSale))
            .ToDictionary(KeyOf);
        items.AddRange(
            from use in early
            where targets.ContainsKey(use.TargetXeroId)
            let target = targets[use.TargetXeroId]
            let sign = -SignOf(target, isSale)
            select new OpenItem(OpenItemKind.PaidBeforeInvoice, target, sign * use.Amount, sign * InBase(target, use.Amount)) { PaidOn = use.Date });
        return items;
    }

    public async Task<IReadOnlyList<OpenItem>> PrepaymentsAsync(TenantId tenant, bool isSale, DateOnly day, bool hidePayroll, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var money = isSale ? TransactionTypes.Receive : TransactionTypes.Spend;
        var documents = await db.Transactions.AsNoTracking()
            .Where(row => row.Date <= day && row.Type == money && row.CreditXeroId != null && (row.Status == "AUTHORISED" || row.Status == "PAID")
                && db.Documents.Any(credit => credit.Kind == DocumentKind.Prepayment && credit.XeroId == row.CreditXeroId && !credit.Deleted))
            .Select(Needed).ToListAsync(ct);
        var settled = await SettledAsync(db, documents, day, ct);
        var items = documents.Select(document => Item(document, isSale, settled[KeyOf(document)]) with { Kind = OpenItemKind.Prepayment }).Where(item => item.Open != 0).ToList();
        await HideAsync(items, await PayrollPrivacy.OfAsync(db, hidePayroll, ct), ct);
        return [.. items.OrderBy(item => item.Document.Date).ThenBy(item => item.Document.Number, StringComparer.Ordinal)];
    }

    private static async Task<List<Transaction>> OverpaidAsync(XeroCfoDb db, bool isSale, DateOnly day, string? exceptCurrency, CancellationToken ct)
    {
        var money = isSale ? TransactionTypes.Receive : TransactionTypes.Spend;
        var rows = db.Transactions.AsNoTracking();
        rows = exceptCurrency is null ? rows : rows.Where(row => row.CurrencyCode != exceptCurrency);
        return await rows.Where(row => row.Date <= day && row.Type == money && row.CreditXeroId != null && row.Status == "AUTHORISED"
                && db.Documents.Any(credit => credit.Kind == DocumentKind.Overpayment && credit.XeroId == row.CreditXeroId && !credit.Deleted))
            .Select(Needed).ToListAsync(ct);
    }

    // Rows know Xero's id as text, allocations as an id: the two only meet through parameters.
    private static async Task<List<Transaction>> OfAsync(XeroCfoDb db, List<Guid> ids, string? exceptCurrency, CancellationToken ct)
    {
        var found = new List<Transaction>();
        foreach (var batch in ids.Chunk(Batch))
        {
            var known = batch.ToList();
            var credits = batch.Select(id => (Guid?)id).ToList();
            var rows = db.Transactions.AsNoTracking().Where(row => EF.Parameter(known).Contains(row.XeroId) || (row.CreditXeroId != null && EF.Parameter(credits).Contains(row.CreditXeroId)
                && db.Documents.Any(credit => credit.Kind == DocumentKind.Overpayment && credit.XeroId == row.CreditXeroId)));
            found.AddRange(await (exceptCurrency is null ? rows : rows.Where(row => row.CurrencyCode != exceptCurrency)).Select(Needed).ToListAsync(ct));
        }

        return found;
    }

    /// <summary>What had counted by the day, by the id that allocations know the document by. Only credit is ever a source.</summary>
    private static async Task<ILookup<Guid, decimal>> SettledAsync(XeroCfoDb db, List<Transaction> documents, DateOnly day, CancellationToken ct)
    {
        var uses = db.Allocations.Where(use => use.EffectiveDate <= day);
        var parts = new List<(Guid Document, decimal Amount)>();
        foreach (var batch in documents.Select(KeyOf).Chunk(Batch))
        {
            var ids = batch.ToList();
            var settled = await uses.Where(use => EF.Parameter(ids).Contains(use.TargetXeroId)).Select(use => new { Document = use.TargetXeroId, use.Amount }).ToListAsync(ct);
            parts.AddRange(settled.Select(use => (use.Document, use.Amount)));
        }

        foreach (var batch in documents.Where(document => !IsInvoice(document)).Select(KeyOf).Chunk(Batch))
        {
            var ids = batch.ToList();
            var used = await uses.Where(use => EF.Parameter(ids).Contains(use.SourceXeroId)).Select(use => new { Document = use.SourceXeroId, use.Amount }).ToListAsync(ct);
            parts.AddRange(used.Select(use => (use.Document, use.Amount)));
        }

        return parts.ToLookup(part => part.Document, part => part.Amount);
    }

    private static OpenItem Item(Transaction document, bool isSale, IEnumerable<decimal> settled)
    {
        var sign = SignOf(document, isSale);
        var kind = IsInvoice(document) ? OpenItemKind.Invoice : document.Type == TransactionTypes.CreditNote ? OpenItemKind.CreditNote : OpenItemKind.Overpayment;
        var (open, inBase) = (document.Amount, InBase(document, document.Amount));
        foreach (var amount in settled)
        {
            (open, inBase) = (open - amount, inBase - InBase(document, amount));
        }

        return new OpenItem(kind, document, sign * open, sign * inBase);
    }

    // Receivables: sales +, credit −. Payables: bills −, credit +.
    private static int SignOf(Transaction document, bool isSale) => isSale == IsInvoice(document) ? 1 : -1;

    private static bool IsInvoice(Transaction document) => document.Type is TransactionTypes.Invoice or TransactionTypes.Bill;

    private static bool IsOf(Transaction row, bool isSale) => isSale
        ? row.Type is TransactionTypes.Invoice or TransactionTypes.Receive || row is { Type: TransactionTypes.CreditNote, Direction: Directions.Out }
        : row.Type is TransactionTypes.Bill or TransactionTypes.Spend || row is { Type: TransactionTypes.CreditNote, Direction: Directions.In };

    private static decimal InBase(Transaction document, decimal amount) => document.CurrencyRate == FxRate.One ? amount : document.CurrencyRate.ToBase(amount);

    private static Guid KeyOf(Transaction document) => document.CreditXeroId ?? document.XeroId;
}
