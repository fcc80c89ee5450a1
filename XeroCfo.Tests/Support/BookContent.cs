using Microsoft.EntityFrameworkCore;
using XeroCfo.Data;

namespace XeroCfo.Tests.Support;

/// <summary>Every row of the derived tables as text, in order, without what may differ between two ways to the same books.</summary>
internal static class BookContent
{
    public static async Task<IReadOnlyList<string>> OfAsync(XeroCfoDb db)
    {
        var lines = await db.LedgerLines.AsNoTracking().ToListAsync();
        var balances = await db.AccountBalances.AsNoTracking().ToListAsync();
        var rows = await db.Transactions.AsNoTracking().ToListAsync();
        var details = await db.TransactionLines.AsNoTracking().ToListAsync();
        var allocations = await db.Allocations.AsNoTracking().ToListAsync();
        var xeroIds = rows.ToDictionary(row => row.Id, row => row.XeroId);
        return
        [
            .. lines.Select(line => $"line {line.Date:yyyy-MM-dd} {line.AccountId} {line.Amount:0.0000} {line.Source} {line.Kind} {line.DocumentXeroId} {line.Description}")
                .Concat(balances.Where(row => row.Movement != 0).Select(row => $"balance {row.AccountId} {row.Month:yyyy-MM} {row.Source} {row.Movement:0.0000}"))
                .Concat(rows.Select(row => $"row {row.XeroId} {row.Type} {row.Date:yyyy-MM-dd} {row.Status} {row.BaseAmount:0.0000} {row.ContactName} {row.Number} {row.AmountDue:0.0000}"))
                .Concat(details.Select(line => $"detail {xeroIds[line.TransactionId]} {line.LineNumber} {line.Net:0.0000} {line.Tax:0.0000} {line.AccountCode}"))
                .Concat(allocations.Select(row => $"allocation {row.SourceXeroId} {row.TargetXeroId} {row.Amount:0.0000} {row.EffectiveDate:yyyy-MM-dd}"))
                .Order(StringComparer.Ordinal),
        ];
    }
}
