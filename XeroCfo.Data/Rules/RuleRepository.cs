using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Ledger;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Rules;

internal sealed class RuleRepository(IDbFactory factory, TimeProvider clock) : IRuleRepository
{
    /// <summary>Between the priorities of neighbours, so that a rule can be put between two without changing them.</summary>
    private const int Gap = 10;

    public async Task<Result<Page<RuleView>>> ListAsync(TenantId tenant, string? cursor, int limit, bool hidePayroll, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = db.CategoryRules.AsNoTracking();
        if (cursor is not null)
        {
            if (Cursor.Decode(cursor, 4) is not ["r", var priorityText, var ticksText, var idText] || !int.TryParse(priorityText, out var priority)
                || !long.TryParse(ticksText, out var ticks) || ticks < 0 || ticks > DateTime.MaxValue.Ticks || !Guid.TryParse(idText, out var id))
            {
                return ListProblems.BadCursor;
            }

            var made = new DateTime(ticks, DateTimeKind.Utc);
            rows = rows.Where(row => row.Priority <= priority && (row.Priority < priority || row.CreatedAt > made || (row.CreatedAt == made && row.Id > id)));
        }

        var items = await rows.OrderByDescending(row => row.Priority).ThenBy(row => row.CreatedAt).ThenBy(row => row.Id).Take(limit + 1).ToListAsync(ct);
        var page = items.Take(limit).ToList();
        return new Page<RuleView>(await ViewsAsync(db, page, hidePayroll, ct), items.Count > limit ? Cursor.Encode("r", page[^1].Priority, page[^1].CreatedAt.Ticks, page[^1].Id) : null);
    }

    public async Task<CappedCount> CountAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return CappedCount.Of(await db.CategoryRules.Take(CappedCount.Cap).CountAsync(ct));
    }

    public async Task<RuleView?> FindAsync(TenantId tenant, Guid id, bool hidePayroll, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.CategoryRules.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, ct) is { } rule ? (await ViewsAsync(db, [rule], hidePayroll, ct))[0] : null;
    }

    public async Task<IReadOnlyList<CategoryRule>> AllAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.CategoryRules.AsNoTracking().ToListAsync(ct);
    }

    public async Task<Result<RuleView>> CreateAsync(Caller caller, TenantId tenant, RuleInput input, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var idempotency = Idempotency.Of(caller, tenant, "POST rules", JsonSerializer.Serialize(input, JsonSerializerOptions.Web));
        if (idempotency is not null)
        {
            var earlier = await idempotency.EarlierAsync(db, ct);
            if (!earlier.Succeeded)
            {
                return earlier.Problem!;
            }

            if (earlier.Value is { } known)
            {
                return await db.CategoryRules.AsNoTracking().FirstOrDefaultAsync(row => row.Id == known, ct) is { } made ? (await ViewsAsync(db, [made], PayrollRules.AreHiddenFrom(caller), ct))[0] : RuleProblems.Unknown;
            }
        }

        if (input.AccountCode is { } code && await db.NoSuchCodeAsync(code, ct) is { } unknown)
        {
            return unknown;
        }

        var rule = new CategoryRule { TenantId = tenant.Value, UserId = await caller.OwnerAsync(db, ct), Pattern = "", Category = "" };
        await FillAsync(db, rule, input, ct);
        db.CategoryRules.Add(rule);
        idempotency?.Remember(db, rule.Id);
        work.Audit("rule.created", Details(rule));
        return await SavedAsync(work, rule, PayrollRules.AreHiddenFrom(caller), ct);
    }

    public async Task<Result<RuleView>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, RuleInput input, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        if (await db.CategoryRules.FirstOrDefaultAsync(row => row.Id == id, ct) is not { } rule)
        {
            return RuleProblems.Unknown;
        }

        if (version.Against(rule.UpdatedAt) is { } stale)
        {
            return stale;
        }

        if (input.AccountCode is { } code && await db.NoSuchCodeAsync(code, ct) is { } unknown)
        {
            return unknown;
        }

        var before = Details(rule);
        await FillAsync(db, rule, input, ct);
        db.Entry(rule).Property(row => row.Pattern).IsModified = true;
        work.Audit("rule.updated", new { before, after = Details(rule) });
        return await SavedAsync(work, rule, PayrollRules.AreHiddenFrom(caller), ct);
    }

    public async Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        if (await db.CategoryRules.FirstOrDefaultAsync(row => row.Id == id, ct) is not { } rule)
        {
            return RuleProblems.Unknown;
        }

        if (version.Against(rule.UpdatedAt) is { } stale)
        {
            return stale;
        }

        db.CategoryRules.Remove(rule);
        work.Audit("rule.deleted", Details(rule));
        return await work.CommitAsync(ct);
    }

    public async Task<Result<Done>> ReorderAsync(Caller caller, TenantId tenant, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var rules = await db.CategoryRules.ToDictionaryAsync(row => row.Id, ct);
        if (rules.Count != ids.Count || !ids.All(rules.ContainsKey))
        {
            return RuleProblems.OrderChanged;
        }

        for (var i = 0; i < ids.Count; i++)
        {
            rules[ids[i]].Priority = (ids.Count - i) * Gap;
        }

        work.Audit("rules.reordered", new { ids });
        return await work.CommitAsync(ct);
    }

    public async Task<Result<int>> ChangeManyAsync(Caller caller, TenantId tenant, IReadOnlyList<Guid> ids, RuleBulkChange change, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var rules = await db.CategoryRules.Where(row => ids.Contains(row.Id)).ToListAsync(ct);
        if (rules.Count != ids.Count)
        {
            return RuleProblems.Unknown;
        }

        var category = change.Category is { } wanted ? await db.NameAsync(tenant.Value, wanted.Trim(), ct) : null;
        if (change.Delete)
        {
            db.CategoryRules.RemoveRange(rules);
        }

        rules.ForEach(rule => (rule.Category, rule.IsActive) = (category ?? rule.Category, change.IsActive ?? rule.IsActive));
        work.Audit("rules.changed", new { ids, change.IsActive, category, change.Delete });
        var saved = await work.CommitAsync(ct);
        return saved.Succeeded ? rules.Count : saved.Problem!;
    }

    public async Task<Result<RulesImported>> ImportAsync(Caller caller, TenantId tenant, IReadOnlyList<RuleInput> rules, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var idempotency = Idempotency.Of(caller, tenant, "POST rules/import", JsonSerializer.Serialize(rules, JsonSerializerOptions.Web));
        var earlier = idempotency is null ? Result<Guid?>.Of(null) : await idempotency.EarlierAsync(db, ct);
        if (earlier.Problem is { } reused)
        {
            return reused;
        }

        if (earlier.Value is { } known)
        {
            return Imported(known);
        }

        var codes = await db.Accounts.Where(account => account.Code != null).Select(account => account.Code!).ToListAsync(ct);
        if (rules.Select((rule, row) => (rule, row)).FirstOrDefault(pair => pair.rule.AccountCode is { } code && !codes.Contains(code)) is { rule: not null } wrong)
        {
            return CategoryProblems.NoSuchCode with { Field = $"rules[{wrong.row}].accountCode" };
        }

        var there = (await db.CategoryRules.AsNoTracking().ToListAsync(ct)).Select(RuleText.Of).ToHashSet();
        var (owner, created) = (await caller.OwnerAsync(db, ct), 0);
        foreach (var input in rules.Where(input => !there.Contains(RuleText.Of(input))))
        {
            var rule = new CategoryRule { TenantId = tenant.Value, UserId = owner, Pattern = "", Category = "" };
            await FillAsync(db, rule, input, ct);
            db.CategoryRules.Add(rule);
            created++;
        }

        var done = new RulesImported(created, rules.Count - created);
        idempotency?.Remember(db, IdOf(done));
        work.Audit("rules.imported", done);
        var saved = await work.CommitAsync(ct);
        return saved.Succeeded ? done : saved.Problem!;
    }

    // An import is no thing of its own: what a repeated request is answered with is the two counts.
    private static Guid IdOf(RulesImported done) => new(done.Created, 0, 0, BitConverter.GetBytes((long)done.Unchanged));

    private static RulesImported Imported(Guid id) => new(BitConverter.ToInt32(id.ToByteArray(), 0), (int)BitConverter.ToInt64(id.ToByteArray(), 8));

    private static async Task FillAsync(XeroCfoDb db, CategoryRule rule, RuleInput input, CancellationToken ct)
    {
        (rule.Pattern, rule.Category) = (input.Pattern!, await db.NameAsync(rule.TenantId, input.Category!, ct));
        (rule.AccountCode, rule.Priority, rule.IsActive, rule.Conditions) = (input.AccountCode, input.Priority, input.IsActive, input.Conditions);
    }

    private static object Details(CategoryRule rule) => new { ruleId = rule.Id, rule.Pattern, rule.Category, rule.AccountCode, rule.Priority, rule.IsActive, rule.Conditions };

    private async Task<Result<RuleView>> SavedAsync(UnitOfWork work, CategoryRule rule, bool hidePayroll, CancellationToken ct)
    {
        var saved = await work.CommitAsync(ct);
        return saved.Succeeded ? (await ViewsAsync(work.Db, [rule], hidePayroll, ct))[0] : saved.Problem!;
    }

    private async Task<List<RuleView>> ViewsAsync(XeroCfoDb db, List<CategoryRule> rules, bool hidePayroll, CancellationToken ct)
    {
        var (ids, since) = (rules.ConvertAll(rule => (Guid?)rule.Id), DateOnly.FromDateTime(clock.UtcNow()).AddDays(-90));
        var payroll = await PayrollPrivacy.OfAsync(db, hidePayroll, ct);
        var rows = db.Transactions.AsNoTracking().Where(row => ids.Contains(row.CategoryRuleId));
        rows = payroll is null ? rows : await payroll.ShownAsync(rows, ct);
        var hits = await rows.Where(row => row.Date >= since).GroupBy(row => row.CategoryRuleId!.Value)
            .Select(group => new { group.Key, Count = group.Count(), Amount = group.Sum(row => row.AbsoluteAmount) }).ToDictionaryAsync(group => group.Key, ct);

        // A rule's own last hit may have been somebody's pay.
        var seen = payroll is null ? null : await rows.GroupBy(row => row.CategoryRuleId!.Value)
            .Select(group => new { group.Key, At = group.Max(row => row.UpdatedAt) }).ToDictionaryAsync(group => group.Key, group => (DateTime?)group.At, ct);
        return rules.ConvertAll(rule =>
        {
            var (hit, last) = (hits.GetValueOrDefault(rule.Id), seen is null ? rule.LastHitAt : seen.GetValueOrDefault(rule.Id));
            return new RuleView(rule, hit?.Count ?? 0, hit?.Amount ?? 0m, last);
        });
    }
}
