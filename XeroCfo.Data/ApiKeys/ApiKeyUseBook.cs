using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.ApiKeys;

/// <summary>Notes what keys are used for, seldom enough that no request waits for it.</summary>
internal sealed class ApiKeyUseBook(IDbFactory factory, TimeProvider clock, ILogger<ApiKeyUseBook> log)
{
    private static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan UseInterval = TimeSpan.FromDays(1);

    // A long write of a sync may hold SQLite's lock; no request waits for it only to note a time.
    private static readonly TimeSpan TouchPatience = TimeSpan.FromMilliseconds(250);
    private readonly ConcurrentDictionary<Guid, bool> _noting = [];
    private readonly ConcurrentDictionary<(Guid Key, string Permission), DateTime> _noted = [];
    private readonly ConcurrentDictionary<(Guid Key, string Reason), DateTime> _refused = [];

    public Task TouchAsync(ApiKey key, ApiKeyPurpose purpose, string? address, CancellationToken ct)
    {
        var now = clock.UtcNow();
        var isDue = key.LastUsedAt is null || key.LastUsedAt <= now - TouchInterval
            || (purpose.Permission is { } permission && !(_noted.TryGetValue((key.Id, permission), out var last) && last > now - UseInterval));
        return isDue && _noting.TryAdd(key.Id, true) ? PatientlyAsync(NoteUseAsync(key.Id, purpose, address, now), ct) : Task.CompletedTask;
    }

    public Task NoteRefusalAsync(OwnedApiKey found, string reason, Origin origin, CancellationToken ct)
    {
        var (now, about) = (clock.UtcNow(), (found.Key.Id, reason));
        if (_refused.TryGetValue(about, out var last) && last > now - TouchInterval)
        {
            return Task.CompletedTask;
        }

        _refused[about] = now;
        return PatientlyAsync(WriteRefusalAsync(found, reason, origin), ct);
    }

    private static async Task PatientlyAsync(Task work, CancellationToken ct)
    {
        try
        {
            await work.WaitAsync(TouchPatience, ct);
        }
        catch (TimeoutException)
        {
            // It goes on behind the request.
        }
    }

    private async Task NoteUseAsync(Guid keyId, ApiKeyPurpose purpose, string? address, DateTime now)
    {
        try
        {
            var (due, route) = (now - TouchInterval, purpose.Route is { } asked ? TextRules.Limit(asked, 255) : null);
            await using var db = factory.Create();
            await db.ApiKeys
                .Where(key => key.Id == keyId && (key.LastUsedAt == null || key.LastUsedAt <= due))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(key => key.LastUsedAt, now)
                        .SetProperty(key => key.LastUsedAddress, address == null ? null : TextRules.Limit(address, 45))
                        .SetProperty(key => key.LastUsedRoute, key => route ?? key.LastUsedRoute),
                    CancellationToken.None);
            if (purpose.Permission is { } permission)
            {
                await NotePermissionAsync(db, keyId, permission, now);
                _noted[(keyId, permission)] = now;
            }
        }
        catch (Exception exception) when (exception is DbException or DbUpdateException)
        {
            log.LogWarning(exception, "The last use of API key {ApiKeyId} could not be noted.", keyId);
        }
        finally
        {
            _noting.TryRemove(keyId, out _);
        }
    }

    private static async Task NotePermissionAsync(XeroCfoDb db, Guid keyId, string permission, DateTime now)
    {
        var row = db.ApiKeyUses.Where(use => use.ApiKeyId == keyId && use.Permission == permission);
        if (await row.ExecuteUpdateAsync(set => set.SetProperty(use => use.LastUsedAt, now), CancellationToken.None) == 0)
        {
            db.ApiKeyUses.Add(new ApiKeyUse { ApiKeyId = keyId, Permission = permission, LastUsedAt = now });
            await db.SaveChangesAsync(CancellationToken.None);
        }
    }

    private async Task WriteRefusalAsync(OwnedApiKey found, string reason, Origin origin)
    {
        try
        {
            var caller = new Caller { Kind = CallerKind.ApiKey, UserId = found.Owner.Id, ApiKeyId = found.Key.Id, Name = found.Key.Name, Address = origin.Address, UserAgent = origin.UserAgent, RequestId = origin.RequestId };
            await using var work = await UnitOfWork.BeginAcrossAsync(factory, caller, "a key is turned away before its organisations are looked at", CancellationToken.None);
            work.Audit("apikey.refused", new { apiKeyId = found.Key.Id, found.Key.Name, found.Key.Prefix, owner = found.Owner.Id, reason });
            await work.KeepAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is DbException or DbUpdateException)
        {
            log.LogWarning(exception, "The refusal of API key {ApiKeyId} could not be noted.", found.Key.Id);
        }
    }
}
