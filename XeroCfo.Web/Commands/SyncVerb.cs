using System.CommandLine;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Commands;

/// <summary>Brings organisations up to date in the foreground, also while the server runs: then the two share the work.</summary>
internal sealed class SyncVerb : Verb
{
    private readonly Option<string?> _tenant = TenantsOption.One("One organisation; without it all that are connected");
    private readonly Option<bool> _full = new("--full") { Description = "Read everything again, not only what changed" };

    public SyncVerb()
        : base("sync", "Fetch what changed at Xero, post it and compare with Xero's trial balance")
    {
        Add(_tenant);
        Add(_full);
    }

    protected override async Task<Result<Done>> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken ct)
    {
        var full = parsed.GetValue(_full);
        return await FollowedRun.AllAsync(
            services, parsed.GetValue(_tenant), "sync-failed", (syncs, tenant) => syncs.RequestAsync(Caller.Command, tenant, full, ct), onlyTrigger: null, ct);
    }
}
