using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using XeroCfo.Data;
using XeroCfo.Data.Encryption;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Data.Xero;
using XeroCfo.Domain;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Pipeline;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Benchmarks;

/// <summary>Fills a fresh database through the real sync from a local Xero, then times the reads that people wait for.</summary>
internal sealed class LoadRun : IAsyncDisposable
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(3), Long = TimeSpan.FromSeconds(10);

    private readonly ServiceProvider _services;
    private readonly string? _folder;
    private readonly TenantId _tenant;
    private readonly int _documents;
    private readonly DatabaseOptions _database;

    private LoadRun(ServiceProvider services, string? folder, TenantId tenant, int documents, DatabaseOptions database) =>
        (_services, _folder, _tenant, _documents, _database) = (services, folder, tenant, documents, database);

    private string Provider => _database.IsSqlite ? "SQLite" : "PostgreSQL";

    /// <param name="provider">sqlite, a file of SQLite that stays, or a PostgreSQL connection string to an empty database.</param>
    /// <param name="documents">How many documents Xero has.</param>
    public static async Task<LoadRun> StartAsync(string provider, int documents)
    {
        var folder = provider == "sqlite" ? Directory.CreateTempSubdirectory("xerocfo-bench").FullName : null;
        var database = folder is not null ? new DatabaseOptions { ConnectionString = $"Data Source={Path.Combine(folder, "bench.db")}" }
            : provider.Contains('=', StringComparison.Ordinal) ? new DatabaseOptions { Provider = DatabaseOptions.Postgres, ConnectionString = provider }
            : new DatabaseOptions { ConnectionString = $"Data Source={Path.GetFullPath(provider)}" };
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
        services.AddSingleton<TimeProvider>(new BenchClock());
        services.AddXeroCfoDomain();
        services.AddSingleton(new XeroOptions { CallsPerMinute = int.MaxValue });
        services.AddSingleton(new SyncOptions());
        services.AddSingleton(new DataFolder(folder ?? (database.IsSqlite ? Path.GetDirectoryName(Path.GetFullPath(provider))! : Path.GetTempPath())));
        services.AddSingleton(new EncryptionOptions());
        services.AddXeroCfoData(database);
        services.AddSingleton<IXeroTransport>(new BenchTransport(documents));
        var provided = services.BuildServiceProvider();
        var tenant = new XeroTenant { XeroTenantId = Guid.NewGuid().ToString("D"), Name = "Bench" };
        await using (var db = provided.GetRequiredService<IDbFactory>().AcrossTenants("the benchmark makes its organisation"))
        {
            await db.Database.MigrateAsync();
            if (database.IsSqlite)
            {
                await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL");
            }

            if (await db.XeroTenants.FirstOrDefaultAsync() is { } there)
            {
                tenant = there;
            }
            else
            {
                db.XeroTenants.Add(tenant);
                await db.SaveChangesAsync();
            }
        }

        return new LoadRun(provided, folder, new TenantId(tenant.Id), documents, database);
    }

    public IServiceProvider Services => _services;

    public TenantId Tenant => _tenant;

    /// <summary>The database is one that <see cref="FillAsync"/> left.</summary>
    public bool IsFilled => _documents == 0;

    public async Task MeasureAsync()
    {
        var idle = await FillAsync();
        var changed = await TimeSyncAsync();
        Console.WriteLine($"  sync of 10 changes, first  {changed.TotalMilliseconds,10:0} ms");
        await PrintAsync("sync of 10 changes", () => TimeSyncAsync(), 8);
        await PrintCheckAsync();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var rebuilt = await TimeRebuildAsync();
        cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        Console.WriteLine($"  rebuild                    {rebuilt.TotalSeconds,10:0.0} s   {_documents / rebuilt.TotalSeconds,10:N0} documents/s   {cpu.TotalSeconds,6:0.0} s of processor   peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576 - idle:N0} MB above idle");

        var balances = _services.GetRequiredService<TrialBalanceService>();
        await PrintAsync("trial balance, month end", () => balances.AtAsync(Caller.Command, _tenant, new DateOnly(2026, 10, 31), default));
        await PrintAsync("trial balance, mid-month", () => balances.AtAsync(Caller.Command, _tenant, new DateOnly(2026, 10, 15), default));
        await PrintAsync("  baseline: group by in SQL", GroupByAsync);

        await ReportRun.MeasureAsync(_services, _tenant);
        await KpiRun.MeasureAsync(_services, _tenant);
        await ListRun.MeasureAsync(_services, _tenant);
        await WebRun.MeasureAsync(_database, _tenant);
    }

    /// <summary>Fills the database and leaves it.</summary>
    /// <returns>The megabytes that the process held before.</returns>
    public async Task<long> FillAsync()
    {
        await WarmUpSyncAsync();
        var idle = Memory();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var full = await TimeSyncAsync();
        cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        Console.WriteLine($"{Provider}, {_documents:N0} documents");
        Console.WriteLine($"  full sync                  {full.TotalSeconds,10:0.0} s   {_documents / full.TotalSeconds,10:N0} documents/s   {cpu.TotalSeconds,6:0.0} s of processor   peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576 - idle:N0} MB above idle");
        return idle;
    }

    /// <summary>Only the reports, on a database that <see cref="FillAsync"/> left.</summary>
    public Task ReadReportsAsync() => ReportRun.MeasureAsync(_services, _tenant);

    /// <summary>Only KPIs and the overview, on a database that <see cref="FillAsync"/> left.</summary>
    public Task ReadKpisAsync() => KpiRun.MeasureAsync(_services, _tenant);

    /// <summary>Only what people wait for at lists of transactions, on a database that <see cref="FillAsync"/> left.</summary>
    public async Task ReadAsync()
    {
        await ReportRun.MeasureAsync(_services, _tenant);
        await KpiRun.MeasureAsync(_services, _tenant);
        await ListRun.MeasureAsync(_services, _tenant);
        await WebRun.MeasureAsync(_database, _tenant);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_folder is not null)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(_folder, recursive: true);
        }
    }

    // A server that is idle has synced before: its code is compiled, its pools are filled.
    private static async Task WarmUpSyncAsync()
    {
        const int few = 2_000;
        await using (var small = await StartAsync("sqlite", few))
        {
            await small.TimeSyncAsync();
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private static long Memory() => Process.GetCurrentProcess().WorkingSet64 / 1048576;

    public async Task<TimeSpan> TimeSyncAsync()
    {
        await _services.GetRequiredService<SyncService>().RequestAsync(Caller.Command, _tenant, false, default);
        var watch = Stopwatch.StartNew();
        var run = await _services.GetRequiredService<SyncRunner>().RunNextAsync(_tenant, default);
        return run?.Status == SyncStatus.Succeeded ? watch.Elapsed : throw new InvalidOperationException($"The sync ended {run?.Status}: {run?.ErrorMessage}");
    }

    /// <summary>A night on which nothing is wrong.</summary>
    private async Task PrintCheckAsync()
    {
        await _services.GetRequiredService<ISyncRunRepository>().EnqueueAsync(Caller.Worker, _tenant, false, SyncTriggers.Check, default);
        var watch = Stopwatch.StartNew();
        var run = await _services.GetRequiredService<SyncRunner>().RunNextAsync(_tenant, default);
        Console.WriteLine($"  nightly check              {watch.Elapsed.TotalMilliseconds,10:0} ms   {run?.Calls} calls   {run?.Status}");
    }

    private async Task<TimeSpan> TimeRebuildAsync()
    {
        await _services.GetRequiredService<SyncService>().RequestRebuildAsync(Caller.Command, _tenant, default);
        var watch = Stopwatch.StartNew();
        var run = await _services.GetRequiredService<SyncRunner>().RunNextAsync(_tenant, default);
        return run?.Status == SyncStatus.Succeeded ? watch.Elapsed : throw new InvalidOperationException($"The rebuild ended {run?.Status}: {run?.ErrorMessage}");
    }

    internal static async Task PrintAsync(string what, Func<Task> work, int times = 20)
    {
        var (measured, spent) = (new List<double>(), new List<double>());
        await WarmAsync(work);
        var began = Stopwatch.StartNew();
        for (var i = 0; i < times && (i < 3 || began.Elapsed < Enough); i++)
        {
            var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            await work();
            measured.Add(watch.Elapsed.TotalMilliseconds);
            spent.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
        }

        var sorted = measured.Order().ToList();

        // On a busy machine the processor's time says more than the clock.
        Console.WriteLine($"  {what,-52} median {sorted[sorted.Count / 2],8:0.00} ms   p95 {sorted[Math.Min(sorted.Count - 1, sorted.Count * 95 / 100)],8:0.00} ms   processor {spent.Order().ElementAt(sorted.Count / 2),8:0.00} ms   of {sorted.Count}");
    }

    // A server that people use has compiled what it runs. The runtime does so step by step in the background: the KPIs of a month take 37 ms in the first hundred
    // runs and 7 ms in the eighth.
    internal static async Task WarmAsync(Func<Task> work)
    {
        var began = Stopwatch.StartNew();
        for (var i = 0; i < 800 && (i < 3 || began.Elapsed < Long); i++)
        {
            await work();
        }
    }

    private async Task GroupByAsync()
    {
        await using var db = _services.GetRequiredService<IDbFactory>().For(_tenant);
        var end = new DateOnly(2026, 10, 31);
        await db.LedgerLines.Where(line => line.Date <= end).GroupBy(line => line.AccountId).Select(group => group.Sum(line => line.Amount)).ToListAsync();
    }

    private sealed class BenchClock : TimeProvider
    {
        private static readonly DateTimeOffset Now = new(BenchXero.Today, new TimeOnly(9, 0), TimeSpan.Zero);

        private readonly long _started = Stopwatch.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => Now + Stopwatch.GetElapsedTime(_started);
    }

    private sealed class BenchTransport(int documents) : IXeroTransport, IDisposable
    {
        private readonly HttpClient _client = new(new BenchXero(documents)) { BaseAddress = new Uri("https://xero.invalid/api.xro/2.0/") };

        public Task<Result<XeroChannel>> ForAsync(XeroTenant organisation, CancellationToken ct) =>
            Task.FromResult<Result<XeroChannel>>(new XeroChannel(_client, new FixedKey("token"), organisation, IsPaced: false));

        public void Dispose() => _client.Dispose();
    }
}
