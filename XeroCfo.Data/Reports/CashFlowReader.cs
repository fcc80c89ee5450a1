using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Reports;

internal sealed class CashFlowReader(IDbFactory factory) : ICashFlowReader
{
    public async Task<decimal> TransferGainsAsync(TenantId tenant, Days days, Guid realisedGainAccount, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.LedgerLines
            .Where(line => line.AccountId == realisedGainAccount && line.Date >= days.First && line.Date <= days.Last && line.DocumentKind == DocumentKind.BankTransfer)
            .SumAsync(line => line.Amount, ct);
    }

    public async Task<IReadOnlyDictionary<Guid, decimal>> CountersAsync(TenantId tenant, Days days, IReadOnlyCollection<Guid> bankAccounts, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var banks = bankAccounts.ToList();
        return await db.LedgerLines
            .Where(line => line.Date >= days.First && line.Date <= days.Last && line.DocumentXeroId != null && !banks.Contains(line.AccountId)
                && db.LedgerLines.Any(cash => cash.DocumentXeroId == line.DocumentXeroId && cash.DocumentKind == line.DocumentKind && cash.Date == line.Date && banks.Contains(cash.AccountId)))
            .GroupBy(line => line.AccountId)
            .Select(group => new { Account = group.Key, Amount = group.Sum(line => line.Amount) })
            .ToDictionaryAsync(row => row.Account, row => row.Amount, ct);
    }
}
