using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Ledger;

/// <summary>Adds names, numbers and links to ledger lines: three look-ups a page, whatever its size.</summary>
internal sealed class LineViews(XeroCfoDb db, TenantId tenant)
{
    public async Task<IReadOnlyList<LedgerLineView>> OfAsync(IReadOnlyList<LedgerLine> lines, CancellationToken ct)
    {
        var accounts = await db.Accounts.AsNoTracking().ToDictionaryAsync(account => account.AccountId, ct);
        var documents = lines.Where(line => line.DocumentXeroId is not null).Select(line => line.DocumentXeroId!.Value).Distinct().ToList();
        var transactions = await db.Transactions.AsNoTracking()
            .Where(row => EF.Parameter(documents).Contains(row.XeroId))
            .Select(row => new { row.XeroId, row.Id, row.Number, row.ContactName, row.Type })
            .ToDictionaryAsync(row => row.XeroId, ct);
        var shortCode = await db.XeroTenants.Where(row => row.Id == tenant.Value).Select(row => row.ShortCode).SingleOrDefaultAsync(ct);
        return
        [
            .. lines.Select(line =>
            {
                var account = accounts.GetValueOrDefault(line.AccountId);
                var transaction = line.DocumentXeroId is { } id ? transactions.GetValueOrDefault(id) : null;
                var url = line is { DocumentKind: { } kind, DocumentXeroId: { } xeroId }
                    ? XeroLinks.Document(shortCode, kind, xeroId, transaction?.Type == TransactionTypes.Invoice)
                    : null;
                return new LedgerLineView(line, account?.Code, account?.Name ?? "Unknown account", transaction?.Id, transaction?.Number, transaction?.ContactName, url);
            }),
        ];
    }
}
