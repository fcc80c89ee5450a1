using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Ledger;

/// <summary>A document in our words, as the posting rules read it. Amounts are in the document's currency, as Xero states them.</summary>
public abstract record SourceDocument
{
    public required Guid XeroId { get; init; }

    public abstract DocumentKind Kind { get; }

    /// <summary>Xero's day of the document.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Xero's own status word.</summary>
    public required string Status { get; init; }

    public Guid? ContactId { get; init; }

    public string? ContactName { get; init; }

    public string? Reference { get; init; }

    public string? Number { get; init; }

    /// <summary>Null: the organisation's base currency.</summary>
    public string? CurrencyCode { get; init; }

    /// <summary>Of a document in base currency it says nothing.</summary>
    public FxRate CurrencyRate { get; init; } = FxRate.One;

    /// <summary>As Xero states it; may be negative.</summary>
    public decimal Total { get; init; }

    public bool IsReconciled { get; init; }

    public IReadOnlyList<DocumentLine> Lines { get; init; } = [];

    /// <summary>Xero's UpdatedDateUTC, when it was there.</summary>
    public DateTime? UpdatedUtc { get; init; }
}

/// <summary>A line of a document. <see cref="Net"/> is already without tax, whatever the document's way of stating it.</summary>
public sealed record DocumentLine
{
    public string? Description { get; init; }

    public Guid? AccountId { get; init; }

    public string? AccountCode { get; init; }

    public decimal? Quantity { get; init; }

    public decimal? UnitPrice { get; init; }

    public decimal Net { get; init; }

    public decimal Tax { get; init; }

    public string? TaxType { get; init; }

    public Guid? TrackingOption1 { get; init; }

    public Guid? TrackingOption2 { get; init; }
}

/// <summary>A sales invoice (ACCREC) or a bill (ACCPAY).</summary>
public sealed record Invoice : SourceDocument
{
    public override DocumentKind Kind => DocumentKind.Invoice;

    /// <summary>True for a sales invoice, false for a bill.</summary>
    public required bool IsSale { get; init; }

    public DateOnly? DueDate { get; init; }

    public decimal? AmountDue { get; init; }
}

/// <summary>Money spent from or received into a bank account, over- and prepayments included.</summary>
public sealed record BankTransaction : SourceDocument
{
    public override DocumentKind Kind => DocumentKind.BankTransaction;

    /// <summary>Xero's word: SPEND, RECEIVE, RECEIVE-OVERPAYMENT, SPEND-TRANSFER …</summary>
    public required string XeroType { get; init; }

    /// <summary>Money came in, or went back into, the bank account.</summary>
    public bool IsReceived => XeroType.StartsWith("RECEIVE", StringComparison.Ordinal);

    /// <summary>Xero's OverpaymentID or PrepaymentID, when the money is one.</summary>
    public Guid? CreditXeroId { get; init; }

    public Guid? BankAccountId { get; init; }

    public string? BankAccountCode { get; init; }
}

/// <summary>A payment of an invoice or bill, or the refund of a credit.</summary>
public sealed record Payment : SourceDocument
{
    public override DocumentKind Kind => DocumentKind.Payment;

    /// <summary>Xero's word: ACCRECPAYMENT, ACCPAYPAYMENT, ARCREDITPAYMENT …</summary>
    public required string PaymentType { get; init; }

    public Guid? BankAccountId { get; init; }

    public string? BankAccountCode { get; init; }

    /// <summary>The amount in the bank account's currency; null where Xero does not say.</summary>
    public decimal? BankAmount { get; init; }

    /// <summary>The invoice, bill or credit that it settles.</summary>
    public Guid? SettledXeroId { get; init; }

    /// <summary>The settled document's type, such as ACCREC; decides when <see cref="PaymentType"/> is missing.</summary>
    public string? SettledType { get; init; }
}

/// <summary>Money moved between two bank accounts, posted once.</summary>
public sealed record BankTransfer : SourceDocument
{
    public override DocumentKind Kind => DocumentKind.BankTransfer;

    public Guid? FromAccountId { get; init; }

    public Guid? ToAccountId { get; init; }

    public string? FromAccountCode { get; init; }

    public string? ToAccountCode { get; init; }

    /// <summary>The bank transaction of the account that pays: its amount and rate in its own currency.</summary>
    public Guid? FromTransactionId { get; init; }

    /// <summary>The bank transaction of the account that receives.</summary>
    public Guid? ToTransactionId { get; init; }

    public Guid? FromTracking1 { get; init; }

    public Guid? FromTracking2 { get; init; }

    public Guid? ToTracking1 { get; init; }

    public Guid? ToTracking2 { get; init; }
}

/// <summary>A journal that a person wrote; its lines are given, debit +.</summary>
public sealed record ManualJournal : SourceDocument
{
    public override DocumentKind Kind => DocumentKind.ManualJournal;

    public string? Narration { get; init; }
}
