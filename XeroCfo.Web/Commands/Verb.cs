using System.CommandLine;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Primitives;
using XeroCfo.Web.Hosting;

namespace XeroCfo.Web.Commands;

/// <summary>
/// One verb of the executable: a class with its options and what it does. It gets the product's services on a database that is up to
/// date, also while the server runs. A problem becomes one line on standard error and exit code 1.
/// </summary>
internal abstract class Verb : Command
{
    protected Verb(string name, string description)
        : base(name, description) => SetAction(InvokeAsync);

    /// <summary>False for a verb that looks after the database's shape itself.</summary>
    protected virtual bool WantsDatabaseUpToDate => true;

    /// <summary>False for a verb that only looks at the audit trail: what it finds must be as it was.</summary>
    protected virtual bool SealsAuditTrail => WantsDatabaseUpToDate;

    protected abstract Task<Result<Done>> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken ct);

    private async Task<int> InvokeAsync(ParseResult parsed, CancellationToken ct)
    {
        using var host = AppHost.ForCommand().Build();
        if (WantsDatabaseUpToDate)
        {
            await host.Services.GetRequiredService<DatabaseLifecycle>().EnsureUpToDateAsync(ct);
        }

        await using var scope = host.Services.CreateAsyncScope();
        var result = await RunAsync(parsed, scope.ServiceProvider, ct);
        if (SealsAuditTrail)
        {
            // There may be no server that would.
            await host.Services.GetRequiredService<IAuditChain>().SealAsync(ct);
        }

        return result.Problem is { } problem ? CommandLine.Refuse(problem.Message) : CommandLine.Done;
    }
}
