using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Ledger;

/// <summary>Why something stands open on a control account.</summary>
public enum OpenItemKind
{
    Invoice,
    CreditNote,
    Overpayment,

    /// <summary>A payment dated before the invoice that it settles: credit until the invoice's day (LEDGER 8).</summary>
    PaidBeforeInvoice,

    /// <summary>Money received or paid ahead; not on the control account (LEDGER 8).</summary>
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

    /// <summary>Prepayments of customers, or to suppliers, that are not used up at the end of <paramref name="day"/>.</summary>
    Task<IReadOnlyList<OpenItem>> PrepaymentsAsync(TenantId tenant, bool isSale, DateOnly day, bool hidePayroll, CancellationToken ct);
}
