using System.Text.Json.Serialization;

namespace XeroCfo.Data.Xero.Payloads;

// JSON as on the wire: only what is read. Everything may be absent; unknown members are ignored, the raw record is kept beside.
internal class DocumentPayload
{
    public DateOnly? Date { get; set; }

    [JsonConverter(typeof(WireSecondDayConverter))]
    public DateOnly? DateString { get; set; }

    public string? Status { get; set; }

    public ContactPayload? Contact { get; set; }

    public string? Reference { get; set; }

    public string? CurrencyCode { get; set; }

    public decimal? CurrencyRate { get; set; }

    public string? LineAmountTypes { get; set; }

    public IReadOnlyList<LinePayload?>? LineItems { get; set; }

    public decimal? Total { get; set; }

    public bool? IsReconciled { get; set; }

    public DateTime? UpdatedDateUTC { get; set; }
}

internal sealed class InvoicePayload : DocumentPayload
{
    public Guid? InvoiceID { get; set; }

    public string? Type { get; set; }

    public string? InvoiceNumber { get; set; }

    public DateOnly? DueDate { get; set; }

    [JsonConverter(typeof(WireSecondDayConverter))]
    public DateOnly? DueDateString { get; set; }

    public decimal? AmountDue { get; set; }
}

internal sealed class BankTransactionPayload : DocumentPayload
{
    public Guid? BankTransactionID { get; set; }

    public string? Type { get; set; }

    public AccountRefPayload? BankAccount { get; set; }

    public Guid? OverpaymentID { get; set; }

    public Guid? PrepaymentID { get; set; }
}

internal sealed class PaymentPayload : DocumentPayload
{
    public Guid? PaymentID { get; set; }

    public string? PaymentType { get; set; }

    public decimal? Amount { get; set; }

    public decimal? BankAmount { get; set; }

    public AccountRefPayload? Account { get; set; }

    public SettledPayload? Invoice { get; set; }

    public SettledPayload? CreditNote { get; set; }

    public SettledPayload? Prepayment { get; set; }

    public SettledPayload? Overpayment { get; set; }
}

internal sealed class SettledPayload
{
    public string? Type { get; set; }

    public Guid? InvoiceID { get; set; }

    public Guid? CreditNoteID { get; set; }

    public Guid? PrepaymentID { get; set; }

    public Guid? OverpaymentID { get; set; }

    public string? InvoiceNumber { get; set; }

    public string? CreditNoteNumber { get; set; }

    public string? CurrencyCode { get; set; }

    public ContactPayload? Contact { get; set; }
}

internal sealed class BankTransferPayload : DocumentPayload
{
    public Guid? BankTransferID { get; set; }

    public AccountRefPayload? FromBankAccount { get; set; }

    public AccountRefPayload? ToBankAccount { get; set; }

    public decimal? Amount { get; set; }

    public bool? FromIsReconciled { get; set; }

    public bool? ToIsReconciled { get; set; }

    public Guid? FromBankTransactionID { get; set; }

    public Guid? ToBankTransactionID { get; set; }

    public IReadOnlyList<TrackingPayload?>? FromTracking { get; set; }

    public IReadOnlyList<TrackingPayload?>? ToTracking { get; set; }
}

internal sealed class ManualJournalPayload : DocumentPayload
{
    public Guid? ManualJournalID { get; set; }

    public string? Narration { get; set; }

    public IReadOnlyList<LinePayload?>? JournalLines { get; set; }
}

internal sealed class LinePayload
{
    public string? Description { get; set; }

    public Guid? AccountID { get; set; }

    public string? AccountCode { get; set; }

    public decimal? Quantity { get; set; }

    public decimal? UnitAmount { get; set; }

    public decimal? LineAmount { get; set; }

    public decimal? TaxAmount { get; set; }

    public string? TaxType { get; set; }

    public IReadOnlyList<TrackingPayload?>? Tracking { get; set; }
}

internal sealed class TrackingPayload
{
    public Guid? TrackingCategoryID { get; set; }

    public Guid? TrackingOptionID { get; set; }
}

internal sealed class AccountRefPayload
{
    public Guid? AccountID { get; set; }

    public string? Code { get; set; }
}

internal sealed class ContactPayload
{
    public Guid? ContactID { get; set; }

    public string? Name { get; set; }

    public string? EmailAddress { get; set; }

    public bool? IsCustomer { get; set; }

    public bool? IsSupplier { get; set; }

    public string? ContactStatus { get; set; }

    public Guid? MergedToContactID { get; set; }
}

internal sealed class AccountPayload
{
    public Guid? AccountID { get; set; }

    public string? Code { get; set; }

    public string? Name { get; set; }

    public string? Type { get; set; }

    public string? Class { get; set; }

    public string? SystemAccount { get; set; }

    public string? Status { get; set; }

    public string? CurrencyCode { get; set; }

    public string? TaxType { get; set; }
}

internal sealed class TaxRatePayload
{
    public string? TaxType { get; set; }

    public string? Name { get; set; }

    public decimal? EffectiveRate { get; set; }

    public string? Status { get; set; }
}

internal sealed class CurrencyPayload
{
    public string? Code { get; set; }

    public string? Description { get; set; }
}

internal sealed class TrackingCategoryPayload
{
    public Guid? TrackingCategoryID { get; set; }

    public string? Name { get; set; }

    public IReadOnlyList<TrackingOptionPayload?>? Options { get; set; }
}

internal sealed class TrackingOptionPayload
{
    public Guid? TrackingOptionID { get; set; }

    public string? Name { get; set; }

    public string? Status { get; set; }
}

internal sealed class OrganisationPayload
{
    public string? Name { get; set; }

    public string? BaseCurrency { get; set; }

    public decimal? FinancialYearEndDay { get; set; }

    public decimal? FinancialYearEndMonth { get; set; }

    public string? CountryCode { get; set; }

    public string? Timezone { get; set; }

    public string? SalesTaxBasis { get; set; }

    public string? SalesTaxPeriod { get; set; }

    public string? ShortCode { get; set; }

    public DateOnly? PeriodLockDate { get; set; }

    public DateOnly? EndOfYearLockDate { get; set; }
}

[JsonSourceGenerationOptions(
    PropertyNameCaseInsensitive = true,
    Converters = [typeof(WireDayConverter), typeof(WireInstantConverter), typeof(WireDecimalConverter), typeof(WireBoolConverter), typeof(WireIdConverter), typeof(WireTextConverter)])]
[JsonSerializable(typeof(InvoicePayload))]
[JsonSerializable(typeof(InvoiceCreditsPayload))]
[JsonSerializable(typeof(CreditPayload))]
[JsonSerializable(typeof(BatchPaymentPayload))]
[JsonSerializable(typeof(RepeatingInvoicePayload))]
[JsonSerializable(typeof(BankTransactionPayload))]
[JsonSerializable(typeof(PaymentPayload))]
[JsonSerializable(typeof(BankTransferPayload))]
[JsonSerializable(typeof(ManualJournalPayload))]
[JsonSerializable(typeof(ContactPayload))]
[JsonSerializable(typeof(AccountPayload))]
[JsonSerializable(typeof(TaxRatePayload))]
[JsonSerializable(typeof(CurrencyPayload))]
[JsonSerializable(typeof(TrackingCategoryPayload))]
[JsonSerializable(typeof(OrganisationPayload))]
[JsonSerializable(typeof(BudgetPayload))]
[JsonSerializable(typeof(ReportPayload))]
internal sealed partial class WireJson : JsonSerializerContext;
