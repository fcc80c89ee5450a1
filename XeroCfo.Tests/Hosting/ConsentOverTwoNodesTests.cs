using Microsoft.EntityFrameworkCore;
using XeroCfo.Data;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Hosting;

/// <summary>One consent for two organisations that two processes use: it is renewed once, also when the one that renews it dies.</summary>
public sealed class ConsentOverTwoNodesTests : IAsyncLifetime, IDisposable
{
    private const string Renewals = "/connect/token";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SmallBooks _small = new();
    private readonly ManualResetEventSlim _answers = new(initialState: true);
    private FakeXeroServer _xero = null!;

    private FakeConsents Consents => _xero.Xero.Consents!;

    public async Task InitializeAsync()
    {
        var other = FakeBooks.WithUsualAccounts(new FakeOrganisationSettings(Guid.Parse("bbbbbbbb-0000-4000-8000-000000000002"), "Other Limited"));
        other.Invoice(new DateOnly(2026, 1, 5), "Somebody", new FakeLine("200", 80m, "OUTPUT2"));
        var xero = new FakeXero(TimeProvider.System) { Consents = new FakeConsents(TimeProvider.System) };
        xero.Add(_small.Books.Organisation);
        xero.Add(other.Organisation);
        _xero = await FakeXeroServer.StartAsync(xero);
        Consents.Chosen = [_small.Books.Organisation.Settings.TenantId, other.Organisation.Settings.TenantId];
    }

    public async Task DisposeAsync()
    {
        _answers.Set();
        await _xero.DisposeAsync();
    }

    public void Dispose() => _answers.Dispose();

    [PostgresLongFact]
    public async Task Two_nodes_that_need_a_new_token_at_once_renew_it_once_and_both_go_on()
    {
        await using var nodes = await ConnectedAsync();
        _answers.Reset();
        _xero.Xero.Faults = request =>
        {
            if (request.Path == Renewals)
            {
                _answers.Wait(Patience);
            }

            return null;
        };

        var runs = await AskAsync(nodes, organisations: 2);
        await nodes.One.WaitAsync(async db => (await OtherWaitersAsync(db)).Count == 1);
        _answers.Set();
        await EndedAsync(nodes, runs);

        Assert.Equal((1, 1), (_xero.Xero.CallsTo("connect"), Consents.MostAtOnce));
        await AssertWellAsync(nodes, runs);
    }

    [PostgresLongFact]
    public async Task A_node_that_dies_while_it_renews_leaves_the_old_token_to_the_other_which_tries_it_once()
    {
        await using var nodes = await ConnectedAsync();
        var lost = false;

        // Xero has given a new pair, and the node never hears of it.
        _xero.Xero.Faults = request => request.Path == Renewals && !lost && (lost = true) ? FakeFault.TimeOut : null;

        var runs = await AskAsync(nodes, organisations: 1);
        await nodes.One.WaitAsync(async db => _xero.Xero.CallsTo("connect") == 1 && (await HoldersAsync(db)).Count == 1);
        await using (var db = nodes.One.Open())
        {
            await ((await HoldersAsync(db)).Single() == TwoNodes.NameOfOne ? nodes.One : nodes.Other).KillAsync();
        }

        await EndedAsync(nodes, runs);

        Assert.Equal(2, _xero.Xero.CallsTo("connect"));
        await AssertWellAsync(nodes, runs);
        await ExpireAsync(nodes);
        var next = await AskAsync(nodes, organisations: 2);
        await EndedAsync(nodes, next);
        Assert.Equal(3, _xero.Xero.CallsTo("connect"));
        await AssertWellAsync(nodes, next);
    }

    /// <summary>Both organisations connected and brought up to date; the token is about to end.</summary>
    private async Task<TwoNodes> ConnectedAsync()
    {
        var nodes = await TwoNodes.StartAsync(ConsentVisit.Settings(_xero));
        await ConsentVisit.ConnectAsync(nodes.One);
        await nodes.One.WaitAsync(async db => await db.SyncRuns.CountAsync() == 2 && await db.SyncRuns.AllAsync(run => run.FinishedAt != null));
        await ExpireAsync(nodes);
        _xero.Xero.ForgetCalls();
        return nodes;
    }

    private static async Task ExpireAsync(TwoNodes nodes)
    {
        await using var db = nodes.One.Open();
        var soon = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1);
        Assert.Equal(2, await db.XeroTokens.ExecuteUpdateAsync(set => set.SetProperty(token => token.ExpiresAt, soon).SetProperty(token => token.RenewalTriedAt, (DateTime?)null)));
    }

    private static async Task<List<Guid>> AskAsync(TwoNodes nodes, int organisations)
    {
        await using var db = nodes.One.Open();
        var tenants = await db.XeroTenants.OrderBy(tenant => tenant.Id).Select(tenant => tenant.Id).Take(organisations).ToListAsync();
        var runs = tenants.ConvertAll(tenant => new SyncRun { TenantId = tenant, Trigger = SyncTriggers.Manual });
        db.AddRange(runs);
        await db.SaveChangesAsync();
        return runs.ConvertAll(run => run.Id);
    }

    private static Task EndedAsync(TwoNodes nodes, List<Guid> runs) =>
        nodes.One.WaitAsync(async db => await db.SyncRuns.CountAsync(run => runs.Contains(run.Id) && run.FinishedAt != null) == runs.Count);

    private static async Task AssertWellAsync(TwoNodes nodes, List<Guid> runs)
    {
        await using var db = nodes.One.Open();
        Assert.All(await db.SyncRuns.Where(run => runs.Contains(run.Id)).ToListAsync(), run => Assert.True(run.Status == SyncStatus.Succeeded, $"{run.ErrorCode} {run.ErrorMessage}"));
        Assert.All(await db.XeroTenants.ToListAsync(), tenant => Assert.Equal(ConnectionStatus.Connected, tenant.Connection));
        Assert.Single(await db.XeroTokens.Select(token => token.ExpiresAt).Distinct().ToListAsync());
        Assert.False(await db.XeroTokens.AnyAsync(token => token.BrokenAt != null));
    }

    /// <summary>The node that has held an advisory lock for a while, as it does while it asks Xero.</summary>
    private static Task<List<string>> HoldersAsync(XeroCfoDb db) => db.Database.SqlQueryRaw<string>(
        """
        SELECT DISTINCT who.application_name AS "Value" FROM pg_locks AS held JOIN pg_stat_activity AS who ON who.pid = held.pid
        WHERE held.locktype = 'advisory' AND held.granted AND who.datname = current_database() AND who.xact_start < clock_timestamp() - interval '300 ms'
        """).ToListAsync();

    /// <summary>The node that waits for an advisory lock which another node has.</summary>
    private static Task<List<string>> OtherWaitersAsync(XeroCfoDb db) => db.Database.SqlQueryRaw<string>(
        """
        SELECT DISTINCT waits.application_name AS "Value" FROM pg_locks AS wanted
        JOIN pg_locks AS held ON held.locktype = 'advisory' AND held.granted AND held.database = wanted.database AND held.classid = wanted.classid AND held.objid = wanted.objid
        JOIN pg_stat_activity AS waits ON waits.pid = wanted.pid JOIN pg_stat_activity AS holds ON holds.pid = held.pid
        WHERE wanted.locktype = 'advisory' AND NOT wanted.granted AND waits.datname = current_database() AND waits.application_name <> holds.application_name
          AND waits.xact_start < clock_timestamp() - interval '300 ms'
        """).ToListAsync();
}
