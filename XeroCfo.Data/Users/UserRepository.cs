using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Tenants;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Users;

/// <summary>People and their grants.</summary>
internal sealed class UserRepository(IDbFactory databases, TimeProvider clock) : IUserRepository
{
    private const string Reason = "people belong to no organisation; grants are written with them";

    public async Task<User?> FindAsync(Guid userId, CancellationToken ct)
    {
        await using var db = databases.Create();
        return await db.Users.AsNoTracking().FirstOrDefaultAsync(user => user.Id == userId, ct);
    }

    public async Task<User?> FindByEmailAsync(string email, CancellationToken ct)
    {
        var normalized = EmailAddress.Normalize(email);
        await using var db = databases.Create();
        return await db.Users.AsNoTracking().FirstOrDefaultAsync(user => user.NormalizedEmail == normalized, ct);
    }

    public async Task<UserRights?> RightsAsync(Guid userId, CancellationToken ct)
    {
        await using var db = databases.AcrossTenants("a person's own grants");
        var user = await db.Users.AsNoTracking().FirstOrDefaultAsync(user => user.Id == userId && !user.IsDisabled, ct);
        if (user is null)
        {
            return null;
        }

        var tenants = await db.UserTenants.Where(grant => grant.UserId == userId).Select(grant => grant.TenantId).ToListAsync(ct);
        return new UserRights(user, tenants.ToHashSet());
    }

    public async Task<string?> StampAsync(Guid userId, CancellationToken ct)
    {
        await using var db = databases.Create();
        return await db.Users.Where(user => user.Id == userId && !user.IsDisabled).Select(user => user.SecurityStamp).FirstOrDefaultAsync(ct);
    }

    public async Task<bool> AnyAdminAsync(CancellationToken ct)
    {
        await using var db = databases.Create();
        return await AnyAdminAsync(db, ct);
    }

    public async Task<Result<Done>> AddFirstAdminAsync(Caller caller, User user, CancellationToken ct)
    {
        await using var work = await BeginAsync(caller, ct);
        if (await AnyAdminAsync(work.Db, ct))
        {
            return UserProblems.AdminExists;
        }

        if (await work.Db.Users.AnyAsync(other => other.NormalizedEmail == user.NormalizedEmail, ct))
        {
            return UserProblems.AddressTaken;
        }

        await GrantAsync(work.Db, user, await work.Db.XeroTenants.Select(tenant => tenant.Id).ToListAsync(ct), ct);
        work.Db.Users.Add(user);
        work.Audit("user.first_admin_added", new { user = new { user.Id, user.Email, user.Role } });
        return await work.CommitAsync(ct);
    }

    public async Task<Result<Done>> AddAsync(Caller caller, User user, TenantGrants grants, CancellationToken ct)
    {
        await using var work = await BeginAsync(caller, ct);
        if (await work.Db.Users.AnyAsync(other => other.NormalizedEmail == user.NormalizedEmail, ct))
        {
            return UserProblems.AddressTaken;
        }

        var known = await work.Db.XeroTenants.Select(tenant => tenant.Id).ToListAsync(ct);
        if (grants.Ids.Except(known).Any())
        {
            return TenantProblems.Unknown;
        }

        var granted = grants.All ? (caller.SeesAllTenants ? known : known.Where(caller.Tenants.Contains)) : grants.Ids;
        user.SeesAllTenants = grants.All;
        await GrantAsync(work.Db, user, [.. granted], ct);
        work.Db.Users.Add(user);
        work.Audit("user.added", new { user = new { user.Id, user.Email, user.Role, user.SeesAllTenants }, tenants = granted });
        return await work.CommitAsync(ct);
    }

    public async Task<Result<Done>> ChangeAsync(Caller caller, Guid userId, string action, Action<User> change, CancellationToken ct)
    {
        await using var work = await BeginAsync(caller, ct);
        if (await work.Db.Users.FirstOrDefaultAsync(user => user.Id == userId, ct) is not { } user)
        {
            return UserProblems.Unknown;
        }

        change(user);
        user.SecurityStamp = Guid.NewGuid().ToString("N");
        work.Audit(action, new { user = new { user.Id, user.Email, user.Role, user.IsDisabled } });
        return await work.CommitAsync(ct);
    }

    public async Task<Result<Done>> DisableAsync(Caller caller, Guid userId, CancellationToken ct)
    {
        await using var work = await BeginAsync(caller, ct);
        if (await work.Db.Users.FirstOrDefaultAsync(user => user.Id == userId, ct) is not { } user)
        {
            return UserProblems.Unknown;
        }

        if (user.Role == Roles.Admin && !await work.Db.Users.AnyAsync(other => other.Id != userId && other.Role == Roles.Admin && !other.IsDisabled, ct))
        {
            return UserProblems.LastAdmin;
        }

        (user.IsDisabled, user.SecurityStamp) = (true, Guid.NewGuid().ToString("N"));
        work.Audit("user.disabled", new { user = new { user.Id, user.Email } });
        return await work.CommitAsync(ct);
    }

    public Task FailedAsync(Caller caller, Guid? userId, string reason, CancellationToken ct) =>
        SignInRecord.FailedAsync(databases, clock, caller, userId, reason, ct);

    public Task<bool> SucceededAsync(Caller caller, Guid userId, string? newHash, CancellationToken ct) =>
        SignInRecord.SucceededAsync(databases, clock, caller, userId, newHash, ct);

    private static Task<bool> AnyAdminAsync(XeroCfoDb db, CancellationToken ct) =>
        db.Users.AnyAsync(user => user.Role == Roles.Admin && !user.IsDisabled, ct);

    /// <summary>One writer of people at a time: SQLite has one anyway, PostgreSQL is told so.</summary>
    private async Task<UnitOfWork> BeginAsync(Caller caller, CancellationToken ct)
    {
        var work = await UnitOfWork.BeginAcrossAsync(databases, caller, Reason, ct);
        if (work.Db.Database.IsNpgsql())
        {
            await work.Db.Database.ExecuteSqlAsync($"LOCK TABLE \"Users\" IN SHARE ROW EXCLUSIVE MODE", ct);
        }

        return work;
    }

    private static async Task GrantAsync(XeroCfoDb db, User user, IReadOnlyCollection<Guid> tenants, CancellationToken ct)
    {
        var demo = user.Role == Roles.Admin
            ? await db.XeroTenants.Where(tenant => tenant.Connection == ConnectionStatus.Demo).Select(tenant => tenant.Id).ToListAsync(ct)
            : [];
        Grants.Add(db, user.Id, tenants.Union(demo));
    }
}
