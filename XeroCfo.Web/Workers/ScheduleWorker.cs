using XeroCfo.Domain.Reports.Schedules;

namespace XeroCfo.Web.Workers;

/// <summary>Makes the reports that fall due, one after the other. Every node has one; a run is done once.</summary>
internal sealed class ScheduleWorker(ScheduleRunner runner, TimeProvider clock, ILogger<ScheduleWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await runner.RunNextAsync(stoppingToken) is null)
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
                log.LogError(fault, "The schedule worker stumbled and goes on");
                await Task.Delay(Pause, clock, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }
}
