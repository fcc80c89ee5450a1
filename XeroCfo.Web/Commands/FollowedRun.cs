using XeroCfo.Domain.Pipeline;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Commands;

/// <summary>Sees runs through from a command, with a line for each step, and shares the work with a server that runs too.</summary>
internal static class FollowedRun
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>Does it for each organisation; refused, when any of its runs did not succeed, with a sentence on each.</summary>
    public static async Task<Result<Done>> AllAsync(
        IServiceProvider services, string? tenant, string code, Func<SyncService, TenantId, Task<Result<SyncRun>>> request, string? onlyTrigger, CancellationToken ct)
    {
        var organisations = (await services.GetRequiredService<TenantService>().ListAsync(Caller.Command, ct)).Value
            .Where(candidate => onlyTrigger is not null || candidate.Connection is ConnectionStatus.Connected or ConnectionStatus.Demo or ConnectionStatus.NeedsReconnect)
            .Where(candidate => tenant is null || candidate.Id == Guid.Parse(tenant))
            .ToList();
        if (tenant is not null && organisations.Count == 0)
        {
            return TenantProblems.Unknown;
        }

        var failures = new List<string>();
        foreach (var organisation in organisations)
        {
            SyncRun run;
            do
            {
                // A run of another kind may have been on its way: it ends first.
                run = await OneAsync(organisation, services, request, ct);
            }
            while (onlyTrigger is not null && run.Trigger != onlyTrigger && run.WaitUntil is null);

            if (run.Status != SyncStatus.Succeeded)
            {
                failures.Add($"{organisation.Name}: {run.ErrorMessage ?? (run.WaitUntil is null ? run.Status : $"Xero's calls of the day are used up, {run.Step}")}");
            }
        }

        return failures.Count == 0 ? Done.Value : new Problem(code, string.Join(" ", failures), ProblemKind.Unavailable);
    }

    private static async Task<SyncRun> OneAsync(XeroTenant organisation, IServiceProvider services, Func<SyncService, TenantId, Task<Result<SyncRun>>> request, CancellationToken ct)
    {
        var tenant = new TenantId(organisation.Id);
        var syncs = services.GetRequiredService<SyncService>();
        var queued = await request(syncs, tenant);
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
            if (SyncStatus.IsOver(run.Status) || run.WaitUntil is not null)
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
