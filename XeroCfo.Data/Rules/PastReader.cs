using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Ledger;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Matching;
using XeroCfo.Domain.Rules.Suggestions;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Rules;

internal sealed class PastReader(IDbFactory factory, TimeProvider clock) : IPastReader
{
    private const int MostHistory = 50_000, MostWaiting = 5_000, ChoicesBeforeOffer = 3;

    public async Task<(IReadOnlyList<PastDocument> History, IReadOnlyList<PastDocument> Waiting)> ReadAsync(TenantId tenant, bool hidePayroll, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = db.Transactions.AsNoTracking().Where(row => row.Type != TransactionTypes.Payment && row.Type != TransactionTypes.Transfer && (row.Status == "AUTHORISED" || row.Status == "PAID"));
        if (await PayrollPrivacy.OfAsync(db, hidePayroll, ct) is { } payroll)
        {
            rows = await payroll.ShownAsync(rows, ct);
        }

        // What a rule gave says what the rule says.
        return (
            await ReadAsync(rows.Where(row => row.Category != null && row.CategorySource != CategorySources.Rule), MostHistory, ct),
            await ReadAsync(rows.Where(row => row.Category == null && !row.LockedByPerson), MostWaiting, ct));
    }

    public async Task<bool> OfferAsync(TenantId tenant, Guid contactId, string category, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, Caller.Worker, tenant, ct);
        var db = work.Db;
        var chosen = db.Transactions.AsNoTracking().Where(row => row.ContactId == contactId && row.Category == category && row.CategorySource == CategorySources.Manual);
        var known = await chosen.Take(ChoicesBeforeOffer).CountAsync(ct) < ChoicesBeforeOffer ? null : await db.Categories.Where(row => row.Name == category).Select(row => (Guid?)row.Id).FirstOrDefaultAsync(ct);
        if (known is not { } id || await db.RuleOffers.AnyAsync(offer => offer.ContactId == contactId && offer.CategoryId == id, ct) || await IsGivenAsync(db, chosen, category, ct))
        {
            return false;
        }

        db.RuleOffers.Add(new RuleOffer { TenantId = tenant.Value, ContactId = contactId, CategoryId = id, OfferedAt = clock.UtcNow() });
        await work.CommitAsync(ct);
        return true;
    }

    // A rule that is there already would give the newest of them what people chose.
    private static async Task<bool> IsGivenAsync(XeroCfoDb db, IQueryable<Transaction> chosen, string category, CancellationToken ct)
    {
        var matcher = RuleMatcher.Of(await db.CategoryRules.AsNoTracking().ToListAsync(ct));
        CategoryRule? rule = null;
        await RunRow.ReadAsync(db, chosen.OrderByDescending(row => row.Date).ThenByDescending(row => row.Id).Take(1), row => rule = matcher.First(row.Subject(null)), ct);
        return rule?.Category == category;
    }

    private static async Task<IReadOnlyList<PastDocument>> ReadAsync(IQueryable<Transaction> rows, int most, CancellationToken ct) =>
        await rows.OrderByDescending(row => row.Date).ThenByDescending(row => row.Id).Take(most)
            .Select(row => new PastDocument(
                row.Id, row.Date, row.Description, row.ContactName, row.Reference, row.Direction, row.Type == TransactionTypes.Spend || row.Type == TransactionTypes.Receive, row.Category, row.AccountCode))
            .ToListAsync(ct);
}
