using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Ledger;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Payables;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Payables;

internal sealed class PayableReader(IDbFactory factory) : IPayableReader
{
    public async Task<IReadOnlyList<SupplierDocument>> SinceAsync(TenantId tenant, DateOnly bills, DateOnly spent, bool hidePayroll, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = db.Transactions.AsNoTracking();
        rows = await PayrollPrivacy.OfAsync(db, hidePayroll, ct) is { } payroll ? await payroll.ShownAsync(rows, ct) : rows;
        rows = rows.Where(row => row.ContactId != null && row.Status != "VOIDED" && row.Status != "DELETED");

        // Each by itself: of both together SQLite would walk all documents by date.
        var found = await DocumentsAsync(rows.Where(row => row.Type == TransactionTypes.Bill && row.Date >= bills), ct);
        found.AddRange(await DocumentsAsync(rows.Where(row => row.Type == TransactionTypes.Spend && row.CreditXeroId == null && row.Date >= spent), ct));
        return [.. found.OrderBy(document => document.Date).ThenBy(document => document.Id)];
    }

    private static async Task<List<SupplierDocument>> DocumentsAsync(IQueryable<Transaction> rows, CancellationToken ct)
    {
        var found = await rows
            .Select(row => new { row.Id, row.XeroId, row.Type, row.ContactId, row.ContactName, row.Number, row.Reference, row.Date, row.Amount, row.CurrencyCode, row.AbsoluteAmount, row.Status })
            .ToListAsync(ct);
        return found.ConvertAll(row => new SupplierDocument(
            row.Id, row.XeroId, row.Type == TransactionTypes.Bill, row.ContactId!.Value, row.ContactName ?? "Without a name", Text(row.Number) ?? Text(row.Reference), row.Date,
            row.Amount, row.CurrencyCode, row.AbsoluteAmount, row.Type == TransactionTypes.Bill && row.Status != "PAID"));
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
