using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Ledger;

/// <summary>Reads and confirms what Xero's trial balances hold beyond documents.</summary>
public interface ITieOutBook
{
    /// <summary>Every part up to a day, opening not included, oldest first.</summary>
    Task<IReadOnlyList<XeroOnlyPart>> PartsAsync(TenantId tenant, DateOnly upTo, CancellationToken ct);

    /// <summary>
    /// How many suggested parts stand behind the balances at <paramref name="day"/> and nobody has confirmed; provisional ones not counted, nor
    /// those of income and expense before <paramref name="yearStart"/>, which stand in retained earnings by then.
    /// </summary>
    Task<int> ToConfirmAsync(TenantId tenant, DateOnly day, DateOnly yearStart, CancellationToken ct);

    /// <summary>What documents of each kind moved on an account between two days; null: since the books began.</summary>
    Task<IReadOnlyList<KindTotal>> KindsAsync(TenantId tenant, Guid accountId, DateOnly? from, DateOnly to, CancellationToken ct);

    /// <summary>What may be behind an unexplained amount of an account in a month: documents in trouble, and documents of just that amount.</summary>
    Task<IReadOnlyList<string>> CausesAsync(TenantId tenant, Guid accountId, Month month, decimal amount, bool hidePayroll, CancellationToken ct);

    /// <summary>True when a document that is not in the ledger may move the account in the month.</summary>
    Task<bool> IsTroubledAsync(TenantId tenant, Guid accountId, Month month, CancellationToken ct);

    /// <summary>What moved in months that were over, newest first.</summary>
    Task<Result<Page<PastChange>>> PastChangesAsync(TenantId tenant, PastChangeFilter filter, string? cursor, int limit, CancellationToken ct);

    /// <summary>
    /// Keeps what a person said of an account's differences in a month, or with a kind of null takes it back; audited. Refused when there is none.
    /// </summary>
    Task<Result<IReadOnlyList<XeroOnlyPart>>> ConfirmAsync(Caller caller, TenantId tenant, Guid accountId, Month month, string? kind, string? note, CancellationToken ct);
}
