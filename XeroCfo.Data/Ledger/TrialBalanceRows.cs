using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Ledger;

/// <summary>How a reading of Xero's trial balance is kept: a row an account, and one of no account where it held none.</summary>
internal static class TrialBalanceRows
{
    public static IEnumerable<XeroTrialBalance> Of(Guid tenant, StoredTrialBalance reading)
    {
        var balances = reading.Balances.Where(balance => balance.Value != 0).DefaultIfEmpty(new KeyValuePair<Guid, decimal>(Guid.Empty, 0));
        return balances.Select(balance => new XeroTrialBalance
        {
            TenantId = tenant,
            Date = reading.Date,
            AccountId = balance.Key,
            Balance = balance.Value,
            ReadAt = reading.ReadAt,
            Inferred = reading.Inferred,
        });
    }

    /// <summary>The rows of one day; at least one.</summary>
    public static StoredTrialBalance Reading(IReadOnlyList<XeroTrialBalance> rows) =>
        new(rows[0].Date, rows.Min(row => row.ReadAt), rows.Where(row => row.AccountId != Guid.Empty).ToDictionary(row => row.AccountId, row => row.Balance))
        {
            Inferred = rows[0].Inferred,
        };
}
