using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.ApiKeys;

internal sealed class ApiKeyRepository(IDbFactory factory, TimeProvider clock, ILogger<ApiKeyRepository> log) : IApiKeyRepository
{
    private const string Reason = "A key or its owner decides which organisations a request may see.";
    private static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(1);

    // A long write of a sync may hold SQLite's lock; no request waits for it only to note a time.
    private static readonly TimeSpan TouchPatience = TimeSpan.FromMilliseconds(250);
    private readonly ConcurrentDictionary<Guid, bool> _noting = [];

    public Task<OwnedApiKey?> FindByHashAsync(string hash, CancellationToken ct) =>
        FindAsync(keys => keys.Where(key => key.KeyHash == hash), ct);

    public Task<OwnedApiKey?> FindAsync(Guid keyId, CancellationToken ct) =>
        FindAsync(keys => keys.Where(key => key.Id == keyId), ct);

    public async Task<ApiKeyOwner?> OwnerAsync(Guid userId, CancellationToken ct)
    {
        await using var db = factory.AcrossTenants(Reason);
        return await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == userId, ct) is { } user ? await OwnerAsync(db, user, ct) : null;
    }

    public async Task<IReadOnlyList<OwnedApiKey>> ListAsync(Guid? owner, CancellationToken ct)
    {
        await using var db = factory.AcrossTenants(Reason);
        var keys = await db.ApiKeys.AsNoTracking().Where(key => owner == null || key.UserId == owner).OrderByDescending(key => key.Id).ToListAsync(ct);
        var users = await db.Users.AsNoTracking().Where(user => db.ApiKeys.Any(key => key.UserId == user.Id && (owner == null || key.UserId == owner))).ToListAsync(ct);
        var limits = (await db.ApiKeyTenants.AsNoTracking().ToListAsync(ct)).ToLookup(limit => limit.ApiKeyId, limit => limit.TenantId);
        var owners = new Dictionary<Guid, ApiKeyOwner>();
        foreach (var user in users)
        {
            owners[user.Id] = await OwnerAsync(db, user, ct);
        }

        return [.. keys.Select(key => new OwnedApiKey(key, owners[key.UserId], limits.Contains(key.Id) ? limits[key.Id].ToHashSet() : null))];
    }

    public async Task<Result<Done>> AddAsync(Caller caller, ApiKey key, IReadOnlySet<Guid>? limits, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAcrossAsync(factory, caller, "A key belongs to a person, its limits to several organisations.", ct);
        work.Db.ApiKeys.Add(key);
        work.Db.ApiKeyTenants.AddRange((limits ?? new HashSet<Guid>()).Select(tenant => new ApiKeyTenant { ApiKeyId = key.Id, TenantId = tenant }));
        work.Audit("apikey.created", new { apiKeyId = key.Id, key.Name, key.Prefix, owner = key.UserId, key.Permissions, tenants = limits, key.ExpiresAt });
        return await work.CommitAsync(ct);
    }

    public async Task<Result<Done>> RevokeAsync(Caller caller, Guid keyId, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAcrossAsync(factory, caller, "A key belongs to a person, not to an organisation.", ct);
        var key = await work.Db.ApiKeys.SingleAsync(key => key.Id == keyId, ct);
        if (key.RevokedAt is not null)
        {
            return Done.Value;
        }

        work.Audit("apikey.revoked", new { apiKeyId = key.Id, key.Name, key.Prefix, owner = key.UserId });
        key.RevokedAt = clock.UtcNow();
        return await work.CommitAsync(ct);
    }

    public async Task TouchAsync(Guid keyId, DateTime? lastUsedAt, CancellationToken ct)
    {
        var now = clock.UtcNow();
        if (lastUsedAt > now - TouchInterval || !_noting.TryAdd(keyId, true))
        {
            return;
        }

        try
        {
            await NoteUseAsync(keyId, now).WaitAsync(TouchPatience, ct);
        }
        catch (TimeoutException)
        {
            // It goes on behind the request.
        }
    }

    private async Task NoteUseAsync(Guid keyId, DateTime now)
    {
        try
        {
            var due = now - TouchInterval;
            await using var db = factory.Create();
            await db.ApiKeys
                .Where(key => key.Id == keyId && (key.LastUsedAt == null || key.LastUsedAt <= due))
                .ExecuteUpdateAsync(set => set.SetProperty(key => key.LastUsedAt, now), CancellationToken.None);
        }
        catch (DbException exception)
        {
            log.LogWarning(exception, "The last use of API key {ApiKeyId} could not be noted.", keyId);
        }
        finally
        {
            _noting.TryRemove(keyId, out _);
        }
    }

    private async Task<OwnedApiKey?> FindAsync(Func<IQueryable<ApiKey>, IQueryable<ApiKey>> which, CancellationToken ct)
    {
        await using var db = factory.AcrossTenants(Reason);
        var found = await which(db.ApiKeys.AsNoTracking())
            .Join(db.Users.AsNoTracking(), key => key.UserId, user => user.Id, (key, user) => new { Key = key, User = user })
            .SingleOrDefaultAsync(ct);
        if (found is null)
        {
            return null;
        }

        var limits = await db.ApiKeyTenants.Where(limit => limit.ApiKeyId == found.Key.Id).Select(limit => limit.TenantId).ToListAsync(ct);
        return new OwnedApiKey(found.Key, await OwnerAsync(db, found.User, ct), limits.Count == 0 ? null : limits.ToHashSet());
    }

    private static async Task<ApiKeyOwner> OwnerAsync(XeroCfoDb db, User user, CancellationToken ct)
    {
        var granted = user.SeesAllTenants
            ? db.XeroTenants.Select(tenant => tenant.Id)
            : db.UserTenants.Where(grant => grant.UserId == user.Id).Select(grant => grant.TenantId);
        return new ApiKeyOwner(user.Id, user.Email ?? "", user.Role, user.SecurityStamp, user.IsDisabled, (await granted.ToListAsync(ct)).ToHashSet());
    }
}
