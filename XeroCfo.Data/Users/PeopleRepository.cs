using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Encryption;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Tenants;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.People;

namespace XeroCfo.Data.Users;

internal sealed class PeopleRepository(IDbFactory databases, Envelope envelope, TimeProvider clock) : IPeople
{
    private const string Reason = "people belong to no organisation; the service cuts their grants to what the caller sees";

    public async Task<IReadOnlyList<Person>> ListAsync(CancellationToken ct)
    {
        await using var db = databases.AcrossTenants(Reason);
        return [.. (await PeopleAsync(db, null, ct)).OrderBy(person => person.User.NormalizedEmail, StringComparer.Ordinal)];
    }

    public async Task<Person?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = databases.AcrossTenants(Reason);
        return (await PeopleAsync(db, id, ct)).SingleOrDefault();
    }

    public async Task<Result<Done>> ChangeAsync(Caller caller, Guid id, PersonChange change, CancellationToken ct)
    {
        await using var work = await UserRepository.BeginAsync(databases, caller, ct);
        var db = work.Db;
        if (await db.Users.FirstOrDefaultAsync(user => user.Id == id, ct) is not { } user)
        {
            return UserProblems.Unknown;
        }

        var stays = (change.Role ?? user.Role) == Roles.Admin && (change.IsActive ?? !user.IsDisabled);
        if (!stays && await IsLastAdminAsync(db, user, ct))
        {
            return UserProblems.LastAdmin;
        }

        var before = new { user.Role, isActive = !user.IsDisabled, user.SeesAllTenants, tenants = await Grants.OfAsync(db, id, ct) };
        (user.Role, user.IsDisabled) = (change.Role ?? user.Role, change.IsActive is { } active ? !active : user.IsDisabled);
        var tenants = before.tenants;
        if (change.Tenants is { } grants)
        {
            var known = await db.XeroTenants.Select(tenant => tenant.Id).ToListAsync(ct);
            if (grants.Ids.Except(known).Any())
            {
                return UserProblems.TenantNotGranted;
            }

            var seen = known.Where(tenant => caller.Sees(new TenantId(tenant))).ToHashSet();
            tenants = before.tenants.Where(tenant => !seen.Contains(tenant)).Concat(grants.All ? seen : grants.Ids).ToHashSet();
            user.SeesAllTenants = grants.All && (user.SeesAllTenants || await UserRepository.MayGiveLaterOnesAsync(db, caller, ct));
            await Grants.SetAsync(db, id, tenants, ct);
        }

        var after = new { user.Role, isActive = !user.IsDisabled, user.SeesAllTenants, tenants };
        if ((before.Role, before.isActive, before.SeesAllTenants) == (after.Role, after.isActive, after.SeesAllTenants) && before.tenants.SetEquals(tenants))
        {
            return Done.Value;
        }

        await db.EndSessionsAsync(user, ct);
        work.Audit(ActionOf(before.isActive, after.isActive), new { user = new { user.Id, user.Email }, before, after });
        return await work.CommitAsync(ct);
    }

    public async Task<Result<HandedOver>> EraseAsync(Caller caller, Guid id, Guid heir, CancellationToken ct)
    {
        await using var work = await UserRepository.BeginAsync(databases, caller, ct);
        var db = work.Db;
        var idempotency = Idempotency.Of(caller, null, "POST users/erase", $"{id:D} {heir:D}");
        var earlier = await UserRepository.EarlierAsync(work, idempotency, ct);
        if (earlier.Problem is { } reused)
        {
            return reused;
        }

        if (earlier.Value is not null)
        {
            return new HandedOver(0, 0, 0, 0, 0, 0, 0, 0);
        }

        if (await db.Users.FirstOrDefaultAsync(user => user.Id == id, ct) is not { } user)
        {
            return UserProblems.Unknown;
        }

        if (heir == id || !await Admins(db).AnyAsync(admin => admin.Id == heir, ct))
        {
            return await IsLastAdminAsync(db, user, ct) ? UserProblems.LastAdmin : UserProblems.HeirUnfit;
        }

        if (!(await Grants.OfAsync(db, id, ct)).IsSubsetOf(await Grants.OfAsync(db, heir, ct)))
        {
            return UserProblems.HeirSeesLess;
        }

        var left = await new HandOver(db, envelope, user, heir, clock.UtcNow()).DoAsync(ct);
        db.Users.Remove(user);
        idempotency?.Remember(db, id);
        work.Audit("user.erased", new { user = new { user.Id, user.Email, user.Role }, handedOverTo = heir, left });
        var saved = await work.CommitAsync(ct);
        return saved.Problem is { } refused ? refused : left;
    }

    private static string ActionOf(bool before, bool after) => (before, after) switch
    {
        (true, false) => "user.disabled",
        (false, true) => "user.enabled",
        _ => "user.changed",
    };

    /// <summary>Those who can look after people: an invitation that nobody took up does not count.</summary>
    private static IQueryable<User> Admins(XeroCfoDb db) =>
        db.Users.Where(user => user.Role == Roles.Admin && !user.IsDisabled && user.PasswordHash != User.NoPassword);

    private static async Task<bool> IsLastAdminAsync(XeroCfoDb db, User user, CancellationToken ct) =>
        user is { Role: Roles.Admin, IsDisabled: false } && !await Admins(db).AnyAsync(other => other.Id != user.Id, ct);

    private async Task<IReadOnlyList<Person>> PeopleAsync(XeroCfoDb db, Guid? id, CancellationToken ct)
    {
        var now = clock.UtcNow();
        var users = await db.Users.AsNoTracking().Where(user => id == null || user.Id == id).ToListAsync(ct);
        var grants = (await db.UserTenants.AsNoTracking().Where(grant => id == null || grant.UserId == id).Select(grant => new { grant.UserId, grant.TenantId }).ToListAsync(ct))
            .ToLookup(grant => grant.UserId, grant => grant.TenantId);
        var sessions = await db.UserSessions.Where(session => session.ExpiresAt > now && (id == null || session.UserId == id))
            .GroupBy(session => session.UserId).Select(group => new { UserId = group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.UserId, row => row.Count, ct);
        var passkeys = await db.UserPasskeys.Where(passkey => id == null || passkey.UserId == id)
            .GroupBy(passkey => passkey.UserId).Select(group => new { UserId = group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.UserId, row => row.Count, ct);
        return [.. users.Select(user => new Person(user, grants[user.Id].ToHashSet(), sessions.GetValueOrDefault(user.Id), passkeys.GetValueOrDefault(user.Id)))];
    }
}
