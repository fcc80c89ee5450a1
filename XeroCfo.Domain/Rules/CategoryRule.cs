using XeroCfo.Domain.Rules.Matching;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Rules;

/// <summary>A pattern that gives a category to transactions.</summary>
public sealed class CategoryRule : Entity, ITenantOwned
{
    /// <summary>Who made it.</summary>
    public Guid UserId { get; set; }

    public Guid TenantId { get; set; }

    public required string Pattern { get; set; }

    public required string Category { get; set; }

    public string? AccountCode { get; set; }

    /// <summary>Higher wins; ties go to the rule made first.</summary>
    public int Priority { get; set; }

    public bool IsActive { get; set; } = true;

    /// <summary>What must be so beside the pattern; null: nothing.</summary>
    public RuleCondition? Conditions { get; set; }

    /// <summary>When a run last gave a document its category; null: never.</summary>
    public DateTime? LastHitAt { get; set; }
}
