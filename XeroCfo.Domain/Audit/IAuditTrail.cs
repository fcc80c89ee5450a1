using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Audit;

/// <summary>Which entries.</summary>
/// <param name="UserId">Of this person or of a key of theirs.</param>
/// <param name="TenantId">Of this organisation.</param>
/// <param name="Action">This action, or all below an area: <c>rule.*</c>.</param>
/// <param name="From">From this instant on.</param>
/// <param name="Before">Before this instant.</param>
public sealed record AuditFilter(Guid? UserId = null, Guid? TenantId = null, string? Action = null, DateTime? From = null, DateTime? Before = null);

/// <summary>An entry and the number of its seal; null: it waits for one.</summary>
public sealed record AuditEntry(AuditLog Log, long? Seq);

/// <summary>The audit trail, to be read and to be written to where nothing else is changed.</summary>
public interface IAuditTrail
{
    /// <summary>Newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="tenants">Entries of these organisations and of none; null: of all.</param>
    /// <param name="cursor">Where the last page ended.</param>
    /// <param name="limit">How many.</param>
    /// <param name="ct">Stops the work.</param>
    Task<Result<Page<AuditEntry>>> ListAsync(AuditFilter filter, IReadOnlySet<Guid>? tenants, string? cursor, int limit, CancellationToken ct);

    Task<CappedCount> CountAsync(AuditFilter filter, IReadOnlySet<Guid>? tenants, CancellationToken ct);

    /// <summary>The actions that entries have, in order.</summary>
    Task<IReadOnlyList<string>> ActionsAsync(CancellationToken ct);

    /// <summary>Who stands behind entries: people by id, with their address.</summary>
    Task<IReadOnlyDictionary<Guid, string>> PeopleAsync(CancellationToken ct);

    /// <summary>Adds an entry of its own. <paramref name="details"/> holds ids, names and counts; never a secret.</summary>
    Task NoteAsync(Caller caller, TenantId? tenant, string action, object details, CancellationToken ct);

    /// <summary>The same for what nothing hangs on: nobody waits for it long, and a database that is away is only logged.</summary>
    Task NoteSoonAsync(Caller caller, TenantId? tenant, string action, object details, CancellationToken ct);
}

/// <summary>The chain of seals over the audit trail.</summary>
public interface IAuditChain
{
    /// <summary>Seals what waits, in order; how many. One process at a time does it: another one that asks meanwhile has nothing to do.</summary>
    Task<int> SealAsync(CancellationToken ct);

    /// <summary>Looks at every entry and every seal.</summary>
    Task<AuditVerdict> VerifyAsync(CancellationToken ct);
}
