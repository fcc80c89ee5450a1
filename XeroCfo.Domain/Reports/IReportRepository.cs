using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Reports;

/// <summary>A kept report without its document.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Type">One of <see cref="ReportTypes"/>.</param>
/// <param name="Name">As it was named.</param>
/// <param name="Parameters">What was asked.</param>
/// <param name="UserId">Who keeps it.</param>
/// <param name="UserName">In words.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="UpdatedAt">UTC; its version.</param>
public sealed record ReportHead(Guid Id, string Type, string Name, ReportParameters Parameters, Guid UserId, string UserName, DateTime CreatedAt, DateTime UpdatedAt);

/// <summary>Something that moved in a report's days after it was made. Base currency, debit +.</summary>
public sealed record ReportChange(
    Month Month, Guid AccountId, string? AccountCode, string AccountName, DocumentKind? DocumentKind, Guid? DocumentXeroId, string? Number, decimal Before, decimal After, string? Reason, DateTime At)
{
    public decimal Difference => After - Before;

    /// <summary>The same without documents.</summary>
    public static IReadOnlyList<ReportChange> ByAccount(IEnumerable<ReportChange> changes) =>
    [
        .. changes.GroupBy(change => (change.Month, change.AccountId)).Select(group => group.First() with
        {
            DocumentKind = null, DocumentXeroId = null, Number = null, Reason = null, Before = group.Sum(change => change.Before), After = group.Sum(change => change.After), At = group.Max(change => change.At),
        }).OrderByDescending(change => Math.Abs(change.Difference)),
    ];
}

/// <summary>Where reports are kept.</summary>
public interface IReportRepository
{
    /// <summary>The newest first.</summary>
    Task<Result<Page<ReportHead>>> ListAsync(TenantId tenant, string? type, string? cursor, int limit, CancellationToken ct);

    Task<CappedCount> CountAsync(TenantId tenant, string? type, CancellationToken ct);

    Task<Report?> FindAsync(TenantId tenant, Guid id, CancellationToken ct);

    Task<Result<Report>> CreateAsync(Caller caller, TenantId tenant, Report report, CancellationToken ct);

    Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CancellationToken ct);

    /// <summary>What moved since in its days, document by document, the largest first.</summary>
    Task<IReadOnlyList<ReportChange>> ChangesAsync(TenantId tenant, ReportDocument document, bool hidePayroll, CancellationToken ct);
}
