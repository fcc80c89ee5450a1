using System.CommandLine;
using System.Globalization;
using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Web.Commands;

/// <summary>What can be asked of the audit trail.</summary>
internal sealed class AuditVerbs : Command
{
    public AuditVerbs()
        : base("audit", "Look after the audit trail") => Add(new AuditVerifyVerb());
}

/// <summary>Looks whether the trail is as it was written: nothing changed, deleted, inserted, cut off or left without its seal.</summary>
internal sealed class AuditVerifyVerb : Verb
{
    public AuditVerifyVerb()
        : base("verify", "Check every entry against its seal and the end of the trail against what is noted of it; names the first entry that is wrong")
    {
    }

    protected override bool SealsAuditTrail => false;

    protected override async Task<Result<Done>> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken ct)
    {
        var verdict = await services.GetRequiredService<IAuditChain>().VerifyAsync(ct);
        if (verdict.Fault is { } fault)
        {
            return new Problem("audit-trail-broken", fault, ProblemKind.Refused);
        }

        var waiting = verdict.Waiting == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {verdict.Waiting} more wait for their seal, as they may for a minute.");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The audit trail is whole: {verdict.Sealed} entries, each as it was written.{waiting}"));
        return Done.Value;
    }
}
