using XeroCfo.Domain.ApiKeys;

namespace XeroCfo.Web.Workers;

/// <summary>Announces keys that are about to expire, once each. Every node has one; a key is announced once.</summary>
internal sealed class ApiKeyWorker(ApiKeyService keys, TimeProvider clock, ILogger<ApiKeyWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await keys.AnnounceExpiringAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The next process looks again.
            }
            catch (Exception fault)
            {
                log.LogError(fault, "The look at keys that expire stumbled and goes on");
            }

            await Task.Delay(Pause, clock, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }
}
