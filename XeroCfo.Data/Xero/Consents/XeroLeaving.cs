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

    /// <summary>Ends a consent that was never kept, unless that ended others too.</summary>
    public async Task GiveBackAsync(Guid userId, string refreshToken, CancellationToken ct)
    {
        if (await IsLastAsync(userId, null, ct))
        {
            await RevokeAsync(refreshToken, ct);
        }
    }

    private async Task<Result<Done>> LeaveAsync(TenantId tenant, XeroToken row, CancellationToken ct)
    {
        var held = await access.TokenOfAsync(row, null, ct);
        var off = held.Succeeded ? await TakeOffAsync(row, held.Value, ct) : held.Problem!;
        if (off.Problem == IdentityProblems.TokenRefused)
        {
            // A token may end before its time: the renewed one can say whether the connection still stands.
            held = await access.TokenOfAsync(row, held.Value.AccessToken, ct);
            off = held.Succeeded ? await TakeOffAsync(row, held.Value, ct) : held.Problem!;
        }

        if (!held.Succeeded)
        {
            // Without a consent that works there is nothing to take off; without an answer there may be.
            return held.Problem!.Kind == ProblemKind.Unavailable && held.Problem.Code == AwayCode ? held.Problem : Done.Value;
        }

        if (off.Problem is { } stands)
        {
            return stands;
        }

        if (await IsLastAsync(row.UserId, row.TenantId, ct) && await book.FindAsync(row, ct) is { } now && book.Open(now.RefreshToken, TokenSeals.RefreshOf(now)) is { Length: > 0 } refreshToken)
        {
            await RevokeAsync(refreshToken, ct);
        }

        log.LogInformation("{Tenant} was taken off the app at Xero", tenant);
        return Done.Value;
    }

    private async Task<Result<Done>> TakeOffAsync(XeroToken row, HeldToken held, CancellationToken ct) =>
        row.ConnectionId is { } connection ? await identity.DisconnectAsync(held.AccessToken, connection, ct) : Done.Value;

    // Asked twice at most: a consent that reaches nothing here does no harm if this is lost.
    private async Task RevokeAsync(string refreshToken, CancellationToken ct)
    {
        if ((await identity.RevokeAsync(refreshToken, ct)).Problem is not null && (await identity.RevokeAsync(refreshToken, ct)).Problem is not null)
        {
            log.LogWarning("A consent that reaches no organisation here could not be revoked");
        }
    }

    private async Task<List<XeroToken>> RowsAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.XeroTokens.AsNoTracking().ToListAsync(ct);
    }

    // Revoking takes every connection of that person off the app, those of other consents too.
    private async Task<bool> IsLastAsync(Guid userId, Guid? tenant, CancellationToken ct)
    {
        await using var db = factory.AcrossTenants("a consent covers several organisations");
        return !await db.XeroTokens.AnyAsync(other => other.UserId == userId && (tenant == null || other.TenantId != tenant) && other.BrokenAt == null, ct);
    }
}
