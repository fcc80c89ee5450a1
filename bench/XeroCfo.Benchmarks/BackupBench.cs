using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Data.Encryption;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Backups;
using XeroCfo.Domain.Users;

namespace XeroCfo.Benchmarks;

/// <summary>
/// Times a backup of a database that <c>fill</c> left, while somebody writes to it all the time: how long it takes with its proof, and how long the
/// slowest write waited.
/// </summary>
internal static class BackupBench
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task RunAsync(LoadRun run)
    {
        var folder = run.Services.GetRequiredService<DataFolder>();
        run.Services.GetRequiredService<KeyRing>().Use(new string('b', 64), []);
        var (archive, databases) = (run.Services.GetRequiredService<IBackupArchive>(), run.Services.GetRequiredService<IDbFactory>());
        var file = Path.Combine(folder.FullPath, "bench.backup");
        using var stop = new CancellationTokenSource();
        var quiet = await WriteAsync(databases, TimeSpan.FromSeconds(5), stop.Token);
        using var process = Process.GetCurrentProcess();
        var (before, cpu, watch) = (process.WorkingSet64, process.TotalProcessorTime, Stopwatch.StartNew());
        var writing = WriteAsync(databases, TimeSpan.FromHours(1), stop.Token);
        var peak = PeakAsync(stop.Token);
        var made = await archive.WriteAsync(Caller.Command, file, default);
        var elapsed = watch.Elapsed;
        await stop.CancelAsync();
        var busy = await writing;
        process.Refresh();
        Console.WriteLine(made.Succeeded
            ? $"  backup, proved     {elapsed.TotalSeconds,8:0.0} s   {made.Value.Rows:N0} rows   {made.Value.Bytes / 1048576.0:N0} MB   {(process.TotalProcessorTime - cpu).TotalSeconds:0.0} s of processor   {(await peak - before) / 1048576:N0} MB above idle"
            : $"  backup failed: {made.Problem!.Message}");
        Console.WriteLine($"  writes before      median {quiet.Median:0.0} ms, slowest {quiet.Slowest:0} ms, {quiet.Count} of them");
        Console.WriteLine($"  writes meanwhile   median {busy.Median:0.0} ms, slowest {busy.Slowest:0} ms, {busy.Count} of them");
        File.Delete(file);
    }

    /// <summary>Writes entries one after the other, each its own transaction on the disk.</summary>
    private static async Task<(double Median, double Slowest, int Count)> WriteAsync(IDbFactory databases, TimeSpan length, CancellationToken ct)
    {
        List<double> times = [];
        var all = Stopwatch.StartNew();
        while (all.Elapsed < length && !ct.IsCancellationRequested)
        {
            var watch = Stopwatch.StartNew();
            await using (var db = databases.Create())
            {
                db.AuditLogs.Add(new AuditLog { Action = "bench.wrote" });
                await db.SaveChangesAsync(CancellationToken.None);
            }

            times.Add(watch.Elapsed.TotalMilliseconds);
            await Task.Delay(Pause, CancellationToken.None);
        }

        times.Sort();
        return (times[times.Count / 2], times[^1], times.Count);
    }

    private static async Task<long> PeakAsync(CancellationToken ct)
    {
        long peak = 0;
        while (!ct.IsCancellationRequested)
        {
            using var process = Process.GetCurrentProcess();
            peak = Math.Max(peak, process.WorkingSet64);
            await Task.Delay(100, CancellationToken.None);
        }

        return peak;
    }
}
