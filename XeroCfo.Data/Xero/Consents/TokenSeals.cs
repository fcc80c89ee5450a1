using XeroCfo.Data.Encryption;
using XeroCfo.Domain.Xero;
using XeroCfo.Domain.Xero.Consents;

namespace XeroCfo.Data.Xero.Consents;

/// <summary>Seals tokens for their row: a ciphertext copied to another person or organisation does not open there.</summary>
internal static class TokenSeals
{
    public static SealedFor AccessOf(XeroToken row) => new("xero.access-token", row.TenantId, row.UserId);

    public static SealedFor RefreshOf(XeroToken row) => new("xero.refresh-token", row.TenantId, row.UserId);

    /// <summary>Puts a pair into a row. A renewal without a new refresh token leaves the old one.</summary>
    public static void Put(this Envelope envelope, XeroToken row, XeroTokenPair pair)
    {
        row.AccessToken = envelope.Seal(pair.AccessToken, AccessOf(row));
        if (pair.RefreshToken is not null || row.RefreshToken.Length == 0)
        {
            row.RefreshToken = envelope.Seal(pair.RefreshToken ?? "", RefreshOf(row));
        }

        row.ExpiresAt = pair.ExpiresAt;
    }
}
