using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Sync;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Hosting;

/// <summary>Asked to stop, a server goes soon, and leaves what it was at to its next start.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task A_server_that_is_asked_to_stop_in_a_sync_is_gone_within_half_a_minute_and_goes_on_later()
    {
        await using var server = new RunningServer(("Admin__Email", TwoNodes.Admin), ("Admin__Password", TwoNodes.Password), ("Demo__Enabled", "true"));
        await server.StartAsync();
        await server.WaitAsync(db => db.SyncRuns.AnyAsync(run => run.Status == SyncStatus.Running));

        var watch = Stopwatch.StartNew();
        var exit = await server.StopAsync();

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"It took {watch.Elapsed}.");
        Assert.Equal(0, exit);
        await server.StartAsync();
        var run = await server.SyncedAsync();
        Assert.True(run.Status == SyncStatus.Succeeded, run.ErrorMessage);
    }
}
