using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Account;

/// <summary>How the very first admin comes to be: from the settings, or on the set-up page with the code from the console.</summary>
internal sealed class FirstAdmin(IUserRepository users, UserService service, AdminOptions options, SetupCode code)
{
    private static readonly Problem WrongCode = Problem.Invalid("code", "This is not the code that the console shows.", "setup-code-wrong");
    private static readonly Problem ExpiredCode = new("setup-code-expired", "The code has expired. Restart XeroCfo: the console then shows a new one.", ProblemKind.Refused);

    public SetupCode Code => code;

    /// <summary>At start: nothing to do, the admin of the settings, or a new code.</summary>
    public async Task PrepareAsync(CancellationToken ct)
    {
        if (await users.AnyAdminAsync(ct))
        {
            return;
        }

        if (!options.IsSet)
        {
            code.Open();
            return;
        }

        // Another node may have made the same admin a moment ago: that is as good.
        var made = await service.RegisterFirstAdminAsync(options.Email!, options.Password!, Origin.Console, ct);
        if (made.Problem is { } refused && refused != UserProblems.AdminExists)
        {
            throw new RefusedException($"Admin:Email {options.Email} cannot become the first admin. {refused.Message}");
        }
    }

    /// <summary>True while the set-up page has something to do. An admin may also have come by command.</summary>
    public async Task<bool> IsAwaitedAsync(CancellationToken ct)
    {
        if (!code.IsOpen)
        {
            return false;
        }

        if (await users.AnyAdminAsync(ct))
        {
            code.Close();
        }

        return code.IsOpen;
    }

    /// <summary>Makes the first admin for whoever knows the code.</summary>
    public async Task<Result<User>> RegisterAsync(string typed, string email, string password, Origin origin, CancellationToken ct)
    {
        if (code.IsExpired)
        {
            return ExpiredCode;
        }

        if (!code.Fits(typed))
        {
            return WrongCode;
        }

        var made = await service.RegisterFirstAdminAsync(email, password, origin, ct);
        if (made.Succeeded || made.Problem == UserProblems.AdminExists)
        {
            code.Close();
        }

        return made;
    }
}
