namespace XeroCfo.Domain.Tenants;

/// <summary>Our own id of an organisation (a XeroTenants row), never Xero's tenant id.</summary>
public readonly record struct TenantId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}

/// <summary>A row that belongs to one organisation.</summary>
public interface ITenantOwned
{
    /// <summary>The XeroTenants row that owns it.</summary>
    Guid TenantId { get; }
}

/// <summary>A row with an application-made id and times set by the context.</summary>
public abstract class Entity
{
    /// <summary>UUID version 7, so that keys stay in time order.</summary>
    public Guid Id { get; set; } = Guid.CreateVersion7();

    /// <summary>UTC, set by the context.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>UTC, set by the context.</summary>
    public DateTime UpdatedAt { get; set; }
}
