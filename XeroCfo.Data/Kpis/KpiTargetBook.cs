using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Kpis.Targets;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Kpis;

internal sealed class KpiTargetBook(IDbFactory factory) : IKpiTargetBook, IKpiAlerts
{
    public async Task<IReadOnlyList<KpiTarget>> AllAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.KpiTargets.AsNoTracking().ToListAsync(ct);
    }

    public async Task<KpiTarget?> FindAsync(TenantId tenant, string key, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.KpiTargets.AsNoTracking().FirstOrDefaultAsync(row => row.Key == key, ct);
    }

    public async Task<Result<KpiTarget>> SetAsync(Caller caller, TenantId tenant, string key, ReadVersion version, KpiTargetInput input, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var row = await db.KpiTargets.FirstOrDefaultAsync(row => row.Key == key, ct);
        if (row is not null && version.Against(row.UpdatedAt) is { } stale)
        {
            return stale;
        }

        var before = row is null ? null : new { row.Target, row.AlertLevel };
        if (row is null)
        {
            row = new KpiTarget { TenantId = tenant.Value, Key = key };
            db.KpiTargets.Add(row);
        }
        else
        {
            db.Entry(row).Property(target => target.Key).IsModified = true;
        }

        row.Alert = row.AlertLevel == input.AlertLevel ? row.Alert : default;
        (row.Target, row.AlertLevel) = (input.Target, input.AlertLevel);
        work.Audit("kpi.target_set", new { key, before, after = new { row.Target, row.AlertLevel } });
        var saved = await work.CommitAsync(ct);
        return saved.Succeeded ? row : saved.Problem!;
    }

    public async Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, string key, ReadVersion version, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        if (await db.KpiTargets.FirstOrDefaultAsync(row => row.Key == key, ct) is not { } row)
        {
            return KpiTargetProblems.None;
        }

        if (version.Against(row.UpdatedAt) is { } stale)
        {
            return stale;
        }

        db.KpiTargets.Remove(row);
        work.Audit("kpi.target_deleted", new { key, row.Target, row.AlertLevel });
        return await work.CommitAsync(ct);
    }

    public async Task KeepAsync(TenantId tenant, IReadOnlyDictionary<string, AlertState> states, IReadOnlyList<KpiAlerted> alerted, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, Caller.Worker, tenant, ct);
        await work.Db.LockOrganisationAsync(tenant.Value, ct);
        var keys = states.Keys.ToList();
        foreach (var row in await work.Db.KpiTargets.Where(row => keys.Contains(row.Key)).ToListAsync(ct))
        {
            row.Alert = states[row.Key];
        }

        foreach (var alert in alerted)
        {
            work.Announce(KpiAlerted.Event, $"kpis/{Uri.EscapeDataString(alert.Key)}/trend?date={alert.Month.End:yyyy-MM-dd}", [alert.Key], ("kpis", 1));
        }

        await work.CommitAsync(ct);
    }
}

internal sealed class KpiTargetMap : IEntityTypeConfiguration<KpiTarget>
{
    public void Configure(EntityTypeBuilder<KpiTarget> builder)
    {
        builder.ToTable("KpiTargets");
        builder.Property(target => target.Id).ValueGeneratedNever();
        builder.Property(target => target.Key).HasMaxLength(KpiTarget.KeyLimit);
        builder.Property(target => target.BeyondIn).HasMaxLength(7);
        builder.Property(target => target.AlertedIn).HasMaxLength(7);
        builder.Ignore(target => target.Alert);
        builder.HasIndex(target => new { target.TenantId, target.Key }).IsUnique();
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(target => target.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}
