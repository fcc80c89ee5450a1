using System.CommandLine;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Web.Commands;

/// <summary>Data for a first look.</summary>
internal sealed class SeedVerbs : Command
{
    public SeedVerbs()
        : base("seed", "Put data for a first look in") => Add(new SeedDemoVerb());
}

/// <summary>Makes the demo company, also where a Xero app is set.</summary>
internal sealed class SeedDemoVerb : Verb
{
    public SeedDemoVerb()
        : base("demo", "Add the demo company, unless it is there; its first sync then waits to be done")
    {
    }

    protected override async Task<Result<Done>> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken ct)
    {
        var tenant = await services.GetRequiredService<IDemoCompany>().EnsureAsync(ct);
        Console.WriteLine(tenant);
        return Done.Value;
    }
}
