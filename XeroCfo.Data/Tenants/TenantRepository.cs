using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Tenants;

/// <summary>Organisations, and which one a person has selected.</summary>
internal sealed class TenantRepository(IDbFactory databases) : ITenantRepository
{
    public async Task<IReadOnlyList<XeroTenant>> ListAsync(IReadOnlySet<Guid>? ids, CancellationToken ct)
    {
        await using var db = databases.Create();
        var tenants = db.XeroTenants.AsNoTracking();
        var wanted = ids is null ? tenants : tenants.Where(tenant => ids.Contains(tenant.Id));
        var found = await wanted.ToListAsync(ct);

        // Sorted here, because the databases disagree on upper and lower case.
        return [.. found.OrderBy(tenant => tenant.Name, StringComparer.OrdinalIgnoreCase).ThenBy(tenant => tenant.Id)];
    }

    public async Task<XeroTenant?> FindAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = databases.Create();
        return await db.XeroTenants.AsNoTracking().FirstOrDefaultAsync(row => row.Id == tenant.Value, ct);
    }

    public async Task<Guid?> ActiveAsync(Guid userId, CancellationToken ct)
    {
        await using var db = databases.AcrossTenants("a person's own selection");
        return await db.UserTenants.Where(grant => grant.UserId == userId && grant.IsActive).Select(grant => (Guid?)grant.TenantId).FirstOrDefaultAsync(ct);
    }

    public async Task SetActiveAsync(Caller caller, Guid userId, TenantId tenant, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAcrossAsync(databases, caller, "a person's own selection", ct);
        var mine = work.Db.UserTenants.Where(grant => grant.UserId == userId);
        await mine.Where(grant => grant.IsActive && grant.TenantId != tenant.Value).ExecuteUpdateAsync(set => set.SetProperty(grant => grant.IsActive, false), ct);
        await mine.Where(grant => grant.TenantId == tenant.Value).ExecuteUpdateAsync(set => set.SetProperty(grant => grant.IsActive, true), ct);
        work.Audit("tenant.selected", new { selected = tenant.ToString() });
        await work.CommitAsync(ct);
    }

    public async Task<Result<Done>> HideAsync(Caller caller, Guid userId, TenantId tenant, bool hidden, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(databases, caller, tenant, ct);
        if (await work.Db.UserTenants.FirstOrDefaultAsync(grant => grant.UserId == userId, ct) is not { } grant)
        {
            return TenantProblems.Unknown;
        }

        (grant.IsHidden, grant.IsActive) = (hidden, grant.IsActive && !hidden);
        work.Audit(hidden ? "tenant.hidden" : "tenant.shown");
        return await work.CommitAsync(ct);
    }

    public async Task<IReadOnlySet<Guid>> HiddenAsync(Guid userId, CancellationToken ct)
    {
        await using var db = databases.AcrossTenants("a person's own selection");
        return (await db.UserTenants.Where(grant => grant.UserId == userId && grant.IsHidden).Select(grant => grant.TenantId).ToListAsync(ct)).ToHashSet();
    }

    public async Task<IReadOnlyList<string>> ConnectorsAsync(TenantId tenant, CancellationToken ct)
    {
        const int few = 4;
        await using var db = databases.For(tenant);
        var people = await db.Users
            .Where(user => !user.IsDisabled && (user.Role == Roles.Admin || user.Role == Roles.Accountant)
                && (user.SeesAllTenants || db.UserTenants.Any(grant => grant.UserId == user.Id)))
            .Select(user => new { user.FirstName, user.Email })
            .ToListAsync(ct);
        return [.. people.Select(person => person.FirstName ?? person.Email ?? "").Where(name => name.Length > 0).Order(StringComparer.Ordinal).Take(few)];
    }
}
