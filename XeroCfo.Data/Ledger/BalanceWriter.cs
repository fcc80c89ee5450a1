using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Ledger;

/// <summary>Keeps the sums of ledger lines by what lines go and come, in the transaction that changes them.</summary>
internal sealed class BalanceWriter(XeroCfoDb db, TenantId tenant)
{
    public async Task MoveAsync(List<LedgerLine> old, List<LedgerLine> fresh, CancellationToken ct)
    {
        await LedgerTables.Balances.WriteAsync(
            db,
            [
                .. Moved(old, fresh, line => (line.AccountId, Month.Of(line.Date).Start))
                    .Select(sum => new AccountBalance { TenantId = tenant.Value, AccountId = sum.Key.AccountId, Month = sum.Key.Start, Source = LineSources.Document, Movement = sum.Value }),
            ],
            ct);
        await LedgerTables.DayBalances.WriteAsync(
            db,
            [.. Moved(old, fresh, line => (line.AccountId, line.Date)).Select(sum => new DayBalance { TenantId = tenant.Value, AccountId = sum.Key.AccountId, Date = sum.Key.Date, Movement = sum.Value })],
            ct);
        await MoveContactsAsync(old.FindAll(line => line.ContactId is not null), fresh.FindAll(line => line.ContactId is not null), ct);
        await MoveTrackingAsync(old.FindAll(IsTracked), fresh.FindAll(IsTracked), ct);
    }

    private Task MoveContactsAsync(List<LedgerLine> old, List<LedgerLine> fresh, CancellationToken ct) => LedgerTables.ContactBalances.WriteAsync(
        db,
        [
            .. Moved(old, fresh, line => (line.AccountId, Month.Of(line.Date).Start, line.ContactId!.Value))
                .Select(sum => new ContactBalance { TenantId = tenant.Value, AccountId = sum.Key.AccountId, Month = sum.Key.Start, ContactId = sum.Key.Value, Movement = sum.Value }),
        ],
        ct);

    private Task MoveTrackingAsync(List<LedgerLine> old, List<LedgerLine> fresh, CancellationToken ct) => LedgerTables.Tracking.WriteAsync(
        db,
        [
            .. Moved(old, fresh, line => (line.AccountId, Month.Of(line.Date).Start, First: line.TrackingOption1 ?? Guid.Empty, Second: line.TrackingOption2 ?? Guid.Empty))
                .Select(sum => new TrackingBalance { TenantId = tenant.Value, AccountId = sum.Key.AccountId, Month = sum.Key.Start, Option1 = sum.Key.First, Option2 = sum.Key.Second, Movement = sum.Value }),
        ],
        ct);

    private static bool IsTracked(LedgerLine line) => line.TrackingOption1 is not null || line.TrackingOption2 is not null;

    private static IEnumerable<KeyValuePair<TKey, decimal>> Moved<TKey>(List<LedgerLine> old, List<LedgerLine> fresh, Func<LedgerLine, TKey> key)
        where TKey : notnull
    {
        var sums = new Dictionary<TKey, decimal>();
        old.ForEach(line => sums[key(line)] = sums.GetValueOrDefault(key(line)) - line.Amount);
        fresh.ForEach(line => sums[key(line)] = sums.GetValueOrDefault(key(line)) + line.Amount);
        return sums.Where(sum => sum.Value != 0);
    }
}
