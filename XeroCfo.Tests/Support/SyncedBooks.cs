using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using XeroCfo.Data;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Xero;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Pipeline;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Tests.Support;

/// <summary>An organisation at a fake Xero, and our books of it, brought up by the real client, sync and posting.</summary>
internal sealed class SyncedBooks : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;

    private SyncedBooks(TestDatabase database, ServiceProvider services, FakeXero xero, XeroTenant tenant)
    {
        (_database, _services, Xero, Tenant) = (database, services, xero, new TenantId(tenant.Id));
    }

    public FakeXero Xero { get; }

    public TenantId Tenant { get; }

    public FixedClock Clock => _database.Clock;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Books of a small organisation that a test has written.</summary>
    /// <param name="books">What Xero holds.</param>
    /// <param name="clock">Xero's and ours.</param>
    /// <param name="kind">The database.</param>
    /// <param name="historyFrom">Documents before it are not posted.</param>
    /// <param name="configure">Changes the services of the first process only, for instance to make it die.</param>
    public static Task<SyncedBooks> OfAsync(
        FakeBooks books, FixedClock clock, TestDatabaseKind kind = TestDatabaseKind.Sqlite, DateOnly? historyFrom = null, Action<IServiceCollection>? configure = null)
    {
        var xero = new FakeXero(clock);
        xero.Tokens.AcceptsAny = true;
        xero.Add(books.Organisation);
        return CreateAsync(kind, xero, books.Organisation.Settings.TenantId, clock, historyFrom, configure);
    }

    /// <summary>Books of the demo company, as it stands at the clock's day.</summary>
    public static Task<SyncedBooks> OfDemoAsync(DateOnly anchor, FixedClock clock, TestDatabaseKind kind = TestDatabaseKind.Sqlite)
    {
        var demo = new DemoXero(1, anchor);
        return CreateAsync(kind, demo.Xero(clock), demo.TenantId, clock, Month.Of(anchor).Add(-26).Start);
    }

    public static async Task<SyncedBooks> CreateAsync(TestDatabaseKind kind, FakeXero xero, Guid xeroTenantId, FixedClock clock, DateOnly? historyFrom, Action<IServiceCollection>? configure = null)
    {
        var database = await TestDatabase.CreateAsync(kind, clock);
        var tenant = new XeroTenant { XeroTenantId = xeroTenantId.ToString("D"), Name = "Organisation", HistoryFrom = historyFrom };
        await database.AddAsync(tenant);
        return new SyncedBooks(database, Services(database, xero, clock, configure), xero, tenant);
    }

    /// <summary>A second process on the same database and the same Xero.</summary>
    public ServiceProvider AnotherProcess() => Services(_database, Xero, Clock);

    /// <summary>One sync from request to end.</summary>
    public async Task<SyncRun> SyncAsync(bool full = false)
    {
        var queued = await Get<SyncService>().RequestAsync(Caller.Command, Tenant, full, default);
        Assert.Null(queued.Problem);
        return (await Get<SyncRunner>().RunNextAsync(Tenant, default))!;
    }

    /// <summary>A sync that must end well, after the clock has moved so that Xero's stamps and ours differ.</summary>
    public async Task<SyncRun> SyncWellAsync(bool full = false)
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        var run = await SyncAsync(full);
        Assert.True(run.Status == SyncStatus.Succeeded, $"{run.Status} {run.ErrorCode} {run.ErrorMessage}");
        return run;
    }

    /// <summary>Another process takes up what a dead one left, once its lease is over.</summary>
    public async Task<SyncRun> TakeUpAsync()
    {
        Clock.Advance(TimeSpan.FromSeconds(30));
        await using var other = AnotherProcess();
        return (await other.GetRequiredService<SyncRunner>().RunNextAsync(Tenant, default))!;
    }

    public async Task<IReadOnlyList<SyncIssue>> IssuesAsync(SyncRun run) => (await Get<SyncService>().GetAsync(Caller.Command, Tenant, run.Id, default)).Value.Issues;

    public async Task<TrialBalance> TrialBalanceAsync(DateOnly date) =>
        (await Get<TrialBalanceService>().AtAsync(Caller.Command, Tenant, date, default)).Value;

    public async Task<XeroTenant> OrganisationAsync() => (await Get<ITenantRepository>().FindAsync(Tenant, default))!;

    public XeroCfoDb Open() => _database.Open();

    /// <inheritdoc cref="BookContent"/>
    public async Task<IReadOnlyList<string>> ContentAsync()
    {
        await using var db = Open();
        return await BookContent.OfAsync(db);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static ServiceProvider Services(TestDatabase database, FakeXero xero, FixedClock clock, Action<IServiceCollection>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddSingleton<TimeProvider>(clock);
        services.AddXeroCfoDomain();
        services.AddSingleton(new XeroOptions { CallsPerMinute = 1_000_000, CallsPerDay = 4_000, RetryDelaySeconds = 0.001, TimeoutSeconds = 20 });
        services.AddSingleton(new SyncOptions());
        services.AddXeroCfoData(database.Options);
        services.AddSingleton(database.Factory);
        services.AddSingleton<ISyncQueue>(provider => new MortalQueue(ActivatorUtilities.CreateInstance<XeroCfo.Data.Sync.SyncQueue>(provider)));
        services.AddSingleton<IXeroTransport>(new HandlerTransport(new FakeXeroHandler(xero)));
        configure?.Invoke(services);
        return services.BuildServiceProvider();
    }

    /// <summary>A process that was killed cannot write down that it was.</summary>
    private sealed class MortalQueue(ISyncQueue queue) : ISyncQueue
    {
        public Task<SyncRun?> ClaimAsync(string owner, TenantId? only, IReadOnlyCollection<Guid> underWay, CancellationToken ct) => queue.ClaimAsync(owner, only, underWay, ct);

        public Task<bool> ReportAsync(SyncRun run, CancellationToken ct) => queue.ReportAsync(run, ct);

        public Task ParkAsync(SyncRun run, CancellationToken ct) => queue.ParkAsync(run, ct);

        public Task<int> EnqueueChecksAsync(CancellationToken ct) => queue.EnqueueChecksAsync(ct);

        public Task<int> EnqueueNoticedAsync(TimeSpan interval, CancellationToken ct) => queue.EnqueueNoticedAsync(interval, ct);

        public Task FinishAsync(SyncRun run, CancellationToken ct) => run.ErrorCode == "internal-error" ? throw new KilledException() : queue.FinishAsync(run, ct);

        public Task<int> EnqueueDueAsync(TimeSpan interval, CancellationToken ct) => queue.EnqueueDueAsync(interval, ct);
    }

    private sealed class HandlerTransport(HttpMessageHandler handler) : IXeroTransport, IDisposable
    {
        private readonly HttpClient _client = new(handler) { BaseAddress = new Uri("https://xero.invalid/api.xro/2.0/"), Timeout = Timeout.InfiniteTimeSpan };

        public Task<Result<XeroChannel>> ForAsync(XeroTenant organisation, CancellationToken ct) =>
            Task.FromResult<Result<XeroChannel>>(new XeroChannel(_client, new FixedKey("token"), organisation));

        public void Dispose() => _client.Dispose();
    }
}
