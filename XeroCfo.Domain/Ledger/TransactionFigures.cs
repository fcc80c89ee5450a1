using XeroCfo.Domain.Ledger.Ties;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Ledger;

/// <summary>
/// What a list of transactions adds up to, base currency. Voided and deleted ones are counted and add nothing; nor do payments beside the
/// documents that they settle, unless the list is of a bank account, of what is unreconciled, or of payments.
/// </summary>
/// <param name="Count">How many, counted up to <see cref="CappedCount.Cap"/>.</param>
/// <param name="In">Money in or owed to us, all of it.</param>
/// <param name="Out">Money out or owed by us, all of it, without its sign.</param>
public sealed record TransactionTotals(CappedCount Count, decimal In, decimal Out)
{
    /// <summary>In − out.</summary>
    public decimal Net => In - Out;
}

/// <summary>How many rows the tabs of the list hold.</summary>
public sealed record TransactionTabCounts(CappedCount ToCategorise, CappedCount Unreconciled, CappedCount Drafts);

/// <summary>Adds up lists of transactions.</summary>
public interface ITransactionFigures
{
    Task<TransactionTotals> TotalsAsync(TenantId tenant, TransactionFilter filter, CancellationToken ct);

    /// <summary>What the filter lets through by bank account, the oldest first; transfers have no amount here.</summary>
    Task<IReadOnlyList<UnreconciledItems>> ByBankAsync(TenantId tenant, TransactionFilter filter, CancellationToken ct);
}

/// <summary>What lists of transactions add up to: slower than a page of them on large books, so asked for by itself.</summary>
public sealed class TransactionFiguresService(ITransactionFigures figures, ITransactionReader transactions)
{
    public async Task<Result<TransactionTotals>> TotalsAsync(Caller caller, TenantId tenant, TransactionFilter filter, CancellationToken ct) =>
        caller.Lacks(Permissions.TransactionsRead, tenant) is { } refused ? refused : await figures.TotalsAsync(tenant, filter.For(caller), ct);

    /// <summary>How much waits for a person, for the bank's lines, and for approval.</summary>
    public async Task<Result<TransactionTabCounts>> TabsAsync(Caller caller, TenantId tenant, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.TransactionsRead, tenant) is { } refused)
        {
            return refused;
        }

        return new TransactionTabCounts(
            await transactions.CountAsync(tenant, new TransactionFilter { ToCategorise = true }.For(caller), ct),
            await transactions.CountAsync(tenant, new TransactionFilter { Unreconciled = true }.For(caller), ct),
            await transactions.CountAsync(tenant, new TransactionFilter { Drafts = true }.For(caller), ct));
    }

    /// <summary>What is not reconciled at Xero, by bank account. The books' word, not the bank's.</summary>
    public async Task<Result<IReadOnlyList<UnreconciledItems>>> UnreconciledAsync(Caller caller, TenantId tenant, TransactionFilter filter, CancellationToken ct) =>
        caller.Lacks(Permissions.TransactionsRead, tenant) is { } refused
            ? refused
            : Result<IReadOnlyList<UnreconciledItems>>.Of(await figures.ByBankAsync(tenant, filter.For(caller) with { Unreconciled = true }, ct));
}
