using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Xero.Consents;

/// <summary>What becomes of our own copy when an organisation is disconnected.</summary>
public enum AfterDisconnect
{
    /// <summary>Figures stay as they are, read-only.</summary>
    Keep,

    /// <summary>Everything of the organisation is deleted.</summary>
    Delete,
}

/// <summary>How much of an organisation would be deleted with it.</summary>
public sealed record Holdings(int Documents, int Reports, int Rules);

/// <summary>One consent for one organisation, without its secrets.</summary>
/// <param name="UserId">Who gave it.</param>
/// <param name="Person">That person's address.</param>
/// <param name="ConsentedAt">UTC.</param>
/// <param name="Scopes">What was granted.</param>
/// <param name="BrokenBecause">Why it no longer works; null while it does.</param>
public sealed record ConsentFacts(Guid UserId, string Person, DateTime ConsentedAt, IReadOnlyList<string> Scopes, string? BrokenBecause);

/// <summary>Connections in the database. Each write is one transaction with its audit entries.</summary>
public interface IConnectionBook
{
    /// <summary>
    /// Keeps a consent: every organisation of it comes in or is healed, is granted to the person, and its first sync waits to be done.
    /// </summary>
    Task<Result<IReadOnlyList<TenantId>>> KeepAsync(Caller caller, Guid userId, XeroTokenPair tokens, IReadOnlyList<XeroConnection> connections, CancellationToken ct);

    /// <summary>
    /// Ends a consent at Xero that could not be kept. Where others of the person's work it is left to end by itself, because Xero would end them with it.
    /// </summary>
    Task GiveBackAsync(Guid userId, XeroTokenPair tokens, CancellationToken ct);

    /// <summary>The consents of an organisation, newest first.</summary>
    Task<IReadOnlyList<ConsentFacts>> ConsentsAsync(TenantId tenant, CancellationToken ct);

    /// <summary>How much there is to delete.</summary>
    Task<Holdings> HoldingsAsync(TenantId tenant, CancellationToken ct);

    /// <summary>Takes the organisation off the app at Xero, and ends consents that reach no other one.</summary>
    Task<Result<Done>> LeaveXeroAsync(TenantId tenant, CancellationToken ct);

    /// <summary>Forgets every token of the organisation and stops its sync; with <see cref="AfterDisconnect.Delete"/> everything else of it too.</summary>
    Task<Result<Done>> ForgetAsync(Caller caller, TenantId tenant, AfterDisconnect then, CancellationToken ct);
}
