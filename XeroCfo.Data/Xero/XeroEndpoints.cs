using System.Globalization;
using System.Text;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Xero;

/// <summary>What the wire calls a kind of record, and what its list can do (XERO-API 5).</summary>
/// <param name="Path">The endpoint, and the member that holds the records.</param>
/// <param name="IdMember">The member with the record's id, which is also the order that full loads use.</param>
/// <param name="Paged">Pages, with a count.</param>
/// <param name="RemovedWhere">How to ask for what was voided or deleted; null: it is in the plain list.</param>
/// <param name="Unpaged">The query of a list that has no pages.</param>
internal sealed record XeroEndpoint(string Path, string IdMember, bool Paged, string? RemovedWhere, string Unpaged = "")
{
    private const string FourPlaces = "unitdp=4";

    /// <summary>Its lines have unit prices, which come with two decimal places unless asked for four.</summary>
    public bool HasUnitPrices { get; init; }

    /// <summary>It can be asked for what changed since an instant.</summary>
    public bool KnowsChanges { get; init; } = true;

    private const string VoidedOrDeleted = "Status==\"VOIDED\" OR Status==\"DELETED\"";

    private static readonly Dictionary<DocumentKind, XeroEndpoint> ByKind = new()
    {
        [DocumentKind.Invoice] = new("Invoices", "InvoiceID", true, VoidedOrDeleted) { HasUnitPrices = true },
        [DocumentKind.CreditNote] = new("CreditNotes", "CreditNoteID", true, VoidedOrDeleted) { HasUnitPrices = true },
        [DocumentKind.Prepayment] = new("Prepayments", "PrepaymentID", true, VoidedOrDeleted) { HasUnitPrices = true },
        [DocumentKind.Overpayment] = new("Overpayments", "OverpaymentID", true, VoidedOrDeleted) { HasUnitPrices = true },
        [DocumentKind.BatchPayment] = new("BatchPayments", "BatchPaymentID", false, null),
        [DocumentKind.RepeatingInvoice] = new("RepeatingInvoices", "RepeatingInvoiceID", false, null) { KnowsChanges = false },
        [DocumentKind.Payment] = new("Payments", "PaymentID", true, "Status==\"DELETED\""),
        [DocumentKind.BankTransaction] = new("BankTransactions", "BankTransactionID", true, VoidedOrDeleted) { HasUnitPrices = true },
        [DocumentKind.BankTransfer] = new("BankTransfers", "BankTransferID", false, null, "includeDeleted=true"),
        [DocumentKind.ManualJournal] = new("ManualJournals", "ManualJournalID", true, VoidedOrDeleted),
    };

    /// <summary>What one of its records is called, as in <see cref="DocumentKind"/>: <c>Invoice</c>.</summary>
    public string Kind => KindOf(Path);

    public static XeroEndpoint Of(DocumentKind kind) => ByKind[kind];

    /// <summary>What one record of a list is called: of <c>Currencies</c> a <c>Currency</c>.</summary>
    public static string KindOf(string list) => list.EndsWith("ies", StringComparison.Ordinal) ? list[..^3] + "y" : list[..^1];

    /// <summary>The address of one record, relative to the API.</summary>
    public string Address(Guid xeroId) => $"{Path}/{xeroId:D}{(HasUnitPrices ? "?" + FourPlaces : "")}";

    /// <summary>The address of a query, relative to the API.</summary>
    public string Address(XeroQuery query)
    {
        if (!Paged)
        {
            return Unpaged.Length > 0 ? $"{Path}?{Unpaged}" : Path;
        }

        var address = new StringBuilder(Path).Append('?');

        address.Append(CultureInfo.InvariantCulture, $"page={query.Page}&pageSize={query.PageSize}{(HasUnitPrices ? "&" + FourPlaces : "")}");
        if (query.ModifiedSince is null)
        {
            address.Append("&order=").Append(Uri.EscapeDataString(query.OldestFirst ? "Date ASC" : IdMember + " ASC"));
        }

        if (Where(query) is { Length: > 0 } where)
        {
            address.Append("&where=").Append(Uri.EscapeDataString(where));
        }

        return address.ToString();
    }

    private string Where(XeroQuery query)
    {
        var conditions = new List<string>(2);
        if (query.Removed && RemovedWhere is not null)
        {
            conditions.Add(RemovedWhere);
        }

        if (query.From is { } from)
        {
            conditions.Add(string.Create(CultureInfo.InvariantCulture, $"Date>=DateTime({from:yyyy,MM,dd})"));
        }

        if (query.Before is { } before)
        {
            conditions.Add(string.Create(CultureInfo.InvariantCulture, $"Date<DateTime({before:yyyy,MM,dd})"));
        }

        return string.Join(" AND ", conditions);
    }
}
