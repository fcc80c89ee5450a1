using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Ledger;

/// <summary>Addresses of documents inside Xero.</summary>
public static class XeroLinks
{
    /// <summary>
    /// The address of a document; null for kinds without a page of their own. With the organisation's short code it opens in the right organisation.
    /// </summary>
    /// <param name="shortCode">Xero's short code, such as <c>!aBcD1</c>.</param>
    /// <param name="kind">The kind of record.</param>
    /// <param name="xeroId">Its id.</param>
    /// <param name="isSale">For invoices: a sale or a bill.</param>
    public static string? Document(string? shortCode, DocumentKind kind, Guid xeroId, bool isSale)
    {
        var page = kind switch
        {
            DocumentKind.Invoice when isSale => $"/AccountsReceivable/View.aspx?InvoiceID={xeroId:D}",
            DocumentKind.Invoice => $"/AccountsPayable/View.aspx?InvoiceID={xeroId:D}",
            DocumentKind.CreditNote when isSale => $"/AccountsReceivable/ViewCreditNote.aspx?creditNoteID={xeroId:D}",
            DocumentKind.CreditNote => $"/AccountsPayable/ViewCreditNote.aspx?creditNoteID={xeroId:D}",
            DocumentKind.BankTransaction or DocumentKind.Payment or DocumentKind.BankTransfer => $"/Bank/ViewTransaction.aspx?bankTransactionID={xeroId:D}",
            DocumentKind.ManualJournal => $"/Journal/View.aspx?invoiceID={xeroId:D}",
            _ => null,
        };
        return page is null ? null : Page(shortCode, page);
    }

    /// <summary>The address of a document in the list that people see.</summary>
    public static string? Of(string? shortCode, Transaction transaction) => Document(shortCode, KindOf(transaction.Type), transaction.XeroId, transaction.Type == TransactionTypes.Invoice);

    /// <summary>
    /// The address of an account: of a bank account its own page, of any other Xero's report of account transactions, which then asks for the account.
    /// </summary>
    /// <param name="shortCode">Xero's short code; without it only the chart of accounts can be named.</param>
    /// <param name="country">Xero has a report of its own for some countries.</param>
    /// <param name="account">The account.</param>
    public static string Account(string? shortCode, string? country, Account account)
    {
        if (account.Type == "BANK")
        {
            return Page(shortCode, $"/Bank/BankTransactions.aspx?accountID={account.AccountId:D}");
        }

        var report = country switch
        {
            "US" => 1109,
            "GB" => 1209,
            _ => 1009,
        };
        return string.IsNullOrEmpty(shortCode) ? Page(null, "/GeneralLedger/ChartOfAccounts.aspx") : $"https://reporting.xero.com/{Uri.EscapeDataString(shortCode)}/v1/Run/{report}";
    }

    private static string Page(string? shortCode, string page) => string.IsNullOrEmpty(shortCode)
        ? "https://go.xero.com" + page
        : $"https://go.xero.com/organisationlogin/default.aspx?shortcode={Uri.EscapeDataString(shortCode)}&redirecturl={Uri.EscapeDataString(page)}";

    private static DocumentKind KindOf(string type) => type switch
    {
        TransactionTypes.Invoice or TransactionTypes.Bill => DocumentKind.Invoice,
        TransactionTypes.Payment => DocumentKind.Payment,
        TransactionTypes.Transfer => DocumentKind.BankTransfer,
        TransactionTypes.CreditNote => DocumentKind.CreditNote,
        _ => DocumentKind.BankTransaction,
    };
}
