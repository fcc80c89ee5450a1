using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Ledger.Ties;

/// <summary>What of a bank account's items nobody has reconciled in Xero yet. Base currency, money in +.</summary>
/// <param name="AccountId">The bank account.</param>
/// <param name="Count">How many; a transfer counts on both accounts until both sides are reconciled.</param>
/// <param name="Sum">Together.</param>
/// <param name="Oldest">Day of the oldest.</param>
public sealed record UnreconciledItems(Guid AccountId, int Count, decimal Sum, DateOnly Oldest);

/// <summary>Sales tax as documents state it line by line. Base currency, signs as on the tax account: debit +.</summary>
/// <param name="OnSales">Of invoices, money received and customers' credit notes.</param>
/// <param name="OnPurchases">Of bills, money spent and suppliers' credit notes.</param>
/// <param name="Coded">Lines that name the tax account itself, as payments to the tax office do.</param>
public sealed record DocumentTax(decimal OnSales, decimal OnPurchases, decimal Coded)
{
    public decimal Total => OnSales + OnPurchases + Coded;
}

/// <summary>Money that documents move at the banks: payments, money spent and received; transfers between own accounts left out. Base currency.</summary>
/// <param name="In">Received, +.</param>
/// <param name="Out">Paid, −.</param>
public sealed record DocumentMoney(decimal In, decimal Out)
{
    public decimal Net => In + Out;
}

/// <summary>Sums over the documents themselves, without the ledger: the other side of a tie.</summary>
public interface IDocumentSums
{
    /// <summary>Bank accounts with items that are not reconciled now, of those dated up to <paramref name="day"/>.</summary>
    Task<IReadOnlyList<UnreconciledItems>> UnreconciledAsync(TenantId tenant, DateOnly day, CancellationToken ct);

    /// <summary>Tax of the documents that post in <paramref name="days"/>.</summary>
    Task<DocumentTax> TaxAsync(TenantId tenant, Guid taxAccountId, Days days, string baseCurrency, CancellationToken ct);

    /// <summary>Money that went through bank accounts in <paramref name="days"/>.</summary>
    Task<DocumentMoney> MoneyAsync(TenantId tenant, Days days, CancellationToken ct);
}
