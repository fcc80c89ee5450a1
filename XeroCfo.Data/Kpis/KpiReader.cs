using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Kpis;

/// <summary>Whole months come from the balances of contacts, days that cut a month from its lines.</summary>
internal sealed class KpiReader(IDbFactory factory) : IKpiReader
{
    public async Task<IReadOnlyList<decimal>> ByContactAsync(TenantId tenant, Days days, IReadOnlyCollection<Guid> accounts, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var sums = new Dictionary<Guid, decimal>();
        foreach (var piece in Pieces(days))
        {
            var rows = piece.Months
                ? await Months(db, piece.Days, accounts).GroupBy(row => row.ContactId).Select(group => new { Contact = group.Key, Amount = group.Sum(row => row.Movement) }).ToListAsync(ct)
                : await Lines(db, piece.Days, accounts).GroupBy(line => line.ContactId!.Value).Select(group => new { Contact = group.Key, Amount = group.Sum(line => line.Amount) }).ToListAsync(ct);
            rows.ForEach(row => sums[row.Contact] = sums.GetValueOrDefault(row.Contact) + row.Amount);
        }

        return [.. sums.Values];
    }

    public async Task<IReadOnlyList<ContactMonth>> ByContactAndMonthAsync(TenantId tenant, Days days, IReadOnlyCollection<Guid> accounts, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var sums = new Dictionary<(Guid Contact, DateOnly Month), decimal>();
        foreach (var piece in Pieces(days))
        {
            var cut = Month.Of(piece.Days.First).Start;
            var rows = piece.Months
                ? await Months(db, piece.Days, accounts).GroupBy(row => new { row.ContactId, row.Month }).Select(group => new { group.Key.ContactId, group.Key.Month, Amount = group.Sum(row => row.Movement) }).ToListAsync(ct)
                : await Lines(db, piece.Days, accounts).GroupBy(line => line.ContactId!.Value).Select(group => new { ContactId = group.Key, Month = cut, Amount = group.Sum(line => line.Amount) }).ToListAsync(ct);
            rows.ForEach(row => sums[(row.ContactId, row.Month)] = sums.GetValueOrDefault((row.ContactId, row.Month)) + row.Amount);
        }

        return [.. sums.Select(sum => new ContactMonth(sum.Key.Contact, sum.Key.Month, sum.Value))];
    }

    public async Task<IReadOnlyList<DayAmount>> ByDayAsync(TenantId tenant, Days days, IReadOnlyCollection<Guid> accounts, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var members = accounts.ToList();
        var rows = await db.DayBalances.Where(row => row.Basis == "accrual" && row.Date >= days.First && row.Date <= days.Last && members.Contains(row.AccountId))
            .GroupBy(row => row.Date)
            .Select(group => new { Date = group.Key, Amount = group.Sum(row => row.Movement) })
            .OrderBy(row => row.Date)
            .ToListAsync(ct);
        return [.. rows.Select(row => new DayAmount(row.Date, row.Amount))];
    }

    public async Task<IReadOnlyList<DayAmount>> TransferGainsAsync(TenantId tenant, Days days, Guid realisedGainAccount, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = await db.LedgerLines
            .Where(line => line.AccountId == realisedGainAccount && line.Date >= days.First && line.Date <= days.Last && line.DocumentKind == DocumentKind.BankTransfer)
            .GroupBy(line => line.Date)
            .Select(group => new { Date = group.Key, Amount = group.Sum(line => line.Amount) })
            .ToListAsync(ct);
        return [.. rows.Select(row => new DayAmount(row.Date, row.Amount))];
    }

    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(TenantId tenant, IReadOnlyCollection<Guid> contacts, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var ids = contacts.ToList();
        return await db.Contacts.Where(contact => EF.Parameter(ids).Contains(contact.ContactId)).ToDictionaryAsync(contact => contact.ContactId, contact => contact.Name, ct);
    }

    public async Task<IReadOnlyDictionary<Guid, DateOnly>> LastInvoicesAsync(TenantId tenant, IReadOnlyCollection<Guid> contacts, DateOnly upTo, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var ids = contacts.Select(id => (Guid?)id).ToList();
        var rows = await db.Transactions
            .Where(row => EF.Parameter(ids).Contains(row.ContactId) && row.Type == TransactionTypes.Invoice && row.Date <= upTo && (row.Status == "AUTHORISED" || row.Status == "PAID"))
            .GroupBy(row => row.ContactId)
            .Select(group => new { group.Key, Last = group.Max(row => row.Date) })
            .ToListAsync(ct);
        return rows.ToDictionary(row => row.Key!.Value, row => row.Last);
    }

    public async Task<IReadOnlyDictionary<Guid, DateOnly>> FirstDocumentsAsync(TenantId tenant, IReadOnlyCollection<Guid> contacts, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var ids = contacts.Select(id => (Guid?)id).ToList();
        var rows = await db.Transactions
            .Where(row => EF.Parameter(ids).Contains(row.ContactId) && (row.Status == "AUTHORISED" || row.Status == "PAID"))
            .GroupBy(row => row.ContactId)
            .Select(group => new { group.Key, First = group.Min(row => row.Date) })
            .ToListAsync(ct);
        return rows.ToDictionary(row => row.Key!.Value, row => row.First);
    }

    private static IQueryable<ContactBalance> Months(XeroCfoDb db, Days days, IReadOnlyCollection<Guid> accounts)
    {
        var members = accounts.ToList();
        return db.ContactBalances.Where(row => row.Basis == "accrual" && members.Contains(row.AccountId) && row.Month >= days.First && row.Month <= days.Last);
    }

    private static IQueryable<LedgerLine> Lines(XeroCfoDb db, Days days, IReadOnlyCollection<Guid> accounts)
    {
        var members = accounts.ToList();
        return db.LedgerLines.Where(line => members.Contains(line.AccountId) && line.Date >= days.First && line.Date <= days.Last && line.ContactId != null && line.Source == LineSources.Document);
    }

    // Whole months in the middle, what is left at both ends.
    private static IEnumerable<(Days Days, bool Months)> Pieces(Days days)
    {
        var first = days.First.Day == 1 ? Month.Of(days.First) : Month.Of(days.First).Next;
        var last = Month.Of(days.Last).End == days.Last ? Month.Of(days.Last) : Month.Of(days.Last).Previous;
        if (first > last)
        {
            var turn = first.Start;
            return turn > days.First && turn <= days.Last ? [(new Days(days.First, turn.AddDays(-1)), false), (new Days(turn, days.Last), false)] : [(days, false)];
        }

        return new[] { (new Days(days.First, first.Start.AddDays(-1)), false), (new Days(first.Start, last.End), true), (new Days(last.Next.Start, days.Last), false) }.Where(piece => piece.Item1.First <= piece.Item1.Last);
    }
}
