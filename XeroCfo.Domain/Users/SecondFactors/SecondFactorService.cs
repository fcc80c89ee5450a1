using Microsoft.AspNetCore.Identity;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users.People;

namespace XeroCfo.Domain.Users.SecondFactors;

/// <summary>A person's own second factors, and for whom one is needed. What changes one asks for the password again.</summary>
public sealed class SecondFactorService(ISecondFactors factors, IPeople people, SignInService signIn, TimeProvider clock)
{
    public static Problem CodeWrong { get; } = Problem.Invalid("code", "This is not the code that the app shows now. Check the clock of your phone.", "two-factor-code-wrong");

    public static Problem NoAuthenticator { get; } = new("no-authenticator", "There is no authenticator app on this account.", ProblemKind.Refused);

    public static Problem StillNeeded { get; } = new("two-factor-still-needed", "Your role needs a second factor. Add another one before you take this one away.", ProblemKind.Refused);

    public async Task<Result<SecondFactorState>> OwnAsync(Caller caller, CancellationToken ct) =>
        caller is { Kind: CallerKind.Person, UserId: { } person } ? await factors.StateAsync(person, ct) : CallerService.NotSignedIn;

    /// <summary>Sets the caller's authenticator app once its code shows that it has the secret; gives the recovery codes, which nobody sees again.</summary>
    public async Task<Result<IReadOnlyList<string>>> EnrolAsync(Caller caller, string password, string secret, string code, CancellationToken ct)
    {
        var confirmed = await signIn.ConfirmAsync(caller, password, ct);
        return confirmed.Problem is { } refused ? refused : await EnrolAsync(caller, confirmed.Value.Id, secret, code, ct);
    }

    /// <summary>The same for somebody whose password was right and whose role lets them in with a second factor only.</summary>
    public async Task<Result<IReadOnlyList<string>>> EnrolPendingAsync(PendingSignIn pending, string secret, string code, Origin origin, CancellationToken ct)
    {
        var person = await signIn.OfPendingAsync(pending, SecondFactorNeed.SetUp, ct);
        return person.Problem is { } refused ? refused : await EnrolAsync(SignInService.CallerOf(person.Value, origin), person.Value.Id, secret, code, ct);
    }

    /// <summary>New recovery codes in place of the old ones.</summary>
    public async Task<Result<IReadOnlyList<string>>> RenewRecoveryCodesAsync(Caller caller, string password, CancellationToken ct)
    {
        var confirmed = await signIn.ConfirmAsync(caller, password, ct);
        if (confirmed.Problem is { } refused)
        {
            return refused;
        }

        if (!confirmed.Value.TwoFactorEnabled)
        {
            return NoAuthenticator;
        }

        var codes = RecoveryCodes.New();
        var renewed = await factors.RenewRecoveryCodesAsync(caller, confirmed.Value.Id, [.. codes.Select(RecoveryCodes.Hash)], ct);
        return renewed.Problem is { } failed ? failed : Result<IReadOnlyList<string>>.Of(codes);
    }

    /// <summary>Takes the caller's own second factors away, unless the role needs one.</summary>
    public async Task<Result<Done>> RemoveOwnAsync(Caller caller, string password, CancellationToken ct)
    {
        var confirmed = await signIn.ConfirmAsync(caller, password, ct);
        return confirmed.Problem is { } refused ? refused
            : (await factors.RequiredRolesAsync(ct)).Contains(confirmed.Value.Role) ? StillNeeded
            : await factors.RemoveAllAsync(caller, confirmed.Value.Id, ct);
    }

    /// <summary>Takes somebody's second factors away, for those who look after people: a lost phone.</summary>
    public async Task<Result<Done>> RemoveOfAsync(Caller caller, Guid userId, CancellationToken ct) =>
        caller.Lacks(Permissions.UsersWrite) is { } refused ? refused
        : await people.FindAsync(userId, ct) is { } person && KeyReach.Opening(caller, person) is { } beyond ? beyond
        : await factors.RemoveAllAsync(caller, userId, ct);

    public async Task<Result<IReadOnlyList<UserPasskeyInfo>>> PasskeysAsync(Caller caller, CancellationToken ct) =>
        caller is { Kind: CallerKind.Person, UserId: { } person } ? Result<IReadOnlyList<UserPasskeyInfo>>.Of(await factors.PasskeysAsync(person, ct)) : CallerService.NotSignedIn;

    /// <summary>Keeps a passkey whose making was checked.</summary>
    public async Task<Result<Done>> AddPasskeyAsync(Caller caller, string password, UserPasskeyInfo passkey, CancellationToken ct)
    {
        var confirmed = await signIn.ConfirmAsync(caller, password, ct);
        return confirmed.Problem is { } refused ? refused : await factors.AddPasskeyAsync(caller, confirmed.Value.Id, passkey, ct);
    }

    public async Task<Result<Done>> RemovePasskeyAsync(Caller caller, string password, byte[] credentialId, CancellationToken ct)
    {
        var confirmed = await signIn.ConfirmAsync(caller, password, ct);
        if (confirmed.Problem is { } refused)
        {
            return refused;
        }

        var state = await factors.StateAsync(confirmed.Value.Id, ct);
        return !state.HasAuthenticator && state.Passkeys == 1 && (await factors.RequiredRolesAsync(ct)).Contains(confirmed.Value.Role)
            ? StillNeeded
            : await factors.RemovePasskeyAsync(caller, confirmed.Value.Id, credentialId, ct);
    }

    /// <summary>The roles that come in with a second factor only.</summary>
    public async Task<Result<IReadOnlySet<string>>> RequiredRolesAsync(Caller caller, CancellationToken ct) =>
        caller.Lacks(Permissions.UsersRead) is { } refused ? refused : Result<IReadOnlySet<string>>.Of(await factors.RequiredRolesAsync(ct));

    /// <summary>Says for which roles a second factor is needed from now on.</summary>
    public async Task<Result<Done>> RequireAsync(Caller caller, IReadOnlySet<string> roles, CancellationToken ct) =>
        caller.Lacks(Permissions.UsersWrite) is { } refused ? refused
        : roles.IsSubsetOf(Roles.All) ? await factors.RequireAsync(caller, roles, ct)
        : UserService.RoleUnknown;

    private async Task<Result<IReadOnlyList<string>>> EnrolAsync(Caller caller, Guid userId, string secret, string code, CancellationToken ct)
    {
        if (Totp.StepOf(secret, code, clock.GetUtcNow(), lastStep: 0) is not { } step)
        {
            return CodeWrong;
        }

        var codes = RecoveryCodes.New();
        var enrolled = await factors.EnrolAsync(caller, userId, secret, step, [.. codes.Select(RecoveryCodes.Hash)], ct);
        return enrolled.Problem is { } failed ? failed : Result<IReadOnlyList<string>>.Of(codes);
    }
}
