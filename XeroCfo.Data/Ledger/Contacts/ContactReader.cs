using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Ledger.Contacts;

internal sealed class ContactReader(IDbFactory factory) : IContactReader
{
    private const int Batch = 5_000;
    private const int Steps = 10;

    public async Task<IReadOnlyList<Contact>> ContactsAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.Contacts.AsNoTracking().Where(contact => contact.MergedToContactId == null).ToListAsync(ct);
    }

    public async Task<ContactFound?> FindAsync(TenantId tenant, Guid contactId, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var asked = await db.Contacts.AsNoTracking().FirstOrDefaultAsync(contact => contact.ContactId == contactId, ct);
        var survivor = asked;
        for (var step = 0; step < Steps && survivor?.MergedToContactId is { } to; step++)
        {
            survivor = await db.Contacts.AsNoTracking().FirstOrDefaultAsync(contact => contact.ContactId == to, ct);
        }

        if (asked is null || survivor is null || survivor.MergedToContactId is not null)
        {
            return null;
        }

        var former = new List<Contact>();
        for (List<Guid> into = [survivor.ContactId]; into.Count > 0 && former.Count < Batch;)
        {
            var level = await db.Contacts.AsNoTracking().Where(contact => contact.MergedToContactId != null && into.Contains(contact.MergedToContactId.Value)).ToListAsync(ct);
            level.RemoveAll(contact => former.Exists(known => known.ContactId == contact.ContactId));
            former.AddRange(level);
            into = level.ConvertAll(contact => contact.ContactId);
        }

        return new ContactFound(survivor, asked.ContactId == survivor.ContactId ? null : asked.Name, former);
    }

    public async Task<ILookup<Guid, PaidPart>> PaidAsync(TenantId tenant, Guid? contactId, DateOnly from, DateOnly to, bool hidePayroll, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var shown = await ShownAsync(db, hidePayroll, ct);
        var parts = new List<(Guid Contact, PaidPart Part)>();
        if (contactId is { } only)
        {
            var documents = await Settled(shown.Where(row => row.ContactId == only)).ToListAsync(ct);
            foreach (var batch in documents.Chunk(Batch))
            {
                var ids = batch.Select(row => row.XeroId).ToList();
                Add(parts, batch, await Payments(db, from, to).Where(use => EF.Parameter(ids).Contains(use.TargetXeroId)).ToListAsync(ct));
            }
        }
        else
        {
            // Rows know Xero's id as text, allocations as an id: the two only meet through parameters.
            var uses = await Payments(db, from, to).ToListAsync(ct);
            foreach (var batch in uses.GroupBy(use => use.TargetXeroId).Chunk(Batch))
            {
                var ids = batch.Select(group => group.Key).ToList();
                Add(parts, await Settled(shown.Where(row => EF.Parameter(ids).Contains(row.XeroId))).ToListAsync(ct), batch.SelectMany(group => group));
            }
        }

        return parts.ToLookup(part => part.Contact, part => part.Part);
    }

    public async Task<IReadOnlyDictionary<Guid, decimal>> DaysLateAsync(TenantId tenant, DateOnly from, DateOnly to, bool hidePayroll, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        if (await PayrollPrivacy.OfAsync(db, hidePayroll, ct) is not null)
        {
            var paid = await PaidAsync(tenant, null, from, to, hidePayroll, ct);
            return paid.Select(contact => (contact.Key, Days: PayingHabit.Mean(contact.Where(part => part.IsSale)))).Where(contact => contact.Days is not null).ToDictionary(contact => contact.Key, contact => contact.Days!.Value);
        }

        return await new DaysLateQuery(db, from, to).RunAsync(ct);
    }

    public async Task<IReadOnlyDictionary<Guid, DateOnly>> LastDaysAsync(TenantId tenant, DateOnly upTo, bool hidePayroll, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = (await ShownAsync(db, hidePayroll, ct)).Where(row => row.ContactId != null && row.Date <= upTo && (row.Status == "AUTHORISED" || row.Status == "PAID"));
        var days = await rows.GroupBy(row => row.ContactId).Select(group => new { Contact = group.Key, Day = group.Max(row => row.Date) }).ToListAsync(ct);
        return days.Where(day => day.Contact is not null).ToDictionary(day => day.Contact!.Value, day => day.Day);
    }

    private static async Task<IQueryable<Transaction>> ShownAsync(XeroCfoDb db, bool hidePayroll, CancellationToken ct)
    {
        var rows = db.Transactions.AsNoTracking();
        return await PayrollPrivacy.OfAsync(db, hidePayroll, ct) is { } payroll ? await payroll.ShownAsync(rows, ct) : rows;
    }

    private static IQueryable<Allocation> Payments(XeroCfoDb db, DateOnly from, DateOnly to) =>
        db.Allocations.AsNoTracking().Where(use => use.SourceKind == DocumentKind.Payment && use.EffectiveDate >= from && use.Date >= from && use.Date <= to);

    // Types are matched as patterns, which have no index: for one contact SQLite would take that of types and walk all documents.
    private static IQueryable<Target> Settled(IQueryable<Transaction> rows) => rows
        .Where(row => row.ContactId != null && (EF.Functions.Like(row.Type, TransactionTypes.Invoice) || EF.Functions.Like(row.Type, TransactionTypes.Bill)))
        .Select(row => new Target(row.Id, row.XeroId, row.ContactId!.Value, row.Type == TransactionTypes.Invoice, row.DueDate ?? row.Date, row.CurrencyRate));

    private static void Add(List<(Guid Contact, PaidPart Part)> parts, IEnumerable<Target> documents, IEnumerable<Allocation> uses)
    {
        var known = documents.ToDictionary(document => document.XeroId);
        parts.AddRange(
            from use in uses
            where known.ContainsKey(use.TargetXeroId)
            let document = known[use.TargetXeroId]
            select (document.Contact, new PaidPart(document.IsSale, document.Due, use.Date, document.Rate == FxRate.One ? use.Amount : document.Rate.ToBase(use.Amount))));
    }

    private sealed record Target(Guid Id, Guid XeroId, Guid Contact, bool IsSale, DateOnly Due, FxRate Rate);
}
