using Microsoft.AspNetCore.Identity;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Users.SecondFactors;

/// <summary>What a person has besides a password.</summary>
public sealed record SecondFactorState(bool HasAuthenticator, int RecoveryCodesLeft, int Passkeys);

/// <summary>A person's authenticator with its secret in clear.</summary>
public sealed record OpenAuthenticator(string Secret, long LastStep);

/// <summary>
/// Second factors in the database. Whatever adds or takes away one rotates the stamp, ends the person's sessions and is audited; using
/// one up is one conditional update, so that of two at once only one gets through.
/// </summary>
public interface ISecondFactors
{
    Task<SecondFactorState> StateAsync(Guid userId, CancellationToken ct);

    Task<OpenAuthenticator?> AuthenticatorAsync(Guid userId, CancellationToken ct);

    /// <summary>Sets the authenticator, in place of an earlier one, with recovery codes.</summary>
    Task<Result<Done>> EnrolAsync(Caller caller, Guid userId, string secret, long step, IReadOnlyList<string> recoveryHashes, CancellationToken ct);

    /// <summary>New recovery codes in place of all earlier ones; sessions go on.</summary>
    Task<Result<Done>> RenewRecoveryCodesAsync(Caller caller, Guid userId, IReadOnlyList<string> hashes, CancellationToken ct);

    /// <summary>Takes away authenticator, recovery codes and passkeys.</summary>
    Task<Result<Done>> RemoveAllAsync(Caller caller, Guid userId, CancellationToken ct);

    /// <summary>False when that step, or a later one, was used before.</summary>
    Task<bool> UseStepAsync(Guid userId, long step, CancellationToken ct);

    /// <summary>False when there is no such code any more.</summary>
    Task<bool> UseRecoveryCodeAsync(Guid userId, string hash, CancellationToken ct);

    /// <summary>The person's passkeys, the oldest first.</summary>
    Task<IReadOnlyList<UserPasskeyInfo>> PasskeysAsync(Guid userId, CancellationToken ct);

    Task<Result<Done>> AddPasskeyAsync(Caller caller, Guid userId, UserPasskeyInfo passkey, CancellationToken ct);

    Task<Result<Done>> RemovePasskeyAsync(Caller caller, Guid userId, byte[] credentialId, CancellationToken ct);

    /// <summary>Notes the counter of a passkey that was used.</summary>
    Task NotePasskeyAsync(UserPasskeyInfo passkey, CancellationToken ct);

    /// <summary>The roles that come in with a second factor only.</summary>
    Task<IReadOnlySet<string>> RequiredRolesAsync(CancellationToken ct);

    /// <summary>Says for which roles a second factor is needed; sessions of those who have none end.</summary>
    Task<Result<Done>> RequireAsync(Caller caller, IReadOnlySet<string> roles, CancellationToken ct);
}
