using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Ledger;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Sync;

/// <summary>Writes a page of contacts; what stood under one that was merged moves to the other.</summary>
internal sealed class ContactWriter(XeroCfoDb db, TenantId tenant)
{
    private static readonly BulkTable<Contact> Contacts = new BulkTable<Contact>(
        "Contacts",
        Column.Of((Contact row) => row.TenantId, "tenantId"),
        Column.Of((Contact row) => row.ContactId, "contactId"),
        Column.Of((Contact row) => row.Name, "name"),
        Column.Of((Contact row) => row.EmailAddress, "emailAddress"),
        Column.Of((Contact row) => row.IsCustomer, "isCustomer"),
        Column.Of((Contact row) => row.IsSupplier, "isSupplier"),
        Column.Of((Contact row) => row.Status, "status"),
        Column.Of((Contact row) => row.MergedToContactId, "mergedToContactId"))
        .Upsert(["tenantId", "contactId"], ["name", "emailAddress", "isCustomer", "isSupplier", "status", "mergedToContactId"]);

    public async Task<SyncCounts> WriteAsync(IReadOnlyList<XeroContact> contacts, CancellationToken ct)
    {
        var ids = contacts.Select(contact => contact.ContactId).ToList();
        var known = await db.Contacts.AsNoTracking().Where(row => EF.Parameter(ids).Contains(row.ContactId)).ToDictionaryAsync(row => row.ContactId, ct);
        var changed = contacts
            .Select(contact => new Contact
            {
                TenantId = tenant.Value,
                ContactId = contact.ContactId,
                Name = contact.Name,
                EmailAddress = contact.EmailAddress,
                IsCustomer = contact.IsCustomer,
                IsSupplier = contact.IsSupplier,
                Status = contact.Status,
                MergedToContactId = contact.MergedToContactId,
            })
            .Where(contact => !known.TryGetValue(contact.ContactId, out var old) || !Same(old, contact))
            .DistinctBy(contact => contact.ContactId)
            .ToList();
        await Contacts.WriteAsync(db, changed, ct);
        foreach (var merged in changed.Where(contact => contact.MergedToContactId is not null))
        {
            await MergeAsync(merged.ContactId, merged.MergedToContactId!.Value, ct);
        }

        var inserted = changed.Count(contact => !known.ContainsKey(contact.ContactId));
        return new SyncCounts(contacts.Count, inserted, changed.Count - inserted, contacts.Count - changed.Count, 0);
    }

    // Xero changes no document when two contacts become one: what stands under the old one moves here.
    private async Task MergeAsync(Guid from, Guid to, CancellationToken ct)
    {
        // The other one may have been merged itself.
        for (var steps = 0; steps < 10 && await db.Contacts.Where(row => row.ContactId == to).Select(row => row.MergedToContactId).FirstOrDefaultAsync(ct) is { } further; steps++)
        {
            to = further;
        }

        await db.Transactions.Where(row => row.ContactId == from).ExecuteUpdateAsync(set => set.SetProperty(row => row.ContactId, to), ct);
        await db.LedgerLines.Where(row => row.ContactId == from).ExecuteUpdateAsync(set => set.SetProperty(row => row.ContactId, to), ct);
        var balances = await db.ContactBalances.AsNoTracking().Where(row => row.ContactId == from).ToListAsync(ct);
        balances.ForEach(row => row.ContactId = to);
        await LedgerTables.ContactBalances.WriteAsync(db, balances, ct);
        await db.ContactBalances.Where(row => row.ContactId == from).ExecuteDeleteAsync(ct);
    }

    private static bool Same(Contact left, Contact right) =>
        left.Name == right.Name && left.EmailAddress == right.EmailAddress && left.IsCustomer == right.IsCustomer
        && left.IsSupplier == right.IsSupplier && left.Status == right.Status && left.MergedToContactId == right.MergedToContactId;
}
