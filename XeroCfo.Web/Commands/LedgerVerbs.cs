using System.CommandLine;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Commands;

/// <summary>What can be done to the ledger as a whole.</summary>
internal sealed class LedgerVerbs : Command
{
    public LedgerVerbs()
        : base("ledger", "Look after the ledger") => Add(new LedgerRebuildVerb());
}

/// <summary>Makes the ledger anew from the documents that are kept. Nothing is asked of Xero.</summary>
internal sealed class LedgerRebuildVerb : Verb
{
    private readonly Option<string?> _tenant = TenantsOption.One("One organisation; without it all");

    public LedgerRebuildVerb()
        : base("rebuild", "Make ledger lines, balances and rows anew from the documents as Xero sent them; categories stay") => Add(_tenant);

    protected override Task<Result<Done>> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken ct) => FollowedRun.AllAsync(
        services, parsed.GetValue(_tenant), "rebuild-failed", (syncs, tenant) => syncs.RequestRebuildAsync(Caller.Command, tenant, ct), SyncTriggers.Rebuild, ct);
}
