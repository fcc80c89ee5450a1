using System.Collections.Concurrent;
using XeroCfo.Domain.Webhooks.Deliveries;

namespace XeroCfo.Web.Workers;

/// <summary>
/// Hands out events and sends what is due, each endpoint in a lane of its own: a slow receiver delays nobody else. Every node has one; an
/// attempt is made once.
/// </summary>
internal sealed class WebhookWorker(IDeliveryQueue queue, DeliverySender sender, TimeProvider clock, ILogger<WebhookWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300), PruneEvery = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<DueWebhook, bool> _lanes = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long? pruned = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var handed = await queue.DispatchAsync(stoppingToken);
                foreach (var webhook in await queue.DueAsync(stoppingToken))
                {
                    Start(webhook, stoppingToken);
                }

                if (pruned is not { } last || clock.GetElapsedTime(last) > PruneEvery)
                {
                    pruned = await queue.PruneAsync(stoppingToken) > 0 ? null : clock.GetTimestamp();
                }

                if (handed == 0)
                {
                    await Task.Delay(Pause, clock, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The next process goes on where this one stopped.
            }
            catch (Exception fault)
            {
                log.LogError(fault, "The webhook worker stumbled and goes on");
                await Task.Delay(Pause, clock, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    private void Start(DueWebhook webhook, CancellationToken ct)
    {
        if (_lanes.TryAdd(webhook, true))
        {
            _ = Task.Run(() => RunAsync(webhook, ct), CancellationToken.None);
        }
    }

    private async Task RunAsync(DueWebhook webhook, CancellationToken ct)
    {
        try
        {
            while (!ct.IsCancellationRequested && await sender.SendAsync(webhook, ct) > 0)
            {
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // What was under way is sent again by the next process, under the same id.
        }
        catch (Exception fault)
        {
            log.LogError(fault, "Sending to webhook {WebhookId} of {Tenant} stumbled and goes on", webhook.WebhookId, webhook.Tenant);
        }
        finally
        {
            _lanes.TryRemove(webhook, out _);
        }
    }
}
