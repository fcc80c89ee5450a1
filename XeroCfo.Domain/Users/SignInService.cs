using Microsoft.AspNetCore.Identity;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users.SecondFactors;

namespace XeroCfo.Domain.Users;

/// <summary>What somebody whose password was right must show besides it.</summary>
public enum SecondFactorNeed
{
    None,

    /// <summary>A code of the app, a recovery code or a passkey.</summary>
    Code,

    /// <summary>The role needs a second factor, and they have none yet.</summary>
    SetUp,
}

/// <summary>A right password, and what is still needed. Without a need the person is signed in.</summary>
public sealed record PasswordAccepted(User User, SecondFactorNeed Need)
{
    public PendingSignIn Pending => new(User.Id, User.SecurityStamp ?? "");
}

/// <summary>Somebody between the password and the second factor. Whatever changes the account ends it.</summary>
public sealed record PendingSignIn(Guid UserId, string Stamp);

/// <summary>
/// Checks an e-mail address, a password and a second factor. Unknown, disabled, locked and wrong take the same path, the same time and
/// give the same words, so that nobody learns who has an account.
/// </summary>
public sealed class SignInService(IUserRepository users, ISecondFactors factors, IPasswordHasher<User> hasher, TimeProvider clock)
{
    /// <summary>The one refusal.</summary>
    public static Problem Refused { get; } = new(
        "sign-in-failed",
        "That e-mail address and password do not go together. After several failed tries an account stays closed for 15 minutes.",
        ProblemKind.Unauthenticated);

    /// <summary>The password was right; the second factor was not, or the account is closed.</summary>
    public static Problem SecondFactorRefused { get; } = new(
        "two-factor-failed",
        "This code is not the right one, or it was used before. After several failed tries an account stays closed for 15 minutes.",
        ProblemKind.Unauthenticated);

    private static readonly Problem WrongPassword = Problem.Invalid("password", "This is not your password.", "password-wrong");

    /// <summary>The person, when the password is right and the account is open. Failures are counted and every outcome is audited.</summary>
    public async Task<Result<PasswordAccepted>> SignInAsync(string email, string password, Origin origin, CancellationToken ct)
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
        var need = await NeedOfAsync(user!, ct);
        if (need == SecondFactorNeed.None)
        {
            return await users.SucceededAsync(caller, user!.Id, newHash, ct) ? new PasswordAccepted(user, need) : Refused;
        }

        // Failures stay counted: a right password must not open a new round of guessing codes.
        if (newHash is not null)
        {
            await users.RehashAsync(user!.Id, user.PasswordHash!, newHash, ct);
        }

        return new PasswordAccepted(user!, need);
    }

    /// <summary>Ends a sign-in with a code of the app or a recovery code.</summary>
    public async Task<Result<User>> FinishAsync(PendingSignIn pending, string code, Origin origin, CancellationToken ct)
    {
        var person = await OfPendingAsync(pending, SecondFactorNeed.Code, ct);
        if (person.Problem is { } refused)
        {
            return refused;
        }

        var (user, caller) = (person.Value, CallerOf(person.Value, origin));
        if (!await UseAsync(user.Id, code, ct))
        {
            await users.FailedAsync(caller, user.Id, "two-factor", ct);
            return SecondFactorRefused;
        }

        return await users.SucceededAsync(caller, user.Id, null, ct) ? user : SecondFactorRefused;
    }

    /// <summary>Signs in somebody whose passkey was checked: it is both factors in one. Locked and disabled accounts stay closed.</summary>
    public async Task<Result<User>> WithPasskeyAsync(Guid userId, UserPasskeyInfo passkey, Origin origin, CancellationToken ct)
    {
        if (await users.FindAsync(userId, ct) is not { } user)
        {
            return Refused;
        }

        await factors.NotePasskeyAsync(passkey, ct);
        return await users.SucceededAsync(CallerOf(user, origin), user.Id, null, ct) ? user : Refused;
    }

    /// <summary>Notes the sign-in of somebody who has just shown who they are by setting up what they sign in with.</summary>
    public async Task<Result<User>> AfterSetUpAsync(Guid userId, Origin origin, CancellationToken ct) =>
        await users.FindAsync(userId, ct) is { } user && await users.SucceededAsync(CallerOf(user, origin), user.Id, null, ct) ? user : Refused;

    /// <summary>Whoever is between password and second factor, while nothing of theirs has changed and the account is open.</summary>
    public async Task<Result<User>> OfPendingAsync(PendingSignIn pending, SecondFactorNeed need, CancellationToken ct) =>
        await users.FindAsync(pending.UserId, ct) is { } user && user.SecurityStamp == pending.Stamp && IsOpen(user) && await NeedOfAsync(user, ct) == need
            ? user
            : SecondFactorRefused;

    /// <summary>What the person must show besides a password.</summary>
    public async Task<SecondFactorNeed> NeedOfAsync(User user, CancellationToken ct)
    {
        if (user.TwoFactorEnabled)
        {
            return SecondFactorNeed.Code;
        }

        return !(await factors.RequiredRolesAsync(ct)).Contains(user.Role) ? SecondFactorNeed.None
            : (await factors.StateAsync(user.Id, ct)).Passkeys > 0 ? SecondFactorNeed.Code
            : SecondFactorNeed.SetUp;
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

    internal static Caller CallerOf(User user, Origin origin) => CallerOf(user, user.Email ?? "", origin);

    private static Caller CallerOf(User? user, string email, Origin origin) => new()
    {
        Kind = CallerKind.Person,
        UserId = user?.Id,
        Name = user?.Email ?? (EmailAddress.IsValid(email) ? email : "not an address"),
        Address = origin.Address,
        UserAgent = origin.UserAgent,
        RequestId = origin.RequestId,
    };

    private async Task<bool> UseAsync(Guid userId, string code, CancellationToken ct)
    {
        if (RecoveryCodes.LooksLikeOne(code))
        {
            return await factors.UseRecoveryCodeAsync(userId, RecoveryCodes.Hash(code), ct);
        }

        return await factors.AuthenticatorAsync(userId, ct) is { } app
            && Totp.StepOf(app.Secret, code, clock.GetUtcNow(), app.LastStep) is { } step
            && await factors.UseStepAsync(userId, step, ct);
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
        _ when !IsOpen(user) => "locked",
        _ => verified == PasswordVerificationResult.Failed ? "password" : null,
    };

    private bool IsOpen(User user) => !user.IsDisabled && !(user.LockoutEnd > clock.GetUtcNow());
}
