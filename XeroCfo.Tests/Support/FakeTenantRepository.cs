using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.Support;

/// <summary>Organisations in memory.</summary>
internal sealed class FakeTenantRepository : ITenantRepository
{
    public List<XeroTenant> Organisations { get; } = [];

    public Guid? Active { get; set; }

    public Task<IReadOnlyList<XeroTenant>> ListAsync(IReadOnlySet<Guid>? ids, CancellationToken ct) => Task.FromResult<IReadOnlyList<XeroTenant>>(
        [.. Organisations.Where(organisation => ids?.Contains(organisation.Id) ?? true).OrderBy(organisation => organisation.Name, StringComparer.Ordinal)]);

    public Task<XeroTenant?> FindAsync(TenantId tenant, CancellationToken ct) =>
        Task.FromResult(Organisations.Find(organisation => organisation.Id == tenant.Value));

    public Task<Guid?> ActiveAsync(Guid userId, CancellationToken ct) => Task.FromResult(Active);

    public Task SetActiveAsync(Caller caller, Guid userId, TenantId tenant, CancellationToken ct)
    {
        Active = tenant.Value;
        return Task.CompletedTask;
    }

    public IReadOnlyList<string> Connectors { get; set; } = [];

    public Task<IReadOnlyList<string>> ConnectorsAsync(TenantId tenant, CancellationToken ct) => Task.FromResult(Connectors);

    public HashSet<Guid> Hidden { get; } = [];

    public Task<Result<Done>> HideAsync(Caller caller, Guid userId, TenantId tenant, bool hidden, CancellationToken ct)
    {
        _ = hidden ? Hidden.Add(tenant.Value) : Hidden.Remove(tenant.Value);
        return Task.FromResult(Result<Done>.Of(Done.Value));
    }

    public Task<IReadOnlySet<Guid>> HiddenAsync(Guid userId, CancellationToken ct) => Task.FromResult<IReadOnlySet<Guid>>(Hidden);
}
