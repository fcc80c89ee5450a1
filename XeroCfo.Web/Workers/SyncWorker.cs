using XeroCfo.Domain.Pipeline;
using XeroCfo.Domain.Sync;

namespace XeroCfo.Web.Workers;

/// <summary>Does the runs that wait, one after the other, and queues those that are due. Every node has one; a run is done once.</summary>
internal sealed class SyncWorker(SyncRunner runner, ISyncQueue queue, SyncOptions options, TimeProvider clock, ILogger<SyncWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ScheduleEvery = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long? scheduled = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (scheduled is not { } last || clock.GetElapsedTime(last) > ScheduleEvery)
                {
                    scheduled = clock.GetTimestamp();
                    await queue.EnqueueChecksAsync(stoppingToken);
                    await queue.EnqueueDueAsync(options.Interval, stoppingToken);
                }

                await queue.EnqueueNoticedAsync(options.Interval, stoppingToken);
                if (await runner.RunNextAsync(null, stoppingToken) is null)
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
                log.LogError(fault, "The sync worker stumbled and goes on");
                await Task.Delay(Pause, clock, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }
}
