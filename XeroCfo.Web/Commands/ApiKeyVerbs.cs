using System.CommandLine;
using System.Globalization;
using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Commands;

/// <summary>Keys for programs, from the console of the machine.</summary>
internal sealed class ApiKeyVerbs : Command
{
    public ApiKeyVerbs()
        : base("apikey", "Make keys for programs") => Add(new ApiKeyAddVerb());
}

/// <summary>Makes a key and prints it alone on standard output: it is shown this once.</summary>
internal sealed class ApiKeyAddVerb : Verb
{
    private const string All = "all";

    private readonly Option<string> _email = new("--email") { Required = true, Description = "Whose key it is; it never has more than this person" };
    private readonly Option<string> _name = new("--name") { Required = true };
    private readonly Option<string> _permissions = new("--permissions") { Required = true, Description = "Parted by commas, or all of the owner's", HelpName = "a,b|all" };
    private readonly Option<string?> _tenants = new("--tenants") { Description = "all of the owner's (later ones too), or ids parted by commas", HelpName = "all|id,id" };
    private readonly Option<string?> _expiresIn = new("--expires-in") { Description = "Days, such as 90d (the default), or never", HelpName = "90d" };

    public ApiKeyAddVerb()
        : base("add", "Make a key and print it")
    {
        _tenants.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && TenantsOption.Read(text) is null)
            {
                result.AddError("--tenants is all, or ids parted by commas.");
            }
        });
        _expiresIn.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && text != "never" && Life(text) is null)
            {
                result.AddError("--expires-in is a number of days such as 90d, or never.");
            }
        });
        Add(_email);
        Add(_name);
        Add(_permissions);
        Add(_tenants);
        Add(_expiresIn);
    }

    protected override async Task<Result<Done>> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken ct)
    {
        var email = parsed.GetRequiredValue(_email);
        if (await services.GetRequiredService<IUserRepository>().FindByEmailAsync(email, ct) is not { } owner)
        {
            return Problem.NotFound("user-not-found", $"There is no person with the address {email}.");
        }

        var asked = parsed.GetRequiredValue(_permissions);
        var permissions = asked == All ? Permissions.Of(owner.Role) : asked.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var grants = TenantsOption.Read(parsed.GetValue(_tenants) ?? All)!;
        var expires = parsed.GetValue(_expiresIn) switch
        {
            null => services.GetRequiredService<TimeProvider>().UtcNow() + ApiKeyService.UsualLife,
            "never" => (DateTime?)null,
            var text => services.GetRequiredService<TimeProvider>().UtcNow() + Life(text),
        };
        var made = await services.GetRequiredService<ApiKeyService>()
            .CreateAsync(Caller.Command, new ApiKeyWish(owner.Id, parsed.GetRequiredValue(_name), [.. permissions], grants.All ? null : [.. grants.Ids], expires), ct);
        if (made.Problem is { } refused)
        {
            return refused;
        }

        Console.WriteLine(made.Value.Secret);
        return Done.Value;
    }

    private static TimeSpan? Life(string text) =>
        text.EndsWith('d') && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= 36_500
            ? TimeSpan.FromDays(days)
            : null;
}
