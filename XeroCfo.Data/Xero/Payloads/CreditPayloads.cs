namespace XeroCfo.Data.Xero.Payloads;

/// <summary>Credit notes, overpayments and prepayments: the same on the wire but for the name of the id.</summary>
internal sealed class CreditPayload : DocumentPayload
{
    public Guid? CreditNoteID { get; set; }

    public Guid? OverpaymentID { get; set; }

    public Guid? PrepaymentID { get; set; }

    public string? Type { get; set; }

    public string? CreditNoteNumber { get; set; }

    public string? InvoiceNumber { get; set; }

    public decimal? RemainingCredit { get; set; }

    public IReadOnlyList<CreditUsePayload?>? Allocations { get; set; }

    public IReadOnlyList<CreditUsePayload?>? Payments { get; set; }
}

internal sealed class CreditUsePayload
{
    public Guid? AllocationID { get; set; }

    public Guid? PaymentID { get; set; }

    public decimal? Amount { get; set; }

    public decimal? AppliedAmount { get; set; }

    public DateOnly? Date { get; set; }

    public bool? IsDeleted { get; set; }

    public string? Status { get; set; }

    public SettledPayload? Invoice { get; set; }
}

/// <summary>What an invoice says of the credits that were set against it.</summary>
internal sealed class InvoiceCreditsPayload
{
    public IReadOnlyList<AppliedCreditPayload?>? CreditNotes { get; set; }

    public IReadOnlyList<AppliedCreditPayload?>? Overpayments { get; set; }

    public IReadOnlyList<AppliedCreditPayload?>? Prepayments { get; set; }
}

internal sealed class AppliedCreditPayload
{
    public Guid? CreditNoteID { get; set; }

    public Guid? OverpaymentID { get; set; }

    public Guid? PrepaymentID { get; set; }

    public decimal? AppliedAmount { get; set; }
}

internal sealed class BatchPaymentPayload : DocumentPayload
{
    public Guid? BatchPaymentID { get; set; }

    public decimal? TotalAmount { get; set; }
}

internal sealed class RepeatingInvoicePayload : DocumentPayload
{
    public Guid? RepeatingInvoiceID { get; set; }

    public string? Type { get; set; }

    public SchedulePayload? Schedule { get; set; }
}

internal sealed class SchedulePayload
{
    public decimal? Period { get; set; }

    public string? Unit { get; set; }

    public DateOnly? StartDate { get; set; }

    public DateOnly? NextScheduledDate { get; set; }
}
