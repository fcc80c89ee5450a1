using Microsoft.EntityFrameworkCore;
using XeroCfo.Data;
using XeroCfo.Domain.Sync;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Pipeline;

/// <summary>Whenever the process dies during the first sync, the next one goes on, and the books end as if nothing had happened.</summary>
public sealed class PowerCutTests
{
    [Fact]
    public Task Books_are_whole_after_three_power_cuts() => BooksAreWholeAfterAsync(3);

    [LongFact]
    public Task Books_are_whole_after_fifty_power_cuts() => BooksAreWholeAfterAsync(50);

    private static async Task BooksAreWholeAfterAsync(int cuts)
    {
        var seed = Environment.ProcessId;
        await using var server = new RunningServer(("Admin__Email", "cfo@acme.test"), ("Admin__Password", "correct horse battery"), ("Demo__Enabled", "true"));
        await server.StartAsync();
        await using var undisturbed = await UndisturbedAsync(server);
        var all = await RowsAsync(undisturbed.Open());

        foreach (var moment in Moments(cuts, seed))
        {
            await server.WaitAsync(async db => await RowsAsync(db) >= moment * all || await db.SyncRuns.AllAsync(run => run.Status == SyncStatus.Succeeded));
            await server.KillAsync();
            await server.StartAsync();
        }

        var last = await server.SyncedAsync();
        Assert.True(last.Status == SyncStatus.Succeeded, $"Cuts of seed {seed} ended in {last.Status}: {last.ErrorMessage}");
        await using var kept = server.Open();
        Assert.Equal(0, await kept.SyncRuns.CountAsync(run => run.Status == SyncStatus.Running || run.LeaseOwner != null));
        Assert.False((await kept.XeroTenants.SingleAsync()).SyncInProgress);
        Assert.Equal(0, await kept.Documents.CountAsync(document => document.Dirty));
        AssertSame(await undisturbed.ContentAsync(), await BookContent.OfAsync(kept), seed);
    }

    // The same demo at the same hour, synced in one go in this process.
    private static async Task<SyncedBooks> UndisturbedAsync(RunningServer server)
    {
        await using var db = server.Open();
        var anchor = DateOnly.ParseExact((await db.Settings.SingleAsync(setting => setting.Name == "demo.anchor")).Value, "yyyy-MM-dd");
        var books = await SyncedBooks.OfDemoAsync(anchor, new FixedClock(TimeProvider.System.GetUtcNow()));
        Assert.Equal(SyncStatus.Succeeded, (await books.SyncAsync(full: true)).Status);
        return books;
    }

    private static async Task<int> RowsAsync(XeroCfoDb db) =>
        await db.Documents.CountAsync() + await db.LedgerLines.CountAsync() + await db.XeroTrialBalances.CountAsync();

    private static IEnumerable<double> Moments(int count, int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => random.NextDouble()).Order();
    }

    private static void AssertSame(IReadOnlyList<string> expected, IReadOnlyList<string> found, int seed)
    {
        var (missing, extra) = (expected.Except(found).Take(5), found.Except(expected).Take(5));
        Assert.True(
            expected.SequenceEqual(found, StringComparer.Ordinal),
            $"Cuts of seed {seed} left {found.Count} rows, not {expected.Count}. Missing: {string.Join(" | ", missing)}. Extra: {string.Join(" | ", extra)}.");
    }
}
