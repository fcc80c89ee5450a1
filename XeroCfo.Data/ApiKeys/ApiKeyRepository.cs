using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks;

namespace XeroCfo.Data.ApiKeys;

internal sealed class ApiKeyRepository(IDbFactory factory, TimeProvider clock, ApiKeyUseBook uses) : IApiKeyRepository
{
    private const string Reason = "A key or its owner decides which organisations a request may see.";

    public Task<OwnedApiKey?> FindByHashAsync(string hash, CancellationToken ct) =>
        FindAsync(keys => keys.Where(key => key.KeyHash == hash || key.PreviousKeyHash == hash), false, ct);

    public Task<OwnedApiKey?> FindAsync(Guid keyId, CancellationToken ct) =>
        FindAsync(keys => keys.Where(key => key.Id == keyId), true, ct);

    public async Task<ApiKeyOwner?> OwnerAsync(Guid userId, CancellationToken ct)
    {
        await using var db = factory.AcrossTenants(Reason);
        return await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == userId, ct) is { } user ? await OwnerAsync(db, user, ct) : null;
    }

    public async Task<Result<Page<OwnedApiKey>>> ListAsync(Guid? owner, string? cursor, int limit, CancellationToken ct)
    {
        await using var db = factory.AcrossTenants(Reason);
        var rows = Of(db, owner);
        if (cursor is not null)
        {
            if (Cursor.Decode(cursor, 1) is not [var text] || !Guid.TryParseExact(text, "D", out var last))
            {
                return ListProblems.BadCursor;
            }

            rows = rows.Where(key => key.Id < last);
        }

        var keys = await rows.OrderByDescending(key => key.Id).Take(limit + 1).ToListAsync(ct);
        var page = keys.Take(limit).ToList();
        return new Page<OwnedApiKey>(await OwnedAsync(db, page, ct), keys.Count > limit ? Cursor.Encode(page[^1].Id) : null);
    }

    public async Task<CappedCount> CountAsync(Guid? owner, CancellationToken ct)
    {
        await using var db = factory.Create();
        return CappedCount.Of(await Of(db, owner).Take(CappedCount.Cap).CountAsync(ct));
    }

    public async Task<Result<KeptApiKey>> AddAsync(Caller caller, ApiKey key, IReadOnlySet<Guid>? limits, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAcrossAsync(factory, caller, "A key belongs to a person, its limits to several organisations.", ct);
        await work.Db.LockKeysAsync(key.UserId, ct);
        var idempotency = Idempotency.Of(caller, null, "POST api-keys", TextOf(key, limits));
        var earlier = await EarlierAsync(work.Db, idempotency, ct);
        if (earlier is { } answered)
        {
            return answered;
        }

        work.Db.ApiKeys.Add(key);
        work.Db.ApiKeyTenants.AddRange((limits ?? new HashSet<Guid>()).Select(tenant => new ApiKeyTenant { ApiKeyId = key.Id, TenantId = tenant }));
        idempotency?.Remember(work.Db, key.Id);
        work.Audit("apikey.created", new { apiKeyId = key.Id, key.Name, key.Prefix, owner = key.UserId, key.Permissions, tenants = limits, key.Addresses, key.ExpiresAt });
        var saved = await work.CommitAsync(ct);
        return saved.Problem is { } refused ? refused : new KeptApiKey(key.Id, true);
    }

    public async Task<Result<KeptApiKey>> RotateAsync(Caller caller, Guid keyId, ApiKeyReplacement replacement, string asked, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAcrossAsync(factory, caller, "A key belongs to a person, not to an organisation.", ct);
        await work.Db.LockKeysAsync(keyId, ct);
        var idempotency = Idempotency.Of(caller, null, $"POST api-keys/{keyId:D}/rotate", asked);
        var earlier = await EarlierAsync(work.Db, idempotency, ct);
        if (earlier is { } answered)
        {
            return answered;
        }

        if (await work.Db.ApiKeys.SingleOrDefaultAsync(key => key.Id == keyId, ct) is not { } key)
        {
            return ApiKeyProblems.Unknown;
        }

        if (key.RevokedAt is not null)
        {
            return ApiKeyProblems.IsRevoked;
        }

        var before = new { key.Prefix, key.ExpiresAt };
        (key.PreviousKeyHash, key.PreviousEndsAt) = (replacement.PreviousEndsAt is null ? null : key.KeyHash, replacement.PreviousEndsAt);
        (key.KeyHash, key.Prefix, key.ExpiresAt) = (replacement.Hash, replacement.Prefix, replacement.ExpiresAt);
        (key.RotatedAt, key.ExpiryAnnouncedAt) = (clock.UtcNow(), null);
        idempotency?.Remember(work.Db, keyId);
        work.Audit("apikey.rotated", new { apiKeyId = keyId, key.Name, owner = key.UserId, before, after = new { key.Prefix, key.ExpiresAt }, key.PreviousEndsAt });
        var saved = await work.CommitAsync(ct);
        return saved.Problem is { } refused ? refused : new KeptApiKey(keyId, true);
    }

    public async Task<Result<Done>> RevokeAsync(Caller caller, Guid keyId, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAcrossAsync(factory, caller, "A key belongs to a person, not to an organisation.", ct);
        if (await work.Db.ApiKeys.SingleOrDefaultAsync(key => key.Id == keyId, ct) is not { } key)
        {
            return ApiKeyProblems.Unknown;
        }

        if (key.RevokedAt is not null)
        {
            return Done.Value;
        }

        work.Audit("apikey.revoked", new { apiKeyId = key.Id, key.Name, key.Prefix, owner = key.UserId });
        (key.RevokedAt, key.RevokedBy) = (clock.UtcNow(), TextRules.Limit(caller.Name, 255));
        (key.PreviousKeyHash, key.PreviousEndsAt) = (null, null);
        return await work.CommitAsync(ct);
    }

    public Task TouchAsync(ApiKey key, ApiKeyPurpose purpose, string? address, CancellationToken ct) => uses.TouchAsync(key, purpose, address, ct);

    public Task NoteRefusalAsync(OwnedApiKey found, string reason, Origin origin, CancellationToken ct) => uses.NoteRefusalAsync(found, reason, origin, ct);

    public async Task<int> AnnounceExpiringAsync(DateTime until, CancellationToken ct)
    {
        List<Guid> due;
        await using (var db = factory.Create())
        {
            var now = clock.UtcNow();
            due = await db.ApiKeys
                .Where(key => key.ExpiresAt <= until && key.ExpiresAt > now && key.ExpiryAnnouncedAt == null && key.RevokedAt == null && db.Users.Any(user => user.Id == key.UserId && !user.IsDisabled))
                .Select(key => key.Id)
                .ToListAsync(ct);
        }

        var announced = 0;
        foreach (var keyId in due)
        {
            announced += await AnnounceAsync(keyId, ct) ? 1 : 0;
        }

        return announced;
    }

    // Of several processes that find it due, one marks it and announces it.
    private async Task<bool> AnnounceAsync(Guid keyId, CancellationToken ct)
    {
        if (await FindAsync(keyId, ct) is not { } found)
        {
            return false;
        }

        await using var work = await UnitOfWork.BeginAcrossAsync(factory, Caller.Worker, "A key's end is told to every organisation that it reaches.", ct);
        var now = clock.UtcNow();
        if (await work.Db.ApiKeys.Where(key => key.Id == keyId && key.ExpiryAnnouncedAt == null && key.RevokedAt == null && key.ExpiresAt == found.Key.ExpiresAt)
            .ExecuteUpdateAsync(set => set.SetProperty(key => key.ExpiryAnnouncedAt, now), ct) == 0)
        {
            return false;
        }

        foreach (var tenant in (found.Limits ?? found.Owner.Tenants).Where(found.Owner.Tenants.Contains))
        {
            work.Announce(tenant, WebhookEvents.ApiKeyExpiring, "", [keyId]);
        }

        work.Audit("apikey.expiry_announced", new { apiKeyId = keyId, found.Key.Name, owner = found.Owner.Id, found.Key.ExpiresAt });
        return (await work.CommitAsync(ct)).Succeeded;
    }

    // The end that nobody named lies a little later at each repetition: how long it lives tells requests apart well enough.
    private string TextOf(ApiKey key, IReadOnlySet<Guid>? limits) => string.Join(
        '\n',
        key.UserId,
        key.Name,
        string.Join(',', key.Permissions),
        limits is null ? "all" : string.Join(',', limits.Order()),
        key.Addresses is null ? "any" : string.Join(',', key.Addresses),
        key.ExpiresAt is not { } end ? "never" : Math.Abs((end - clock.UtcNow() - ApiKeyService.UsualLife).TotalSeconds) < 1 ? "usual" : $"{end:O}");

    private static async Task<Result<KeptApiKey>?> EarlierAsync(XeroCfoDb db, Idempotency? idempotency, CancellationToken ct)
    {
        if (idempotency is null)
        {
            return null;
        }

        var earlier = await idempotency.EarlierAsync(db, ct);
        if (earlier.Problem is { } refused)
        {
            return Result<KeptApiKey>.Refused(refused);
        }

        return earlier.Value is { } known ? Result<KeptApiKey>.Of(new KeptApiKey(known, false)) : default(Result<KeptApiKey>?);
    }

    private static IQueryable<ApiKey> Of(XeroCfoDb db, Guid? owner) => owner is null ? db.ApiKeys.AsNoTracking() : db.ApiKeys.AsNoTracking().Where(key => key.UserId == owner);

    private static async Task<IReadOnlyList<OwnedApiKey>> OwnedAsync(XeroCfoDb db, IReadOnlyList<ApiKey> keys, CancellationToken ct)
    {
        var (ids, people) = (keys.Select(key => key.Id).ToList(), keys.Select(key => key.UserId).Distinct().ToList());
        var limits = (await db.ApiKeyTenants.AsNoTracking().Where(limit => ids.Contains(limit.ApiKeyId)).ToListAsync(ct)).ToLookup(limit => limit.ApiKeyId, limit => limit.TenantId);
        var used = (await db.ApiKeyUses.AsNoTracking().Where(use => ids.Contains(use.ApiKeyId)).ToListAsync(ct)).ToLookup(use => use.ApiKeyId);
        var users = await db.Users.AsNoTracking().Where(user => people.Contains(user.Id)).ToListAsync(ct);
        var grants = (await db.UserTenants.AsNoTracking().Where(grant => people.Contains(grant.UserId)).ToListAsync(ct)).ToLookup(grant => grant.UserId, grant => grant.TenantId);
        var every = users.Exists(user => user.SeesAllTenants) ? await db.XeroTenants.Select(tenant => tenant.Id).ToListAsync(ct) : [];
        var owners = users.ToDictionary(user => user.Id, user => OwnerOf(user, user.SeesAllTenants ? every : grants[user.Id]));
        return
        [
            .. keys.Select(key => new OwnedApiKey(key, owners[key.UserId], limits.Contains(key.Id) ? limits[key.Id].ToHashSet() : null)
            {
                Uses = used[key.Id].ToDictionary(use => use.Permission, use => use.LastUsedAt),
            }),
        ];
    }

    private async Task<OwnedApiKey?> FindAsync(Func<IQueryable<ApiKey>, IQueryable<ApiKey>> which, bool withUses, CancellationToken ct)
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
        return new OwnedApiKey(found.Key, await OwnerAsync(db, found.User, ct), limits.Count == 0 ? null : limits.ToHashSet())
        {
            Uses = withUses ? await db.ApiKeyUses.Where(use => use.ApiKeyId == found.Key.Id).ToDictionaryAsync(use => use.Permission, use => use.LastUsedAt, ct) : new Dictionary<string, DateTime>(),
        };
    }

    private static async Task<ApiKeyOwner> OwnerAsync(XeroCfoDb db, User user, CancellationToken ct)
    {
        var granted = user.SeesAllTenants
            ? db.XeroTenants.Select(tenant => tenant.Id)
            : db.UserTenants.Where(grant => grant.UserId == user.Id).Select(grant => grant.TenantId);
        return OwnerOf(user, await granted.ToListAsync(ct));
    }

    private static ApiKeyOwner OwnerOf(User user, IEnumerable<Guid> tenants) =>
        new(user.Id, user.Email ?? "", user.Role, user.SecurityStamp, user.IsDisabled, tenants.ToHashSet());
}
