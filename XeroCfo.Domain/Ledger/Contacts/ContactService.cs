using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Ledger.Contacts;

/// <summary>Which contacts.</summary>
public enum ContactShow
{
    All,
    Customers,
    Suppliers,

    /// <summary>Something is open either way.</summary>
    Owing,

    /// <summary>Something is past its due day either way.</summary>
    Overdue,
}

/// <summary>By what a list of contacts is sorted.</summary>
public enum ContactSort
{
    Name,
    OwedToUs,
    WeOwe,
    Overdue,
    Oldest,
    DaysLate,
    LastDocument,
}

/// <summary>A list of contacts that is asked for.</summary>
public sealed record ContactFilter
{
    /// <summary>A part of the name, in any case.</summary>
    public string? Search { get; init; }

    public ContactShow Show { get; init; }

    public ContactSort Sort { get; init; }

    /// <summary>Largest, latest or last letter first.</summary>
    public bool Descending { get; init; }
}

/// <summary>A page of contacts, with the whole book's ties.</summary>
/// <param name="Page">The contacts.</param>
/// <param name="Count">How many the filter lets through.</param>
/// <param name="OwedToUs">Their sum.</param>
/// <param name="WeOwe">Their sum.</param>
/// <param name="Book">All of them.</param>
public sealed record ContactPage(Page<ContactStanding> Page, int Count, decimal OwedToUs, decimal WeOwe, ContactBook Book);

/// <summary>A contact with what stands behind its figures; the lists are empty for those who see totals only.</summary>
public sealed record ContactDetail
{
    public required ContactFound Found { get; init; }

    public required ContactStanding Standing { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>By due day.</summary>
    public required IReadOnlyList<OpenItem> Open { get; init; }

    /// <summary>How they pay us.</summary>
    public required PayingHabit Theirs { get; init; }

    /// <summary>How we pay them.</summary>
    public required PayingHabit Ours { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<ContactNoteView> Notes { get; init; }

    /// <summary>Totals only: the caller may not see documents.</summary>
    public required bool TotalsOnly { get; init; }

    public required bool HidesPayroll { get; init; }

    public required bool SyncInProgress { get; init; }
}

/// <summary>Customers and suppliers: names and totals for everybody, documents and notes for those who read the ledger.</summary>
public sealed class ContactService(ITenantRepository tenants, ContactBooks books, IContactReader contacts, IContactNoteBook notes)
{
    /// <summary>A page of contacts at the organisation's today.</summary>
    public async Task<Result<ContactPage>> ListAsync(Caller caller, TenantId tenant, ContactFilter filter, PagePlace place, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ReportsRead, tenant) is { } refused)
        {
            return refused;
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var book = await books.OfAsync(organisation, PayrollRules.AreHiddenFrom(caller), ct);
        var rows = ContactOrder.Apply(book.Contacts, filter);
        var page = ContactOrder.Cut(rows, place, limit);
        return page.Problem is { } badCursor ? badCursor : new ContactPage(page.Value, rows.Count, rows.Sum(row => row.OwedToUs), rows.Sum(row => row.WeOwe), book);
    }

    /// <summary>One contact; of a merged one, the one that it became.</summary>
    public async Task<Result<ContactDetail>> GetAsync(Caller caller, TenantId tenant, Guid contactId, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ReportsRead, tenant) is { } refused)
        {
            return refused;
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var book = await books.OfAsync(organisation, PayrollRules.AreHiddenFrom(caller), ct);
        if (await contacts.FindAsync(tenant, contactId, ct) is not { } found || book.Contacts.FirstOrDefault(row => row.ContactId == found.Contact.ContactId) is not { } standing)
        {
            return ContactProblems.Unknown;
        }

        var (id, totalsOnly) = (found.Contact.ContactId, !caller.May(Permissions.LedgerRead));
        var since = Month.Of(book.Date).Add(-11 - PayingHabit.Length).Start;
        var paid = totalsOnly ? [] : (await contacts.PaidAsync(tenant, id, since, book.Date, PayrollRules.AreHiddenFrom(caller), ct))[id].ToList();
        return new ContactDetail
        {
            Found = found,
            Standing = standing,
            Date = book.Date,
            Open = totalsOnly ? [] : [.. book.Open[id].OrderBy(item => OpenItemDays.DueOf(item.Document)).ThenBy(item => item.Document.Number, StringComparer.Ordinal)],
            Theirs = PayingHabit.Of(paid.Where(part => part.IsSale), book.Date),
            Ours = PayingHabit.Of(paid.Where(part => !part.IsSale), book.Date),
            Notes = totalsOnly ? [] : await notes.ListAsync(tenant, [id, .. found.Former.Select(former => former.ContactId)], ct),
            TotalsOnly = totalsOnly,
            HidesPayroll = book.HidesPayroll,
            SyncInProgress = book.SyncInProgress,
        };
    }
}

/// <summary>Filters, sorts and cuts contacts. Pure.</summary>
public static class ContactOrder
{
    /// <summary>What the filter lets through, in its order; those without a figure come last either way.</summary>
    public static IReadOnlyList<ContactStanding> Apply(IEnumerable<ContactStanding> contacts, ContactFilter filter)
    {
        var search = filter.Search?.Trim();
        var rows = contacts.Where(row => Shows(filter.Show, row) && (string.IsNullOrEmpty(search) || row.Name.Contains(search, StringComparison.OrdinalIgnoreCase)));
        if (filter.Sort == ContactSort.Name)
        {
            var named = filter.Descending ? rows.OrderByDescending(row => row.Name, StringComparer.OrdinalIgnoreCase) : rows.OrderBy(row => row.Name, StringComparer.OrdinalIgnoreCase);
            return [.. named.ThenBy(row => row.ContactId)];
        }

        var parted = rows.OrderBy(row => KeyOf(row, filter.Sort) is null);
        var sorted = filter.Descending ? parted.ThenByDescending(row => KeyOf(row, filter.Sort)) : parted.ThenBy(row => KeyOf(row, filter.Sort));
        return [.. sorted.ThenBy(row => row.Name, StringComparer.OrdinalIgnoreCase).ThenBy(row => row.ContactId)];
    }

    /// <summary>A page; the cursor names the contact beside it.</summary>
    public static Result<Page<ContactStanding>> Cut(IReadOnlyList<ContactStanding> rows, PagePlace place, int limit) => Paging.Cut(rows, place, limit, Cursor);

    private static string Cursor(ContactStanding row) => row.ContactId?.ToString("N") ?? (row.IsPayroll ? "payroll" : "none");

    private static bool Shows(ContactShow show, ContactStanding row) => show switch
    {
        ContactShow.Customers => row.IsCustomer,
        ContactShow.Suppliers => row.IsSupplier,
        ContactShow.Owing => row.IsOwing,
        ContactShow.Overdue => row.OldestDue is not null,
        _ => !row.IsArchived || row.IsOwing,
    };

    private static decimal? KeyOf(ContactStanding row, ContactSort sort) => sort switch
    {
        ContactSort.OwedToUs => row.OwedToUs,
        ContactSort.WeOwe => row.WeOwe,
        ContactSort.Overdue => row.Overdue,
        ContactSort.Oldest => row.OldestDue?.DayNumber,
        ContactSort.DaysLate => row.DaysLate ?? row.DaysLateByUs,
        _ => row.LastDocument?.DayNumber,
    };
}
