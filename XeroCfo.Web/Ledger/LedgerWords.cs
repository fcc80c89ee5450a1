using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Xero;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Ledger;

/// <summary>Words for the codes of the ledger, as a person reads them.</summary>
public static class LedgerWords
{
    public static string Type(string type) => type switch
    {
        TransactionTypes.Invoice => "Invoice",
        TransactionTypes.Bill => "Bill",
        TransactionTypes.Spend => "Spend",
        TransactionTypes.Receive => "Receive",
        TransactionTypes.Transfer => "Transfer",
        TransactionTypes.CreditNote => "Credit note",
        TransactionTypes.Payment => "Payment",
        _ => Sentence(type),
    };

    /// <summary>Xero's word in sentence case: AUTHORISED is "Authorised".</summary>
    public static string Sentence(string word) =>
        word.Length == 0 ? word : string.Concat(word[..1].ToUpperInvariant(), word[1..].ToLowerInvariant().Replace('_', ' '));

    public static Tone StatusTone(string status) => status switch
    {
        "PAID" => Tone.Good,
        "AUTHORISED" => Tone.Info,
        "DRAFT" or "SUBMITTED" => Tone.Warn,
        _ => Tone.Neutral,
    };

    /// <summary>Where a ledger line comes from.</summary>
    public static string Source(LedgerLine line) => line.Source switch
    {
        LineSources.Document => line.DocumentKind is { } kind ? Kind(kind) : "Document",
        LineSources.Journal => "Journal",
        LineSources.Opening => "Opening balance",
        LineSources.XeroTrialBalance => $"Xero only: {line.Kind ?? DifferenceKinds.Unexplained}",
        LineSources.XeroProvisional => $"Xero only so far: {line.Kind ?? DifferenceKinds.Unexplained}",
        _ => Sentence(line.Source),
    };

    public static string Kind(DocumentKind kind) => kind switch
    {
        DocumentKind.BankTransaction => "Bank transaction",
        DocumentKind.BankTransfer => "Bank transfer",
        DocumentKind.ManualJournal => "Manual journal",
        DocumentKind.CreditNote => "Credit note",
        DocumentKind.BatchPayment => "Batch payment",
        DocumentKind.RepeatingInvoice => "Repeating invoice",
        _ => kind.ToString(),
    };

    /// <summary>Headings of Xero's classes, in the order of a trial balance.</summary>
    public static readonly IReadOnlyList<(string Class, string Heading)> Classes =
    [
        ("ASSET", "Assets"), ("LIABILITY", "Liabilities"), ("EQUITY", "Equity"), ("REVENUE", "Income"), ("EXPENSE", "Expenses"),
    ];

    /// <summary>Xero's account type in words.</summary>
    public static string AccountType(string type) => type switch
    {
        "BANK" => "Bank",
        "CURRENT" => "Current asset",
        "INVENTORY" => "Inventory",
        "FIXED" => "Fixed asset",
        "NONCURRENT" => "Non-current asset",
        "PREPAYMENT" => "Prepayment",
        "CURRLIAB" => "Current liability",
        "TERMLIAB" => "Term liability",
        "LIABILITY" => "Liability",
        "EQUITY" => "Equity",
        "REVENUE" => "Revenue",
        "SALES" => "Sales",
        "OTHERINCOME" => "Other income",
        "DIRECTCOSTS" => "Direct costs",
        "EXPENSE" => "Expense",
        "OVERHEADS" => "Overhead",
        "DEPRECIATN" => "Depreciation",
        "WAGESEXPENSE" => "Wages",
        _ => Sentence(type),
    };
}
