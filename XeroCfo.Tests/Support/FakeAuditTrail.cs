using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.Support;

/// <summary>Remembers what was noted, and shows nothing else.</summary>
internal sealed class FakeAuditTrail : IAuditTrail
{
    public List<(string Action, TenantId? Tenant, string Who)> Noted { get; } = [];

    public Task<Result<Page<AuditEntry>>> ListAsync(AuditFilter filter, IReadOnlySet<Guid>? tenants, string? cursor, int limit, CancellationToken ct) =>
        Task.FromResult<Result<Page<AuditEntry>>>(new Page<AuditEntry>([], null));

    public Task<CappedCount> CountAsync(AuditFilter filter, IReadOnlySet<Guid>? tenants, CancellationToken ct) => Task.FromResult(CappedCount.Of(0));

    public Task<IReadOnlyList<string>> ActionsAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<string>>([]);

    public Task<IReadOnlyDictionary<Guid, string>> PeopleAsync(CancellationToken ct) => Task.FromResult<IReadOnlyDictionary<Guid, string>>(new Dictionary<Guid, string>());

    public Task NoteAsync(Caller caller, TenantId? tenant, string action, object details, CancellationToken ct)
    {
        Noted.Add((action, tenant, caller.Name));
        return Task.CompletedTask;
    }

    public Task NoteSoonAsync(Caller caller, TenantId? tenant, string action, object details, CancellationToken ct) => NoteAsync(caller, tenant, action, details, ct);
}
