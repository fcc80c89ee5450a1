using System.CommandLine;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Web.Commands;

/// <summary>Brings the database to this version's shape, or to a named step.</summary>
internal sealed class MigrateVerb : Verb
{
    private readonly Option<string?> _to = new("--to") { Description = "The step to end at, up or down; 0 removes every table", HelpName = "NAME" };
    private readonly Option<bool> _list = new("--list") { Description = "Only show the steps, the taken ones marked with x" };

    public MigrateVerb()
        : base("migrate", "Bring the database to the shape that this version needs")
    {
        Add(_to);
        Add(_list);
    }

    protected override bool WantsDatabaseUpToDate => false;

    protected override async Task<Result<Done>> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken ct)
    {
        var lifecycle = services.GetRequiredService<DatabaseLifecycle>();
        if (parsed.GetValue(_list))
        {
            foreach (var step in await lifecycle.ListAsync(ct))
            {
                Console.WriteLine($"[{(step.Applied ? 'x' : ' ')}] {step.Name}");
            }

            return Done.Value;
        }

        await (parsed.GetValue(_to) is { } name ? lifecycle.MigrateToAsync(name, ct) : lifecycle.EnsureUpToDateAsync(ct));
        return Done.Value;
    }
}
