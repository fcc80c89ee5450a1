using System.CommandLine;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Account;

namespace XeroCfo.Web.Commands;

/// <summary>People, from the console of the machine.</summary>
internal sealed class UserVerbs : Command
{
    public UserVerbs()
        : base("user", "Add people, or let them choose a new password")
    {
        Add(new UserAddVerb());
        Add(new UserResetVerb());
    }

    /// <summary>What to tell somebody who is to choose a password.</summary>
    internal static string Invitation(string email, string code) =>
        $"{email} chooses a password within 24 hours at {AccountRoutes.Password}?code={code} (below this installation's address).";
}

/// <summary>Adds a person.</summary>
internal sealed class UserAddVerb : Verb
{
    private readonly Option<string> _email = new("--email") { Required = true };
    private readonly Option<string> _role = new("--role") { Required = true, Description = string.Join(", ", Roles.All) };
    private readonly Option<string?> _tenants = new("--tenants") { Description = "all (later ones too), or ids of organisations parted by commas; without it none", HelpName = "all|id,id" };
    private readonly Option<bool> _passwordStdin = new("--password-stdin") { Description = "Read the password from standard input; without it a link to choose one is printed" };

    public UserAddVerb()
        : base("add", "Add a person")
    {
        _role.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, [.. Roles.All]);
        _tenants.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && TenantsOption.Read(text) is null)
            {
                result.AddError("--tenants is all, or ids parted by commas.");
            }
        });
        Add(_email);
        Add(_role);
        Add(_tenants);
        Add(_passwordStdin);
    }

    protected override async Task<Result<Done>> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken ct)
    {
        var email = parsed.GetRequiredValue(_email);
        var role = Roles.All.First(name => name.Equals(parsed.GetRequiredValue(_role), StringComparison.OrdinalIgnoreCase));
        var tenants = TenantsOption.Read(parsed.GetValue(_tenants) ?? "")!;
        var password = parsed.GetValue(_passwordStdin) ? (await Console.In.ReadLineAsync(ct) ?? "").TrimEnd('\r') : null;
        var added = await services.GetRequiredService<UserService>().AddAsync(Caller.Command, new NewUser(email, role, tenants, password), ct);
        if (added.Problem is { } refused)
        {
            return refused;
        }

        Console.WriteLine(added.Value.PasswordCode is { } code ? UserVerbs.Invitation(email, code) : $"Added {email} as {role}.");
        return Done.Value;
    }
}

/// <summary>Ends a person's sessions and password.</summary>
internal sealed class UserResetVerb : Verb
{
    private readonly Option<string> _email = new("--email") { Required = true };

    public UserResetVerb()
        : base("reset", "End a person's sessions and password, and print a link to choose a new one") => Add(_email);

    protected override async Task<Result<Done>> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken ct)
    {
        var email = parsed.GetRequiredValue(_email);
        var code = await services.GetRequiredService<UserService>().ResetAsync(Caller.Command, email, ct);
        if (code.Problem is { } refused)
        {
            return refused;
        }

        Console.WriteLine(UserVerbs.Invitation(email, code.Value));
        return Done.Value;
    }
}
