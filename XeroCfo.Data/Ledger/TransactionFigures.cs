using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Ties;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Ledger;

internal sealed class TransactionFigures(IDbFactory factory) : ITransactionFigures
{
    public async Task<TransactionTotals> TotalsAsync(TenantId tenant, TransactionFilter filter, CancellationToken ct)
    {
        await using var db = factory.For(tenant);

        // A list of the bank's money adds up payments; any other one has the invoices and bills that they settle.
        var ofBank = filter.BankAccountId is not null || filter.Unreconciled || filter.Type == TransactionTypes.Payment;
        var sides = await (await TransactionQuery.ShownAsync(db, filter, ct))
            .GroupBy(row => new { IsIn = row.BaseAmount > 0, Adds = row.Status != "VOIDED" && row.Status != "DELETED" && (ofBank || row.Type != TransactionTypes.Payment) })
            .Select(group => new { group.Key.IsIn, group.Key.Adds, Count = group.Count(), Sum = group.Sum(row => row.BaseAmount) })
            .ToListAsync(ct);
        var count = Math.Min(CappedCount.Cap, sides.Sum(side => (long)side.Count));
        return new TransactionTotals(
            new CappedCount((int)count, count == CappedCount.Cap), sides.Where(side => side is { IsIn: true, Adds: true }).Sum(side => side.Sum), -sides.Where(side => side is { IsIn: false, Adds: true }).Sum(side => side.Sum));
    }

    public async Task<IReadOnlyList<UnreconciledItems>> ByBankAsync(TenantId tenant, TransactionFilter filter, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var banks = await (await TransactionQuery.ShownAsync(db, filter, ct))
            .Where(row => row.BankAccountId != null)
            .GroupBy(row => row.BankAccountId!.Value)
            .Select(group => new { Account = group.Key, Count = group.Count(), Sum = group.Sum(row => row.BaseAmount), Oldest = group.Min(row => row.Date) })
            .ToListAsync(ct);
        return [.. banks.OrderBy(bank => bank.Oldest).ThenBy(bank => bank.Account).Select(bank => new UnreconciledItems(bank.Account, bank.Count, bank.Sum, bank.Oldest))];
    }
}
