using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Encryption;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Webhooks.Deliveries;

namespace XeroCfo.Data.Webhooks;

internal sealed class WebhookRepository(IDbFactory factory, Envelope envelope, TimeProvider clock) : IWebhookRepository
{
    public async Task<Result<Page<WebhookView>>> ListAsync(TenantId tenant, string? cursor, int limit, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = db.Webhooks.AsNoTracking();
        if (cursor is not null)
        {
            if (Cursor.Decode(cursor, 2) is not ["hook", var text] || !Guid.TryParse(text, out var id))
            {
                return ListProblems.BadCursor;
            }

            rows = rows.Where(row => row.Id > id);
        }

        var items = await rows.OrderBy(row => row.Id).Take(limit + 1).ToListAsync(ct);
        var page = items.Take(limit).ToList();
        return new Page<WebhookView>(await ViewsAsync(db, page, ct), items.Count > limit ? Cursor.Encode("hook", page[^1].Id) : null);
    }

    public async Task<CappedCount> CountAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return CappedCount.Of(await db.Webhooks.Take(CappedCount.Cap).CountAsync(ct));
    }

    public async Task<WebhookView?> FindAsync(TenantId tenant, Guid id, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.Webhooks.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, ct) is { } webhook ? (await ViewsAsync(db, [webhook], ct))[0] : null;
    }

    public async Task<Result<WebhookWithSecret>> CreateAsync(Caller caller, TenantId tenant, WebhookInput input, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var idempotency = Idempotency.Of(caller, tenant, "POST webhooks", JsonSerializer.Serialize(input, JsonSerializerOptions.Web));
        var earlier = idempotency is null ? Result<Guid?>.Of(null) : await idempotency.EarlierAsync(db, ct);
        if (earlier.Problem is { } reused)
        {
            return reused;
        }

        if (earlier.Value is { } known)
        {
            return await AgainAsync(db, known, ct);
        }

        if (await db.Webhooks.CountAsync(ct) >= WebhookService.Most)
        {
            return WebhookProblems.TooMany;
        }

        var webhook = new Webhook { TenantId = tenant.Value, UserId = await caller.OwnerAsync(db, ct), Event = input.Event!, Url = input.Url!, IsActive = input.IsActive, Secret = "" };
        var secret = WebhookSignature.NewSecret();
        webhook.Secret = envelope.Seal(secret, WebhookSeals.SecretOf(webhook));
        db.Webhooks.Add(webhook);
        idempotency?.Remember(db, webhook.Id);
        work.Audit("webhook.created", Details(webhook));
        return await SavedAsync(work, webhook, secret, ct);
    }

    public async Task<Result<WebhookView>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, WebhookInput input, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        if (await db.Webhooks.FirstOrDefaultAsync(row => row.Id == id, ct) is not { } webhook)
        {
            return WebhookProblems.Unknown;
        }

        if (version.Against(webhook.UpdatedAt) is { } stale)
        {
            return stale;
        }

        var before = Details(webhook);
        if (!input.IsActive)
        {
            await db.GiveUpAsync(id, clock.UtcNow(), ct);
        }
        else if (!webhook.IsActive)
        {
            (webhook.DisabledAt, webhook.DisabledBecause, webhook.FailingSince) = (null, null, null);
        }

        (webhook.Event, webhook.Url, webhook.IsActive) = (input.Event!, input.Url!, input.IsActive);
        db.Entry(webhook).Property(row => row.Event).IsModified = true;
        work.Audit("webhook.updated", new { before, after = Details(webhook) });
        var saved = await work.CommitAsync(ct);
        return saved.Succeeded ? (await ViewsAsync(db, [webhook], ct))[0] : saved.Problem!;
    }

    public async Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        if (await db.Webhooks.FirstOrDefaultAsync(row => row.Id == id, ct) is not { } webhook)
        {
            return WebhookProblems.Unknown;
        }

        if (version.Against(webhook.UpdatedAt) is { } stale)
        {
            return stale;
        }

        db.Webhooks.Remove(webhook);
        work.Audit("webhook.deleted", Details(webhook));
        return await work.CommitAsync(ct);
    }

    public async Task<Result<WebhookWithSecret>> RotateAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        if (await db.Webhooks.FirstOrDefaultAsync(row => row.Id == id, ct) is not { } webhook)
        {
            return WebhookProblems.Unknown;
        }

        var idempotency = Idempotency.Of(caller, tenant, "POST webhooks/rotate-secret", id.ToString());
        var earlier = idempotency is null ? Result<Guid?>.Of(null) : await idempotency.EarlierAsync(db, ct);
        if (earlier.Problem is { } reused)
        {
            return reused;
        }

        if (earlier.Value is not null)
        {
            return await AgainAsync(db, id, ct);
        }

        var secret = WebhookSignature.NewSecret();
        (webhook.PreviousSecret, webhook.PreviousSecretUntil) = (webhook.Secret, clock.UtcNow() + WebhookService.Overlap);
        webhook.Secret = envelope.Seal(secret, WebhookSeals.SecretOf(webhook));
        idempotency?.Remember(db, id);
        work.Audit("webhook.secret_rotated", Details(webhook));
        return await SavedAsync(work, webhook, secret, ct);
    }

    // Addresses of receivers often hold a secret of theirs in the path: the trail names the place only.
    private static object Details(Webhook webhook) => new { webhookId = webhook.Id, webhook.Event, at = new Uri(webhook.Url).GetLeftPart(UriPartial.Authority), webhook.IsActive };

    private async Task<Result<WebhookWithSecret>> AgainAsync(XeroCfoDb db, Guid id, CancellationToken ct) =>
        await db.Webhooks.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, ct) is { } made
            ? new WebhookWithSecret((await ViewsAsync(db, [made], ct))[0], envelope.Open(made.Secret, WebhookSeals.SecretOf(made)))
            : WebhookProblems.Unknown;

    private static async Task<Result<WebhookWithSecret>> SavedAsync(UnitOfWork work, Webhook webhook, string secret, CancellationToken ct)
    {
        var saved = await work.CommitAsync(ct);
        return saved.Succeeded ? new WebhookWithSecret((await ViewsAsync(work.Db, [webhook], ct))[0], secret) : saved.Problem!;
    }

    private static async Task<List<WebhookView>> ViewsAsync(XeroCfoDb db, List<Webhook> webhooks, CancellationToken ct)
    {
        var (ids, owners) = (webhooks.ConvertAll(webhook => webhook.Id), webhooks.Select(webhook => webhook.UserId).Distinct().ToList());
        var counts = await db.WebhookDeliveries.Where(row => ids.Contains(row.WebhookId) && row.Status != DeliveryStatus.Succeeded)
            .GroupBy(row => new { row.WebhookId, row.Status }).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => (group.Key.WebhookId, group.Key.Status), group => group.Count, ct);
        var people = await db.Users.Where(user => owners.Contains(user.Id)).Select(user => new { user.Id, user.Email }).ToDictionaryAsync(user => user.Id, user => user.Email, ct);
        return webhooks.ConvertAll(webhook => new WebhookView(
            webhook, counts.GetValueOrDefault((webhook.Id, DeliveryStatus.Pending)), counts.GetValueOrDefault((webhook.Id, DeliveryStatus.Failed)), people.GetValueOrDefault(webhook.UserId)));
    }
}
