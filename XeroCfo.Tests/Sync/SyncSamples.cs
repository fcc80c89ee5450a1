using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Sync;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Sync;

/// <summary>The queue of runs over a database of one test, with one organisation in it.</summary>
internal sealed class SyncSamples : IAsyncDisposable
{
    private SyncSamples(TestDatabase database, TenantId tenant)
    {
        (Database, Tenant) = (database, tenant);
        Runs = new SyncRunRepository(database.Factory, database.Clock);
        Queue = new SyncQueue(database.Factory, Runs, new SyncStore(database.Factory, database.Clock), Calls, database.Clock);
    }

    public FakeCallBudget Calls { get; } = new();

    public TestDatabase Database { get; }

    public TenantId Tenant { get; }

    public SyncRunRepository Runs { get; }

    public SyncQueue Queue { get; }

    public static async Task<SyncSamples> CreateAsync(TestDatabaseKind kind)
    {
        var database = await TestDatabase.CreateAsync(kind);
        var tenant = SampleRows.Tenant();
        await database.AddAsync(tenant);
        return new SyncSamples(database, new TenantId(tenant.Id));
    }

    public async Task<TenantId> AnotherOrganisationAsync(string name = "Bolt", string connection = ConnectionStatus.Connected)
    {
        var tenant = SampleRows.Tenant(name);
        tenant.Connection = connection;
        await Database.AddAsync(tenant);
        return new TenantId(tenant.Id);
    }

    public async Task<SyncRun> EnqueueAsync(bool full = false, TenantId? tenant = null) =>
        (await Runs.EnqueueAsync(Caller.Worker, tenant ?? Tenant, full, SyncTriggers.Manual, default)).Value;

    /// <summary>A run that <paramref name="owner"/> works on.</summary>
    public async Task<SyncRun> ClaimedAsync(string owner = "one")
    {
        await EnqueueAsync();
        return (await Queue.ClaimAsync(owner, Tenant, default))!;
    }

    public async Task<SyncRun> EndAsync(SyncRun run, string status = SyncStatus.Succeeded)
    {
        (run.Status, run.Step, run.FinishedAt) = (status, "done", Database.Clock.Now.UtcDateTime);
        await Queue.FinishAsync(run, default);
        return await KeptAsync(run.Id);
    }

    /// <summary>The run as it is stored.</summary>
    public async Task<SyncRun> KeptAsync(Guid id)
    {
        await using var db = Database.Open();
        return await db.SyncRuns.AsNoTracking().SingleAsync(run => run.Id == id);
    }

    public async Task<List<string>> AuditedAsync()
    {
        await using var db = Database.Open();
        return await db.AuditLogs.AsNoTracking().Where(entry => entry.TenantId == Tenant.Value).OrderBy(entry => entry.CreatedAt).ThenBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync();
    }

    public async Task<List<string>> AnnouncedAsync()
    {
        await using var db = Database.Open();
        return await db.OutboxEvents.AsNoTracking().Where(row => row.TenantId == Tenant.Value).OrderBy(row => row.Id).Select(row => row.Type).ToListAsync();
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}

/// <summary>Claims of a process that is at no other run.</summary>
internal static class IdleClaims
{
    public static Task<SyncRun?> ClaimAsync(this SyncQueue queue, string owner, TenantId? only, CancellationToken ct) => queue.ClaimAsync(owner, only, [], ct);
}
