using XeroCfo.Domain.Backups;

namespace XeroCfo.Web.Workers;

/// <summary>Makes the backups that are due or asked for. Every node has one; a backup is made once.</summary>
internal sealed class BackupWorker(BackupRunner runner, TimeProvider clock, ILogger<BackupWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ScheduleEvery = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long? looked = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (looked is not { } last || clock.GetElapsedTime(last) > ScheduleEvery)
                {
                    looked = clock.GetTimestamp();
                    await runner.LookAtScheduleAsync(stoppingToken);
                }

                if (await runner.RunNextAsync(stoppingToken) is null)
                {
                    await Task.Delay(Pause, clock, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The next process begins it anew.
            }
            catch (Exception fault)
            {
                log.LogError(fault, "The backup worker stumbled and goes on");
                await Task.Delay(Pause, clock, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }
}
