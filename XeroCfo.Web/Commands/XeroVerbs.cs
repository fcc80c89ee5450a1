using System.CommandLine;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero.Consents;

namespace XeroCfo.Web.Commands;

/// <summary>Connections to Xero that need no browser.</summary>
internal sealed class XeroVerbs : Command
{
    public XeroVerbs()
        : base("xero", "Connect to Xero without a browser") => Add(new XeroConnectVerb());
}

/// <summary>Connects the organisation of a custom connection.</summary>
internal sealed class XeroConnectVerb : Verb
{
    private readonly Option<string> _email = new("--email") { Required = true, Description = "Whom the connection belongs to; the organisation is granted to this person" };

    public XeroConnectVerb()
        : base("connect", "Connect the one organisation of a custom connection; its first sync then waits to be done") => Add(_email);

    protected override async Task<Result<Done>> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken ct)
    {
        var email = parsed.GetRequiredValue(_email);
        if (await services.GetRequiredService<IUserRepository>().FindByEmailAsync(email, ct) is not { } owner)
        {
            return Problem.NotFound("user-not-found", $"There is no person with the address {email}.");
        }

        var connected = await services.GetRequiredService<XeroConnectionService>().ConnectCustomAsync(Caller.Command, owner.Id, ct);
        if (connected.Problem is { } refused)
        {
            return refused;
        }

        foreach (var tenant in connected.Value)
        {
            var organisation = await services.GetRequiredService<ITenantRepository>().FindAsync(tenant, ct);
            Console.WriteLine($"{tenant} {organisation?.Name}");
        }

        return Done.Value;
    }
}
