using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Sync;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Commands;

/// <summary>Commands on the data of a server that runs: it sees at once what they did.</summary>
public sealed class BesideTheServerTests : IAsyncLifetime, IDisposable
{
    private const string Admin = "cfo@acme.test";
    private readonly RunningServer _server = new(("Admin__Email", Admin), ("Admin__Password", "correct horse battery"), ("Demo__Enabled", "true"));

    public Task InitializeAsync() => _server.StartAsync();

    public Task DisposeAsync() => _server.KillAsync();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task A_new_person_and_a_new_key_count_at_once()
    {
        Assert.Equal(0, (await _server.CommandAsync("user add --email bo@acme.test --role ReadOnly --tenants all --password-stdin", "a long enough phrase\n")).Exit);

        var (exit, key, error) = await _server.CommandAsync("apikey add --email bo@acme.test --name n8n --permissions all --expires-in 7d");

        Assert.Equal((0, ""), (exit, error));
        Assert.Matches("^xcfo_[A-Za-z0-9_]+$", key);
        using var client = _server.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var me = JsonDocument.Parse(await client.GetStringAsync("/api/v1/me")).RootElement;
        Assert.Equal(("n8n", "bo@acme.test", 1), (me.GetProperty("name").GetString(), me.GetProperty("owner").GetProperty("email").GetString(), me.GetProperty("tenants").GetArrayLength()));
        var organisation = me.GetProperty("tenants")[0].GetGuid();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/api/v1/tenants/{organisation}/transactions")).StatusCode);
        using var body = new StringContent("{}", MediaTypeHeaderValue.Parse("application/json"));
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync($"/api/v1/tenants/{organisation}/syncs", body)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/api/v1/tenants/{Guid.NewGuid()}/transactions")).StatusCode);
    }

    [Fact]
    public async Task A_key_that_cannot_be_is_refused_in_one_line_and_none_is_printed()
    {
        foreach (var (arguments, wanted) in new[]
        {
            ("apikey add --email nobody@acme.test --name n8n --permissions all", 1),
            ($"apikey add --email {Admin} --name n8n --permissions all --tenants {Guid.NewGuid()}", 1),
            ($"apikey add --email {Admin} --name n8n --permissions ledger:burn", 1),
            ($"apikey add --email {Admin} --name n8n", 2),
            ($"apikey add --email {Admin} --name n8n --permissions all --expires-in soon", 2),
            ($"sync --tenant {Guid.NewGuid()}", 1),
            ("sync --tenant everything", 2),
        })
        {
            var (exit, output, error) = await _server.CommandAsync(arguments);

            Assert.True((exit, output) == (wanted, "") && error.Length > 0 && !error.Contains('\n'), $"{arguments}: {exit} \"{output}\" \"{error}\"");
        }
    }

    [Fact]
    public async Task A_sync_from_the_console_shares_the_work_with_the_server()
    {
        var (exit, output, error) = await _server.CommandAsync("sync");

        Assert.True(exit == 0, error);
        Assert.Contains("succeeded, done", output.Split('\n')[^1], StringComparison.Ordinal);
        var full = await _server.CommandAsync("sync --full");
        Assert.True(full.Exit == 0, full.Error);
        await using var db = _server.Open();
        var runs = await db.SyncRuns.AsNoTracking().OrderBy(run => run.Id).ToListAsync();
        Assert.Equal([(SyncTriggers.First, SyncStatus.Succeeded), (SyncTriggers.Command, SyncStatus.Succeeded)], runs.Select(run => (run.Trigger, run.Status)));
        Assert.True(runs[1].Full);
    }

    [Fact]
    public async Task The_demo_is_made_once_and_every_step_of_the_database_is_taken()
    {
        var demo = await _server.CommandAsync("seed demo");
        var again = await _server.CommandAsync("seed demo");
        var steps = await _server.CommandAsync("migrate --list");

        await using var db = _server.Open();
        Assert.Equal((await db.XeroTenants.SingleAsync()).Id, Guid.Parse(demo.Output));
        Assert.Equal(demo, again);
        Assert.Equal((0, 0), (demo.Exit, steps.Exit));
        Assert.All(steps.Output.Split('\n'), line => Assert.StartsWith("[x] ", line, StringComparison.Ordinal));
    }
}
