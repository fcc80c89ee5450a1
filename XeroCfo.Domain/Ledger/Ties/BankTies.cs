namespace XeroCfo.Domain.Ledger.Ties;

/// <summary>
/// A bank account as the books have it. What the bank itself says is not readable through Xero's API, so this never proves the bank. Base currency, debit +.
/// </summary>
/// <param name="Account">The account.</param>
/// <param name="Books">Our balance.</param>
/// <param name="Xero">Xero's; null where it was not read at that day.</param>
/// <param name="Unreconciled">What is open in Xero's reconciliation now; null: nothing.</param>
public sealed record BankTie(Account Account, decimal Books, decimal? Xero, UnreconciledItems? Unreconciled);

/// <summary>
/// What went through all bank accounts in a month, from the documents and from the ledger: two ways to the same figure, and Xero's beside them. Base currency, money in +.
/// </summary>
/// <param name="Documents">Payments, money spent and received, as the documents say.</param>
/// <param name="Ledger">What those kinds of document moved on bank accounts in the ledger.</param>
/// <param name="BetweenOwn">What transfers between own accounts left over: differences of rate.</param>
/// <param name="XeroOnly">What only Xero's trial balance knows, such as revaluations.</param>
/// <param name="Xero">What all bank accounts moved by in Xero's trial balances; null where one of the two was not read.</param>
public sealed record CashTie(DocumentMoney Documents, decimal Ledger, decimal BetweenOwn, decimal XeroOnly, decimal? Xero)
{
    /// <summary>Ledger − documents: 0.00 when the bank accounts stand on the documents.</summary>
    public decimal Difference => Ledger - Documents.Net;

    /// <summary>All of the bank accounts' movement by our books.</summary>
    public decimal Movement => Ledger + BetweenOwn + XeroOnly;

    /// <summary>Xero − ours; null where Xero was not read.</summary>
    public decimal? XeroDifference => Xero - Movement;
}
