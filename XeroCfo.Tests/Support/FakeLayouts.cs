using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports.Layouts;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.Support;

/// <summary>Layouts in memory, every version of them.</summary>
internal sealed class FakeLayouts : ILayoutRepository
{
    private static readonly DateTime Made = new(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly List<ReportLayoutVersion> _versions = [];

    public List<ReportLayout> All { get; } = [];

    /// <summary>What every write is refused with.</summary>
    public Problem? Refusal { get; set; }

    public ReportLayout Add(string name, params LayoutRow[] rows) => Keep(new ReportLayout { Name = name, Rows = [.. rows], CreatedAt = Made, UpdatedAt = Made });

    public Task<Result<Page<ReportLayout>>> ListAsync(TenantId tenant, string? cursor, int limit, CancellationToken ct) => Task.FromResult<Result<Page<ReportLayout>>>(new Page<ReportLayout>([.. All], null));

    public Task<CappedCount> CountAsync(TenantId tenant, CancellationToken ct) => Task.FromResult(CappedCount.Of(All.Count));

    public Task<ReportLayout?> FindAsync(TenantId tenant, Guid id, CancellationToken ct) => Task.FromResult(All.Find(layout => layout.Id == id));

    public Task<IReadOnlyList<LayoutVersionHead>> VersionsAsync(TenantId tenant, Guid id, CancellationToken ct) => Task.FromResult<IReadOnlyList<LayoutVersionHead>>(
        [.. _versions.Where(version => version.LayoutId == id).OrderByDescending(version => version.Version).Select(version => new LayoutVersionHead(version.Version, version.Name, "Ana", Made))]);

    public Task<ReportLayoutVersion?> VersionAsync(TenantId tenant, Guid id, int version, CancellationToken ct) => Task.FromResult(_versions.Find(one => one.LayoutId == id && one.Version == version));

    public Task<Result<ReportLayout>> CreateAsync(Caller caller, TenantId tenant, LayoutInput input, CancellationToken ct) =>
        Task.FromResult<Result<ReportLayout>>(Refusal is { } refused ? refused : Add(input.Name!, [.. input.Rows]));

    public Task<Result<ReportLayout>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, LayoutInput input, CancellationToken ct)
    {
        if (Refusal is { } refused)
        {
            return Task.FromResult<Result<ReportLayout>>(refused);
        }

        var layout = All.Single(one => one.Id == id);
        All.Remove(layout);
        (layout.Name, layout.Rows, layout.Version) = (input.Name!, [.. input.Rows], layout.Version + 1);
        return Task.FromResult<Result<ReportLayout>>(Keep(layout));
    }

    public Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CancellationToken ct)
    {
        All.RemoveAll(layout => layout.Id == id);
        return Task.FromResult<Result<Done>>(Done.Value);
    }

    private ReportLayout Keep(ReportLayout layout)
    {
        All.Add(layout);
        _versions.Add(new ReportLayoutVersion { LayoutId = layout.Id, Version = layout.Version, Name = layout.Name, Rows = [.. layout.Rows] });
        return layout;
    }
}
