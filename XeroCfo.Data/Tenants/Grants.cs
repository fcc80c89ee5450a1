using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Tenants;

/// <summary>Who gets to see an organisation, as rows that ride in the transaction of what causes them.</summary>
internal static class Grants
{
    /// <summary>Grants organisations to a new person; the first becomes the selected one.</summary>
    public static void Add(XeroCfoDb db, Guid userId, IEnumerable<Guid> tenants) =>
        db.UserTenants.AddRange(tenants.Select((tenant, place) => new UserTenant { UserId = userId, TenantId = tenant, IsActive = place == 0 }));

    /// <summary>The organisations that a person may see.</summary>
    public static async Task<IReadOnlySet<Guid>> OfAsync(XeroCfoDb db, Guid userId, CancellationToken ct) =>
        (await db.UserTenants.Where(grant => grant.UserId == userId).Select(grant => grant.TenantId).ToListAsync(ct)).ToHashSet();

    /// <summary>Makes these the organisations that a person may see; the caller saves.</summary>
    public static async Task SetAsync(XeroCfoDb db, Guid userId, IReadOnlySet<Guid> tenants, CancellationToken ct)
    {
        var rows = await db.UserTenants.Where(grant => grant.UserId == userId).ToListAsync(ct);
        db.UserTenants.RemoveRange(rows.Where(row => !tenants.Contains(row.TenantId)));
        db.UserTenants.AddRange(tenants.Except(rows.Select(row => row.TenantId)).Select(tenant => new UserTenant { UserId = userId, TenantId = tenant }));
    }

    /// <summary>
    /// Grants an organisation that is being added in this context: to those who see every one, to all admins when it is the demo
    /// company, and to the person who connected it. The context is scoped to it or across organisations; the caller saves.
    /// </summary>
    public static async Task GrantNewTenantAsync(XeroCfoDb db, XeroTenant tenant, Guid? connectedBy, CancellationToken ct)
    {
        var isDemo = tenant.IsDemo;
        var people = await db.Users
            .Where(user => user.SeesAllTenants || (isDemo && user.Role == Roles.Admin) || user.Id == connectedBy)
            .Where(user => !db.UserTenants.Any(grant => grant.UserId == user.Id && grant.TenantId == tenant.Id))
            .Select(user => user.Id)
            .ToListAsync(ct);
        db.UserTenants.AddRange(people.Select(user => new UserTenant { UserId = user, TenantId = tenant.Id }));
    }
}
