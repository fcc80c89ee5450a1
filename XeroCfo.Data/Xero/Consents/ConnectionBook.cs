using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Encryption;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Tenants;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;
using XeroCfo.Domain.Xero.Consents;

namespace XeroCfo.Data.Xero.Consents;

internal sealed class ConnectionBook(IDbFactory factory, Envelope envelope, SyncOptions sync, XeroLeaving leaving, TimeProvider clock) : IConnectionBook
{
    public async Task<Result<IReadOnlyList<TenantId>>> KeepAsync(
        Caller caller, Guid userId, XeroTokenPair tokens, IReadOnlyList<XeroConnection> connections, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryKeepAsync(caller, userId, tokens, connections, ct);
            }
            catch (DbUpdateException) when (attempt < 3)
            {
                // Another consent brought the same organisation at the same moment: look again.
            }
        }
    }

    public Task GiveBackAsync(Guid userId, XeroTokenPair tokens, CancellationToken ct) => tokens.RefreshToken is { } unused ? leaving.GiveBackAsync(userId, unused, ct) : Task.CompletedTask;

    public async Task<IReadOnlyList<ConsentFacts>> ConsentsAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = await db.XeroTokens.AsNoTracking()
            .Join(db.Users, token => token.UserId, user => user.Id, (token, user) => new { token.UserId, user.Email, token.ConsentedAt, token.CreatedAt, token.Scopes, token.BrokenBecause })
            .ToListAsync(ct);
        return
        [
            .. rows.Select(row => new ConsentFacts(row.UserId, row.Email ?? "", row.ConsentedAt ?? row.CreatedAt, XeroScopes.Read(row.Scopes), row.BrokenBecause))
                .OrderByDescending(consent => consent.ConsentedAt),
        ];
    }

    public async Task<Holdings> HoldingsAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return new Holdings(await db.Documents.CountAsync(ct), await db.Reports.CountAsync(ct), await db.CategoryRules.CountAsync(ct));
    }

    public Task<Result<Done>> LeaveXeroAsync(TenantId tenant, CancellationToken ct) => leaving.LeaveAsync(tenant, ct);

    public async Task<Result<Done>> ForgetAsync(Caller caller, TenantId tenant, AfterDisconnect then, CancellationToken ct) =>
        then == AfterDisconnect.Delete ? await DeleteAsync(caller, tenant, ct) : await ForgetTokensAsync(caller, tenant, ct);

    private async Task<Result<Done>> ForgetTokensAsync(Caller caller, TenantId tenant, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        if (await db.XeroTenants.FirstOrDefaultAsync(row => row.Id == tenant.Value, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        await db.XeroTokens.ExecuteDeleteAsync(ct);
        await db.XeroNotices.ExecuteDeleteAsync(ct);
        (organisation.Connection, organisation.ConnectionDetail) = (ConnectionStatus.Disconnected, "Disconnected in XeroCfo; the data was kept.");
        foreach (var run in await db.SyncRuns.Where(run => run.Status == SyncStatus.Queued || run.Status == SyncStatus.Running).ToListAsync(ct))
        {
            run.CancelRequested = true;
            if (run.Status == SyncStatus.Queued)
            {
                (run.Status, run.FinishedAt, run.Step) = (SyncStatus.Cancelled, clock.UtcNow(), "cancelled: disconnected");
            }
        }

        work.Audit("connection.disconnected", new { name = organisation.Name });
        return await work.CommitAsync(ct);
    }

    private async Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAcrossAsync(factory, caller, "an organisation is deleted, and what is told of it must outlive it", ct);
        if (await work.Db.XeroTenants.FirstOrDefaultAsync(row => row.Id == tenant.Value, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        if (organisation.IsDemo)
        {
            await DemoInstallation.RemovedAsync(work.Db, ct);
        }

        work.Audit("connection.deleted", new { deleted = tenant.ToString(), name = organisation.Name, xeroTenantId = organisation.XeroTenantId });
        work.Db.XeroTenants.Remove(organisation);
        return await work.CommitAsync(ct);
    }

    private async Task<Result<IReadOnlyList<TenantId>>> TryKeepAsync(
        Caller caller, Guid userId, XeroTokenPair tokens, IReadOnlyList<XeroConnection> connections, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAcrossAsync(factory, caller, "one consent brings several organisations", ct);
        var kept = new List<TenantId>();
        var grant = tokens.AuthEventId ?? connections[0].AuthEventId ?? Guid.CreateVersion7();
        foreach (var connection in connections.DistinctBy(connection => connection.XeroTenantId))
        {
            var organisation = await OrganisationAsync(work.Db, connection, userId, ct);
            await KeepTokensAsync(work.Db, new XeroToken { UserId = userId, TenantId = organisation.Id, AccessToken = "", RefreshToken = "", GrantId = grant, ConnectionId = connection.ConnectionId }, tokens, ct);
            await QueueAsync(work.Db, organisation, caller, ct);
            work.Audit("connection.connected", new { tenantId = organisation.Id, name = organisation.Name, xeroTenantId = organisation.XeroTenantId, scopes = tokens.Scopes });
            kept.Add(new TenantId(organisation.Id));
        }

        var saved = await work.CommitAsync(ct);
        return saved.Succeeded ? kept : saved.Problem!;
    }

    private async Task<XeroTenant> OrganisationAsync(XeroCfoDb db, XeroConnection connection, Guid userId, CancellationToken ct)
    {
        var organisation = await db.XeroTenants.FirstOrDefaultAsync(row => row.XeroTenantId == connection.XeroTenantId, ct);
        if (organisation is null)
        {
            organisation = new XeroTenant { XeroTenantId = connection.XeroTenantId, Name = connection.Name, Type = TypeOf(connection.Type), HistoryFrom = sync.HistoryFrom };
            db.XeroTenants.Add(organisation);
        }

        (organisation.Connection, organisation.ConnectionDetail) = (ConnectionStatus.Connected, null);
        await Grants.GrantNewTenantAsync(db, organisation, userId, ct);
        return organisation;
    }

    private async Task KeepTokensAsync(XeroCfoDb db, XeroToken fresh, XeroTokenPair tokens, CancellationToken ct)
    {
        var row = await db.XeroTokens.FirstOrDefaultAsync(row => row.UserId == fresh.UserId && row.TenantId == fresh.TenantId, ct);
        if (row is null)
        {
            row = fresh;
            db.XeroTokens.Add(row);
        }

        // The refresh token of the consent before is another one's: it must not stay where the new consent has none.
        row.RefreshToken = "";
        envelope.Put(row, tokens);
        (row.GrantId, row.ConnectionId, row.Scopes) = (fresh.GrantId, fresh.ConnectionId, TextRules.Limit(tokens.Scopes, 2000));
        (row.ConsentedAt, row.BrokenAt, row.BrokenBecause) = (clock.UtcNow(), null, null);
    }

    private static async Task QueueAsync(XeroCfoDb db, XeroTenant organisation, Caller caller, CancellationToken ct)
    {
        var isFirst = organisation.DataAsOf is null;
        var isOpen = await db.SyncRuns.AnyAsync(run => run.TenantId == organisation.Id && (run.Status == SyncStatus.Queued || run.Status == SyncStatus.Running), ct);
        if (organisation.HasBooks && !isOpen)
        {
            db.SyncRuns.Add(new SyncRun { TenantId = organisation.Id, Full = isFirst, Trigger = isFirst ? SyncTriggers.First : SyncTriggers.Reconnect, RequestedBy = caller.UserId });
        }
    }

    private static string TypeOf(string wire) => wire.ToUpperInvariant() switch
    {
        "" or "ORGANISATION" or "ORGANIZATION" => XeroTenant.Organization,
        "PRACTICE" or "PRACTICEMANAGER" => "Practice",
        "XEROHQ" => "XeroHQ",
        _ => "Practice",
    };
}
