using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks;

namespace XeroCfo.Data.Saving;

/// <summary>
/// One write: the change, its audit entry, its events and what a repeated request is to be answered with, in one transaction.
/// Nothing is kept unless <see cref="CommitAsync"/> says so. On SQLite it begins immediately, so that no upgrade of a read lock stalls.
/// </summary>
internal sealed class UnitOfWork : IAsyncDisposable
{
    private readonly Caller _caller;
    private readonly TenantId? _tenant;
    private readonly IDbContextTransaction _transaction;

    private UnitOfWork(XeroCfoDb db, Caller caller, TenantId? tenant, IDbContextTransaction transaction) =>
        (Db, _caller, _tenant, _transaction) = (db, caller, tenant, transaction);

    public XeroCfoDb Db { get; }

    /// <summary>Begins a write in one organisation.</summary>
    public static Task<UnitOfWork> BeginAsync(IDbFactory factory, Caller caller, TenantId tenant, CancellationToken ct) =>
        BeginAsync(factory.For(tenant), caller, tenant, ct);

    /// <summary>Begins a write that belongs to no organisation, or to several; see <see cref="DbScopes.AcrossTenants"/>.</summary>
    public static Task<UnitOfWork> BeginAcrossAsync(IDbFactory factory, Caller caller, string reason, CancellationToken ct) =>
        BeginAsync(factory.AcrossTenants(reason), caller, null, ct);

    /// <summary>Adds an audit entry. <paramref name="details"/> holds ids, names, before and after; never a secret.</summary>
    public void Audit(string action, object? details = null)
    {
        var entry = JsonSerializer.SerializeToNode(details ?? new { }, JsonSerializerOptions.Web)!.AsObject();
        entry["caller"] = new JsonObject
        {
            ["kind"] = _caller.Kind.ToString(),
            ["name"] = _caller.Name,
            ["userId"] = _caller.UserId?.ToString("D"),
            ["apiKeyId"] = _caller.ApiKeyId?.ToString("D"),
        };
        entry["tenantId"] = _tenant?.ToString();
        entry["requestId"] = _caller.RequestId;
        Db.AuditLogs.Add(new AuditLog
        {
            UserId = _caller.UserId,
            TenantId = _tenant?.Value,
            Action = action,
            Details = entry.ToJsonString(),
            IpAddress = Limit(_caller.Address, 45),
            UserAgent = Limit(_caller.UserAgent, 255),
        });
    }

    /// <summary>Adds an event for webhooks; see <see cref="OutboxEvent.Of"/>.</summary>
    public void Announce(string type, string path, IEnumerable<object> ids, params (string Name, int Count)[] counts) =>
        Announce(_tenant?.Value ?? throw new InvalidOperationException("An event belongs to an organisation."), type, path, ids, counts);

    /// <summary>The same for one of several organisations.</summary>
    public void Announce(Guid tenant, string type, string path, IEnumerable<object> ids, params (string Name, int Count)[] counts) =>
        Db.OutboxEvents.Add(OutboxEvent.Of(tenant, type, path, ids, counts));

    /// <summary>Saves everything, or refuses because the caller's rights are no longer what they were when they were read.</summary>
    public async Task<Result<Done>> CommitAsync(CancellationToken ct)
    {
        if (await RightsChangedAsync(ct))
        {
            return new Problem("rights-changed", "Your rights were changed a moment ago. Sign in again, or ask an admin.", ProblemKind.Forbidden);
        }

        await Db.SaveChangesAsync(ct);
        await _transaction.CommitAsync(ct);
        return Done.Value;
    }

    /// <summary>Saves what only tells of something: whatever has become of the caller's rights meanwhile, it happened.</summary>
    public async Task KeepAsync(CancellationToken ct)
    {
        await Db.SaveChangesAsync(ct);
        await _transaction.CommitAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await Db.DisposeAsync();
    }

    private static async Task<UnitOfWork> BeginAsync(XeroCfoDb db, Caller caller, TenantId? tenant, CancellationToken ct)
    {
        try
        {
            return new UnitOfWork(db, caller, tenant, await db.Database.BeginTransactionAsync(ct));
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    private static string? Limit(string? text, int length) => text is null ? null : TextRules.Limit(text, length);

    private async Task<bool> RightsChangedAsync(CancellationToken ct)
    {
        if (_caller.UserId is { } userId && _caller.Stamp is { } stamp
            && !await Db.Users.AnyAsync(user => user.Id == userId && user.SecurityStamp == stamp && !user.IsDisabled, ct))
        {
            return true;
        }

        if (_caller.SessionId is { } session && !await Db.UserSessions.AnyAsync(open => open.Id == session, ct))
        {
            return true;
        }

        return _caller.ApiKeyId is { } keyId && !await Db.ApiKeys.AnyAsync(key => key.Id == keyId && key.RevokedAt == null, ct);
    }
}
