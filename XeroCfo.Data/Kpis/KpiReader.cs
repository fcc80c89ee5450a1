using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Ledger;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Kpis;

/// <summary>Whole months come from the balances of contacts, days that cut a month from its lines, or from those of its other days.</summary>
internal sealed class KpiReader(IDbFactory factory) : IKpiReader
{
    public async Task<IReadOnlyList<decimal>> ByContactAsync(TenantId tenant, Days days, IReadOnlyCollection<Guid> accounts, CancellationToken ct)
    {
        await using var db = factory.For(tenant);

        // One statement adds the pieces up, so that whose amounts they are need not be read.
        return await ContactPiece.Of(days).Select(piece => Amounts(db, piece, accounts)).Aggregate((all, more) => all.Concat(more))
            .GroupBy(row => row.ContactId)
            .Select(group => group.Sum(row => row.Amount))
            .ToListAsync(ct);
    }

    public async Task<IReadOnlyList<ContactMonth>> ByContactAndMonthAsync(TenantId tenant, Days days, IReadOnlyCollection<Guid> accounts, IReadOnlyCollection<Guid>? contacts, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var sums = new Dictionary<(Guid Contact, DateOnly Month), decimal>();
        foreach (var piece in ContactPiece.Of(days))
        {
            var (cut, some) = (Month.Of(piece.Days.First).Start, contacts?.ToList());
            var (months, lines) = (Months(db, piece.Days, accounts), Lines(db, piece.Days, accounts));
            (months, lines) = some is null ? (months, lines) : (months.Where(row => some.Contains(row.ContactId)), lines.Where(line => some.Contains(line.ContactId!.Value)));
            var rows = piece.IsMonths
                ? await months.GroupBy(row => new { row.ContactId, row.Month }).Select(group => new { group.Key.ContactId, group.Key.Month, Amount = group.Sum(row => row.Movement) }).ToListAsync(ct)
                : await lines.GroupBy(line => line.ContactId!.Value).Select(group => new { ContactId = group.Key, Month = cut, Amount = group.Sum(line => line.Amount) }).ToListAsync(ct);
            rows.ForEach(row => sums[(row.ContactId, row.Month)] = sums.GetValueOrDefault((row.ContactId, row.Month)) + (piece.Sign * row.Amount));
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

    public Task<IReadOnlyList<DayAmount>> InvoicedAsync(TenantId tenant, Days days, Guid receivables, CancellationToken ct) =>
        ByKindAsync(tenant, days, receivables, [DocumentKind.Invoice, DocumentKind.CreditNote], ct);

    public Task<IReadOnlyList<DayAmount>> TransferGainsAsync(TenantId tenant, Days days, Guid realisedGainAccount, CancellationToken ct) =>
        ByKindAsync(tenant, days, realisedGainAccount, [DocumentKind.BankTransfer], ct);

    private async Task<IReadOnlyList<DayAmount>> ByKindAsync(TenantId tenant, Days days, Guid account, DocumentKind[] kinds, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = await db.LedgerLines
            .Where(line => line.AccountId == account && line.Date >= days.First && line.Date <= days.Last && line.DocumentKind != null && kinds.Contains(line.DocumentKind.Value))
            .GroupBy(line => line.Date)
            .Select(group => new { Date = group.Key, Amount = group.Sum(line => line.Amount) })
            .OrderBy(row => row.Date)
            .ToListAsync(ct);
        return [.. rows.Select(row => new DayAmount(row.Date, row.Amount))];
    }

    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(TenantId tenant, IReadOnlyCollection<Guid> contacts, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await ContactNames.OfAsync(db, contacts, ct);
    }

    // One by one: the index of a contact's rows ends with the day, so that each answer is the first row or a few beside it. The type is matched as a
    // pattern, which has no index: SQLite would take that of types and walk all invoices for a customer who has long stopped.
    public Task<IReadOnlyDictionary<Guid, DateOnly>> LastInvoicesAsync(TenantId tenant, IReadOnlyCollection<Guid> contacts, DateOnly upTo, CancellationToken ct) => DaysAsync(
        tenant, contacts, (rows, contact) => Standing(rows, contact).Where(row => EF.Functions.Like(row.Type, TransactionTypes.Invoice) && row.Date <= upTo).OrderByDescending(row => row.Date), ct);

    public Task<IReadOnlyDictionary<Guid, DateOnly>> FirstDocumentsAsync(TenantId tenant, IReadOnlyCollection<Guid> contacts, CancellationToken ct) => DaysAsync(
        tenant, contacts, (rows, contact) => Standing(rows, contact).OrderBy(row => row.Date), ct);

    // Lines are added up by themselves: there are thousands of them.
    private static IQueryable<ContactAmount> Amounts(XeroCfoDb db, ContactPiece piece, IReadOnlyCollection<Guid> accounts)
    {
        if (piece.IsMonths)
        {
            return Months(db, piece.Days, accounts).Select(row => new ContactAmount { ContactId = row.ContactId, Amount = row.Movement });
        }

        var lines = Lines(db, piece.Days, accounts).GroupBy(line => line.ContactId!.Value);
        return piece.Sign > 0
            ? lines.Select(group => new ContactAmount { ContactId = group.Key, Amount = group.Sum(line => line.Amount) })
            : lines.Select(group => new ContactAmount { ContactId = group.Key, Amount = -group.Sum(line => line.Amount) });
    }

    private async Task<IReadOnlyDictionary<Guid, DateOnly>> DaysAsync(TenantId tenant, IReadOnlyCollection<Guid> contacts, Func<IQueryable<Transaction>, Guid, IQueryable<Transaction>> ordered, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var days = new Dictionary<Guid, DateOnly>();
        foreach (var contact in contacts)
        {
            if (await ordered(db.Transactions, contact).Select(row => (DateOnly?)row.Date).FirstOrDefaultAsync(ct) is { } day)
            {
                days[contact] = day;
            }
        }

        return days;
    }

    private static IQueryable<Transaction> Standing(IQueryable<Transaction> rows, Guid contact) =>
        rows.Where(row => row.ContactId == contact && (row.Status == "AUTHORISED" || row.Status == "PAID"));

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

    private sealed class ContactAmount
    {
        public Guid ContactId { get; init; }

        public decimal Amount { get; init; }
    }
}
