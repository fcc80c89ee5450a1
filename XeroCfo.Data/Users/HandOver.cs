using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Encryption;
using XeroCfo.Data.Tenants;
using XeroCfo.Data.Xero.Consents;
using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.People;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Users;

/// <summary>
/// Gives what a person made for an organisation to an heir, in the transaction that erases the person. What somebody wrote (notes,
/// versions, the audit trail) keeps their name in its text and loses the id.
/// </summary>
internal sealed class HandOver(XeroCfoDb db, Envelope envelope, User person, Guid heir, DateTime now)
{
    public async Task<HandedOver> DoAsync(CancellationToken ct)
    {
        var keys = await KeysAsync(ct);
        var tokens = await TokensAsync(ct);
        var schedules = await SchedulesAsync(ct);
        return new HandedOver(
            await db.CategoryRules.Where(rule => rule.UserId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(rule => rule.UserId, heir), ct),
            await db.Reports.Where(report => report.UserId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(report => report.UserId, heir), ct),
            keys,
            await db.Webhooks.Where(webhook => webhook.UserId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(webhook => webhook.UserId, heir), ct),
            tokens,
            await db.Budgets.Where(budget => budget.UserId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(budget => budget.UserId, heir), ct),
            await db.ReportLayouts.Where(layout => layout.UserId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(layout => layout.UserId, heir), ct),
            schedules);
    }

    /// <summary>
    /// Schedules go on with the heir's rights. Those that could make nothing any more, their owner being disabled or without the right, stop until
    /// the heir starts them: else an heir's rights would send reports to addresses that somebody wrote who may not have them.
    /// </summary>
    private async Task<int> SchedulesAsync(CancellationToken ct)
    {
        List<Guid> able = !person.IsDisabled && Permissions.Of(person.Role).Contains(Permissions.ReportsWrite) ? [.. await Grants.OfAsync(db, person.Id, ct)] : [];
        var theirs = db.ReportSchedules.Where(schedule => schedule.UserId == person.Id);
        await theirs.Where(schedule => !able.Contains(schedule.TenantId))
            .ExecuteUpdateAsync(set => set.SetProperty(schedule => schedule.IsActive, false).SetProperty(schedule => schedule.NextRunAt, (DateTime?)null), ct);
        return await theirs.ExecuteUpdateAsync(set => set.SetProperty(schedule => schedule.UserId, heir), ct);
    }

    /// <summary>
    /// Keys go on working for the programs that hold them, with no more than they had: an admin's role and organisations must not make
    /// them stronger. Those that could do nothing, their owner being disabled or without the right, stay dead.
    /// </summary>
    private async Task<int> KeysAsync(CancellationToken ct)
    {
        var keys = await db.ApiKeys.Where(key => key.UserId == person.Id).ToListAsync(ct);
        var limited = (await db.ApiKeyTenants.Where(limit => keys.Select(key => key.Id).Contains(limit.ApiKeyId)).ToListAsync(ct)).ToLookup(limit => limit.ApiKeyId);
        var (ofRole, seen) = (Permissions.Of(person.Role), await Grants.OfAsync(db, person.Id, ct));
        foreach (var key in keys)
        {
            key.UserId = heir;
            key.Permissions = [.. key.Permissions.Where(ofRole.Contains)];
            var lost = limited[key.Id].Where(limit => !seen.Contains(limit.TenantId)).ToList();
            db.ApiKeyTenants.RemoveRange(lost);
            var reach = limited.Contains(key.Id) ? limited[key.Id].Count() - lost.Count : seen.Count;
            if (!limited.Contains(key.Id))
            {
                db.ApiKeyTenants.AddRange(seen.Select(tenant => new ApiKeyTenant { ApiKeyId = key.Id, TenantId = tenant }));
            }

            // Without a limit a key would reach all of the heir's organisations.
            if (person.IsDisabled || key.Permissions.Count == 0 || reach == 0)
            {
                key.RevokedAt ??= now;
            }
        }

        return keys.Count;
    }

    /// <summary>
    /// One consent a person and organisation: of two the healthy one stays, of two such the newer. Tokens are sealed for their person and
    /// sealed anew for the heir.
    /// </summary>
    private async Task<int> TokensAsync(CancellationToken ct)
    {
        var tokens = await db.XeroTokens.Where(token => token.UserId == person.Id || token.UserId == heir).ToListAsync(ct);
        var theirs = tokens.Where(token => token.UserId == person.Id).ToList();
        var given = new List<XeroToken>();
        foreach (var token in theirs)
        {
            var other = tokens.Find(held => held.UserId == heir && held.TenantId == token.TenantId);
            var keeps = other is null || Worth(token).CompareTo(Worth(other)) > 0;
            if (keeps)
            {
                given.Add(token);
            }

            if ((keeps ? other : token) is { } dropped)
            {
                db.XeroTokens.Remove(dropped);
            }
        }

        await db.SaveChangesAsync(ct);
        foreach (var token in given)
        {
            var (access, refresh) = (envelope.Open(token.AccessToken, TokenSeals.AccessOf(token)), envelope.Open(token.RefreshToken, TokenSeals.RefreshOf(token)));
            token.UserId = heir;
            (token.AccessToken, token.RefreshToken) = (envelope.Seal(access, TokenSeals.AccessOf(token)), envelope.Seal(refresh, TokenSeals.RefreshOf(token)));
        }

        return theirs.Count;
    }

    private static (bool Healthy, DateTime At) Worth(XeroToken token) => (token.BrokenAt is null, token.ConsentedAt ?? token.CreatedAt);
}
