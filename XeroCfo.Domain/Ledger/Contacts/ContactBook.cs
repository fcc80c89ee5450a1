using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Ledger.Contacts;

/// <summary>A contact with what it owes and is owed at a day. Base currency at the documents' own rates.</summary>
public sealed record ContactStanding
{
    /// <summary>Null: documents of no contact, or those that <see cref="IsPayroll"/> hides, in one.</summary>
    public required Guid? ContactId { get; init; }

    public required string Name { get; init; }

    public bool IsCustomer { get; init; }

    public bool IsSupplier { get; init; }

    public bool IsArchived { get; init; }

    /// <summary>Documents of payroll, in one amount for those who may not see them.</summary>
    public bool IsPayroll { get; init; }

    /// <summary>Open invoices less credit.</summary>
    public required decimal OwedToUs { get; init; }

    /// <summary>Open bills less credit.</summary>
    public required decimal WeOwe { get; init; }

    /// <summary>Of our invoices, past their due day, without credit.</summary>
    public required decimal Overdue { get; init; }

    /// <summary>Of their bills, past their due day, without credit.</summary>
    public required decimal OverdueByUs { get; init; }

    /// <summary>The earliest due day of an open invoice or bill that is past it.</summary>
    public required DateOnly? OldestDue { get; init; }

    /// <summary>How late they paid us in the last twelve months, weighted by amount; null: they paid nothing.</summary>
    public required decimal? DaysLate { get; init; }

    /// <summary>How late we paid them.</summary>
    public required decimal? DaysLateByUs { get; init; }

    /// <summary>Of any document that stands, payments too.</summary>
    public required DateOnly? LastDocument { get; init; }

    public bool IsOwing => OwedToUs != 0 || WeOwe != 0;
}

/// <summary>All contacts at the end of a day.</summary>
public sealed record ContactBook
{
    public required DateOnly Date { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyList<ContactStanding> Contacts { get; init; }

    /// <summary>Contacts' totals beside the control accounts: receivables first, then payables, where the organisation has them.</summary>
    public required IReadOnlyList<ControlTie> Ties { get; init; }

    /// <summary>What is open, by contact; those of payroll left out where they are hidden.</summary>
    public required ILookup<Guid, OpenItem> Open { get; init; }

    /// <summary>Why a document of payroll is in no contact's figures.</summary>
    public required bool HidesPayroll { get; init; }

    public required bool SyncInProgress { get; init; }
}

/// <summary>What contacts' figures are made of.</summary>
public interface IContactReader
{
    /// <summary>Those that were not merged into others, archived ones too.</summary>
    Task<IReadOnlyList<Contact>> ContactsAsync(TenantId tenant, CancellationToken ct);

    /// <summary>The contact; of a merged one, the one that it became. Null: there is none.</summary>
    Task<ContactFound?> FindAsync(TenantId tenant, Guid contactId, CancellationToken ct);

    /// <summary>Payments of invoices and bills from <paramref name="from"/> to <paramref name="to"/>, by contact; of one contact, or of all.</summary>
    Task<ILookup<Guid, PaidPart>> PaidAsync(TenantId tenant, Guid? contactId, DateOnly from, DateOnly to, bool hidePayroll, CancellationToken ct);

    /// <summary>How late customers paid between two days: <see cref="PayingHabit.Mean"/> of their payments of invoices, by contact.</summary>
    Task<IReadOnlyDictionary<Guid, decimal>> DaysLateAsync(TenantId tenant, DateOnly from, DateOnly to, bool hidePayroll, CancellationToken ct);

    /// <summary>The day of the last document that stands up to a day, by contact.</summary>
    Task<IReadOnlyDictionary<Guid, DateOnly>> LastDaysAsync(TenantId tenant, DateOnly upTo, bool hidePayroll, CancellationToken ct);
}

/// <summary>A contact that was found.</summary>
/// <param name="Contact">The surviving one.</param>
/// <param name="MergedFrom">The name it was asked for by, when that one was merged into it.</param>
/// <param name="Former">All that were merged into it.</param>
public sealed record ContactFound(Contact Contact, string? MergedFrom, IReadOnlyList<Contact> Former);
