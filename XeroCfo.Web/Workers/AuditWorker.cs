using XeroCfo.Domain.Audit;

namespace XeroCfo.Web.Workers;

/// <summary>Seals the audit trail, every second and once more when the server stops. Every node has one; one at a time has something to do.</summary>
internal sealed class AuditWorker(IAuditChain chain, TimeProvider clock, ILogger<AuditWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await SealAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await SealAsync(stoppingToken);
            await Task.Delay(Pause, clock, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private async Task SealAsync(CancellationToken ct)
    {
        try
        {
            while (await chain.SealAsync(ct) > 0)
            {
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The next process goes on where this one stopped.
        }
        catch (Exception fault)
        {
            log.LogError(fault, "The sealing of the audit trail stumbled and goes on");
        }
    }
}
