using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Ledger.Contacts;

/// <summary>
/// Makes the book of contacts in a few queries over the whole organisation, once for each state of its ledger: a derived answer carries the version it came from.
/// </summary>
public sealed class ContactBooks(ILedgerReader ledger, IOpenItemReader items, IContactReader contacts, TimeProvider clock)
{
    private const int Kept = 8;
    private const int HabitMonths = 12;
    private readonly Lock _guard = new();
    private readonly List<(Key Key, ContactBook Book)> _made = [];

    /// <summary>The book at the organisation's today.</summary>
    public async Task<ContactBook> OfAsync(XeroTenant organisation, bool hidePayroll, CancellationToken ct)
    {
        var key = new Key(organisation.Id, organisation.LedgerVersion, organisation.DataAsOf, organisation.Today(clock), hidePayroll);
        lock (_guard)
        {
            if (!organisation.SyncInProgress && _made.Find(made => made.Key == key) is { Book: { } known })
            {
                return known;
            }
        }

        var book = await MakeAsync(organisation, key.Day, hidePayroll, ct);
        lock (_guard)
        {
            _made.RemoveAll(made => made.Key.Tenant == key.Tenant && (made.Key.HidePayroll == hidePayroll || made.Key.Version != key.Version));
            if (!organisation.SyncInProgress)
            {
                _made.Add((key, book));
                _made.RemoveRange(0, Math.Max(0, _made.Count - Kept));
            }
        }

        return book;
    }

    private async Task<ContactBook> MakeAsync(XeroTenant organisation, DateOnly day, bool hidePayroll, CancellationToken ct)
    {
        var tenant = new TenantId(organisation.Id);
        var receivable = await items.AtAsync(tenant, true, day, null, hidePayroll, ct);
        var payable = await items.AtAsync(tenant, false, day, null, hidePayroll, ct);
        var standing = new Standings(
            day,
            Shown(receivable),
            Shown(payable),
            await contacts.PaidAsync(tenant, null, day.AddMonths(-HabitMonths).AddDays(1), day, hidePayroll, ct),
            await contacts.LastDaysAsync(tenant, day, hidePayroll, ct));
        var known = await contacts.ContactsAsync(tenant, ct);
        var hidden = receivable.Concat(payable).Where(item => item.Document.PayrollHidden).ToList();
        return new ContactBook
        {
            Date = day,
            Contacts = [.. standing.Of(known).Concat(hidden.Count > 0 ? [Standings.Payroll(hidden)] : []).OrderBy(row => row.Name, StringComparer.OrdinalIgnoreCase).ThenBy(row => row.ContactId)],
            Ties = await ControlTieService.TiesAsync(ledger, tenant, day, receivable, payable, ct),
            Open = Shown(receivable.Concat(payable)),
            HidesPayroll = hidePayroll,
            SyncInProgress = organisation.SyncInProgress,
        };
    }

    private static ILookup<Guid, OpenItem> Shown(IEnumerable<OpenItem> items) => items.Where(item => !item.Document.PayrollHidden).ToLookup(item => item.Document.ContactId ?? Guid.Empty);

    private sealed record Key(Guid Tenant, int Version, DateTime? DataAsOf, DateOnly Day, bool HidePayroll);
}

/// <summary>Puts open documents, payments and days together by contact. Pure.</summary>
internal sealed class Standings(
    DateOnly day, ILookup<Guid, OpenItem> receivable, ILookup<Guid, OpenItem> payable, ILookup<Guid, PaidPart> paid, IReadOnlyDictionary<Guid, DateOnly> lastDays)
{
    /// <summary>All that are known, and those that only documents name.</summary>
    public IEnumerable<ContactStanding> Of(IReadOnlyList<Contact> known)
    {
        var ids = known.Select(contact => contact.ContactId).ToHashSet();
        var strangers = receivable.Concat(payable).Select(group => group.Key).Where(id => !ids.Contains(id)).Distinct();
        return known.Select(contact => Make(contact.ContactId, contact.Name, contact))
            .Concat(strangers.Select(id => Make(id, receivable[id].Concat(payable[id]).Select(item => item.Document.ContactName).FirstOrDefault() ?? "Without a contact", null)));
    }

    /// <summary>What is hidden, in one.</summary>
    public static ContactStanding Payroll(IReadOnlyList<OpenItem> hidden) => new()
    {
        ContactId = null,
        Name = "Hidden: payroll",
        IsPayroll = true,
        OwedToUs = hidden.Where(IsSale).Sum(item => item.BaseOpen),
        WeOwe = -hidden.Where(item => !IsSale(item)).Sum(item => item.BaseOpen),
        Overdue = 0,
        OverdueByUs = 0,
        OldestDue = null,
        DaysLate = null,
        DaysLateByUs = null,
        LastDocument = null,
    };

    /// <summary>An item of receivables, else of payables.</summary>
    public static bool IsSale(OpenItem item) => item.Document.Type is TransactionTypes.Invoice or TransactionTypes.Receive || item.Document is { Type: TransactionTypes.CreditNote, Direction: Directions.Out };

    private ContactStanding Make(Guid id, string name, Contact? contact)
    {
        var (owed, owing) = (Late(receivable[id]), Late(payable[id]));
        return new ContactStanding
        {
            ContactId = id == Guid.Empty ? null : id,
            Name = name,
            IsCustomer = contact is { IsCustomer: true } || receivable.Contains(id) || paid[id].Any(part => part.IsSale),
            IsSupplier = contact is { IsSupplier: true } || payable.Contains(id) || paid[id].Any(part => !part.IsSale),
            IsArchived = contact is not null && contact.Status != "ACTIVE",
            OwedToUs = receivable[id].Sum(item => item.BaseOpen),
            WeOwe = -payable[id].Sum(item => item.BaseOpen),
            Overdue = owed.Sum(item => item.BaseOpen),
            OverdueByUs = -owing.Sum(item => item.BaseOpen),
            OldestDue = owed.Concat(owing).Select(item => (DateOnly?)OpenItemDays.DueOf(item.Document)).Min(),
            DaysLate = PayingHabit.Mean(paid[id].Where(part => part.IsSale)),
            DaysLateByUs = PayingHabit.Mean(paid[id].Where(part => !part.IsSale)),
            LastDocument = lastDays.TryGetValue(id, out var last) ? last : null,
        };
    }

    private List<OpenItem> Late(IEnumerable<OpenItem> items) => [.. items.Where(item => item.Kind == OpenItemKind.Invoice && OpenItemDays.DueOf(item.Document) < day)];
}

/// <summary>Days of open documents.</summary>
public static class OpenItemDays
{
    /// <summary>No due day: the document's own.</summary>
    public static DateOnly DueOf(Transaction document) => document.DueDate ?? document.Date;
}
