using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Audit;

internal sealed class AuditTrail(IDbFactory factory, ILogger<AuditTrail> log) : IAuditTrail
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    public async Task<Result<Page<AuditEntry>>> ListAsync(AuditFilter filter, IReadOnlySet<Guid>? tenants, string? cursor, int limit, CancellationToken ct)
    {
        await using var db = factory.Create();
        var rows = Of(db, filter, tenants);
        if (cursor is not null)
        {
            if (Cursor.Decode(cursor, 2) is not [var ticksText, var idText] || !Guid.TryParseExact(idText, "D", out var id)
                || !long.TryParse(ticksText, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) || ticks > DateTime.MaxValue.Ticks)
            {
                return ListProblems.BadCursor;
            }

            var at = new DateTime(ticks, DateTimeKind.Utc);
            rows = rows.Where(entry => entry.CreatedAt <= at && (entry.CreatedAt < at || entry.Id < id));
        }

        var found = await rows.OrderByDescending(entry => entry.CreatedAt).ThenByDescending(entry => entry.Id).Take(limit + 1).ToListAsync(ct);
        var ids = found.ConvertAll(entry => entry.Id);
        var seals = await db.AuditSeals.Where(seal => ids.Contains(seal.AuditLogId)).ToDictionaryAsync(seal => seal.AuditLogId, seal => seal.Seq, ct);
        var page = found.Take(limit).Select(entry => new AuditEntry(entry, seals.TryGetValue(entry.Id, out var seq) ? seq : null)).ToList();
        return new Page<AuditEntry>(page, found.Count > limit ? Cursor.Encode(page[^1].Log.CreatedAt.Ticks, page[^1].Log.Id) : null);
    }

    public async Task<CappedCount> CountAsync(AuditFilter filter, IReadOnlySet<Guid>? tenants, CancellationToken ct)
    {
        await using var db = factory.Create();
        return CappedCount.Of(await Of(db, filter, tenants).Take(CappedCount.Cap).CountAsync(ct));
    }

    public async Task<IReadOnlyList<string>> ActionsAsync(CancellationToken ct)
    {
        await using var db = factory.Create();
        return [.. (await db.AuditLogs.Select(entry => entry.Action).Distinct().ToListAsync(ct)).Order(StringComparer.Ordinal)];
    }

    public async Task<IReadOnlyDictionary<Guid, string>> PeopleAsync(CancellationToken ct)
    {
        await using var db = factory.Create();
        return await db.Users.AsNoTracking().ToDictionaryAsync(user => user.Id, user => user.Email ?? "", ct);
    }

    public async Task NoteAsync(Caller caller, TenantId? tenant, string action, object details, CancellationToken ct)
    {
        await using var work = tenant is { } organisation
            ? await UnitOfWork.BeginAsync(factory, caller, organisation, ct)
            : await UnitOfWork.BeginAcrossAsync(factory, caller, "an entry of the audit trail that belongs to no organisation", ct);
        work.Audit(action, details);
        await work.KeepAsync(ct);
    }

    public async Task NoteSoonAsync(Caller caller, TenantId? tenant, string action, object details, CancellationToken ct)
    {
        try
        {
            await LoggedAsync(caller, tenant, action, details).WaitAsync(Patience, ct);
        }
        catch (TimeoutException)
        {
            // It goes on behind the request.
        }
    }

    private async Task LoggedAsync(Caller caller, TenantId? tenant, string action, object details)
    {
        try
        {
            await NoteAsync(caller, tenant, action, details, CancellationToken.None);
        }
        catch (Exception exception) when (exception is DbException or DbUpdateException)
        {
            log.LogWarning(exception, "{Action} could not be noted in the audit trail.", action);
        }
    }

    private static IQueryable<AuditLog> Of(XeroCfoDb db, AuditFilter filter, IReadOnlySet<Guid>? tenants)
    {
        var rows = db.AuditLogs.AsNoTracking();
        if (tenants is not null)
        {
            var granted = tenants.ToList();
            rows = rows.Where(entry => entry.TenantId == null || granted.Contains(entry.TenantId.Value));
        }

        if (filter.UserId is { } user)
        {
            rows = rows.Where(entry => entry.UserId == user);
        }

        if (filter.TenantId is { } tenant)
        {
            rows = rows.Where(entry => entry.TenantId == tenant);
        }

        if (filter.From is { } from)
        {
            rows = rows.Where(entry => entry.CreatedAt >= from);
        }

        if (filter.Before is { } before)
        {
            rows = rows.Where(entry => entry.CreatedAt < before);
        }

        return filter.Action switch
        {
            null => rows,
            [.. var area, '.', '*'] => rows.Where(entry => entry.Action.StartsWith(area + ".")),
            var action => rows.Where(entry => entry.Action == action),
        };
    }
}
