using System.CommandLine;
using XeroCfo.Domain.Pipeline;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Commands;

/// <summary>Brings organisations up to date in the foreground, also while the server runs: then the two share the work.</summary>
internal sealed class SyncVerb : Verb
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private readonly Option<string?> _tenant = new("--tenant") { Description = "One organisation; without it all that are connected", HelpName = "ID" };
    private readonly Option<bool> _full = new("--full") { Description = "Read everything again, not only what changed" };

    public SyncVerb()
        : base("sync", "Fetch what changed at Xero, post it and compare with Xero's trial balance")
    {
        _tenant.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !Guid.TryParse(text, out _))
            {
                result.AddError("--tenant is the id of an organisation.");
            }
        });
        Add(_tenant);
        Add(_full);
    }

    protected override async Task<Result<Done>> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken ct)
    {
        var organisations = (await services.GetRequiredService<TenantService>().ListAsync(Caller.Command, ct)).Value
            .Where(tenant => tenant.Connection is ConnectionStatus.Connected or ConnectionStatus.Demo or ConnectionStatus.NeedsReconnect)
            .ToList();
        if (parsed.GetValue(_tenant) is { } text)
        {
            organisations = [.. organisations.Where(tenant => tenant.Id == Guid.Parse(text))];
            if (organisations.Count == 0)
            {
                return TenantProblems.Unknown;
            }
        }

        var failures = new List<string>();
        foreach (var organisation in organisations)
        {
            var run = await RunAsync(organisation, parsed.GetValue(_full), services, ct);
            if (run.Status != SyncStatus.Succeeded)
            {
                failures.Add($"{organisation.Name}: {run.ErrorMessage ?? run.Status}");
            }
        }

        return failures.Count == 0 ? Done.Value : new Problem("sync-failed", string.Join(" ", failures), ProblemKind.Unavailable);
    }

    private static async Task<SyncRun> RunAsync(XeroTenant organisation, bool full, IServiceProvider services, CancellationToken ct)
    {
        var tenant = new TenantId(organisation.Id);
        var syncs = services.GetRequiredService<SyncService>();
        var queued = await syncs.RequestAsync(Caller.Command, tenant, full, ct);
        if (queued.Problem is { } refused)
        {
            throw new RefusedException(refused.Message);
        }

        var runner = services.GetRequiredService<SyncRunner>();
        var working = runner.RunNextAsync(tenant, ct);
        var shown = "";
        while (true)
        {
            var finished = await Task.WhenAny(working, Task.Delay(Look, ct)) == working;
            var run = (await syncs.GetAsync(Caller.Command, tenant, queued.Value.Id, ct)).Value.Run;
            shown = Show(organisation.Name, run, shown);
            if (SyncStatus.IsOver(run.Status))
            {
                await working;
                return run;
            }

            // The server may have been quicker; if it dies, its run is ours.
            working = finished ? runner.RunNextAsync(tenant, ct) : working;
            if (finished)
            {
                await Task.Delay(Look, ct);
            }
        }
    }

    private static string Show(string name, SyncRun run, string shown)
    {
        var amount = run.Total > 0 ? $" {run.Done} of {run.Total}" : run.Done > 0 ? $" {run.Done}" : "";
        var line = $"{name}: {run.Status}, {run.Step}{amount}, {run.Calls} calls";
        if (line != shown)
        {
            Console.WriteLine(line);
        }

        return line;
    }
}
