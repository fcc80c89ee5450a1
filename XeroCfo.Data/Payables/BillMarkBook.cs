using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Payables;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Payables;

internal sealed class BillMarkBook(IDbFactory factory) : IBillMarkBook
{
    public async Task<IReadOnlyDictionary<Guid, BillHold>> HoldsAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.BillHolds.AsNoTracking().ToDictionaryAsync(row => row.BillXeroId, ct);
    }

    public async Task<BillHold?> HoldAsync(TenantId tenant, Guid billXeroId, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.BillHolds.AsNoTracking().FirstOrDefaultAsync(row => row.BillXeroId == billXeroId, ct);
    }

    public async Task<Result<BillHold>> SetAsync(Caller caller, TenantId tenant, Guid billXeroId, ReadVersion version, string reason, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var row = await db.BillHolds.FirstOrDefaultAsync(row => row.BillXeroId == billXeroId, ct);
        if (row is not null && version.Against(row.UpdatedAt) is { } stale)
        {
            return stale;
        }

        var before = row?.Reason;
        row ??= db.BillHolds.Add(new BillHold { TenantId = tenant.Value, BillXeroId = billXeroId, Reason = reason }).Entity;
        (row.Reason, row.UserId) = (reason, caller.UserId);
        db.Touch(row);
        work.Audit("payables.bill_held", new { billXeroId, before, after = reason });
        var saved = await work.CommitAsync(ct);
        return saved.Problem is { } refused ? refused : row;
    }

    public async Task<Result<Done>> ReleaseAsync(Caller caller, TenantId tenant, Guid billXeroId, ReadVersion version, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        await work.Db.LockOrganisationAsync(tenant.Value, ct);
        if (await work.Db.BillHolds.FirstOrDefaultAsync(row => row.BillXeroId == billXeroId, ct) is not { } row)
        {
            return PayableProblems.NoHold;
        }

        if (version.Against(row.UpdatedAt) is { } stale)
        {
            return stale;
        }

        work.Db.BillHolds.Remove(row);
        work.Audit("payables.bill_released", new { billXeroId, before = row.Reason });
        return await work.CommitAsync(ct);
    }

    public async Task<IReadOnlySet<(Guid, Guid)>> ClearedAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = await db.LookAlikesCleared.Select(row => new { row.FirstXeroId, row.SecondXeroId }).ToListAsync(ct);
        return rows.Select(row => (row.FirstXeroId, row.SecondXeroId)).ToHashSet();
    }

    public async Task<Result<Done>> ClearAsync(Caller caller, TenantId tenant, IReadOnlyList<(Guid, Guid)> pairs, bool different, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        if (await RepeatedAsync(db, tenant, Idempotency.Of(caller, tenant, "POST payables/look-alikes/different", string.Join('\n', pairs.Order())), ct) is { } earlier)
        {
            return earlier;
        }

        var firsts = pairs.Select(pair => pair.Item1).Distinct().ToList();
        var known = (await db.LookAlikesCleared.Where(row => firsts.Contains(row.FirstXeroId)).ToListAsync(ct)).ToDictionary(row => (row.FirstXeroId, row.SecondXeroId));
        var changed = pairs.Distinct().Where(pair => known.ContainsKey(pair) != different).ToList();
        foreach (var pair in changed)
        {
            if (different)
            {
                db.LookAlikesCleared.Add(new LookAlikeCleared { TenantId = tenant.Value, FirstXeroId = pair.Item1, SecondXeroId = pair.Item2, UserId = caller.UserId });
            }
            else
            {
                db.LookAlikesCleared.Remove(known[pair]);
            }
        }

        if (changed.Count > 0)
        {
            work.Audit(different ? "payables.look_alikes_cleared" : "payables.look_alikes_restored", new { xeroIds = changed.SelectMany(pair => new[] { pair.Item1, pair.Item2 }).Distinct() });
        }

        return await work.CommitAsync(ct);
    }

    public async Task<IReadOnlySet<(Guid ContactId, Month? Month)>> DismissedAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = await db.UsualBillsDismissed.Select(row => new { row.ContactId, row.Month }).ToListAsync(ct);
        return rows.Select(row => (row.ContactId, row.Month is { } day ? Month.Of(day) : (Month?)null)).ToHashSet();
    }

    public async Task<Result<Done>> DismissAsync(Caller caller, TenantId tenant, Guid contactId, Month? month, bool dismissed, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var (db, first) = (work.Db, month?.Start);
        await db.LockOrganisationAsync(tenant.Value, ct);
        if (await RepeatedAsync(db, tenant, Idempotency.Of(caller, tenant, dismissed ? "POST payables/missing-bills/dismiss" : "POST payables/missing-bills/expect", $"{contactId:D} {month}"), ct) is { } earlier)
        {
            return earlier;
        }

        var known = await db.UsualBillsDismissed.FirstOrDefaultAsync(row => row.ContactId == contactId && row.Month == first, ct);
        if (known is null && dismissed)
        {
            db.UsualBillsDismissed.Add(new UsualBillDismissed { TenantId = tenant.Value, ContactId = contactId, Month = first, UserId = caller.UserId });
        }
        else if (known is not null && !dismissed)
        {
            db.UsualBillsDismissed.Remove(known);
        }

        if (known is null == dismissed)
        {
            work.Audit(dismissed ? "payables.usual_bill_dismissed" : "payables.usual_bill_expected", new { contactId, month = month?.ToString() });
        }

        return await work.CommitAsync(ct);
    }

    // What the same request was answered with before; null: it is the first, and is remembered.
    private static async Task<Result<Done>?> RepeatedAsync(XeroCfoDb db, TenantId tenant, Idempotency? request, CancellationToken ct)
    {
        if (request is null)
        {
            return null;
        }

        var earlier = await request.EarlierAsync(db, ct);
        if (earlier.Problem is { } reused)
        {
            return reused;
        }

        if (earlier.Value is not null)
        {
            return Done.Value;
        }

        request.Remember(db, tenant.Value);
        return null;
    }
}

internal sealed class UsualBillDismissedMap : IEntityTypeConfiguration<UsualBillDismissed>
{
    public void Configure(EntityTypeBuilder<UsualBillDismissed> builder)
    {
        builder.ToTable("UsualBillsDismissed");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => new { row.TenantId, row.ContactId, row.Month }).IsUnique();
        builder.HasIndex(row => row.UserId);
        builder.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class BillHoldMap : IEntityTypeConfiguration<BillHold>
{
    public void Configure(EntityTypeBuilder<BillHold> builder)
    {
        builder.ToTable("BillHolds");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Reason).HasMaxLength(BillHold.ReasonLimit);
        builder.HasIndex(row => new { row.TenantId, row.BillXeroId }).IsUnique();
        builder.HasIndex(row => row.UserId);
        builder.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class LookAlikeClearedMap : IEntityTypeConfiguration<LookAlikeCleared>
{
    public void Configure(EntityTypeBuilder<LookAlikeCleared> builder)
    {
        builder.ToTable("LookAlikesCleared");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => new { row.TenantId, row.FirstXeroId, row.SecondXeroId }).IsUnique();
        builder.HasIndex(row => row.UserId);
        builder.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}
