using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Rules.Suggestions;

/// <summary>A rule was offered for a contact and category, because people chose it three times. It is offered once.</summary>
public sealed class RuleOffer : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid ContactId { get; set; }

    public Guid CategoryId { get; set; }

    public DateTime OfferedAt { get; set; }
}
