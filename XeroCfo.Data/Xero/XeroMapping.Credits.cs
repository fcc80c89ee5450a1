using XeroCfo.Data.Xero.Payloads;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Data.Xero;

internal static partial class XeroMapping
{
    private static Result<SourceDocument> CreditNote(CreditPayload wire) => wire.Type is not ("ACCRECCREDIT" or "ACCPAYCREDIT")
        ? PostingProblems.Unreadable($"Its type '{wire.Type}' is neither ACCRECCREDIT nor ACCPAYCREDIT.")
        : new CreditNote
        {
            XeroId = Need(wire.CreditNoteID, "CreditNoteID"),
            Date = Day(wire),
            Status = Need(wire.Status, "Status"),
            ContactId = wire.Contact?.ContactID,
            ContactName = wire.Contact?.Name,
            Reference = wire.Reference,
            Number = wire.CreditNoteNumber,
            CurrencyCode = wire.CurrencyCode,
            CurrencyRate = Rate(wire),
            Total = Need(wire.Total, "Total"),
            Lines = Lines(wire.LineItems, wire.LineAmountTypes, wire.Total),
            UpdatedUtc = wire.UpdatedDateUTC,
            IsSale = wire.Type == "ACCRECCREDIT",
            RemainingCredit = wire.RemainingCredit,
            Allocations = Allocations(wire),
            Refunds = Refunds(wire),
        };

    private static Result<SourceDocument> Overpayment(CreditPayload wire) => IsCustomers(wire.Type) is not { } isSale
        ? PostingProblems.Unreadable($"Its type '{wire.Type}' is no overpayment.")
        : new Overpayment
        {
            XeroId = Need(wire.OverpaymentID, "OverpaymentID"),
            Date = Day(wire),
            Status = Need(wire.Status, "Status"),
            ContactId = wire.Contact?.ContactID,
            ContactName = wire.Contact?.Name,
            Reference = wire.Reference,
            CurrencyCode = wire.CurrencyCode,
            CurrencyRate = Rate(wire),
            Total = Need(wire.Total, "Total"),
            UpdatedUtc = wire.UpdatedDateUTC,
            IsSale = isSale,
            RemainingCredit = wire.RemainingCredit,
            Allocations = Allocations(wire),
            Refunds = Refunds(wire),
        };

    private static Result<SourceDocument> Prepayment(CreditPayload wire) => IsCustomers(wire.Type) is not { } isSale
        ? PostingProblems.Unreadable($"Its type '{wire.Type}' is no prepayment.")
        : new Prepayment
        {
            XeroId = Need(wire.PrepaymentID, "PrepaymentID"),
            Date = Day(wire),
            Status = Need(wire.Status, "Status"),
            ContactId = wire.Contact?.ContactID,
            ContactName = wire.Contact?.Name,
            Reference = wire.Reference,
            Number = wire.InvoiceNumber,
            CurrencyCode = wire.CurrencyCode,
            CurrencyRate = Rate(wire),
            Total = Need(wire.Total, "Total"),
            Lines = Lines(wire.LineItems, wire.LineAmountTypes, wire.Total),
            UpdatedUtc = wire.UpdatedDateUTC,
            IsSale = isSale,
            RemainingCredit = wire.RemainingCredit,
            Allocations = Allocations(wire),
            Refunds = Refunds(wire),
        };

    private static Result<SourceDocument> BatchPayment(BatchPaymentPayload wire) => new BatchPayment
    {
        XeroId = Need(wire.BatchPaymentID, "BatchPaymentID"),
        Date = Day(wire),
        Status = wire.Status is { Length: > 0 } status ? status : "AUTHORISED",
        Reference = wire.Reference,
        Total = wire.TotalAmount ?? 0,
        UpdatedUtc = wire.UpdatedDateUTC,
    };

    private static Result<SourceDocument> RepeatingInvoice(RepeatingInvoicePayload wire) => new RepeatingInvoice
    {
        XeroId = Need(wire.RepeatingInvoiceID, "RepeatingInvoiceID"),
        Date = Need(wire.Schedule?.StartDate ?? wire.Schedule?.NextScheduledDate, "Schedule.StartDate"),
        Status = Need(wire.Status, "Status"),
        ContactId = wire.Contact?.ContactID,
        ContactName = wire.Contact?.Name,
        Reference = wire.Reference,
        CurrencyCode = wire.CurrencyCode,
        Total = wire.Total ?? 0,
        Lines = Lines(wire.LineItems, wire.LineAmountTypes, wire.Total),
        IsSale = wire.Type == "ACCREC",
        NextDate = wire.Schedule?.NextScheduledDate,
        Period = (int)Math.Clamp(wire.Schedule?.Period ?? 1, 0, 1000),
        Unit = wire.Schedule?.Unit,
    };

    // RECEIVE-… and AR… are a customer's, SPEND-… and AP… a supplier's.
    private static bool? IsCustomers(string? type) => type switch
    {
        "RECEIVE-OVERPAYMENT" or "AROVERPAYMENT" or "RECEIVE-PREPAYMENT" or "ARPREPAYMENT" => true,
        "SPEND-OVERPAYMENT" or "APOVERPAYMENT" or "SPEND-PREPAYMENT" or "APPREPAYMENT" => false,
        _ => null,
    };

    private static IReadOnlyList<CreditUse> Allocations(CreditPayload wire) =>
    [
        .. from use in wire.Allocations ?? []
           where use is { IsDeleted: not true, Invoice.InvoiceID: not null }
           select new CreditUse(use.AllocationID, use.Invoice!.InvoiceID, Need(use.Date ?? wire.DateString ?? wire.Date, "Allocations.Date"), Need(use.Amount ?? use.AppliedAmount, "Allocations.Amount")),
    ];

    private static IReadOnlyList<CreditUse> Refunds(CreditPayload wire) =>
    [
        .. from use in wire.Payments ?? []
           where use is { Amount: not null, Status: not "DELETED" }
           select new CreditUse(use.PaymentID, null, Need(use.Date ?? wire.DateString ?? wire.Date, "Payments.Date"), use.Amount!.Value),
    ];
}
