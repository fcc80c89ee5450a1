using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync.Notices;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Sync;

internal sealed class NoticeBook(IDbFactory factory, TimeProvider clock) : INoticeBook
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Xero's clock may be ahead of ours by so much; what claims to have happened later than that says nothing of when it did.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(1);

    public async Task<int> TakeInAsync(IReadOnlyCollection<NoticedChange> changes, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryTakeInAsync(changes, ct);
            }
            catch (DbUpdateException) when (attempt < 3)
            {
                // The same notice came twice at once.
            }
        }
    }

    public async Task MarkAsync(TenantId tenant, string kind, Guid xeroId, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = clock.UtcNow();
        if (await db.XeroNotices.Where(notice => notice.Kind == kind && notice.XeroId == xeroId).ExecuteUpdateAsync(set => set.SetProperty(notice => notice.ReceivedAt, now).SetProperty(notice => notice.DoneAt, (DateTime?)null), ct) == 0)
        {
            db.XeroNotices.Add(new XeroNotice { TenantId = tenant.Value, Kind = kind, XeroId = xeroId, ReceivedAt = now });
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }

    public async Task<IReadOnlyList<XeroNotice>> PendingAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.XeroNotices.AsNoTracking().Where(notice => notice.DoneAt == null).OrderBy(notice => notice.ReceivedAt).ToListAsync(ct);
    }

    public async Task DoneAsync(TenantId tenant, DateTime upTo, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var now = clock.UtcNow();
        await db.XeroNotices.Where(notice => notice.DoneAt == null && notice.ReceivedAt <= upTo).ExecuteUpdateAsync(set => set.SetProperty(notice => notice.DoneAt, now), ct);
        await db.XeroNotices.Where(notice => notice.DoneAt < now - Kept).ExecuteDeleteAsync(ct);
    }

    private async Task<int> TryTakeInAsync(IReadOnlyCollection<NoticedChange> changes, CancellationToken ct)
    {
        await using var db = factory.AcrossTenants("a notice of Xero's tells of several organisations");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var names = changes.Select(change => change.XeroTenantId).Distinct().ToList();
        var tenants = await db.XeroTenants
            .Where(tenant => names.Contains(tenant.XeroTenantId) && (tenant.Connection == ConnectionStatus.Connected || tenant.Connection == ConnectionStatus.NeedsReconnect))
            .ToDictionaryAsync(tenant => tenant.XeroTenantId, tenant => tenant.Id, ct);
        var known = changes.Where(change => tenants.ContainsKey(change.XeroTenantId)).ToList();
        var ids = known.Select(change => change.XeroId).ToList();
        var there = (await db.XeroNotices.Where(notice => tenants.Values.Contains(notice.TenantId) && ids.Contains(notice.XeroId)).ToListAsync(ct))
            .ToDictionary(notice => (notice.TenantId, notice.Kind, notice.XeroId));
        foreach (var change in known)
        {
            var tenant = tenants[change.XeroTenantId];
            if (!there.TryGetValue((tenant, change.Kind, change.XeroId), out var notice))
            {
                notice = new XeroNotice { TenantId = tenant, Kind = change.Kind, XeroId = change.XeroId };
                db.XeroNotices.Add(notice);
            }
            else if (notice.ChangedAt is { } last && change.ChangedAt <= last)
            {
                continue;
            }

            (notice.ReceivedAt, notice.DoneAt) = (clock.UtcNow(), null);
            notice.ChangedAt = change.ChangedAt <= clock.UtcNow() + Ahead ? change.ChangedAt : notice.ChangedAt;
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return known.Count;
    }
}

internal sealed class XeroNoticeMap : IEntityTypeConfiguration<XeroNotice>
{
    public void Configure(EntityTypeBuilder<XeroNotice> builder)
    {
        builder.ToTable("XeroNotices");
        builder.HasKey(notice => new { notice.TenantId, notice.Kind, notice.XeroId });
        builder.Property(notice => notice.Kind).HasMaxLength(50);
        builder.HasIndex(notice => notice.TenantId, "IX_XeroNotices_waiting").HasFilter("\"doneAt\" IS NULL");
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(notice => notice.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}
