using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;
using XeroCfo.Domain.Xero.Consents;

namespace XeroCfo.Data.Xero.Consents;

/// <summary>Tells Xero that an organisation is disconnected, for each person who connected it.</summary>
internal sealed class XeroLeaving(IDbFactory factory, TokenBook book, IXeroAccess access, IXeroIdentity identity, ILogger<XeroLeaving> log)
{
    private static readonly string AwayCode = XeroProblems.Away("").Code;

    /// <summary>Refused only when Xero could have been told and did not answer. What Xero has ended already need not be told.</summary>
    public async Task<Result<Done>> LeaveAsync(TenantId tenant, CancellationToken ct)
    {
        foreach (var row in await RowsAsync(tenant, ct))
        {
            if (row.BrokenAt is null && (await LeaveAsync(tenant, row, ct)).Problem is { } problem)
            {
                return problem;
            }
        }

        return Done.Value;
    }

    private async Task<Result<Done>> LeaveAsync(TenantId tenant, XeroToken row, CancellationToken ct)
    {
        var held = await access.TokenOfAsync(row, ct);
        if (held.Problem is { } problem)
        {
            // Without a consent that works there is nothing to take off; without an answer there may be.
            return problem.Kind == ProblemKind.Unavailable && problem.Code == AwayCode ? problem : Done.Value;
        }

        if (row.ConnectionId is { } connection && (await identity.DisconnectAsync(held.Value.AccessToken, connection, ct)).Problem is { } unclear)
        {
            return unclear;
        }

        if (await IsLastAsync(row, ct) && await book.FindAsync(row, ct) is { } now && book.Open(now.RefreshToken, TokenSeals.RefreshOf(now)) is { Length: > 0 } refreshToken)
        {
            // Asked twice at most: the connection is off already, and a consent that reaches nothing does no harm if this is lost.
            if ((await identity.RevokeAsync(refreshToken, ct)).Problem is not null && (await identity.RevokeAsync(refreshToken, ct)).Problem is not null)
            {
                log.LogWarning("A consent that reaches no organisation any more could not be revoked");
            }
        }

        log.LogInformation("{Tenant} was taken off the app at Xero", tenant);
        return Done.Value;
    }

    private async Task<List<XeroToken>> RowsAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.XeroTokens.AsNoTracking().ToListAsync(ct);
    }

    // Revoking takes every connection of that person off the app, those of other consents too.
    private async Task<bool> IsLastAsync(XeroToken row, CancellationToken ct)
    {
        await using var db = factory.AcrossTenants("a consent covers several organisations");
        return !await db.XeroTokens.AnyAsync(other => other.UserId == row.UserId && other.TenantId != row.TenantId && other.BrokenAt == null, ct);
    }
}
