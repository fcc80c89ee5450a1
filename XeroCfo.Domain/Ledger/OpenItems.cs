using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Ledger;

/// <summary>Why something stands open on a control account.</summary>
public enum OpenItemKind
{
    Invoice,
    CreditNote,
    Overpayment,

    /// <summary>A payment dated before the invoice that it settles: credit until the invoice's day.</summary>
    PaidBeforeInvoice,

    /// <summary>Money received or paid ahead; not on the control account.</summary>
    Prepayment,
}

/// <summary>What is open of a document at the end of a day. Signs as on its control account: debit +, credit −.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Document">The row; of a payment before its invoice, the invoice's.</param>
/// <param name="Open">In the document's currency.</param>
/// <param name="BaseOpen">Base currency at the document's own rate; each part rounded as it is posted.</param>
public sealed record OpenItem(OpenItemKind Kind, Transaction Document, decimal Open, decimal BaseOpen)
{
    /// <summary>The day of a payment before its invoice; null for everything else.</summary>
    public DateOnly? PaidOn { get; init; }
}

/// <summary>What is open of one document, as far as sums by day and contact need it.</summary>
/// <param name="ContactId">Null: without a contact.</param>
/// <param name="Due">The document's own day where it has no due day.</param>
/// <param name="IsInvoice">An invoice or bill: only these are ever overdue.</param>
/// <param name="BaseOpen">Base currency, signs as on the control account: debit +.</param>
public readonly record struct OpenDue(Guid? ContactId, DateOnly Due, bool IsInvoice, decimal BaseOpen)
{
    public static OpenDue Of(OpenItem item) => new(item.Document.ContactId, item.Document.DueDate ?? item.Document.Date, item.Kind == OpenItemKind.Invoice, item.BaseOpen);
}

/// <summary>
/// What is open of a contact's documents of one age. Signs as on the control account: debit +. Where all of a contact's open documents come to
/// nothing in each age, one sum of nothing says that there are some.
/// </summary>
/// <param name="ContactId">The contact; null for documents without one.</param>
/// <param name="ContactName">As the contact is called now; null for documents without one.</param>
/// <param name="Age">How many of the asked cuts the documents have reached.</param>
/// <param name="BaseOpen">Base currency.</param>
public sealed record OpenSum(Guid? ContactId, string? ContactName, int Age, decimal BaseOpen);

/// <summary>How documents age.</summary>
/// <param name="FromDueDate">From the due date where there is one, else from the document's date.</param>
/// <param name="Cuts">The latest day first: a document has reached those cuts that its day is not later than.</param>
public sealed record OpenAges(bool FromDueDate, IReadOnlyList<DateOnly> Cuts);

/// <summary>All that is open at a day, most of it as sums.</summary>
/// <param name="Sums">Invoices or bills in base currency, but for those that must be hidden.</param>
/// <param name="Items">Everything else, one by one.</param>
public sealed record OpenByAge(IReadOnlyList<OpenSum> Sums, IReadOnlyList<OpenItem> Items);

/// <summary>Open documents at the end of any day, from the documents themselves and not from the ledger.</summary>
public interface IOpenItemReader
{
    /// <summary>Receivables or payables that are open at the end of <paramref name="day"/>, by date and number.</summary>
    /// <param name="tenant">The organisation.</param>
    /// <param name="isSale">Receivables, else payables.</param>
    /// <param name="day">The day.</param>
    /// <param name="exceptCurrency">Leaves out documents in this currency: the base currency, to see the foreign ones; null for all.</param>
    /// <param name="ct">Stops.</param>
    Task<IReadOnlyList<OpenItem>> AtAsync(TenantId tenant, bool isSale, DateOnly day, string? exceptCurrency, bool hidePayroll, CancellationToken ct);

    /// <summary>The same as <see cref="AtAsync"/>, summed in the database where that is exact: an organisation may have very many open documents.</summary>
    /// <param name="tenant">The organisation.</param>
    /// <param name="isSale">Receivables, else payables.</param>
    /// <param name="day">The day.</param>
    /// <param name="ages">What documents age from, and the days that part their ages.</param>
    /// <param name="hidePayroll">The reader may not see payroll.</param>
    /// <param name="ct">Stops.</param>
    Task<OpenByAge> ByAgeAsync(TenantId tenant, bool isSale, DateOnly day, OpenAges ages, bool hidePayroll, CancellationToken ct);

    /// <summary>The same as <see cref="AtAsync"/> without what is hidden, of each document only what sums need, in any order: an organisation may have very many open documents.</summary>
    Task<IReadOnlyList<OpenDue>> DuesAsync(TenantId tenant, bool isSale, DateOnly day, bool hidePayroll, CancellationToken ct);

    /// <summary>Those of these invoices, or bills, that are open at the end of <paramref name="day"/>, without what is hidden.</summary>
    /// <param name="tenant">The organisation.</param>
    /// <param name="isSale">Invoices, else bills.</param>
    /// <param name="ids">Xero's InvoiceIDs.</param>
    /// <param name="day">The day.</param>
    /// <param name="hidePayroll">The reader may not see payroll.</param>
    /// <param name="ct">Stops.</param>
    Task<IReadOnlyList<OpenItem>> InvoicesAsync(TenantId tenant, bool isSale, IReadOnlyCollection<Guid> ids, DateOnly day, bool hidePayroll, CancellationToken ct);

    /// <summary>Prepayments of customers, or to suppliers, that are not used up at the end of <paramref name="day"/>.</summary>
    Task<IReadOnlyList<OpenItem>> PrepaymentsAsync(TenantId tenant, bool isSale, DateOnly day, bool hidePayroll, CancellationToken ct);
}
