using Microsoft.AspNetCore.Identity;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users.People;

namespace XeroCfo.Domain.Users;

/// <summary>A person to be added. Without a password they choose one through a link.</summary>
public sealed record NewUser(string Email, string Role, TenantGrants Tenants, string? Password = null);

/// <summary>A person who was added, and the code of the link through which they choose a password, when they have none.</summary>
/// <param name="User">Who.</param>
/// <param name="PasswordCode">Null when they have a password.</param>
/// <param name="IsRepeat">The same request came before: they were added then.</param>
public sealed record AddedUser(User User, string? PasswordCode, bool IsRepeat = false);

/// <summary>
/// Codes with which a person chooses a password, for a day and once: choosing one, or any other change of the account, ends them.
/// </summary>
public interface IPasswordCodes
{
    /// <summary>How long a code made now is good.</summary>
    TimeSpan Validity { get; }

    /// <summary>For a person as they are stored now: good from their last change on.</summary>
    string Make(User user);

    /// <summary>Who the code says that it is for; null when it is too old, or none.</summary>
    Guid? HolderOf(string code);

    /// <summary>True when the code was made for this person as they are now.</summary>
    bool Fits(string code, User user);
}

/// <summary>Adding people and letting them choose their password. Nobody sets another person's lasting password.</summary>
public sealed class UserService(IUserRepository users, IPasswordHasher<User> hasher, IPasswordCodes codes)
{
    private static readonly Problem BadCode = new(
        "password-code-invalid", "This link is no longer valid. Ask an admin for a new one.", ProblemKind.Refused);

    /// <summary>Makes the very first admin; refused as soon as there is one. The caller has shown the set-up code or holds the machine.</summary>
    public async Task<Result<User>> RegisterFirstAdminAsync(string email, string password, Origin origin, CancellationToken ct)
    {
        if (Fault(email, Roles.Admin, password) is { } fault)
        {
            return fault;
        }

        var user = Build(email, Roles.Admin);
        user.PasswordHash = hasher.HashPassword(user, password);
        var caller = Caller.Command with { Name = "set-up", Address = origin.Address, UserAgent = origin.UserAgent, RequestId = origin.RequestId };
        var added = await users.AddFirstAdminAsync(caller, user, ct);
        return added.Problem is { } refused ? refused : user;
    }

    /// <summary>Adds a person with a role and organisations. A caller cannot grant what they do not see.</summary>
    public async Task<Result<AddedUser>> AddAsync(Caller caller, NewUser person, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.UsersWrite) is { } refused)
        {
            return refused;
        }

        if (Fault(person.Email, person.Role, person.Password) is { } fault)
        {
            return fault;
        }

        if (person.Tenants.Ids.Any(id => !caller.Sees(new(id))))
        {
            return TenantProblems.Unknown;
        }

        if (KeyReach.Giving(caller, person.Role) is { } beyond)
        {
            return beyond;
        }

        var user = Build(person.Email, person.Role);
        user.PasswordHash = person.Password is null ? User.NoPassword : hasher.HashPassword(user, person.Password);
        var added = await users.AddAsync(caller, user, person.Tenants, ct);
        return added.Problem is { } failed ? failed : new AddedUser(added.Value, added.Value.HasPassword ? null : codes.Make(added.Value), added.Value.Id != user.Id);
    }

    /// <summary>Ends the person's sessions and password, and gives the code with which they choose a new one.</summary>
    public async Task<Result<string>> ResetAsync(Caller caller, string email, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.UsersWrite) is { } refused)
        {
            return refused;
        }

        return await users.FindByEmailAsync(email, ct) is { } user ? await ResetAsync(caller, user.Id, ct) : UserProblems.Unknown;
    }

    /// <inheritdoc cref="ResetAsync(Caller, string, CancellationToken)"/>
    public async Task<Result<string>> ResetAsync(Caller caller, Guid userId, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.UsersWrite) is { } refused)
        {
            return refused;
        }

        var changed = await users.ChangeAsync(caller, userId, "user.password_reset", person => person.PasswordHash = User.NoPassword, ct);
        return changed.Problem is { } failed ? failed : Result<string>.Of(codes.Make((await users.FindAsync(userId, ct))!));
    }

    /// <summary>Sets the password that the holder of <paramref name="code"/> chose, and opens a locked account.</summary>
    public async Task<Result<User>> ChoosePasswordAsync(string code, string password, Origin origin, CancellationToken ct)
    {
        if (codes.HolderOf(code) is not { } holder || await users.FindAsync(holder, ct) is not { IsDisabled: false } user || !codes.Fits(code, user))
        {
            return BadCode;
        }

        if (PasswordPolicy.Fault(password, user.Email!) is { } fault)
        {
            return fault;
        }

        // The caller carries the stamp, so that of two who use the code at once only one gets through.
        var caller = new Caller { Kind = CallerKind.Person, UserId = user.Id, Name = user.Email!, Stamp = user.SecurityStamp, Address = origin.Address, UserAgent = origin.UserAgent, RequestId = origin.RequestId };
        var hash = hasher.HashPassword(user, password);
        var changed = await users.ChangeAsync(caller, user.Id, "user.password_chosen", person => (person.PasswordHash, person.AccessFailedCount, person.LockoutEnd) = (hash, 0, null), ct);
        return changed.Problem is null ? (await users.FindAsync(user.Id, ct))! : BadCode;
    }

    /// <summary>A word that is no role.</summary>
    public static Problem RoleUnknown { get; } = Problem.Invalid("role", $"The role is one of {string.Join(", ", Roles.All)}.", "role-unknown");

    private static Problem? Fault(string email, string role, string? password)
    {
        if (!EmailAddress.IsValid(email))
        {
            return Problem.Invalid("email", "This is not an e-mail address.", "email-invalid");
        }

        return Roles.All.Contains(role)
            ? password is null ? null : PasswordPolicy.Fault(password, email)
            : RoleUnknown;
    }

    private static User Build(string email, string role) => new()
    {
        Email = email,
        UserName = email,
        NormalizedEmail = EmailAddress.Normalize(email),
        NormalizedUserName = EmailAddress.Normalize(email),
        EmailConfirmed = true,
        LockoutEnabled = true,
        Role = role,
        SecurityStamp = Guid.NewGuid().ToString("N"),
    };
}
