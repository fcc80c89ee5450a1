using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Webhooks.Deliveries;

namespace XeroCfo.Data.Webhooks;

internal sealed class DeliveryRepository(IDbFactory factory, TimeProvider clock) : IDeliveryRepository
{
    public async Task<Result<Page<DeliveryView>>> ListAsync(TenantId tenant, Guid webhookId, string? status, string? cursor, int limit, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        if (!await db.Webhooks.AnyAsync(webhook => webhook.Id == webhookId, ct))
        {
            return WebhookProblems.Unknown;
        }

        var rows = Of(db, webhookId, status);
        if (cursor is not null)
        {
            if (Cursor.Decode(cursor, 2) is not ["delivery", var text] || !Guid.TryParse(text, out var id))
            {
                return ListProblems.BadCursor;
            }

            rows = rows.Where(row => row.Id < id);
        }

        var items = await rows.OrderByDescending(row => row.Id).Take(limit + 1).ToListAsync(ct);
        var page = items.Take(limit).ToList();
        return new Page<DeliveryView>(await ViewsAsync(db, page, ct), items.Count > limit ? Cursor.Encode("delivery", page[^1].Id) : null);
    }

    public async Task<Result<CappedCount>> CountAsync(TenantId tenant, Guid webhookId, string? status, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.Webhooks.AnyAsync(webhook => webhook.Id == webhookId, ct) ? CappedCount.Of(await Of(db, webhookId, status).Take(CappedCount.Cap).CountAsync(ct)) : WebhookProblems.Unknown;
    }

    public async Task<Result<DeliveryView>> FindAsync(TenantId tenant, Guid webhookId, Guid id, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.WebhookDeliveries.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id && row.WebhookId == webhookId, ct) is { } delivery
            ? (await ViewsAsync(db, [delivery], ct))[0]
            : await db.Webhooks.AnyAsync(webhook => webhook.Id == webhookId, ct) ? WebhookProblems.NoSuchDelivery : WebhookProblems.Unknown;
    }

    public async Task<Result<DeliveryView>> TestAsync(Caller caller, TenantId tenant, Guid webhookId, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var (db, now) = (work.Db, clock.UtcNow());
        await db.LockOrganisationAsync(tenant.Value, ct);
        if (!await db.Webhooks.AnyAsync(webhook => webhook.Id == webhookId, ct))
        {
            return WebhookProblems.Unknown;
        }

        var idempotency = Idempotency.Of(caller, tenant, "POST webhooks/test", webhookId.ToString());
        var earlier = idempotency is null ? Result<Guid?>.Of(null) : await idempotency.EarlierAsync(db, ct);
        if (earlier.Problem is { } reused)
        {
            return reused;
        }

        if (earlier.Value is { } known)
        {
            return await db.WebhookDeliveries.AsNoTracking().FirstOrDefaultAsync(row => row.Id == known, ct) is { } sent ? (await ViewsAsync(db, [sent], ct))[0] : WebhookProblems.NoSuchDelivery;
        }

        // For this endpoint alone, whatever it asked for: there is nothing to hand out any more.
        var told = OutboxEvent.Of(tenant.Value, WebhookEvents.Test, $"webhooks/{webhookId:D}", [webhookId]);
        told.DispatchedAt = now;
        var delivery = new WebhookDelivery { TenantId = tenant.Value, WebhookId = webhookId, EventId = told.Id, NextAttemptAt = now };
        db.AddRange(told, delivery);
        idempotency?.Remember(db, delivery.Id);
        work.Audit("webhook.tested", new { webhookId, deliveryId = delivery.Id });
        var saved = await work.CommitAsync(ct);
        return saved.Succeeded ? (await ViewsAsync(db, [delivery], ct))[0] : saved.Problem!;
    }

    public async Task<Result<DeliveryView>> RedeliverAsync(Caller caller, TenantId tenant, Guid webhookId, Guid id, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        if (await db.WebhookDeliveries.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id && row.WebhookId == webhookId, ct) is not { } delivery)
        {
            return await db.Webhooks.AnyAsync(webhook => webhook.Id == webhookId, ct) ? WebhookProblems.NoSuchDelivery : WebhookProblems.Unknown;
        }

        var idempotency = Idempotency.Of(caller, tenant, "POST webhooks/redeliver", id.ToString());
        var earlier = idempotency is null ? Result<Guid?>.Of(null) : await idempotency.EarlierAsync(db, ct);
        if (earlier.Problem is { } reused)
        {
            return reused;
        }

        if (earlier.Value is null)
        {
            await AgainAsync(db.WebhookDeliveries.Where(row => row.Id == id), ct);
            idempotency?.Remember(db, id);
            work.Audit("webhook.redelivered", new { webhookId, deliveryId = id });
            if ((await work.CommitAsync(ct)).Problem is { } refused)
            {
                return refused;
            }

            delivery = await db.WebhookDeliveries.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, ct) ?? delivery;
        }

        return (await ViewsAsync(db, [delivery], ct))[0];
    }

    public async Task<Result<int>> RedeliverFailedAsync(Caller caller, TenantId tenant, Guid webhookId, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        if (!await db.Webhooks.AnyAsync(webhook => webhook.Id == webhookId, ct))
        {
            return WebhookProblems.Unknown;
        }

        var idempotency = Idempotency.Of(caller, tenant, "POST webhooks/redeliver-failed", webhookId.ToString());
        var earlier = idempotency is null ? Result<Guid?>.Of(null) : await idempotency.EarlierAsync(db, ct);
        if (earlier.Problem is { } reused)
        {
            return reused;
        }

        if (earlier.Value is { } known)
        {
            return BitConverter.ToInt32(known.ToByteArray(), 0);
        }

        var count = await AgainAsync(db.WebhookDeliveries.Where(row => row.WebhookId == webhookId && row.Status == DeliveryStatus.Failed), ct);

        // What a repeated request is answered with is the count.
        idempotency?.Remember(db, new Guid(count, 0, 0, new byte[8]));
        work.Audit("webhook.failed_redelivered", new { webhookId, count });
        var saved = await work.CommitAsync(ct);
        return saved.Succeeded ? count : saved.Problem!;
    }

    private static IQueryable<WebhookDelivery> Of(XeroCfoDb db, Guid webhookId, string? status) =>
        db.WebhookDeliveries.AsNoTracking().Where(row => row.WebhookId == webhookId && (status == null || row.Status == status));

    // One that is under way keeps its lease: what comes of it is written over this.
    private Task<int> AgainAsync(IQueryable<WebhookDelivery> rows, CancellationToken ct)
    {
        var now = clock.UtcNow();
        return rows.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Status, DeliveryStatus.Pending).SetProperty(row => row.Tries, 0).SetProperty(row => row.NextAttemptAt, now)
                .SetProperty(row => row.FinishedAt, (DateTime?)null).SetProperty(row => row.Error, (string?)null).SetProperty(row => row.UpdatedAt, now),
            ct);
    }

    private static async Task<List<DeliveryView>> ViewsAsync(XeroCfoDb db, List<WebhookDelivery> deliveries, CancellationToken ct)
    {
        var (ids, events) = (deliveries.ConvertAll(row => row.Id), deliveries.ConvertAll(row => row.EventId));
        var told = await db.OutboxEvents.AsNoTracking().Where(row => events.Contains(row.Id)).ToDictionaryAsync(row => row.Id, ct);
        var attempts = (await db.WebhookAttempts.AsNoTracking().Where(row => ids.Contains(row.DeliveryId)).OrderBy(row => row.Number).ToListAsync(ct)).ToLookup(row => row.DeliveryId);
        return deliveries.ConvertAll(row => new DeliveryView(row, told[row.EventId], [.. attempts[row.Id]]));
    }
}

internal static class GivingUp
{
    /// <summary>Ends what waits at an endpoint that is switched off; it can be sent again by hand.</summary>
    public static Task<int> GiveUpAsync(this XeroCfoDb db, Guid webhookId, DateTime now, CancellationToken ct) =>
        db.WebhookDeliveries.Where(row => row.WebhookId == webhookId && row.Status == DeliveryStatus.Pending).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Status, DeliveryStatus.Failed).SetProperty(row => row.Error, DeliveryErrors.SwitchedOff).SetProperty(row => row.NextAttemptAt, (DateTime?)null)
                .SetProperty(row => row.FinishedAt, now).SetProperty(row => row.LeaseOwner, (string?)null).SetProperty(row => row.LeaseUntil, (DateTime?)null).SetProperty(row => row.UpdatedAt, now),
            ct);
}
