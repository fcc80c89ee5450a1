using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Webhooks;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Webhooks.Deliveries;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Webhooks;

/// <summary>From an event to its receivers, on both databases.</summary>
public sealed class DeliveryTests
{
    [BothDatabases]
    public async Task An_event_goes_to_every_active_endpoint_of_its_organisation_that_wants_it_and_to_no_other(TestDatabaseKind kind)
    {
        await using var hooks = await WebhookSamples.CreateAsync(kind);
        var other = await hooks.AnotherOrganisationAsync();
        var (all, syncs) = (await hooks.EndpointAsync("*"), await hooks.EndpointAsync("sync.*"));
        foreach (var (choice, tenant, active) in new[] { ("report.created", hooks.Tenant, true), ("*", other, true), ("*", hooks.Tenant, false) })
        {
            await hooks.EndpointAsync(choice, tenant, active);
        }

        var told = await hooks.HappenedAsync();
        var sent = await hooks.SendAsync();

        Assert.Equal(2, sent);
        Assert.Equal(new[] { all.View.Webhook.Url, syncs.View.Webhook.Url }.Order(), hooks.Sent.Select(message => message.Url.OriginalString).Order());
        Assert.All(hooks.Sent, message => Assert.Equal(told.Id.ToString("D"), message.Id));
        Assert.All(await hooks.KeptAsync(), row => Assert.Equal((DeliveryStatus.Succeeded, 1, null), (row.Status, row.Attempts, row.NextAttemptAt)));
        Assert.Equal(0, await hooks.SendAsync());
    }

    [BothDatabases]
    public async Task What_fails_is_tried_again_by_the_plan_with_the_same_id_and_body_and_then_given_up(TestDatabaseKind kind)
    {
        await using var hooks = await WebhookSamples.CreateAsync(kind);
        var endpoint = await hooks.EndpointAsync();
        await hooks.HappenedAsync();
        hooks.Answer = _ => new ReceiverAnswer(500, null, "Oops", null);

        Assert.Equal(1, await hooks.SendAsync());
        Assert.Equal(0, await hooks.SendAsync());
        foreach (var wait in new[] { 11, 110 })
        {
            hooks.Database.Clock.Advance(TimeSpan.FromSeconds(wait));
            Assert.Equal(1, await hooks.SendAsync());
        }

        hooks.Database.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await hooks.SendAsync());
        Assert.Single(hooks.Sent.Select(message => (message.Id, Convert.ToBase64String(message.Body))).Distinct());
        Assert.Equal(3, hooks.Sent.Select(message => message.Timestamp).Distinct().Count());
        var delivery = Assert.Single(await hooks.KeptAsync());
        var view = (await hooks.Deliveries.FindAsync(hooks.Tenant, endpoint.View.Webhook.Id, delivery.Id, default)).Value;
        Assert.Equal((DeliveryStatus.Failed, 3), (view.Delivery.Status, view.Attempts.Count));
        Assert.All(view.Attempts, attempt => Assert.Equal((500, "Oops"), (attempt.AnswerStatus, attempt.Answer)));
        var health = (await hooks.Webhooks.FindAsync(hooks.Tenant, endpoint.View.Webhook.Id, default))!;
        Assert.Equal((1, 0), (health.Failed, health.Pending));
        Assert.NotNull(health.Webhook.FailingSince);
        Assert.Equal(endpoint.View.Webhook.UpdatedAt, health.Webhook.UpdatedAt);
    }

    [BothDatabases]
    public async Task Two_processes_never_send_the_same_attempt_and_what_a_dead_one_left_another_sends(TestDatabaseKind kind)
    {
        await using var hooks = await WebhookSamples.CreateAsync(kind);
        var due = new DueWebhook(hooks.Tenant, (await hooks.EndpointAsync()).View.Webhook.Id);
        for (var i = 0; i < 20; i++)
        {
            await hooks.HappenedAsync();
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => hooks.Process().DispatchAsync(default))));
        while (await hooks.Queue.DispatchAsync(default) > 0)
        {
        }

        Assert.Equal(20, (await hooks.KeptAsync()).Count);
        var batches = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => hooks.Process().ClaimAsync($"process {i}", due, 10, default))));
        var taken = batches.OfType<DeliveryBatch>().SelectMany(batch => batch.Items).Select(item => item.DeliveryId).ToList();
        Assert.NotEmpty(taken);
        Assert.Equal(taken.Count, taken.Distinct().Count());
        for (DeliveryBatch? rest; (rest = await hooks.Queue.ClaimAsync("the last", due, 10, default)) is not null;)
        {
            Assert.Empty(rest.Items.Select(item => item.DeliveryId).Intersect(taken));
        }

        Assert.Empty(await hooks.Queue.DueAsync(default));
        hooks.Database.Clock.Advance(TimeSpan.FromSeconds(9));
        await hooks.Queue.RenewAsync("process 0", due, default);
        hooks.Database.Clock.Advance(TimeSpan.FromSeconds(2));
        var left = batches[0]?.Items.Count ?? 0;

        Assert.Equal(20 - left, await hooks.SendAsync());

        // Whoever comes back from the dead writes over nothing.
        var late = batches[1] is { } lost ? lost.Items.Select(item => new AttemptOutcome(item.DeliveryId, hooks.Database.Clock.UtcNow(), TimeSpan.Zero, 500)).ToList() : [];
        await hooks.Queue.RecordAsync("process 1", due, late, default);
        Assert.DoesNotContain(await hooks.KeptAsync(), row => row.Status == DeliveryStatus.Failed || row.Attempts > 1);
    }

    [BothDatabases]
    public async Task An_endpoint_that_is_gone_or_fails_for_three_days_is_switched_off_and_begins_anew_when_a_person_says_so(TestDatabaseKind kind)
    {
        await using var hooks = await WebhookSamples.CreateAsync(kind);
        var (gone, failing) = (await hooks.EndpointAsync("report.created"), await hooks.EndpointAsync("sync.*"));
        hooks.Answer = message => new ReceiverAnswer(message.Url.OriginalString == gone.View.Webhook.Url ? 410 : 500, null, null, null);

        await hooks.HappenedAsync(WebhookEvents.ReportCreated);
        await hooks.HappenedAsync();
        await hooks.SendAsync();
        hooks.Database.Clock.Advance(TimeSpan.FromDays(3.1));
        await hooks.HappenedAsync();
        await hooks.SendAsync();

        foreach (var (endpoint, because) in new[] { (gone, DisabledReasons.Gone), (failing, DisabledReasons.Failing) })
        {
            var kept = (await hooks.Webhooks.FindAsync(hooks.Tenant, endpoint.View.Webhook.Id, default))!;
            Assert.Equal((false, because, 0), (kept.Webhook.IsActive, kept.Webhook.DisabledBecause, kept.Pending));
            Assert.NotNull(kept.Webhook.DisabledAt);
        }

        await using (var db = hooks.Database.Open())
        {
            Assert.Equal(2, await db.AuditLogs.CountAsync(entry => entry.Action == "webhook.disabled"));
        }

        var before = hooks.Sent.Count;
        await hooks.HappenedAsync();
        Assert.Equal(0, await hooks.SendAsync());
        hooks.Answer = _ => new ReceiverAnswer(200, null, null, null);
        var again = await hooks.Webhooks.UpdateAsync(Caller.Command, hooks.Tenant, failing.View.Webhook.Id, ReadVersion.Any, new WebhookInput("sync.*", failing.View.Webhook.Url), default);
        Assert.Equal((true, null, null, null), (again.Value.Webhook.IsActive, again.Value.Webhook.DisabledBecause, again.Value.Webhook.DisabledAt, again.Value.Webhook.FailingSince));
        var failed = again.Value.Failed;
        Assert.Equal(failed, (await hooks.Deliveries.RedeliverFailedAsync(Caller.Command, hooks.Tenant, failing.View.Webhook.Id, default)).Value);
        Assert.Equal(failed, await hooks.SendAsync());
        Assert.True(failed > 0 && hooks.Sent.Count == before + failed);
    }

    [BothDatabases]
    public async Task A_test_goes_to_one_endpoint_even_when_it_is_off_and_a_delivery_is_sent_again_under_its_own_id(TestDatabaseKind kind)
    {
        await using var hooks = await WebhookSamples.CreateAsync(kind);
        var other = await hooks.AnotherOrganisationAsync();
        var (off, _) = (await hooks.EndpointAsync("report.created", isActive: false), await hooks.EndpointAsync("*"));
        var id = off.View.Webhook.Id;

        var test = (await hooks.Deliveries.TestAsync(Caller.Command, hooks.Tenant, id, default)).Value;
        Assert.Equal(1, await hooks.SendAsync());
        var again = await hooks.Deliveries.RedeliverAsync(Caller.Command, hooks.Tenant, id, test.Delivery.Id, default);
        Assert.Equal(1, await hooks.SendAsync());

        Assert.Equal((WebhookEvents.Test, DeliveryStatus.Pending), (test.Event.Type, again.Value.Delivery.Status));
        Assert.Equal([off.View.Webhook.Url], hooks.Sent.Select(message => message.Url.OriginalString).Distinct());
        Assert.Equal([test.Event.Id.ToString("D")], hooks.Sent.Select(message => message.Id).Distinct());
        var page = (await hooks.Deliveries.ListAsync(hooks.Tenant, id, DeliveryStatus.Succeeded, null, 10, default)).Value;
        Assert.Equal([1, 2], Assert.Single(page.Items).Attempts.Select(attempt => attempt.Number));
        Assert.Equal("webhook-not-found", (await hooks.Deliveries.ListAsync(other, id, null, null, 10, default)).Problem?.Code);
        Assert.Equal("webhook-not-found", (await hooks.Deliveries.RedeliverAsync(Caller.Command, other, id, test.Delivery.Id, default)).Problem?.Code);
        Assert.Equal("delivery-not-found", (await hooks.Deliveries.FindAsync(hooks.Tenant, id, Guid.NewGuid(), default)).Problem?.Code);
    }

    [BothDatabases]
    public async Task After_a_rotation_both_secrets_sign_for_a_day_and_then_the_new_one_alone(TestDatabaseKind kind)
    {
        await using var hooks = await WebhookSamples.CreateAsync(kind);
        var made = await hooks.EndpointAsync();
        var rotated = (await hooks.Webhooks.RotateAsync(Caller.Command, hooks.Tenant, made.View.Webhook.Id, default)).Value;

        await hooks.HappenedAsync();
        await hooks.SendAsync();
        hooks.Database.Clock.Advance(TimeSpan.FromHours(25));
        await hooks.HappenedAsync();
        await hooks.SendAsync();

        string Signed(SignedMessage message, params string[] secrets) => WebhookSignature.Header(secrets, message.Id, message.Timestamp, message.Body);
        Assert.NotEqual(made.Secret, rotated.Secret);
        Assert.Equal(Signed(hooks.Sent[0], rotated.Secret, made.Secret), hooks.Sent[0].Signature);
        Assert.Equal(Signed(hooks.Sent[1], rotated.Secret), hooks.Sent[1].Signature);
        await using var db = hooks.Database.Open();
        var stored = await db.Webhooks.AsNoTracking().SingleAsync();
        Assert.DoesNotContain("whsec_", stored.Secret + stored.PreviousSecret, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", string.Concat(await db.AuditLogs.Select(entry => entry.Details).ToListAsync()), StringComparison.Ordinal);
    }

    [BothDatabases]
    public async Task What_is_older_than_a_month_is_forgotten_unless_it_waits(TestDatabaseKind kind)
    {
        await using var hooks = await WebhookSamples.CreateAsync(kind);
        await hooks.EndpointAsync("sync.succeeded");
        await hooks.HappenedAsync();
        await hooks.SendAsync();
        await hooks.HappenedAsync(WebhookEvents.ReportCreated);
        hooks.Answer = _ => new ReceiverAnswer(503, null, null, TimeSpan.FromHours(23));
        await hooks.HappenedAsync();
        await hooks.SendAsync();

        hooks.Database.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(2, await hooks.Queue.PruneAsync(default));

        Assert.Equal(DeliveryStatus.Pending, Assert.Single(await hooks.KeptAsync()).Status);
        Assert.Equal(0, await hooks.Queue.PruneAsync(default));
    }

    [BothDatabases]
    public async Task A_list_read_page_by_page_shows_each_delivery_once(TestDatabaseKind kind)
    {
        await using var hooks = await WebhookSamples.CreateAsync(kind);
        var id = (await hooks.EndpointAsync()).View.Webhook.Id;
        for (var i = 0; i < 7; i++)
        {
            await hooks.HappenedAsync();
        }

        await hooks.SendAsync();
        var (seen, cursor) = (new List<Guid>(), (string?)null);
        do
        {
            var page = (await hooks.Deliveries.ListAsync(hooks.Tenant, id, null, cursor, 3, default)).Value;
            seen.AddRange(page.Items.Select(view => view.Delivery.Id));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal((await hooks.KeptAsync()).Select(row => row.Id).Reverse(), seen);
        Assert.Equal(7, (await hooks.Deliveries.CountAsync(hooks.Tenant, id, DeliveryStatus.Succeeded, default)).Value.Count);
        Assert.Equal("invalid-cursor", (await hooks.Deliveries.ListAsync(hooks.Tenant, id, null, "nonsense", 3, default)).Problem?.Code);
    }
}
