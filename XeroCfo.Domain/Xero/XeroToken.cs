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

    /// <summary>Xero's id of the connection, which ends it; null for a custom connection whose list does not name one.</summary>
    public Guid? ConnectionId { get; set; }

    /// <summary>The rights that were granted, parted by blanks.</summary>
    public string? Scopes { get; set; }

    /// <summary>UTC: when the person consented. The newest healthy consent is used.</summary>
    public DateTime? ConsentedAt { get; set; }

    /// <summary>UTC: since when Xero no longer takes it; null while it works.</summary>
    public DateTime? BrokenAt { get; set; }

    /// <summary>Why it no longer works, in words for people.</summary>
    public string? BrokenBecause { get; set; }

    /// <summary>UTC: the last try to renew it, whatever came of it; null: none yet.</summary>
    public DateTime? RenewalTriedAt { get; set; }
}
