using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using XeroCfo.Data.Xero.Payloads;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Xero;

/// <summary>Turns records as Xero sent them into documents in our words. Pure.</summary>
internal static partial class XeroMapping
{
    /// <summary>Reads one record; a record that cannot be read says where.</summary>
    public static Result<SourceDocument> Read(DocumentKind kind, string raw)
    {
        try
        {
            var document = kind switch
            {
                DocumentKind.Invoice => Invoice(Parse(raw, WireJson.Default.InvoicePayload)),
                DocumentKind.Payment => Payment(Parse(raw, WireJson.Default.PaymentPayload)),
                DocumentKind.BankTransaction => BankTransaction(Parse(raw, WireJson.Default.BankTransactionPayload)),
                DocumentKind.CreditNote => CreditNote(Parse(raw, WireJson.Default.CreditPayload)),
                DocumentKind.Overpayment => Overpayment(Parse(raw, WireJson.Default.CreditPayload)),
                DocumentKind.Prepayment => Prepayment(Parse(raw, WireJson.Default.CreditPayload)),
                DocumentKind.BatchPayment => BatchPayment(Parse(raw, WireJson.Default.BatchPaymentPayload)),
                DocumentKind.RepeatingInvoice => RepeatingInvoice(Parse(raw, WireJson.Default.RepeatingInvoicePayload)),
                DocumentKind.BankTransfer => BankTransfer(Parse(raw, WireJson.Default.BankTransferPayload)),
                DocumentKind.ManualJournal => ManualJournal(Parse(raw, WireJson.Default.ManualJournalPayload)),
                _ => PostingProblems.UnknownKind(kind),
            };
            return document.Succeeded && Misfit(document.Value) is { } member ? PostingProblems.Unreadable($"Its member {member} is larger than can be kept.") : document;
        }
        catch (JsonException exception)
        {
            return PostingProblems.Unreadable($"Its member {exception.Path} cannot be read.");
        }
        catch (MissingMemberException exception)
        {
            return PostingProblems.Unreadable($"It has no {exception.Message}.");
        }
    }

    private const decimal SmallestRate = 0.0000000001m;
    private const decimal LargestRate = 9_999_999_999m;

    /// <summary>The first member that the database could not hold, which must not stop the run for all the others.</summary>
    private static string? Misfit(SourceDocument document) =>
        document.Status.Length > 50 ? "Status"
        : document.CurrencyCode?.Length > 3 ? "CurrencyCode"
        : document.Date.Year is < 1900 or > 2199 ? "Date"
        : !MoneyRules.Fits(document.Total) ? "Total"
        : document.CurrencyRate is { IsKnown: true, ForeignPerBase: var rate } && (rate is < SmallestRate or > LargestRate || !MoneyRules.Fits(document.Total / rate)) ? "CurrencyRate"
        : document is Payment { BankAmount: { } atBank } && !MoneyRules.Fits(atBank) ? "BankAmount"
        : document is Invoice { AmountDue: { } due } && !MoneyRules.Fits(due) ? "AmountDue"
        : document is CreditDocument { RemainingCredit: { } left } && !MoneyRules.Fits(left) ? "RemainingCredit"
        : document is CreditDocument credit && credit.Allocations.Concat(credit.Refunds).Any(use => !MoneyRules.Fits(use.Amount) || use.Date.Year is < 1900 or > 2199) ? "Allocations"
        : document.Lines.Any(line => line.AccountCode?.Length > 50) ? "AccountCode"
        : document.Lines.Any(line => line.TaxType?.Length > 50) ? "TaxType"
        : document.Lines.Any(line => !MoneyRules.Fits(line.Net) || !MoneyRules.Fits(line.Tax)) ? "LineAmount"
        : document.Lines.Any(line => !MoneyRules.Fits(line.Quantity ?? 0) || !MoneyRules.Fits(line.UnitPrice ?? 0)) ? "UnitAmount"
        : null;

    private static Result<SourceDocument> Invoice(InvoicePayload wire)
    {
        if (wire.Type is not ("ACCREC" or "ACCPAY"))
        {
            return PostingProblems.Unreadable($"Its type '{wire.Type}' is neither ACCREC nor ACCPAY.");
        }

        return new Invoice
        {
            XeroId = Need(wire.InvoiceID, "InvoiceID"),
            Date = Day(wire),
            Status = Need(wire.Status, "Status"),
            ContactId = wire.Contact?.ContactID,
            ContactName = wire.Contact?.Name,
            Reference = wire.Reference,
            Number = wire.InvoiceNumber,
            CurrencyCode = wire.CurrencyCode,
            CurrencyRate = Rate(wire),
            Total = Need(wire.Total, "Total"),
            IsReconciled = wire.IsReconciled ?? false,
            Lines = Lines(wire.LineItems, wire.LineAmountTypes, wire.Total),
            UpdatedUtc = wire.UpdatedDateUTC,
            IsSale = wire.Type == "ACCREC",
            DueDate = wire.DueDateString ?? wire.DueDate,
            AmountDue = wire.AmountDue,
        };
    }

    private static Result<SourceDocument> BankTransaction(BankTransactionPayload wire)
    {
        var type = Need(wire.Type, "Type");
        if (!type.StartsWith("SPEND", StringComparison.Ordinal) && !type.StartsWith("RECEIVE", StringComparison.Ordinal))
        {
            return PostingProblems.Unreadable($"Its type '{type}' is neither money spent nor money received.");
        }

        return new BankTransaction
        {
            XeroId = Need(wire.BankTransactionID, "BankTransactionID"),
            Date = Day(wire),
            Status = Need(wire.Status, "Status"),
            ContactId = wire.Contact?.ContactID,
            ContactName = wire.Contact?.Name,
            Reference = wire.Reference,
            CurrencyCode = wire.CurrencyCode,
            CurrencyRate = Rate(wire),
            Total = Need(wire.Total, "Total"),
            IsReconciled = wire.IsReconciled ?? false,
            Lines = Lines(wire.LineItems, wire.LineAmountTypes, wire.Total),
            UpdatedUtc = wire.UpdatedDateUTC,
            XeroType = type,
            BankAccountId = wire.BankAccount?.AccountID,
            BankAccountCode = wire.BankAccount?.Code,
            CreditXeroId = wire.OverpaymentID ?? wire.PrepaymentID,
        };
    }

    private static Result<SourceDocument> Payment(PaymentPayload wire)
    {
        var settled = wire.Invoice ?? wire.CreditNote ?? wire.Prepayment ?? wire.Overpayment;
        return new Payment
        {
            XeroId = Need(wire.PaymentID, "PaymentID"),
            Date = Day(wire),
            Status = Need(wire.Status, "Status"),
            ContactId = settled?.Contact?.ContactID,
            ContactName = settled?.Contact?.Name,
            Reference = wire.Reference,
            Number = settled?.InvoiceNumber ?? settled?.CreditNoteNumber,
            CurrencyCode = settled?.CurrencyCode ?? wire.CurrencyCode,
            CurrencyRate = Rate(wire),
            Total = Need(wire.Amount, "Amount"),
            IsReconciled = wire.IsReconciled ?? false,
            UpdatedUtc = wire.UpdatedDateUTC,
            PaymentType = wire.PaymentType ?? "",
            BankAccountId = wire.Account?.AccountID,
            BankAccountCode = wire.Account?.Code,
            BankAmount = wire.BankAmount,
            SettledXeroId = settled?.InvoiceID ?? settled?.CreditNoteID ?? settled?.PrepaymentID ?? settled?.OverpaymentID,
            SettledType = settled?.Type,
        };
    }

    private static Result<SourceDocument> BankTransfer(BankTransferPayload wire) => new BankTransfer
    {
        XeroId = Need(wire.BankTransferID, "BankTransferID"),
        Date = Day(wire),
        Status = wire.Status is { Length: > 0 } status ? status : "AUTHORISED",
        Reference = wire.Reference,
        CurrencyCode = wire.CurrencyCode,
        CurrencyRate = Rate(wire),
        Total = Need(wire.Amount, "Amount"),
        IsReconciled = (wire.FromIsReconciled ?? false) && (wire.ToIsReconciled ?? false),
        UpdatedUtc = wire.UpdatedDateUTC,
        FromAccountId = wire.FromBankAccount?.AccountID,
        FromAccountCode = wire.FromBankAccount?.Code,
        ToAccountId = wire.ToBankAccount?.AccountID,
        ToAccountCode = wire.ToBankAccount?.Code,
        FromTransactionId = wire.FromBankTransactionID,
        ToTransactionId = wire.ToBankTransactionID,
        FromTracking1 = Option(wire.FromTracking, 0),
        FromTracking2 = Option(wire.FromTracking, 1),
        ToTracking1 = Option(wire.ToTracking, 0),
        ToTracking2 = Option(wire.ToTracking, 1),
    };

    private static Result<SourceDocument> ManualJournal(ManualJournalPayload wire) => new ManualJournal
    {
        XeroId = Need(wire.ManualJournalID, "ManualJournalID"),
        Date = Day(wire),
        Status = Need(wire.Status, "Status"),
        Narration = wire.Narration,
        Lines = Lines(wire.JournalLines, wire.LineAmountTypes ?? "NoTax", null),
        UpdatedUtc = wire.UpdatedDateUTC,
    };

    // Xero's line amount holds the tax only where the document says Inclusive; discounts are already off. A document that does not say is
    // Inclusive where its lines alone make the total.
    private static IReadOnlyList<DocumentLine> Lines(IReadOnlyList<LinePayload?>? lines, string? amountTypes, decimal? total)
    {
        var inclusive = string.IsNullOrEmpty(amountTypes)
            ? lines?.Sum(line => line?.TaxAmount ?? 0) is not (null or 0) && lines.Sum(line => line?.LineAmount ?? 0) == total
            : string.Equals(amountTypes, "Inclusive", StringComparison.OrdinalIgnoreCase);
        return
        [
            .. from line in lines ?? []
               where line is not null
               let tax = line.TaxAmount ?? 0
               let amount = line.LineAmount ?? 0
               select new DocumentLine
               {
                   Description = line.Description,
                   AccountId = line.AccountID,
                   AccountCode = line.AccountCode,
                   Quantity = line.Quantity,
                   UnitPrice = line.UnitAmount,
                   Net = inclusive ? amount - tax : amount,
                   Tax = tax,
                   TaxType = line.TaxType,
                   TrackingOption1 = Option(line.Tracking, 0),
                   TrackingOption2 = Option(line.Tracking, 1),
               },
        ];
    }

    private static Guid? Option(IReadOnlyList<TrackingPayload?>? tracking, int index) => tracking?.Count > index ? tracking[index]?.TrackingOptionID : null;

    private static DateOnly Day(DocumentPayload wire) => Need(wire.DateString ?? wire.Date, "Date");

    private static FxRate Rate(DocumentPayload wire) => wire.CurrencyRate is { } rate and > 0 ? new FxRate(rate) : FxRate.Unknown;

    private static T Parse<T>(string raw, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(raw, type) ?? throw new JsonException("null");

    private static T Need<T>(T? value, string member)
        where T : struct => value ?? throw new MissingMemberException(member);

    private static string Need(string? value, string member) => value is { Length: > 0 } ? value : throw new MissingMemberException(member);
}
