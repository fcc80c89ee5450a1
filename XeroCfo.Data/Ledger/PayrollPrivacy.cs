using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Ledger;

/// <summary>
/// Keeps payroll from those who may not see it. A document is payroll's when one of its lines is on a payroll account, or when it settles
/// such a document. Asked anew at each reading, because people change tags.
/// </summary>
internal sealed class PayrollPrivacy
{
    private readonly XeroCfoDb _db;
    private readonly List<Guid> _accounts;

    private PayrollPrivacy(XeroCfoDb db, List<Guid> accounts) => (_db, _accounts) = (db, accounts);

    /// <summary>Null when nothing is to be hidden, or the organisation has no payroll account.</summary>
    public static async Task<PayrollPrivacy?> OfAsync(XeroCfoDb db, bool hide, CancellationToken ct)
    {
        if (!hide)
        {
            return null;
        }

        var accounts = await db.Accounts.AsNoTracking().Where(account => account.Tag == AccountTags.Payroll || account.SystemAccount == SystemAccounts.WagesPayable)
            .Select(account => account.AccountId).ToListAsync(ct);
        return accounts.Count == 0 ? null : new PayrollPrivacy(db, accounts);
    }

    /// <summary>Lines on payroll's own accounts.</summary>
    public IQueryable<LedgerLine> Own(IQueryable<LedgerLine> lines) => lines.Where(line => _accounts.Contains(line.AccountId));

    /// <summary>Lines on all other accounts.</summary>
    public IQueryable<LedgerLine> Others(IQueryable<LedgerLine> lines) => lines.Where(line => !_accounts.Contains(line.AccountId));

    /// <summary>Changes on all other accounts: what one document moved on a payroll account is a pay.</summary>
    public IQueryable<LedgerChange> Others(IQueryable<LedgerChange> changes) => changes.Where(change => !_accounts.Contains(change.AccountId));

    /// <summary>True of an account whose lines only appear as sums.</summary>
    public bool IsOwn(Guid? account) => account is { } id && _accounts.Contains(id);

    /// <summary>Lines whose document is not payroll's, so that naming a contact finds no pay.</summary>
    public async Task<IQueryable<LedgerLine>> ShownAsync(IQueryable<LedgerLine> lines, CancellationToken ct)
    {
        var settling = await SettlingAsync(ct);
        lines = lines.Where(line => !_db.LedgerLines.Any(own => own.DocumentXeroId == line.DocumentXeroId && _accounts.Contains(own.AccountId)));
        return settling.Count == 0 ? lines : lines.Where(line => line.DocumentXeroId == null || !EF.Parameter(settling).Contains(line.DocumentXeroId.Value));
    }

    /// <summary>Rows that are not payroll's, so that a search or a contact's name finds no pay.</summary>
    public async Task<IQueryable<Transaction>> ShownAsync(IQueryable<Transaction> rows, CancellationToken ct)
    {
        var settling = await SettlingAsync(ct);
        rows = rows.Where(row => !_db.TransactionLines.Any(line => line.TransactionId == row.Id && line.AccountId != null && _accounts.Contains(line.AccountId.Value)));
        if (settling.Count > 0)
        {
            var credits = settling.ConvertAll(id => (Guid?)id);
            rows = rows.Where(row => !EF.Parameter(settling).Contains(row.XeroId) && (row.CreditXeroId == null || !EF.Parameter(credits).Contains(row.CreditXeroId)));
        }

        // Xero lists some removed documents without their lines: nothing tells that they were not payroll's.
        rows = rows.Where(row => (row.Status != "DELETED" && row.Status != "VOIDED") || row.Type == TransactionTypes.Payment || row.Type == TransactionTypes.Transfer
            || _db.TransactionLines.Any(line => line.TransactionId == row.Id));

        // What a removed payment had settled is not kept: where payroll comes as bills, it may have been one of those.
        return settling.Count == 0 && !await HasBillsAsync(ct) ? rows : rows.Where(row => row.Type != TransactionTypes.Payment || row.Status != "DELETED");
    }

    /// <summary>Takes texts and contact out of those rows that are payroll's.</summary>
    public async Task HideAsync(IReadOnlyList<Transaction> rows, CancellationToken ct)
    {
        var ids = rows.Select(row => row.Id).Distinct().ToList();
        var byLines = await _db.TransactionLines.Where(line => EF.Parameter(ids).Contains(line.TransactionId) && line.AccountId != null && _accounts.Contains(line.AccountId.Value))
            .Select(line => line.TransactionId).Distinct().ToListAsync(ct);
        var lined = rows.Any(IsRemoved) ? await _db.TransactionLines.Where(line => EF.Parameter(ids).Contains(line.TransactionId)).Select(line => line.TransactionId).Distinct().ToListAsync(ct) : [];
        var documents = await OfAsync([.. rows.SelectMany(row => new[] { row.XeroId, row.CreditXeroId ?? row.XeroId }).Distinct()], ct);
        var removed = rows.Any(IsRemovedPayment) && await HasBillsAsync(ct);
        foreach (var row in rows.Where(row => byLines.Contains(row.Id) || documents.Contains(row.XeroId)
            || (row.CreditXeroId is { } credit && documents.Contains(credit)) || (removed && IsRemovedPayment(row)) || (IsRemoved(row) && !lined.Contains(row.Id))))
        {
            PayrollRules.Hide(row);
        }
    }

    /// <summary>Takes texts and contact out of those lines whose document is payroll's.</summary>
    public async Task<IReadOnlyList<LedgerLineView>> HideAsync(IReadOnlyList<LedgerLineView> views, CancellationToken ct)
    {
        var documents = await OfAsync([.. views.Select(view => view.Line.DocumentXeroId).OfType<Guid>().Distinct()], ct);
        return documents.Count == 0
            ? views
            : [.. views.Select(view => view.Line.DocumentXeroId is { } id && documents.Contains(id) ? PayrollRules.Hide(view) : view)];
    }

    /// <summary>
    /// All invoices or bills that are payroll's, by Xero's ids: of those that stand, the same ones that <see cref="HideAsync(IReadOnlyList{Transaction}, CancellationToken)"/>
    /// hides, for they settle nothing.
    /// </summary>
    public async Task<IReadOnlyCollection<Guid>> DocumentsAsync(string type, CancellationToken ct)
    {
        var lined = await _db.TransactionLines.Where(line => line.AccountId != null && _accounts.Contains(line.AccountId.Value))
            .Join(_db.Transactions.Where(row => row.Type == type), line => line.TransactionId, row => row.Id, (line, row) => row.XeroId)
            .Distinct().ToListAsync(ct);
        var posted = await Own(_db.LedgerLines).Where(line => line.DocumentKind == DocumentKind.Invoice && line.DocumentXeroId != null)
            .Select(line => line.DocumentXeroId!.Value).Distinct().ToListAsync(ct);
        return lined.Concat(posted).ToHashSet();
    }

    /// <summary>Which of these documents are payroll's, by Xero's ids.</summary>
    public async Task<IReadOnlySet<Guid>> OfAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var asked = ids.Select(id => (Guid?)id).ToList();
        var posted = await _db.LedgerLines.Where(line => EF.Parameter(asked).Contains(line.DocumentXeroId) && _accounts.Contains(line.AccountId))
            .Select(line => line.DocumentXeroId!.Value).Distinct().ToListAsync(ct);
        var settling = await _db.Allocations
            .Where(use => EF.Parameter(ids).Contains(use.SourceXeroId) && _db.LedgerLines.Any(line => line.DocumentXeroId == use.TargetXeroId && _accounts.Contains(line.AccountId)))
            .Select(use => use.SourceXeroId).Distinct().ToListAsync(ct);
        return posted.Concat(settling).ToHashSet();
    }

    private static bool IsRemoved(Transaction row) => row.Status is "DELETED" or "VOIDED" && row.Type is not (TransactionTypes.Payment or TransactionTypes.Transfer);

    private static bool IsRemovedPayment(Transaction row) => row is { Type: TransactionTypes.Payment, Status: "DELETED" };

    // From the bills on: there are few of them beside all allocations.
    private Task<List<Guid>> SettlingAsync(CancellationToken ct) =>
        _db.LedgerLines
            .Where(line => _accounts.Contains(line.AccountId) && (line.DocumentKind == DocumentKind.Invoice || line.DocumentKind == DocumentKind.CreditNote))
            .Join(_db.Allocations, line => line.DocumentXeroId, use => use.TargetXeroId, (line, use) => use.SourceXeroId)
            .Distinct().ToListAsync(ct);

    private Task<bool> HasBillsAsync(CancellationToken ct) =>
        _db.LedgerLines.AnyAsync(line => _accounts.Contains(line.AccountId) && (line.DocumentKind == DocumentKind.Invoice || line.DocumentKind == DocumentKind.CreditNote), ct);
}
