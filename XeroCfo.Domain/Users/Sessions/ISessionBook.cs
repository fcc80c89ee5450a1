using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Users.Sessions;

/// <summary>A session with the rights of its person at this moment.</summary>
public sealed record SessionRights(UserSession Session, UserRights Rights);

/// <summary>Open sessions in the database.</summary>
public interface ISessionBook
{
    /// <summary>Keeps a session that begins, and clears away those of the person that are over.</summary>
    Task BeginAsync(UserSession session, CancellationToken ct);

    /// <summary>True while the session is open, its person may come in and has still the stamp that it began with.</summary>
    Task<bool> IsOpenAsync(Guid sessionId, Guid userId, string stamp, CancellationToken ct);

    /// <summary>The open session of a token by its hash; null for a disabled person too.</summary>
    Task<SessionRights?> FindByTokenAsync(string hash, CancellationToken ct);

    /// <summary>The person's open sessions, the last seen first.</summary>
    Task<IReadOnlyList<UserSession>> ListAsync(Guid userId, CancellationToken ct);

    /// <summary>Ends one of the person's sessions; one that is over changes nothing.</summary>
    Task<Result<Done>> EndAsync(Caller caller, Guid userId, Guid sessionId, CancellationToken ct);

    /// <summary>Ends all of a person's sessions and rotates the stamp; but for <paramref name="but"/>, which then keeps the stamp as it is.</summary>
    Task<Result<Done>> EndAllAsync(Caller caller, Guid userId, Guid? but, CancellationToken ct);

    /// <summary>Notes that a session was used, unless that was noted within the last minute. Never makes a request fail or wait long.</summary>
    Task SeenAsync(Guid sessionId, CancellationToken ct);
}
