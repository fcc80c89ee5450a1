using XeroCfo.Domain.Kpis.Overviews;

namespace XeroCfo.Web.Workers;

/// <summary>Prepares the overviews of organisations whose ledger moved, one after the other. Every node has one, for those who look there.</summary>
internal sealed class OverviewWorker(OverviewPreparation overviews, TimeProvider clock, ILogger<OverviewWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await overviews.NextAsync(stoppingToken))
                {
                    await Task.Delay(Pause, clock, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // What is not prepared is made when somebody asks for it.
            }
            catch (Exception fault)
            {
                log.LogError(fault, "Preparing an overview stumbled and goes on");
                await Task.Delay(Pause, clock, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }
}
