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
        var sides = await (await RowsAsync(db, filter, ct))
            .GroupBy(row => row.BaseAmount > 0)
            .Select(group => new { IsIn = group.Key, Count = group.Count(), Sum = group.Sum(row => row.BaseAmount) })
            .ToListAsync(ct);
        var count = Math.Min(CappedCount.Cap, sides.Sum(side => (long)side.Count));
        return new TransactionTotals(
            new CappedCount((int)count, count == CappedCount.Cap), sides.Where(side => side.IsIn).Sum(side => side.Sum), -sides.Where(side => !side.IsIn).Sum(side => side.Sum));
    }

    public async Task<IReadOnlyList<UnreconciledItems>> ByBankAsync(TenantId tenant, TransactionFilter filter, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var banks = await (await RowsAsync(db, filter, ct))
            .Where(row => row.BankAccountId != null)
            .GroupBy(row => row.BankAccountId!.Value)
            .Select(group => new { Account = group.Key, Count = group.Count(), Sum = group.Sum(row => row.BaseAmount), Oldest = group.Min(row => row.Date) })
            .ToListAsync(ct);
        return [.. banks.OrderBy(bank => bank.Oldest).ThenBy(bank => bank.Account).Select(bank => new UnreconciledItems(bank.Account, bank.Count, bank.Sum, bank.Oldest))];
    }

    private static async Task<IQueryable<Transaction>> RowsAsync(XeroCfoDb db, TransactionFilter filter, CancellationToken ct) =>
        await TransactionQuery.ShownAsync(db, filter, await PayrollPrivacy.OfAsync(db, filter.HidePayroll, ct), ct);
}
