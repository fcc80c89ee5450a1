using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Sync;

/// <summary>Replaces the lists that Xero gives whole. What vanished stays, because history may use it.</summary>
internal sealed class MasterDataWriter(XeroCfoDb db, TenantId tenant)
{
    public async Task<IReadOnlyDictionary<string, SyncCounts>> WriteAsync(MasterData data, CancellationToken ct) => new Dictionary<string, SyncCounts>
    {
        ["Account"] = Merge(await db.Accounts.ToListAsync(ct), data.Accounts, row => row.AccountId, item => item.AccountId, Fill, row => row.Status = "DELETED"),
        ["TaxRate"] = Merge(await db.TaxRates.ToListAsync(ct), data.TaxRates, row => row.TaxType, item => item.TaxType, Fill, row => row.Status = "DELETED"),
        ["Currency"] = Merge(await db.Currencies.ToListAsync(ct), data.Currencies, row => row.Code, item => item.Code, Fill, _ => { }),
        ["TrackingOption"] = Merge(
            await db.TrackingOptions.ToListAsync(ct), data.TrackingOptions, row => row.OptionId, item => item.OptionId, Fill, row => row.Status = "DELETED"),
    };

    private SyncCounts Merge<TRow, TItem, TKey>(
        List<TRow> rows, IReadOnlyList<TItem> items, Func<TRow, TKey> rowKey, Func<TItem, TKey> itemKey, Action<TRow, TItem> fill, Action<TRow> vanish)
        where TRow : class
        where TKey : notnull
    {
        var known = rows.ToDictionary(rowKey);
        int inserted = 0, updated = 0, unchanged = 0;
        foreach (var item in items.DistinctBy(itemKey))
        {
            if (known.Remove(itemKey(item), out var row))
            {
                fill(row, item);
                _ = db.Entry(row).State == EntityState.Modified ? updated++ : unchanged++;
            }
            else
            {
                row = (TRow)Create(typeof(TRow));
                fill(row, item);
                db.Add(row);
                inserted++;
            }
        }

        foreach (var row in known.Values)
        {
            vanish(row);
        }

        return new SyncCounts(items.Count, inserted, updated, unchanged, known.Values.Count(row => db.Entry(row).State == EntityState.Modified));
    }

    private object Create(Type type) =>
        type == typeof(Account) ? new Account { TenantId = tenant.Value, Name = "", Type = "", Class = "" }
        : type == typeof(TaxRate) ? new TaxRate { TenantId = tenant.Value, TaxType = "", Name = "" }
        : type == typeof(Currency) ? new Currency { TenantId = tenant.Value, Code = "" }
        : new TrackingOption { TenantId = tenant.Value, CategoryName = "", Name = "" };

    private static void Fill(Account row, XeroAccount account)
    {
        row.AccountId = account.AccountId;
        row.Code = account.Code;
        row.Name = account.Name;
        row.Type = account.Type;
        row.Class = account.Class;
        row.SystemAccount = account.SystemAccount;
        row.Status = account.Status;
        row.CurrencyCode = account.CurrencyCode;
        row.TaxType = account.TaxType;

        // A suggestion follows the name; what a person confirmed stays.
        row.Tag = row.TagConfirmedBy is null ? AccountTags.Suggest(row) : row.Tag;
    }

    private static void Fill(TaxRate row, XeroTaxRate rate)
    {
        row.TaxType = rate.TaxType;
        row.Name = rate.Name;
        row.EffectiveRatePercent = rate.EffectiveRatePercent;
        row.Status = rate.Status;
    }

    private static void Fill(Currency row, XeroCurrency currency)
    {
        row.Code = currency.Code;
        row.Description = currency.Description;
    }

    private static void Fill(TrackingOption row, XeroTrackingOption option)
    {
        row.OptionId = option.OptionId;
        row.CategoryId = option.CategoryId;
        row.CategoryName = option.CategoryName;
        row.Name = option.Name;
        row.Status = option.Status;
    }
}
