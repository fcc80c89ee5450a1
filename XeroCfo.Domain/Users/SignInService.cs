using Microsoft.AspNetCore.Identity;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Users;

/// <summary>
/// Checks an e-mail address and a password. Unknown, disabled, locked and wrong take the same path, the same time and give the same
/// words, so that nobody learns who has an account.
/// </summary>
public sealed class SignInService(IUserRepository users, IPasswordHasher<User> hasher, TimeProvider clock)
{
    /// <summary>The one refusal.</summary>
    public static Problem Refused { get; } = new(
        "sign-in-failed",
        "That e-mail address and password do not go together. After several failed tries an account stays closed for 15 minutes.",
        ProblemKind.Unauthenticated);

    private static readonly Problem WrongPassword = Problem.Invalid("password", "This is not your password.", "password-wrong");

    /// <summary>The person, when the password is right and the account is open. Failures are counted and every outcome is audited.</summary>
    public async Task<Result<User>> SignInAsync(string email, string password, Origin origin, CancellationToken ct)
    {
        var user = await users.FindByEmailAsync(email, ct);
        var caller = CallerOf(user, email, origin);
        var verified = Verify(user, password);
        if (ReasonAgainst(user, verified) is { } reason)
        {
            await users.FailedAsync(caller, user?.Id, reason, ct);
            return Refused;
        }

        var newHash = verified == PasswordVerificationResult.SuccessRehashNeeded ? hasher.HashPassword(user!, password) : null;
        return await users.SucceededAsync(caller, user!.Id, newHash, ct) ? user : Refused;
    }

    /// <summary>Asks a person who is signed in for their password again. Wrong ones count as at sign-in.</summary>
    public async Task<Result<User>> ConfirmAsync(Caller caller, string password, CancellationToken ct)
    {
        if (caller is not { Kind: CallerKind.Person, UserId: { } userId } || await users.FindAsync(userId, ct) is not { } user)
        {
            return CallerService.NotSignedIn;
        }

        var verified = Verify(user, password);
        if (ReasonAgainst(user, verified) is not { } reason)
        {
            return user;
        }

        await users.FailedAsync(caller, user.Id, reason, ct);
        return WrongPassword;
    }

    /// <summary>An unknown person's password is checked too, against a hash that nothing fits: the time would tell otherwise.</summary>
    private PasswordVerificationResult Verify(User? user, string password)
    {
        var sane = password.Length <= PasswordPolicy.MaximumLength;
        return hasher.VerifyHashedPassword(user ?? new User(), sane ? user?.PasswordHash ?? "" : "", sane ? password : "");
    }

    private string? ReasonAgainst(User? user, PasswordVerificationResult verified) => user switch
    {
        null => "unknown",
        { IsDisabled: true } => "disabled",
        { LockoutEnd: { } end } when end > clock.GetUtcNow() => "locked",
        _ => verified == PasswordVerificationResult.Failed ? "password" : null,
    };

    private static Caller CallerOf(User? user, string email, Origin origin) => new()
    {
        Kind = CallerKind.Person,
        UserId = user?.Id,
        Name = user?.Email ?? (EmailAddress.IsValid(email) ? email : "not an address"),
        Address = origin.Address,
        UserAgent = origin.UserAgent,
        RequestId = origin.RequestId,
    };
}
