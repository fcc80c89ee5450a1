using XeroCfo.Domain.Pipeline;
using XeroCfo.Domain.Sync;

namespace XeroCfo.Web.Workers;

/// <summary>
/// Queues runs that are due, and does those that wait, each organisation's one after the other and a few organisations' beside each other. Every node
/// has one; a run is done once.
/// </summary>
internal sealed class SyncWorker(SyncRunner runner, ISyncQueue queue, SyncOptions options, TimeProvider clock, ILogger<SyncWorker> log) : BackgroundService
{
    /// <summary>So many organisations are read at once: a first load of hours keeps the others' changes waiting no more than their own.</summary>
    private const int Lanes = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ScheduleEvery = TimeSpan.FromSeconds(30);

    private long? _scheduled;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([RepeatAsync(EnqueueAsync, stoppingToken), .. Enumerable.Range(0, Lanes).Select(_ => RepeatAsync(RunAsync, stoppingToken))]);

    /// <summary>Does it again and again, and rests where there was nothing to do. SQLite answers at once, without giving the thread back: so it has one of its own.</summary>
    private Task RepeatAsync(Func<CancellationToken, Task<bool>> work, CancellationToken ct) => Task.Run(
        async () =>
        {
            while (!ct.IsCancellationRequested)
            {
                try
                {
                    if (!await work(ct))
                    {
                        await Task.Delay(Pause, clock, ct);
                    }
                }
                catch (OperationCanceledException) when (ct.IsCancellationRequested)
                {
                    // The next process goes on where this one stopped.
                }
                catch (Exception fault)
                {
                    log.LogError(fault, "The sync worker stumbled and goes on");
                    await Task.Delay(Pause, clock, ct).ContinueWith(_ => { }, TaskScheduler.Default);
                }
            }
        },
        CancellationToken.None);

    private async Task<bool> EnqueueAsync(CancellationToken ct)
    {
        if (_scheduled is not { } last || clock.GetElapsedTime(last) > ScheduleEvery)
        {
            _scheduled = clock.GetTimestamp();
            await queue.EnqueueChecksAsync(ct);
            await queue.EnqueueDueAsync(options.Interval, ct);
        }

        await queue.EnqueueNoticedAsync(options.Interval, ct);
        return false;
    }

    private async Task<bool> RunAsync(CancellationToken ct) => await runner.RunNextAsync(null, ct) is not null;
}
