using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Tenants;

/// <summary>Organisations in the database.</summary>
public interface ITenantRepository
{
    /// <summary>The organisations with these ids, or all of them when <paramref name="ids"/> is null; by name.</summary>
    Task<IReadOnlyList<XeroTenant>> ListAsync(IReadOnlySet<Guid>? ids, CancellationToken ct);

    Task<XeroTenant?> FindAsync(TenantId tenant, CancellationToken ct);

    /// <summary>The organisation that the person has selected; null when none is.</summary>
    Task<Guid?> ActiveAsync(Guid userId, CancellationToken ct);

    /// <summary>Selects an organisation that is granted to the person, in one transaction with its audit entry.</summary>
    Task SetActiveAsync(Caller caller, Guid userId, TenantId tenant, CancellationToken ct);

    /// <summary>Takes an organisation out of a person's own lists, or puts it back; their right to it stays.</summary>
    Task<Result<Done>> HideAsync(Caller caller, Guid userId, TenantId tenant, bool hidden, CancellationToken ct);

    /// <summary>The organisations that the person has hidden.</summary>
    Task<IReadOnlySet<Guid>> HiddenAsync(Guid userId, CancellationToken ct);

    /// <summary>First names, or else addresses, of those who see the organisation and may connect it; a few of them, by name.</summary>
    Task<IReadOnlyList<string>> ConnectorsAsync(TenantId tenant, CancellationToken ct);
}

/// <summary>Which organisations a caller sees, and which one a person has selected.</summary>
public sealed class TenantService(ITenantRepository tenants)
{
    /// <summary>The caller's organisations, by name.</summary>
    public async Task<Result<IReadOnlyList<XeroTenant>>> ListAsync(Caller caller, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.TenantsRead) is { } refused)
        {
            return refused;
        }

        return Result<IReadOnlyList<XeroTenant>>.Of(await tenants.ListAsync(caller.SeesAllTenants ? null : caller.Tenants, ct));
    }

    /// <summary>One organisation; unknown and foreign ones answer alike.</summary>
    public async Task<Result<XeroTenant>> GetAsync(Caller caller, TenantId tenant, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.TenantsRead, tenant) is { } refused)
        {
            return refused;
        }

        return await tenants.FindAsync(tenant, ct) is { } found ? found : TenantProblems.Unknown;
    }

    /// <summary>True while a sync is posting: figures are on the move. Whoever may see any figure of the organisation may know it.</summary>
    public async Task<Result<bool>> SyncInProgressAsync(Caller caller, TenantId tenant, CancellationToken ct) =>
        caller.Sees(tenant) && await tenants.FindAsync(tenant, ct) is { } found ? found.SyncInProgress : TenantProblems.Unknown;

    /// <summary>The organisation to show first: the selected one, else the first by name, hidden ones last; null when there is none.</summary>
    public async Task<XeroTenant?> ActiveAsync(Caller caller, CancellationToken ct)
    {
        var mine = await tenants.ListAsync(caller.SeesAllTenants ? null : caller.Tenants, ct);
        var active = caller.UserId is { } user ? await tenants.ActiveAsync(user, ct) : null;
        var hidden = await HiddenAsync(caller, ct);
        return mine.FirstOrDefault(tenant => tenant.Id == active) ?? mine.FirstOrDefault(tenant => !hidden.Contains(tenant.Id)) ?? (mine.Count > 0 ? mine[0] : null);
    }

    /// <summary>Takes an organisation out of the caller's own lists, or puts it back; their right to it stays.</summary>
    public async Task<Result<Done>> HideAsync(Caller caller, TenantId tenant, bool hidden, CancellationToken ct) =>
        caller.Lacks(Permissions.TenantsRead, tenant) is { } refused ? refused
        : caller.UserId is { } user ? await tenants.HideAsync(caller, user, tenant, hidden, ct)
        : TenantProblems.Unknown;

    /// <summary>The organisations that the caller has hidden.</summary>
    public async Task<IReadOnlySet<Guid>> HiddenAsync(Caller caller, CancellationToken ct) =>
        caller.UserId is { } user ? await tenants.HiddenAsync(user, ct) : new HashSet<Guid>();

    /// <summary>Whom to ask where an organisation has to be connected again; none where the caller does not see it.</summary>
    public async Task<IReadOnlyList<string>> ConnectorsAsync(Caller caller, TenantId tenant, CancellationToken ct) =>
        caller.Lacks(Permissions.TenantsRead, tenant) is null ? await tenants.ConnectorsAsync(tenant, ct) : [];

    /// <summary>Selects an organisation for the person who asks.</summary>
    public async Task<Result<Done>> SwitchAsync(Caller caller, TenantId tenant, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.TenantsRead, tenant) is { } refused)
        {
            return refused;
        }

        if (caller.UserId is { } user)
        {
            await tenants.SetActiveAsync(caller, user, tenant, ct);
        }

        return Done.Value;
    }
}
