using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Ledger;

/// <summary>Which transactions; every member that is null lets all through.</summary>
public sealed record TransactionFilter
{
    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>One of <see cref="TransactionTypes"/>.</summary>
    public string? Type { get; init; }

    public string? Status { get; init; }

    /// <summary>One of <see cref="Directions"/>.</summary>
    public string? Direction { get; init; }

    /// <summary>A category's name, or <c>none</c> for rows without one.</summary>
    public string? Category { get; init; }

    /// <summary>Only what waits for a person: money documents that stand, without a category. Payments and transfers follow what they settle.</summary>
    public bool ToCategorise { get; init; }

    public string? AccountCode { get; init; }

    public Guid? ContactId { get; init; }

    public bool? IsReconciled { get; init; }

    /// <summary>Of the absolute base amount.</summary>
    public decimal? MinAmount { get; init; }

    /// <summary>Of the absolute base amount.</summary>
    public decimal? MaxAmount { get; init; }

    /// <summary>A part, in any case, of description, contact name, reference or number.</summary>
    public string? Search { get; init; }

    /// <summary>Parts as of <see cref="Search"/>, a line each; all of them must occur.</summary>
    public string? Words { get; init; }

    /// <summary>Xero's AccountID of the bank account that the money went through.</summary>
    public Guid? BankAccountId { get; init; }

    /// <summary>Only what is not approved yet: drafts and what awaits approval.</summary>
    public bool Drafts { get; init; }

    /// <summary>Only what went through a bank account, stands, and is not reconciled at Xero.</summary>
    public bool Unreconciled { get; init; }

    /// <summary>A person decided, or nobody did.</summary>
    public bool? LockedByPerson { get; init; }

    /// <summary>The reader may not see payroll: such rows come without texts, contact and category, and no search, contact or category finds them.</summary>
    public bool HidePayroll { get; init; }

    /// <summary>As the caller may read it.</summary>
    public TransactionFilter For(Caller caller) => this with { HidePayroll = PayrollRules.AreHiddenFrom(caller) };
}

/// <summary>The order of a list of transactions; amounts by their absolute base amount.</summary>
public enum TransactionSort
{
    NewestFirst,
    OldestFirst,
    SmallestFirst,
    LargestFirst,
}

/// <summary>What settles with what, seen from one of the two documents.</summary>
/// <param name="Allocation">How much, and from which day.</param>
/// <param name="PaysOther">The document that is looked at settles the other one.</param>
/// <param name="Other">The other document; null where it was not read.</param>
public sealed record AllocationView(Allocation Allocation, bool PaysOther, Transaction? Other);

/// <summary>A transaction with all that stands behind it.</summary>
public sealed record TransactionDetail(
    Transaction Transaction,
    IReadOnlyList<TransactionLine> Lines,
    IReadOnlyList<AllocationView> Allocations,
    IReadOnlyList<LedgerLineView> LedgerLines,
    string? XeroUrl)
{
    /// <summary>Xero keeps files with the document; they stay there.</summary>
    public bool HasAttachments { get; init; }
}

/// <summary>Reads the list of transactions.</summary>
public interface ITransactionReader
{
    Task<Result<Page<Transaction>>> ListAsync(TenantId tenant, TransactionFilter filter, TransactionSort sort, PagePlace place, int limit, CancellationToken ct);

    Task<CappedCount> CountAsync(TenantId tenant, TransactionFilter filter, CancellationToken ct);

    /// <summary>One with all that stands behind it; with <paramref name="hidePayroll"/> without what payroll keeps to itself.</summary>
    Task<TransactionDetail?> FindAsync(TenantId tenant, Guid id, bool hidePayroll, CancellationToken ct);
}

/// <summary>Looking at transactions.</summary>
public sealed class TransactionService(ITransactionReader transactions)
{
    /// <summary>A page of transactions.</summary>
    public async Task<Result<Page<Transaction>>> ListAsync(
        Caller caller, TenantId tenant, TransactionFilter filter, TransactionSort sort, PagePlace place, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.TransactionsRead, tenant) is { } refused)
        {
            return refused;
        }

        return await transactions.ListAsync(tenant, filter.For(caller), sort, place, limit, ct);
    }

    /// <summary>How many there are, counted up to <see cref="CappedCount.Cap"/>.</summary>
    public async Task<Result<CappedCount>> CountAsync(Caller caller, TenantId tenant, TransactionFilter filter, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.TransactionsRead, tenant) is { } refused)
        {
            return refused;
        }

        return await transactions.CountAsync(tenant, filter.For(caller), ct);
    }

    /// <summary>One transaction with lines, allocations and ledger lines.</summary>
    public async Task<Result<TransactionDetail>> GetAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.TransactionsRead, tenant) is { } refused)
        {
            return refused;
        }

        return await transactions.FindAsync(tenant, id, PayrollRules.AreHiddenFrom(caller), ct) is { } found
            ? found
            : Problem.NotFound("transaction-not-found", "There is no such transaction in this organisation.");
    }
}
