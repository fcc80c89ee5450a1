using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Encryption;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Xero;

internal sealed class XeroAccess(IDbFactory factory, Envelope envelope, TimeProvider clock) : IXeroAccess
{
    /// <summary>What the seal of an access token is bound to.</summary>
    public static SealedFor AccessTokenOf(XeroToken token) => new("xero.access-token", token.TenantId, token.UserId);

    public async Task<Result<string>> AccessTokenAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var token = await db.XeroTokens.AsNoTracking().OrderByDescending(row => row.ExpiresAt).FirstOrDefaultAsync(ct);
        return token is null ? XeroProblems.NotConnected
            : token.ExpiresAt <= clock.UtcNow() ? XeroProblems.NeedsReconnect("the consent has run out.")
            : envelope.Open(token.AccessToken, AccessTokenOf(token));
    }
}
