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
}

/// <summary>What is open of a document at the end of a day. Signs as on its control account: debit +, credit −.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Document">The row; of a payment before its invoice, the invoice's.</param>
/// <param name="Open">In the document's currency.</param>
/// <param name="BaseOpen">Base currency at the document's own rate; each part rounded as it is posted.</param>
public sealed record OpenItem(OpenItemKind Kind, Transaction Document, decimal Open, decimal BaseOpen);

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
}
