using XeroCfo.Domain.Rules.Runs;

namespace XeroCfo.Web.Workers;

/// <summary>Does the runs of rules that wait, one after the other, beside the syncs. Every node has one; a run is done once.</summary>
internal sealed class RuleWorker(RuleRunner runner, TimeProvider clock, ILogger<RuleWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
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
                log.LogError(fault, "The rule worker stumbled and goes on");
                await Task.Delay(Pause, clock, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }
}
