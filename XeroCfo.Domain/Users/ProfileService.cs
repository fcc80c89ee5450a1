using Microsoft.AspNetCore.Identity;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Users;

/// <summary>What people may change of themselves besides their second factors.</summary>
public sealed class ProfileService(IUserRepository users, SignInService signIn, IPasswordHasher<User> hasher)
{
    /// <summary>The column's width.</summary>
    public const int NameLimit = 100;

    public async Task<Result<User>> OwnAsync(Caller caller, CancellationToken ct) =>
        caller is { Kind: CallerKind.Person, UserId: { } person } && await users.FindAsync(person, ct) is { } user ? user : CallerService.NotSignedIn;

    public async Task<Result<Done>> RenameAsync(Caller caller, string firstName, string lastName, CancellationToken ct)
    {
        if (caller is not { Kind: CallerKind.Person, UserId: { } person })
        {
            return CallerService.NotSignedIn;
        }

        return (Fault("firstName", firstName) ?? Fault("lastName", lastName)) is { } wrong
            ? wrong
            : await users.RenameAsync(caller, person, Kept(firstName), Kept(lastName), ct);
    }

    /// <summary>A new password for who knows the old one. All sessions end, this one too: the page begins it anew.</summary>
    public async Task<Result<User>> ChangePasswordAsync(Caller caller, string current, string wanted, CancellationToken ct)
    {
        var confirmed = await signIn.ConfirmAsync(caller, current, ct);
        if (confirmed.Problem is { } refused)
        {
            return refused;
        }

        var user = confirmed.Value;
        if (PasswordPolicy.Fault(wanted, user.Email!) is { } fault)
        {
            return fault;
        }

        var hash = hasher.HashPassword(user, wanted);
        var changed = await users.ChangeAsync(caller, user.Id, "user.password_changed", person => person.PasswordHash = hash, ct);
        return changed.Problem is { } failed ? failed : (await users.FindAsync(user.Id, ct))!;
    }

    private static string? Kept(string name) => string.IsNullOrWhiteSpace(name) ? null : name.Trim();

    private static Problem? Fault(string field, string name) =>
        name.Trim().Length > NameLimit ? Problem.Invalid(field, $"A name has at most {NameLimit} characters.")
        : name.Any(char.IsControl) || TextRules.Askable(name) != name ? Problem.Invalid(field, "A name holds a character that cannot be shown.")
        : null;
}
