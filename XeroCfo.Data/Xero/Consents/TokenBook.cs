using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Encryption;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Xero;
using XeroCfo.Domain.Xero.Consents;

namespace XeroCfo.Data.Xero.Consents;

/// <summary>The tokens of consents in the database. A consent's rows change together.</summary>
internal sealed class TokenBook(IDbFactory factory, Envelope envelope, TimeProvider clock)
{
    private const string NobodyLeft = "Nobody's consent for it is left here: who gave it is no longer a person of this installation.";

    /// <summary>Xero takes a refresh token that it has renewed for so long.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMinutes(5);

    /// <summary>The newest consent of an organisation that works; null when there is none.</summary>
    public async Task<XeroToken?> HealthyAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.XeroTokens.AsNoTracking().Where(row => row.BrokenAt == null).OrderByDescending(row => row.ConsentedAt).ThenByDescending(row => row.Id).FirstOrDefaultAsync(ct);
    }

    /// <summary>A consent as it is now; null when it is gone.</summary>
    public async Task<XeroToken?> FindAsync(XeroToken row, CancellationToken ct)
    {
        await using var db = factory.For(new TenantId(row.TenantId));
        return await db.XeroTokens.AsNoTracking().FirstOrDefaultAsync(now => now.Id == row.Id, ct);
    }

    /// <summary>A row of each consent whose last renewal brought no answer some minutes ago, while Xero may still take its old token.</summary>
    public async Task<IReadOnlyList<XeroToken>> UnclearAsync(CancellationToken ct)
    {
        await using var db = factory.AcrossTenants("consents of all organisations are kept alive");
        var now = clock.UtcNow();
        var (since, until) = (now - Grace, now - TryAgainAfter);

        // A renewal that did bring one leaves a token that outlasts this half hour.
        var rows = await db.XeroTokens.AsNoTracking()
            .Where(row => row.BrokenAt == null && row.ExpiresAt <= now && row.RenewalTriedAt > since && row.RenewalTriedAt <= until).ToListAsync(ct);
        return [.. rows.DistinctBy(row => row.GrantId ?? row.Id)];
    }

    /// <summary>What stands in the organisation's way to Xero. Where nobody has said so yet, that nobody's consent is left, a person is waited for from now on.</summary>
    public async Task<Problem> WhyNotAsync(TenantId tenant, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, Caller.Worker, tenant, ct);
        if (!await work.Db.XeroTokens.AnyAsync(row => row.BrokenAt == null, ct))
        {
            await NeedsPersonAsync(work, tenant.Value, NobodyLeft, ct);
            await work.CommitAsync(ct);
        }

        var organisation = await work.Db.XeroTenants.AsNoTracking().FirstOrDefaultAsync(row => row.Id == tenant.Value, ct);
        return organisation is { Connection: ConnectionStatus.NeedsReconnect, ConnectionDetail: { } why } ? XeroProblems.NeedsReconnect(why) : XeroProblems.NotConnected;
    }

    /// <summary>Opens a token; null when it cannot be opened, because its key is gone or somebody moved it.</summary>
    public string? Open(string text, SealedFor use)
    {
        try
        {
            return envelope.Open(text, use);
        }
        catch (SealBrokenException)
        {
            return null;
        }
    }

    /// <summary>Keeps a renewed pair in every row of the consent, in one transaction.</summary>
    public async Task RenewedAsync(XeroToken row, XeroTokenPair pair, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAcrossAsync(factory, Caller.Worker, "a consent covers several organisations", ct);
        foreach (var mine in await OfConsent(work.Db, row).ToListAsync(ct))
        {
            envelope.Put(mine, pair);
            mine.RenewalTriedAt = clock.UtcNow();
        }

        await work.CommitAsync(ct);
    }

    /// <summary>Notes that a renewal's answer did not come.</summary>
    public async Task NotRenewedAsync(XeroToken row, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAcrossAsync(factory, Caller.Worker, "a consent covers several organisations", ct);
        foreach (var mine in await OfConsent(work.Db, row).ToListAsync(ct))
        {
            mine.RenewalTriedAt = clock.UtcNow();
        }

        await work.CommitAsync(ct);
    }

    /// <summary>
    /// Marks a consent as broken, for one organisation or as a whole. Organisations that no other consent reaches then wait for a person. What a person
    /// has consented to anew since <paramref name="row"/> was read is another consent, and stays.
    /// </summary>
    public async Task BreakAsync(XeroToken row, bool whole, string because, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAcrossAsync(factory, Caller.Worker, "a consent covers several organisations", ct);
        var db = work.Db;
        var mine = whole ? OfConsent(db, row) : db.XeroTokens.Where(now => now.Id == row.Id && now.GrantId == row.GrantId && now.ConsentedAt == row.ConsentedAt);
        var tenants = await mine.Where(now => now.BrokenAt == null).Select(now => now.TenantId).Distinct().ToListAsync(ct);

        // A person may be consenting at this very moment: which consent it is, is asked by the write itself.
        var at = clock.UtcNow();
        await mine.Where(now => now.BrokenAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(now => now.BrokenAt, at).SetProperty(now => now.BrokenBecause, because).SetProperty(now => now.UpdatedAt, at), ct);
        foreach (var tenantId in tenants)
        {
            if (!await db.XeroTokens.AnyAsync(other => other.TenantId == tenantId && other.BrokenAt == null, ct))
            {
                await NeedsPersonAsync(work, tenantId, because, ct);
            }
        }

        await work.CommitAsync(ct);
    }

    // Somebody may be disconnecting it at this very moment: that it stands as connected is asked by the write itself.
    private static async Task NeedsPersonAsync(UnitOfWork work, Guid tenantId, string because, CancellationToken ct)
    {
        var told = await work.Db.XeroTenants.Where(row => row.Id == tenantId && row.Connection == ConnectionStatus.Connected).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Connection, ConnectionStatus.NeedsReconnect).SetProperty(row => row.ConnectionDetail, because), ct);
        if (told == 1)
        {
            var name = await work.Db.XeroTenants.Where(row => row.Id == tenantId).Select(row => row.Name).SingleAsync(ct);
            work.Audit("connection.needs_reconnect", new { tenantId, name, because });
            work.Announce(tenantId, WebhookEvents.ConnectionNeedsReconnect, "", [tenantId]);
        }
    }

    private static IQueryable<XeroToken> OfConsent(XeroCfoDb db, XeroToken row) =>
        row.GrantId is { } grant ? db.XeroTokens.Where(mine => mine.GrantId == grant && mine.UserId == row.UserId) : db.XeroTokens.Where(mine => mine.Id == row.Id);
}
