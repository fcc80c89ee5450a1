using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Reports.Layouts;

/// <summary>A version of a layout, and who wrote it.</summary>
public sealed record LayoutVersionHead(int Version, string Name, string? Author, DateTime CreatedAt);

/// <summary>Where layouts are kept, every version of them.</summary>
public interface ILayoutRepository
{
    /// <summary>In the order in which they were made.</summary>
    Task<Result<Page<ReportLayout>>> ListAsync(TenantId tenant, string? cursor, int limit, CancellationToken ct);

    /// <summary>How many there are, counted up to <see cref="CappedCount.Cap"/>.</summary>
    Task<CappedCount> CountAsync(TenantId tenant, CancellationToken ct);

    Task<ReportLayout?> FindAsync(TenantId tenant, Guid id, CancellationToken ct);

    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<LayoutVersionHead>> VersionsAsync(TenantId tenant, Guid id, CancellationToken ct);

    /// <summary>As it was in a version; null: there is none.</summary>
    Task<ReportLayoutVersion?> VersionAsync(TenantId tenant, Guid id, int version, CancellationToken ct);

    /// <summary>A name that another layout has is refused.</summary>
    Task<Result<ReportLayout>> CreateAsync(Caller caller, TenantId tenant, LayoutInput input, CancellationToken ct);

    /// <summary>Makes another version.</summary>
    Task<Result<ReportLayout>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, LayoutInput input, CancellationToken ct);

    /// <summary>Deletes it with its versions; kept reports stay as they are.</summary>
    Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CancellationToken ct);
}
