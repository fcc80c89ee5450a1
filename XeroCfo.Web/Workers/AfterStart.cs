namespace XeroCfo.Web.Workers;

/// <summary>
/// Starts a worker when the server answers, not before: who waits for a page after a restart does not also wait for work that has
/// time, whose first round needs the processor most.
/// </summary>
internal sealed class AfterStart<TWorker>(IServiceProvider services) : IHostedLifecycleService, IDisposable
    where TWorker : BackgroundService
{
    private readonly TWorker _worker = ActivatorUtilities.CreateInstance<TWorker>(services);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => _worker.StartAsync(cancellationToken);

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => _worker.StopAsync(cancellationToken);

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _worker.Dispose();
}
