using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports.Layouts;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Reports;

internal sealed class LayoutRepository(IDbFactory factory, TimeProvider clock) : ILayoutRepository
{
    public async Task<Result<Page<ReportLayout>>> ListAsync(TenantId tenant, string? cursor, int limit, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = db.ReportLayouts.AsNoTracking();
        if (cursor is not null)
        {
            if (Cursor.Decode(cursor, 2) is not ["l", var idText] || !Guid.TryParse(idText, out var id))
            {
                return ListProblems.BadCursor;
            }

            rows = rows.Where(row => row.Id > id);
        }

        var items = await rows.OrderBy(row => row.Id).Take(limit + 1).ToListAsync(ct);
        var page = items.Take(limit).ToList();
        return new Page<ReportLayout>(page, items.Count > limit ? Cursor.Encode("l", page[^1].Id) : null);
    }

    public async Task<CappedCount> CountAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return CappedCount.Of(await db.ReportLayouts.Take(CappedCount.Cap).CountAsync(ct));
    }

    public async Task<ReportLayout?> FindAsync(TenantId tenant, Guid id, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.ReportLayouts.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, ct);
    }

    public async Task<IReadOnlyList<LayoutVersionHead>> VersionsAsync(TenantId tenant, Guid id, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = await db.ReportLayoutVersions.Where(row => row.LayoutId == id).OrderByDescending(row => row.Version)
            .Select(row => new { row.Version, row.Name, row.CreatedAt, User = db.Users.Where(user => user.Id == row.UserId).Select(user => new { user.FirstName, user.LastName, user.Email }).FirstOrDefault() })
            .ToListAsync(ct);
        return [.. rows.Select(row => new LayoutVersionHead(row.Version, row.Name, row.User is null ? null : $"{row.User.FirstName} {row.User.LastName}".Trim() is { Length: > 0 } name ? name : row.User.Email, row.CreatedAt))];
    }

    public async Task<ReportLayoutVersion?> VersionAsync(TenantId tenant, Guid id, int version, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.ReportLayoutVersions.AsNoTracking().FirstOrDefaultAsync(row => row.LayoutId == id && row.Version == version, ct);
    }

    public async Task<Result<ReportLayout>> CreateAsync(Caller caller, TenantId tenant, LayoutInput input, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var idempotency = Idempotency.Of(caller, tenant, "POST report-layouts", JsonSerializer.Serialize(input, JsonSerializerOptions.Web));
        if (idempotency is not null)
        {
            var earlier = await idempotency.EarlierAsync(db, ct);
            if (!earlier.Succeeded)
            {
                return earlier.Problem!;
            }

            if (earlier.Value is { } known)
            {
                return await db.ReportLayouts.AsNoTracking().FirstOrDefaultAsync(row => row.Id == known, ct) is { } made ? made : LayoutProblems.Unknown;
            }
        }

        if (await db.ReportLayouts.AnyAsync(row => row.Name == input.Name, ct))
        {
            return LayoutProblems.NameTaken;
        }

        var layout = new ReportLayout { TenantId = tenant.Value, UserId = caller.UserId, Name = input.Name!, Rows = [.. input.Rows] };
        db.ReportLayouts.Add(layout);
        db.ReportLayoutVersions.Add(VersionOf(layout, caller));
        idempotency?.Remember(db, layout.Id);
        work.Audit("report-layout.created", Details(layout));
        var saved = await work.CommitAsync(ct);
        return saved.Problem is { } refused ? refused : layout;
    }

    public async Task<Result<ReportLayout>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, LayoutInput input, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        if (await db.ReportLayouts.FirstOrDefaultAsync(row => row.Id == id, ct) is not { } layout)
        {
            return LayoutProblems.Unknown;
        }

        if (version.Against(layout.UpdatedAt) is { } stale)
        {
            return stale;
        }

        if (await db.ReportLayouts.AnyAsync(row => row.Name == input.Name && row.Id != id, ct))
        {
            return LayoutProblems.NameTaken;
        }

        var before = Details(layout);
        (layout.Name, layout.Rows, layout.Version) = (input.Name!, [.. input.Rows], layout.Version + 1);
        db.ReportLayoutVersions.Add(VersionOf(layout, caller));
        work.Audit("report-layout.updated", new { before, after = Details(layout) });
        var saved = await work.CommitAsync(ct);
        return saved.Problem is { } refused ? refused : layout;
    }

    public async Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        if (await db.ReportLayouts.FirstOrDefaultAsync(row => row.Id == id, ct) is not { } layout)
        {
            return LayoutProblems.Unknown;
        }

        if (version.Against(layout.UpdatedAt) is { } stale)
        {
            return stale;
        }

        db.ReportLayouts.Remove(layout);
        work.Audit("report-layout.deleted", Details(layout));
        return await work.CommitAsync(ct);
    }

    private ReportLayoutVersion VersionOf(ReportLayout layout, Caller caller) => new()
    {
        TenantId = layout.TenantId,
        LayoutId = layout.Id,
        Version = layout.Version,
        Name = layout.Name,
        Rows = [.. layout.Rows],
        UserId = caller.UserId,
        CreatedAt = clock.UtcNow(),
    };

    private static object Details(ReportLayout layout) => new { layoutId = layout.Id, layout.Name, layout.Version, rows = layout.Rows.Count };
}

internal sealed class ReportLayoutMap : IEntityTypeConfiguration<ReportLayout>
{
    public void Configure(EntityTypeBuilder<ReportLayout> builder)
    {
        builder.ToTable("ReportLayouts");
        builder.Property(layout => layout.Id).ValueGeneratedNever();
        builder.Property(layout => layout.Name).HasMaxLength(ReportLayout.NameLimit);
        builder.Property(layout => layout.Rows).AsJson();
        builder.HasIndex(layout => new { layout.TenantId, layout.Name }).IsUnique();
        builder.HasIndex(layout => new { layout.TenantId, layout.Id });
        builder.HasIndex(layout => layout.UserId);
        builder.HasOne<User>().WithMany().HasForeignKey(layout => layout.UserId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(layout => layout.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ReportLayoutVersionMap : IEntityTypeConfiguration<ReportLayoutVersion>
{
    public void Configure(EntityTypeBuilder<ReportLayoutVersion> builder)
    {
        builder.ToTable("ReportLayoutVersions");
        builder.HasKey(version => new { version.TenantId, version.LayoutId, version.Version });
        builder.Property(version => version.Name).HasMaxLength(ReportLayout.NameLimit);
        builder.Property(version => version.Rows).AsJson();
        builder.HasIndex(version => version.LayoutId);
        builder.HasIndex(version => version.UserId);
        builder.HasOne<ReportLayout>().WithMany().HasForeignKey(version => version.LayoutId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(version => version.UserId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(version => version.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}
