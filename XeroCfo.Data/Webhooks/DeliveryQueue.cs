using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Encryption;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Webhooks.Deliveries;

namespace XeroCfo.Data.Webhooks;

internal sealed class DeliveryQueue(IDbFactory factory, Envelope envelope, WebhookOptions options, TimeProvider clock) : IDeliveryQueue
{
    private const int EventsAtOnce = 500, ForgottenAtOnce = 1_000;

    /// <summary>A process that has not reported for so long is taken for dead; another one sends again.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    public async Task<int> DispatchAsync(CancellationToken ct)
    {
        await using var db = factory.AcrossTenants("events of all organisations are handed out together");
        var events = await db.OutboxEvents.AsNoTracking().Where(row => row.DispatchedAt == null).OrderBy(row => row.Id).Take(EventsAtOnce).ToListAsync(ct);
        if (events.Count == 0)
        {
            return 0;
        }

        var (now, ids) = (clock.UtcNow(), events.ConvertAll(row => row.Id));
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.OutboxEvents.Where(row => ids.Contains(row.Id) && row.DispatchedAt == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.DispatchedAt, now), ct) < ids.Count)
        {
            // Another process hands some of them out: whoever comes first does it.
            return events.Count;
        }

        var tenants = events.Select(row => row.TenantId).Distinct().ToList();
        var webhooks = (await db.Webhooks.AsNoTracking().Where(row => row.IsActive && tenants.Contains(row.TenantId)).Select(row => new { row.Id, row.TenantId, row.Event }).ToListAsync(ct)).ToLookup(row => row.TenantId);
        var first = options.RetryDelays[0];
        db.AddRange(
            from told in events
            from webhook in webhooks[told.TenantId]
            where WebhookEvents.Matches(webhook.Event, told.Type)
            select new WebhookDelivery { TenantId = told.TenantId, WebhookId = webhook.Id, EventId = told.Id, NextAttemptAt = now + first });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return events.Count;
    }

    public async Task<IReadOnlyList<DueWebhook>> DueAsync(CancellationToken ct)
    {
        await using var db = factory.AcrossTenants("the queue of deliveries belongs to all organisations");
        var now = clock.UtcNow();
        var due = await db.Webhooks
            .Where(webhook => db.WebhookDeliveries.Any(row => row.WebhookId == webhook.Id && row.Status == DeliveryStatus.Pending && row.NextAttemptAt <= now && (row.LeaseUntil == null || row.LeaseUntil < now)))
            .Select(webhook => new { webhook.Id, webhook.TenantId }).ToListAsync(ct);
        return due.ConvertAll(webhook => new DueWebhook(new TenantId(webhook.TenantId), webhook.Id));
    }

    public async Task<DeliveryBatch?> ClaimAsync(string owner, DueWebhook webhook, int most, CancellationToken ct)
    {
        await using var db = factory.For(webhook.Tenant);
        var now = clock.UtcNow();
        if (await db.Webhooks.AsNoTracking().FirstOrDefaultAsync(row => row.Id == webhook.WebhookId, ct) is not { } endpoint)
        {
            return null;
        }

        var due = db.WebhookDeliveries.Where(row => row.WebhookId == endpoint.Id && row.Status == DeliveryStatus.Pending && row.NextAttemptAt <= now && (row.LeaseUntil == null || row.LeaseUntil < now));
        var ids = await due.OrderBy(row => row.NextAttemptAt).ThenBy(row => row.Id).Select(row => row.Id).Take(most).ToListAsync(ct);

        // Whoever changes a row first has it.
        if (ids.Count == 0 || await due.Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseOwner, owner).SetProperty(row => row.LeaseUntil, now + Lease), ct) == 0)
        {
            return null;
        }

        var mine = await db.WebhookDeliveries.AsNoTracking().Where(row => ids.Contains(row.Id) && row.LeaseOwner == owner && row.Status == DeliveryStatus.Pending)
            .Join(db.OutboxEvents, row => row.EventId, told => told.Id, (row, told) => new { row.Id, Event = told }).AsNoTracking().ToListAsync(ct);
        return new DeliveryBatch(endpoint.Url, envelope.Secrets(endpoint, now), mine.ConvertAll(row => (row.Id, row.Event)));
    }

    public async Task RenewAsync(string owner, DueWebhook webhook, CancellationToken ct)
    {
        await using var db = factory.For(webhook.Tenant);
        var until = clock.UtcNow() + Lease;
        await db.WebhookDeliveries.Where(row => row.WebhookId == webhook.WebhookId && row.Status == DeliveryStatus.Pending && row.LeaseOwner == owner)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, until), ct);
    }

    public async Task RecordAsync(string owner, DueWebhook webhook, IReadOnlyList<AttemptOutcome> outcomes, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, Caller.Worker, webhook.Tenant, ct);
        var (db, ids) = (work.Db, outcomes.Select(outcome => outcome.DeliveryId).ToList());
        var rows = await db.WebhookDeliveries.Where(row => ids.Contains(row.Id) && row.LeaseOwner == owner && row.Status == DeliveryStatus.Pending).ToDictionaryAsync(row => row.Id, ct);
        if (await db.Webhooks.FirstOrDefaultAsync(row => row.Id == webhook.WebhookId, ct) is not { } endpoint)
        {
            return;
        }

        var (succeeded, failing, because) = (endpoint.LastSucceededAt, endpoint.FailingSince, (string?)null);
        foreach (var outcome in outcomes.Where(outcome => rows.ContainsKey(outcome.DeliveryId)).OrderBy(outcome => outcome.EndedAt))
        {
            db.WebhookAttempts.Add(Write(rows[outcome.DeliveryId], outcome));
            (succeeded, failing) = outcome.Succeeded ? ((DateTime?)Instants.Cut(outcome.EndedAt), (DateTime?)null) : (succeeded, failing ?? Instants.Cut(outcome.EndedAt));
            because ??= outcome.Succeeded ? null : RetryPlan.GivesUp(outcome, failing!.Value);
        }

        await db.SaveChangesAsync(ct);

        // How an endpoint fares is no new version of it: nobody's change is refused for it.
        await db.Webhooks.Where(row => row.Id == endpoint.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSucceededAt, succeeded).SetProperty(row => row.FailingSince, failing), ct);
        if (because is not null && endpoint.IsActive)
        {
            (endpoint.IsActive, endpoint.DisabledAt, endpoint.DisabledBecause) = (false, clock.UtcNow(), because);
            await db.GiveUpAsync(endpoint.Id, clock.UtcNow(), ct);
            work.Audit("webhook.disabled", new { webhookId = endpoint.Id, because, failingSince = failing });
        }

        await work.CommitAsync(ct);
    }

    public async Task<int> PruneAsync(CancellationToken ct)
    {
        await using var db = factory.AcrossTenants("what is old is forgotten, whose it is plays no part");
        var before = clock.UtcNow() - TimeSpan.FromDays(WebhookOptions.KeptDays);
        var old = await db.OutboxEvents.Where(told => told.DispatchedAt < before && !db.WebhookDeliveries.Any(row => row.EventId == told.Id && row.Status == DeliveryStatus.Pending))
            .OrderBy(told => told.DispatchedAt).Select(told => told.Id).Take(ForgottenAtOnce).ToListAsync(ct);
        return old.Count == 0 ? 0 : await db.OutboxEvents.Where(told => old.Contains(told.Id)).ExecuteDeleteAsync(ct);
    }

    private WebhookAttempt Write(WebhookDelivery row, AttemptOutcome outcome)
    {
        (row.Attempts, row.Tries, row.Error, row.LeaseOwner, row.LeaseUntil) = (row.Attempts + 1, row.Tries + 1, outcome.Error, null, null);
        var wait = outcome.Succeeded ? null : RetryPlan.WaitAfter(outcome, row.Tries, options.RetryDelays, Random.Shared.NextDouble());
        row.Status = outcome.Succeeded ? DeliveryStatus.Succeeded : wait is null ? DeliveryStatus.Failed : DeliveryStatus.Pending;
        row.NextAttemptAt = wait is { } pause ? Instants.Cut(outcome.EndedAt + pause) : null;
        row.FinishedAt = row.Status == DeliveryStatus.Pending ? null : Instants.Cut(outcome.EndedAt);
        return new WebhookAttempt
        {
            TenantId = row.TenantId,
            DeliveryId = row.Id,
            Number = row.Attempts,
            StartedAt = outcome.StartedAt,
            DurationMilliseconds = (int)outcome.Duration.TotalMilliseconds,
            AnswerStatus = outcome.Status,
            Error = outcome.Error,
            Answer = outcome.Answer,
        };
    }
}
