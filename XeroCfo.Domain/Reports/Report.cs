using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Reports;

/// <summary>A report kept as it was on the day it was made.</summary>
public sealed class Report : Entity, ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid UserId { get; set; }

    public required string Type { get; set; }

    public required string Name { get; set; }

    /// <summary>JSON: what was asked.</summary>
    public string? Parameters { get; set; }

    /// <summary>JSON: the report document.</summary>
    public required string Data { get; set; }
}
