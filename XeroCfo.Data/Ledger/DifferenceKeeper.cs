using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Ledger;

/// <summary>Keeps since when each difference from Xero stands, and what a person said of it while its amount is the same.</summary>
internal sealed class DifferenceKeeper(XeroCfoDb db, TenantId tenant, DateTime now)
{
    private const string ShippedNote = "Shipped with the demo company";

    /// <param name="update">The closing.</param>
    /// <param name="shipsConfirmations">The demo's first closing: all that is suggested is confirmed.</param>
    /// <param name="ct">Stops.</param>
    public async Task KeepAsync(BooksUpdate update, bool shipsConfirmations, CancellationToken ct)
    {
        var rows = await db.XeroDifferences.Where(row => update.SettlingFrom == null || row.Date < update.SettlingFrom).ToListAsync(ct);
        var known = rows.ToDictionary(row => (row.Date, row.AccountId));
        foreach (var group in update.Lines.Where(line => line.Source == LineSources.XeroTrialBalance).GroupBy(line => (line.Date, line.AccountId)))
        {
            var amount = group.Sum(line => line.Amount);
            if (!known.Remove(group.Key, out var row))
            {
                row = new XeroDifference { TenantId = tenant.Value, Date = group.Key.Date, AccountId = group.Key.AccountId, Amount = amount, FirstSeenAt = now, ChangedAt = now };
                db.XeroDifferences.Add(row);
            }
            else if (row.Amount != amount)
            {
                (row.Amount, row.ChangedAt) = (amount, now);
                (row.ConfirmedKind, row.ConfirmedNote, row.ConfirmedBy, row.ConfirmedAt) = (null, null, null, null);
            }

            if (shipsConfirmations && group.ToList() is [{ Kind: { } kind and not DifferenceKinds.Unexplained }])
            {
                (row.ConfirmedKind, row.ConfirmedNote, row.ConfirmedAt) = (kind, ShippedNote, now);
            }
        }

        db.XeroDifferences.RemoveRange(known.Values);
        await db.SaveChangesAsync(ct);
    }
}
