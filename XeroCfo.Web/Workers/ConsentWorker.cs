using XeroCfo.Domain.Xero.Consents;

namespace XeroCfo.Web.Workers;

/// <summary>Tries renewals again whose answer was lost, while the old token still counts. Apart from the syncs, because a long one would hold it up.</summary>
internal sealed class ConsentWorker(IUnclearRenewals renewals, TimeProvider clock, ILogger<ConsentWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await renewals.TryAgainAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The next process looks again.
            }
            catch (Exception fault)
            {
                log.LogError(fault, "The look at renewals without an answer stumbled and goes on");
            }

            await Task.Delay(Pause, clock, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }
}
