namespace XeroCfo.Domain.Xero;

/// <summary>The kinds of Xero records that post to the ledger, by Xero's own names.</summary>
public enum DocumentKind
{
    Invoice = 1,
    Payment = 2,
    BankTransaction = 3,
    BankTransfer = 4,
    ManualJournal = 5,
    CreditNote = 6,
    Prepayment = 7,
    Overpayment = 8,
    BatchPayment = 9,
    RepeatingInvoice = 10,
}
