using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.Sessions;

namespace XeroCfo.Domain.ApiKeys;

/// <summary>A bearer token, which is never to be had again.</summary>
public sealed record PersonToken(string Token, DateTime ExpiresAt);

/// <summary>Who holds a token, and until when.</summary>
public sealed record TokenHolder(Caller Caller, DateTime ExpiresAt);

/// <summary>
/// Tokens with which a person uses the API with their own rights for an hour. Each is a session of theirs: it ends like one, and with
/// any change of the account.
/// </summary>
public sealed class PersonTokenService(SignInService signIn, SessionService sessions, ISessionBook book)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(60);

    public static Problem TwoFactorRequired { get; } = new(
        "two-factor-required", "This account has a second factor: send twoFactorCode, a code of the authenticator app or a recovery code.", ProblemKind.Unauthenticated, "twoFactorCode");

    public static Problem SetUpNeeded { get; } = new(
        "two-factor-setup-needed", "The role of this account needs a second factor. Sign in with a browser and set one up.", ProblemKind.Unauthenticated);

    /// <summary>No such token, or one that has ended.</summary>
    public static Problem Bad { get; } = new("invalid-token", "This token is not valid, or it has ended. Ask for a new one.", ProblemKind.Unauthenticated);

    /// <summary>True for text that could be a person's token rather than a key.</summary>
    public static bool IsOne(string presented) => ApiKeyFormat.IsWellFormed(presented) && presented[ApiKeyFormat.Start.Length] == ApiKeyFormat.PersonToken;

    /// <summary>A token for who knows the password and, where it is needed, a code; under the lock-out of sign-in.</summary>
    public async Task<Result<PersonToken>> IssueAsync(string email, string password, string? twoFactorCode, Origin origin, CancellationToken ct)
    {
        var accepted = await signIn.SignInAsync(email, password, origin, ct);
        if (accepted.Problem is { } refused)
        {
            return refused;
        }

        switch (accepted.Value.Need)
        {
            case SecondFactorNeed.SetUp:
                return SetUpNeeded;
            case SecondFactorNeed.Code when string.IsNullOrWhiteSpace(twoFactorCode):
                return TwoFactorRequired;
            case SecondFactorNeed.Code:
                var finished = await signIn.FinishAsync(accepted.Value.Pending, twoFactorCode, origin, ct);
                if (finished.Problem is { } failed)
                {
                    return failed;
                }

                break;
        }

        var token = ApiKeyFormat.New(ApiKeyFormat.PersonToken);
        var session = await sessions.BeginAsync(accepted.Value.User.Id, SessionKinds.Token, Life, origin, ct, ApiKeyFormat.Hash(token));
        return new PersonToken(token, session.ExpiresAt);
    }

    /// <summary>Who stands behind a token, with the rights of this moment.</summary>
    public async Task<Result<TokenHolder>> AuthenticateAsync(string presented, Origin origin, CancellationToken ct)
    {
        if (await book.FindByTokenAsync(ApiKeyFormat.Hash(presented), ct) is not { } found)
        {
            return Bad;
        }

        await book.SeenAsync(found.Session.Id, ct);
        return new TokenHolder(CallerService.Of(found.Rights, origin, found.Session.Id), found.Session.ExpiresAt);
    }
}
