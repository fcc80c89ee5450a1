using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Users;

/// <summary>Reads what a person may do, now. Circuit and API build their <see cref="Caller"/> here.</summary>
public sealed class CallerService(IUserRepository users)
{
    /// <summary>Nobody, or nobody any more.</summary>
    public static Problem NotSignedIn { get; } = new("not-signed-in", "Sign in again: your session has ended.", ProblemKind.Unauthenticated);

    /// <summary>The person as a caller, with the rights and grants of this moment.</summary>
    /// <param name="userId">Who.</param>
    /// <param name="origin">From where.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <param name="session">The session that writes stand and fall with.</param>
    public async Task<Result<Caller>> ForUserAsync(Guid userId, Origin origin, CancellationToken ct, Guid? session = null) =>
        await users.RightsAsync(userId, ct) is { } rights ? Of(rights, origin, session) : NotSignedIn;

    /// <summary>The caller that these rights make.</summary>
    public static Caller Of(UserRights rights, Origin origin, Guid? session) => new()
    {
        Kind = CallerKind.Person,
        SessionId = session,
        UserId = rights.User.Id,
        Name = rights.User.Email!,
        Role = rights.User.Role,
        Stamp = rights.User.SecurityStamp,
        Permissions = Permissions.Of(rights.User.Role).ToHashSet(),
        Tenants = rights.Tenants,
        Address = origin.Address,
        UserAgent = origin.UserAgent,
        RequestId = origin.RequestId,
    };
}
