namespace XeroCfo.Domain.Tenants;

/// <summary>Puts the demo company in.</summary>
public interface IDemoCompany
{
    /// <summary>
    /// Makes the demo's organisation with a first sync waiting, unless it is there already; gives it to every admin. The answer is its id.
    /// </summary>
    Task<TenantId> EnsureAsync(CancellationToken ct);

    /// <summary>True when a person has removed it: it comes back only when it is asked for.</summary>
    Task<bool> WasRemovedAsync(CancellationToken ct);
}
