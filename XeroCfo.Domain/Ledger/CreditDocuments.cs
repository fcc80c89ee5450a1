using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Ledger;

/// <summary>Credit that is set against invoices or bills, or paid back: credit notes, overpayments and prepayments.</summary>
public abstract record CreditDocument : SourceDocument
{
    /// <summary>True when it is a customer's (accounts receivable), false when it is a supplier's (accounts payable).</summary>
    public required bool IsSale { get; init; }

    /// <summary>In the document's currency, as Xero states it.</summary>
    public decimal? RemainingCredit { get; init; }

    /// <summary>What it was set against, in Xero's order.</summary>
    public IReadOnlyList<CreditUse> Allocations { get; init; } = [];

    /// <summary>What was paid back of it, in Xero's order; each is a payment of its own too.</summary>
    public IReadOnlyList<CreditUse> Refunds { get; init; } = [];
}

/// <summary>A part of a credit that was used.</summary>
/// <param name="Id">Xero's AllocationID or PaymentID; null where it gives none.</param>
/// <param name="TargetXeroId">The invoice or bill that it was set against; null for a refund.</param>
/// <param name="Date">Its own day.</param>
/// <param name="Amount">In the credit's currency.</param>
public sealed record CreditUse(Guid? Id, Guid? TargetXeroId, DateOnly Date, decimal Amount);

/// <summary>A credit note to a customer (ACCRECCREDIT) or from a supplier (ACCPAYCREDIT); amounts positive.</summary>
public sealed record CreditNote : CreditDocument
{
    public override DocumentKind Kind => DocumentKind.CreditNote;
}

/// <summary>
/// Money beyond what was owed. The money itself is posted from its bank transaction; this record tells what became of the credit.
/// </summary>
public sealed record Overpayment : CreditDocument
{
    public override DocumentKind Kind => DocumentKind.Overpayment;
}

/// <summary>
/// Money for what is not invoiced yet, with lines and tax. The money itself is posted from its bank transaction; this record tells what
/// became of the credit.
/// </summary>
public sealed record Prepayment : CreditDocument
{
    public override DocumentKind Kind => DocumentKind.Prepayment;
}

/// <summary>Payments made in one go. Each of them is a payment of its own, so a batch posts nothing.</summary>
public sealed record BatchPayment : SourceDocument
{
    public override DocumentKind Kind => DocumentKind.BatchPayment;
}

/// <summary>An invoice or bill that Xero writes by itself on a schedule. Kept for forecasts; posts nothing.</summary>
public sealed record RepeatingInvoice : SourceDocument
{
    public override DocumentKind Kind => DocumentKind.RepeatingInvoice;

    public required bool IsSale { get; init; }

    /// <summary>The next day that Xero writes one; null when the schedule has ended.</summary>
    public DateOnly? NextDate { get; init; }

    /// <summary>How many of <see cref="Unit"/> lie between two.</summary>
    public int Period { get; init; }

    /// <summary>WEEKLY or MONTHLY.</summary>
    public string? Unit { get; init; }
}
