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
        var normalized = EmailAddress.Normalize(TextRules.Askable(email));
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
        await using var work = await BeginAsync(databases, caller, ct);
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

    public async Task<Result<User>> AddAsync(Caller caller, User user, TenantGrants grants, CancellationToken ct)
    {
        await using var work = await BeginAsync(databases, caller, ct);
        var idempotency = Idempotency.Of(caller, null, "POST users", $"{user.NormalizedEmail}\n{user.Role}\n{grants.All}\n{string.Join(',', grants.Ids.Order())}");
        var earlier = await EarlierAsync(work, idempotency, ct);
        if (earlier.Problem is { } reused)
        {
            return reused;
        }

        if (earlier.Value is { } first)
        {
            return await work.Db.Users.AsNoTracking().FirstOrDefaultAsync(one => one.Id == first, ct) is { } added ? added : UserProblems.Unknown;
        }

        if (await work.Db.Users.AnyAsync(other => other.NormalizedEmail == user.NormalizedEmail, ct))
        {
            return UserProblems.AddressTaken;
        }

        var known = await work.Db.XeroTenants.Select(tenant => tenant.Id).ToListAsync(ct);
        if (grants.Ids.Except(known).Any())
        {
            return TenantProblems.Unknown;
        }

        var granted = grants.All ? known.Where(id => caller.Sees(new TenantId(id))).ToHashSet() : grants.Ids;
        user.SeesAllTenants = grants.All && await MayGiveLaterOnesAsync(work.Db, caller, ct);
        await GrantAsync(work.Db, user, granted, ct);
        work.Db.Users.Add(user);
        idempotency?.Remember(work.Db, user.Id);
        work.Audit("user.added", new { user = new { user.Id, user.Email, user.Role, user.SeesAllTenants }, tenants = granted });
        var saved = await work.CommitAsync(ct);
        return saved.Problem is { } refused ? refused : user;
    }

    public async Task<Result<Done>> ChangeAsync(Caller caller, Guid userId, string action, Action<User> change, CancellationToken ct)
    {
        await using var work = await BeginAsync(databases, caller, ct);
        if (await work.Db.Users.FirstOrDefaultAsync(user => user.Id == userId, ct) is not { } user)
        {
            return UserProblems.Unknown;
        }

        var idempotency = Idempotency.Of(caller, null, action, userId.ToString("D"));
        var earlier = await EarlierAsync(work, idempotency, ct);
        if (earlier.Problem is { } reused)
        {
            return reused;
        }

        if (earlier.Value is not null)
        {
            return Done.Value;
        }

        change(user);
        await work.Db.EndSessionsAsync(user, ct);
        idempotency?.Remember(work.Db, userId);
        work.Audit(action, new { user = new { user.Id, user.Email, user.Role, user.IsDisabled } });
        return await work.CommitAsync(ct);
    }

    public async Task RehashAsync(Guid userId, string oldHash, string newHash, CancellationToken ct)
    {
        await using var db = databases.Create();
        await db.Users.Where(user => user.Id == userId && user.PasswordHash == oldHash).ExecuteUpdateAsync(set => set.SetProperty(user => user.PasswordHash, newHash), ct);
    }

    public async Task<Result<Done>> RenameAsync(Caller caller, Guid userId, string? firstName, string? lastName, CancellationToken ct)
    {
        await using var work = await BeginAsync(databases, caller, ct);
        if (await work.Db.Users.FirstOrDefaultAsync(user => user.Id == userId, ct) is not { } user)
        {
            return UserProblems.Unknown;
        }

        work.Audit("user.renamed", new { userId, before = $"{user.FirstName} {user.LastName}".Trim(), after = $"{firstName} {lastName}".Trim() });
        (user.FirstName, user.LastName) = (firstName, lastName);
        return await work.CommitAsync(ct);
    }

    public Task FailedAsync(Caller caller, Guid? userId, string reason, CancellationToken ct) =>
        SignInRecord.FailedAsync(databases, clock, caller, userId, reason, ct);

    public Task<bool> SucceededAsync(Caller caller, Guid userId, string? newHash, CancellationToken ct) =>
        SignInRecord.SucceededAsync(databases, clock, caller, userId, newHash, ct);

    private static Task<bool> AnyAdminAsync(XeroCfoDb db, CancellationToken ct) =>
        db.Users.AnyAsync(user => user.Role == Roles.Admin && !user.IsDisabled, ct);

    /// <summary>One writer of people at a time: SQLite has one anyway, PostgreSQL is told so.</summary>
    internal static async Task<UnitOfWork> BeginAsync(IDbFactory databases, Caller caller, CancellationToken ct)
    {
        var work = await UnitOfWork.BeginAcrossAsync(databases, caller, Reason, ct);
        if (work.Db.Database.IsNpgsql())
        {
            await work.Db.Database.ExecuteSqlAsync($"LOCK TABLE \"Users\" IN SHARE ROW EXCLUSIVE MODE", ct);
        }

        return work;
    }

    /// <summary>The resource of the first request with this key; null when this is the first.</summary>
    internal static Task<Result<Guid?>> EarlierAsync(UnitOfWork work, Idempotency? idempotency, CancellationToken ct) =>
        idempotency?.EarlierAsync(work.Db, ct) ?? Task.FromResult(Result<Guid?>.Of(null));

    /// <summary>
    /// Who sees every organisation, later ones too, may let others do so; a key that is limited may not. Everybody else gives what they
    /// see now.
    /// </summary>
    internal static async Task<bool> MayGiveLaterOnesAsync(XeroCfoDb db, Caller caller, CancellationToken ct) =>
        caller.SeesAllTenants
        || (await db.Users.AnyAsync(user => user.Id == caller.UserId && user.SeesAllTenants, ct)
            && (caller.ApiKeyId is null || !await db.ApiKeyTenants.AnyAsync(limit => limit.ApiKeyId == caller.ApiKeyId, ct)));

    private static async Task GrantAsync(XeroCfoDb db, User user, IEnumerable<Guid> tenants, CancellationToken ct)
    {
        var demo = user.Role == Roles.Admin
            ? await db.XeroTenants.Where(tenant => tenant.Connection == ConnectionStatus.Demo).Select(tenant => tenant.Id).ToListAsync(ct)
            : [];
        Grants.Add(db, user.Id, tenants.Union(demo));
    }
}
