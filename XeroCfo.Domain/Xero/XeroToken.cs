using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Xero;

/// <summary>One person's consent for one organisation. Tokens are ciphertext.</summary>
public sealed class XeroToken : Entity, ITenantOwned
{
    public Guid UserId { get; set; }

    public Guid TenantId { get; set; }

    /// <summary>Ciphertext.</summary>
    public required string AccessToken { get; set; }

    /// <summary>Ciphertext; of an empty text for a custom connection.</summary>
    public required string RefreshToken { get; set; }

    /// <summary>UTC end of the access token.</summary>
    public DateTime ExpiresAt { get; set; }

    /// <summary>Xero's authEventId: one consent covers several organisations with one pair of tokens.</summary>
    public Guid? GrantId { get; set; }
}
