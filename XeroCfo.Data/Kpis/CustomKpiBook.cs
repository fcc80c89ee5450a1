using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Kpis.Custom;
using XeroCfo.Domain.Kpis.Targets;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Kpis;

internal sealed class CustomKpiBook(IDbFactory factory) : ICustomKpiBook
{
    public async Task<IReadOnlyList<CustomKpi>> AllAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.CustomKpis.AsNoTracking().OrderBy(row => row.NormalizedName).ToListAsync(ct);
    }

    public async Task<Result<CustomKpi>> CreateAsync(Caller caller, TenantId tenant, CustomKpiInput input, Func<IReadOnlyList<CustomKpi>, Problem?> check, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var idempotency = Idempotency.Of(caller, tenant, "POST kpis/custom", JsonSerializer.Serialize(input, JsonSerializerOptions.Web));
        var earlier = idempotency is null ? Result<Guid?>.Of(null) : await idempotency.EarlierAsync(db, ct);
        if (earlier.Problem is { } reused)
        {
            return reused;
        }

        var known = await db.CustomKpis.AsNoTracking().ToListAsync(ct);
        if (earlier.Value is { } made)
        {
            return known.Find(row => row.Id == made) is { } again ? again : KpiProblems.Unknown;
        }

        if (check(known) is { } refused)
        {
            return refused;
        }

        var row = new CustomKpi
        {
            TenantId = tenant.Value,
            Key = CustomKpiCheck.KeyOf(input.Name!, key => known.Exists(other => other.Key == key)),
            Name = "",
            NormalizedName = "",
            Formula = "",
        };
        Fill(row, input);
        db.CustomKpis.Add(row);
        idempotency?.Remember(db, row.Id);
        work.Audit("kpi.created", Details(row));
        return await SavedAsync(work, row, ct);
    }

    public async Task<Result<CustomKpi>> UpdateAsync(
        Caller caller, TenantId tenant, Guid id, ReadVersion version, CustomKpiInput input, Func<IReadOnlyList<CustomKpi>, Problem?> check, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        if (await db.CustomKpis.FirstOrDefaultAsync(row => row.Id == id, ct) is not { } row)
        {
            return KpiProblems.Unknown;
        }

        if ((version.Against(row.UpdatedAt) ?? check(await db.CustomKpis.AsNoTracking().ToListAsync(ct))) is { } refused)
        {
            return refused;
        }

        var before = Details(row);
        Fill(row, input);
        db.Entry(row).Property(kpi => kpi.Name).IsModified = true;
        work.Audit("kpi.updated", new { before, after = Details(row) });
        return await SavedAsync(work, row, ct);
    }

    public async Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, Func<IReadOnlyList<CustomKpi>, Problem?> check, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        if (await db.CustomKpis.FirstOrDefaultAsync(row => row.Id == id, ct) is not { } row)
        {
            return KpiProblems.Unknown;
        }

        if ((version.Against(row.UpdatedAt) ?? check(await db.CustomKpis.AsNoTracking().ToListAsync(ct))) is { } refused)
        {
            return refused;
        }

        db.CustomKpis.Remove(row);
        db.KpiTargets.RemoveRange(await db.KpiTargets.Where(target => target.Key == row.Key).ToListAsync(ct));
        work.Audit("kpi.deleted", Details(row));
        return await work.CommitAsync(ct);
    }

    private static void Fill(CustomKpi row, CustomKpiInput input)
    {
        (row.Name, row.NormalizedName, row.Formula) = (input.Name!, CustomKpi.Normalize(input.Name!), input.Formula!);
        (row.Unit, row.Good, row.Figures) = (input.Unit, input.Good, [.. input.Figures]);
    }

    private static object Details(CustomKpi row) => new { kpiId = row.Id, row.Key, row.Name, row.Formula, unit = row.Unit.ToString(), good = row.Good.ToString(), row.Figures };

    private static async Task<Result<CustomKpi>> SavedAsync(UnitOfWork work, CustomKpi row, CancellationToken ct)
    {
        var saved = await work.CommitAsync(ct);
        return saved.Succeeded ? row : saved.Problem!;
    }
}

internal sealed class CustomKpiMap : IEntityTypeConfiguration<CustomKpi>
{
    public void Configure(EntityTypeBuilder<CustomKpi> builder)
    {
        builder.ToTable("CustomKpis");
        builder.Property(kpi => kpi.Id).ValueGeneratedNever();
        builder.Property(kpi => kpi.Key).HasMaxLength(KpiTarget.KeyLimit);
        builder.Property(kpi => kpi.Name).HasMaxLength(CustomKpi.NameLimit);
        builder.Property(kpi => kpi.NormalizedName).HasMaxLength(CustomKpi.NameLimit);
        builder.Property(kpi => kpi.Formula).HasMaxLength(Formula.Limit);
        builder.Property(kpi => kpi.Unit).HasConversion<string>().HasMaxLength(10);
        builder.Property(kpi => kpi.Good).HasConversion<string>().HasMaxLength(10);
        builder.Property(kpi => kpi.Figures).AsJson();
        builder.HasIndex(kpi => new { kpi.TenantId, kpi.Key }).IsUnique();
        builder.HasIndex(kpi => new { kpi.TenantId, kpi.NormalizedName }).IsUnique();
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(kpi => kpi.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}
