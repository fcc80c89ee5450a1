using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Audit;

/// <summary>Looking at who did what. An admin, too, sees entries of the organisations granted to them only, and those of none.</summary>
public sealed class AuditService(IAuditTrail trail)
{
    /// <summary>Newest first.</summary>
    public async Task<Result<Page<AuditEntry>>> ListAsync(Caller caller, AuditFilter filter, string? cursor, int limit, CancellationToken ct) =>
        caller.Lacks(Permissions.AuditRead) is { } refused ? refused : await trail.ListAsync(filter, ShownTo(caller), cursor, limit, ct);

    /// <summary>How many that list has.</summary>
    public async Task<Result<CappedCount>> CountAsync(Caller caller, AuditFilter filter, CancellationToken ct) =>
        caller.Lacks(Permissions.AuditRead) is { } refused ? refused : await trail.CountAsync(filter, ShownTo(caller), ct);

    /// <summary>The actions that there are, to choose from.</summary>
    public async Task<Result<IReadOnlyList<string>>> ActionsAsync(Caller caller, CancellationToken ct) =>
        caller.Lacks(Permissions.AuditRead) is { } refused ? refused : Result<IReadOnlyList<string>>.Of(await trail.ActionsAsync(ct));

    /// <summary>The people that there are, by id.</summary>
    public async Task<Result<IReadOnlyDictionary<Guid, string>>> PeopleAsync(Caller caller, CancellationToken ct) =>
        caller.Lacks(Permissions.AuditRead) is { } refused ? refused : Result<IReadOnlyDictionary<Guid, string>>.Of(await trail.PeopleAsync(ct));

    private static IReadOnlySet<Guid>? ShownTo(Caller caller) => caller.SeesAllTenants ? null : caller.Tenants;
}
