using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Users.Sessions;

/// <summary>Where people are signed in: beginning, looking at and ending it.</summary>
public sealed class SessionService(ISessionBook sessions, TimeProvider clock)
{
    private static readonly Problem Unknown = Problem.NotFound("session-not-found", "There is no such session of yours.");

    /// <summary>Begins a session of somebody who has shown who they are.</summary>
    public async Task<UserSession> BeginAsync(Guid userId, string kind, TimeSpan life, Origin origin, CancellationToken ct, string? tokenHash = null)
    {
        var now = clock.UtcNow();
        var session = new UserSession
        {
            UserId = userId,
            Kind = kind,
            TokenHash = tokenHash,
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + life,
            IpAddress = origin.Address is { } address ? TextRules.Limit(address, 45) : null,
            UserAgent = origin.UserAgent is { } agent ? TextRules.Limit(agent, 255) : null,
        };
        await sessions.BeginAsync(session, ct);
        return session;
    }

    /// <summary>The caller's own, the last seen first.</summary>
    public async Task<Result<IReadOnlyList<UserSession>>> OwnAsync(Caller caller, CancellationToken ct) =>
        caller is { Kind: CallerKind.Person, UserId: { } person } ? Result<IReadOnlyList<UserSession>>.Of(await sessions.ListAsync(person, ct)) : CallerService.NotSignedIn;

    /// <summary>Ends one of the caller's own.</summary>
    public async Task<Result<Done>> EndAsync(Caller caller, Guid sessionId, CancellationToken ct)
    {
        if (caller is not { Kind: CallerKind.Person, UserId: { } person })
        {
            return CallerService.NotSignedIn;
        }

        return (await sessions.ListAsync(person, ct)).Any(session => session.Id == sessionId) ? await sessions.EndAsync(caller, person, sessionId, ct) : Unknown;
    }

    /// <summary>Ends all of the caller's own but the one they ask from.</summary>
    public async Task<Result<Done>> EndOthersAsync(Caller caller, CancellationToken ct) =>
        caller is { Kind: CallerKind.Person, UserId: { } person } ? await sessions.EndAllAsync(caller, person, caller.SessionId, ct) : CallerService.NotSignedIn;

    /// <summary>Ends all sessions of a person, for those who look after people.</summary>
    public async Task<Result<Done>> EndAllAsync(Caller caller, Guid userId, CancellationToken ct) =>
        caller.Lacks(Permissions.UsersWrite) is { } refused ? refused : await sessions.EndAllAsync(caller, userId, null, ct);
}
