using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Ledger;

/// <summary>One document as people see it in a list, of any status. Derived from <see cref="Document"/>.</summary>
public sealed class Transaction : Entity, ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid XeroId { get; set; }

    /// <summary>One of <see cref="TransactionTypes"/>.</summary>
    public required string Type { get; set; }

    public Guid? ContactId { get; set; }

    public string? ContactName { get; set; }

    public string? Reference { get; set; }

    /// <summary>The total as Xero states it, in <see cref="CurrencyCode"/>.</summary>
    public decimal Amount { get; set; }

    public DateOnly Date { get; set; }

    public DateOnly? DueDate { get; set; }

    /// <summary>Xero's own status word.</summary>
    public required string Status { get; set; }

    /// <summary>Our own view of the document; never changes a ledger line.</summary>
    public string? Category { get; set; }

    /// <summary><see cref="OwnAccountCode"/>, else the code that all lines share, else null.</summary>
    public string? AccountCode { get; set; }

    /// <summary>The code that a person or a rule of ours gave it; Xero's lines keep theirs.</summary>
    public string? OwnAccountCode { get; set; }

    /// <summary>The lines' distinct descriptions, joined by "; ".</summary>
    public string? Description { get; set; }

    public bool IsReconciled { get; set; }

    public required string CurrencyCode { get; set; }

    public FxRate CurrencyRate { get; set; } = FxRate.One;

    /// <summary>Base currency; money in or owed to us +, money out or owed by us −, a transfer 0.</summary>
    public decimal BaseAmount { get; set; }

    /// <summary>|<see cref="BaseAmount"/>|: what amount filters and sorts use.</summary>
    public decimal AbsoluteAmount { get; set; }

    /// <summary>in, out or none.</summary>
    public required string Direction { get; set; }

    /// <summary>The document's number; of a payment, the number of what it pays.</summary>
    public string? Number { get; set; }

    public Guid? BankAccountId { get; set; }

    /// <summary>Xero's OverpaymentID or PrepaymentID of an over- or prepayment: what its allocations name as their source.</summary>
    public Guid? CreditXeroId { get; set; }

    /// <summary>What is still to be paid, in <see cref="CurrencyCode"/>; null where that has no meaning.</summary>
    public decimal? AmountDue { get; set; }

    /// <summary>
    /// What payments and credits settle of it altogether, whatever their days, in <see cref="CurrencyCode"/>. Posting keeps it beside the allocations, so that
    /// what is open is found without adding up those of each document.
    /// </summary>
    public decimal Settled { get; set; }

    /// <summary>none, xero, rule, suggestion or manual.</summary>
    public string CategorySource { get; set; } = "none";

    public Guid? CategoryRuleId { get; set; }

    /// <summary>Lower case: description, contact, reference and number, a line each; what a substring search looks at.</summary>
    public string? SearchText { get; set; }

    /// <summary>A person decided: no rule changes it.</summary>
    public bool LockedByPerson { get; set; }

    /// <summary>The due day for which it was told to be overdue; null: it was not.</summary>
    public DateOnly? OverdueToldFor { get; set; }

    /// <summary>Texts and contact were taken out, because the reader may not see payroll. Never stored.</summary>
    public bool PayrollHidden { get; set; }
}

/// <summary>The words of Transactions.type.</summary>
public static class TransactionTypes
{
    public const string Invoice = "INVOICE";
    public const string Bill = "BILL";
    public const string Spend = "SPEND";
    public const string Receive = "RECEIVE";
    public const string Transfer = "TRANSFER";
    public const string CreditNote = "CREDIT_NOTE";
    public const string Payment = "PAYMENT";

    public static readonly IReadOnlyList<string> All = [Invoice, Bill, Spend, Receive, Transfer, CreditNote, Payment];
}

/// <summary>The words of Transactions.direction.</summary>
public static class Directions
{
    public const string In = "in";
    public const string Out = "out";
    public const string None = "none";

    public static readonly IReadOnlyList<string> All = [In, Out, None];
}

/// <summary>A line of a transaction, amounts in the transaction's currency.</summary>
public sealed class TransactionLine : ITenantOwned
{
    public long Id { get; set; }

    public Guid TenantId { get; set; }

    public Guid TransactionId { get; set; }

    /// <summary>From 1, in Xero's order.</summary>
    public int LineNumber { get; set; }

    public string? Description { get; set; }

    public Guid? AccountId { get; set; }

    public string? AccountCode { get; set; }

    public decimal? Quantity { get; set; }

    public decimal? UnitPrice { get; set; }

    /// <summary>Without tax.</summary>
    public decimal Net { get; set; }

    public decimal Tax { get; set; }

    public string? TaxType { get; set; }

    public Guid? TrackingOption1 { get; set; }

    public Guid? TrackingOption2 { get; set; }
}

/// <summary>Which payment or credit settled which document.</summary>
public sealed class Allocation : ITenantOwned
{
    public Guid TenantId { get; set; }

    /// <summary>Xero's id of the payment; of a credit's use made from source, target and place, for Xero gives not every one an id of its own.</summary>
    public Guid Id { get; set; }

    /// <summary>What settles: payment, credit note, overpayment or prepayment.</summary>
    public DocumentKind SourceKind { get; set; }

    /// <summary>Xero's id of what settles: PaymentID, CreditNoteID, OverpaymentID or PrepaymentID.</summary>
    public Guid SourceXeroId { get; set; }

    /// <summary>What is settled.</summary>
    public Guid TargetXeroId { get; set; }

    /// <summary>In the settled document's currency.</summary>
    public decimal Amount { get; set; }

    /// <summary>Its own day, as Xero states it.</summary>
    public DateOnly Date { get; set; }

    /// <summary>The day from which it counts: the latest of its own and those of the two documents.</summary>
    public DateOnly EffectiveDate { get; set; }
}
