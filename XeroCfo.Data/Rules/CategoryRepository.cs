using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks;

namespace XeroCfo.Data.Rules;

internal sealed class CategoryRepository(IDbFactory factory, TimeProvider clock) : ICategoryRepository
{
    public async Task<Result<Page<CategoryView>>> ListAsync(TenantId tenant, string? cursor, int limit, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = db.Categories.AsNoTracking();
        if (cursor is not null)
        {
            // The cursor names the category that the last page ended with; a deleted one ends no page.
            if (Cursor.Decode(cursor, 2) is not ["c", var text] || !Guid.TryParse(text, out var id))
            {
                return ListProblems.BadCursor;
            }

            rows = rows.Where(row => row.Id > id);
        }

        var items = await rows.OrderBy(row => row.Id).Take(limit + 1).ToListAsync(ct);
        var page = items.Take(limit).ToList();
        return new Page<CategoryView>(await ViewsAsync(db, page, ct), items.Count > limit ? Cursor.Encode("c", page[^1].Id) : null);
    }

    public async Task<CappedCount> CountAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return CappedCount.Of(await db.Categories.Take(CappedCount.Cap).CountAsync(ct));
    }

    public async Task<CategoryView?> FindAsync(TenantId tenant, Guid id, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.Categories.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, ct) is { } category ? (await ViewsAsync(db, [category], ct))[0] : null;
    }

    public async Task<Result<CategoryView>> CreateAsync(Caller caller, TenantId tenant, CategoryInput input, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var idempotency = Idempotency.Of(caller, tenant, "POST categories", $"{input.Name}\n{input.Colour}\n{input.DefaultAccountCode}\n{string.Join(',', input.AccountIds)}");
        if (idempotency is not null)
        {
            var earlier = await idempotency.EarlierAsync(db, ct);
            if (!earlier.Succeeded)
            {
                return earlier.Problem!;
            }

            if (earlier.Value is { } known)
            {
                return await db.Categories.AsNoTracking().FirstOrDefaultAsync(row => row.Id == known, ct) is { } made ? (await ViewsAsync(db, [made], ct))[0] : CategoryProblems.Unknown;
            }
        }

        var category = new Category
        {
            TenantId = tenant.Value,
            Name = input.Name!.Trim(),
            NormalizedName = Category.Normalize(input.Name),
            Colour = input.Colour ?? CategoryColours.Of(await db.Categories.CountAsync(ct)),
            DefaultAccountCode = input.DefaultAccountCode,
        };
        if (await RefusalAsync(db, category, input, ct) is { } refused)
        {
            return refused;
        }

        db.Categories.Add(category);
        await db.SaveChangesAsync(ct);
        await MapAsync(work, category, input.AccountIds, ct);
        idempotency?.Remember(db, category.Id);
        work.Audit("category.created", new { categoryId = category.Id, category.Name, input.AccountIds });
        return await SavedAsync(work, category, ct);
    }

    public async Task<Result<CategoryView>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CategoryInput input, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        if (await db.Categories.FirstOrDefaultAsync(row => row.Id == id, ct) is not { } category)
        {
            return CategoryProblems.Unknown;
        }

        if (version.Against(category.UpdatedAt) is { } stale)
        {
            return stale;
        }

        var before = category.Name;
        (category.Name, category.NormalizedName) = (input.Name!.Trim(), Category.Normalize(input.Name));
        (category.Colour, category.DefaultAccountCode) = (input.Colour ?? category.Colour, input.DefaultAccountCode);
        if (await RefusalAsync(db, category, input, ct) is { } refused)
        {
            return refused;
        }

        // Also when only its accounts change: a reader's version must not stay.
        db.Entry(category).Property(row => row.Name).IsModified = true;
        await db.SaveChangesAsync(ct);
        if (before != category.Name)
        {
            await RenameAsync(db, before, category.Name, ct);
        }

        await MapAsync(work, category, input.AccountIds, ct);
        work.Audit("category.changed", new { categoryId = id, before, after = category.Name, input.AccountIds });
        return await SavedAsync(work, category, ct);
    }

    public async Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, Guid? mergeInto, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        if (await db.Categories.FirstOrDefaultAsync(row => row.Id == id, ct) is not { } category)
        {
            return CategoryProblems.Unknown;
        }

        var target = mergeInto is { } other ? await db.Categories.FirstOrDefaultAsync(row => row.Id == other, ct) : null;
        if (mergeInto is not null && target is null)
        {
            return CategoryProblems.Unknown;
        }

        if (version.Against(category.UpdatedAt) is { } stale)
        {
            return stale;
        }

        var rules = target is null ? await db.CategoryRules.CountAsync(rule => rule.Category == category.Name, ct) : 0;
        if (rules > 0)
        {
            return new Problem("category-in-use", $"{rules} rule(s) give this category. Merge it into another one, or delete them first.", ProblemKind.Conflict);
        }

        var forgotten = 0;
        var accounts = await db.CategoryAccounts.Where(row => row.CategoryId == id).Select(row => row.AccountId).ToListAsync(ct);
        if (target is not null)
        {
            await RenameAsync(db, category.Name, target.Name, ct);
            await db.CategoryAccounts.Where(row => row.CategoryId == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.CategoryId, target.Id), ct);
            db.Categories.Remove(category);
            await db.SaveChangesAsync(ct);
        }
        else
        {
            await db.CategoryAccounts.Where(row => row.CategoryId == id).ExecuteDeleteAsync(ct);
            db.Categories.Remove(category);
            await db.SaveChangesAsync(ct);
            forgotten = await ForgetAsync(db, category.Name, ct);
        }

        var marks = new CategoryMarks(db, clock.UtcNow());
        await marks.RemapAsync(accounts, ct);
        Announce(work, forgotten + marks.Marked);
        work.Audit("category.deleted", new { categoryId = id, category.Name, mergedInto = target?.Name });
        return await work.CommitAsync(ct);
    }

    private static async Task<Problem?> RefusalAsync(XeroCfoDb db, Category category, CategoryInput input, CancellationToken ct)
    {
        if (await db.Categories.AnyAsync(row => row.NormalizedName == category.NormalizedName && row.Id != category.Id, ct))
        {
            return CategoryProblems.NameTaken;
        }

        if (category.DefaultAccountCode is { } code && !await db.Accounts.AnyAsync(account => account.Code == code, ct))
        {
            return CategoryProblems.NoSuchCode with { Field = "defaultAccountCode" };
        }

        var wanted = input.AccountIds.Distinct().ToList();
        return await db.Accounts.CountAsync(account => wanted.Contains(account.AccountId), ct) == wanted.Count ? null : CategoryProblems.NoSuchAccount;
    }

    private async Task MapAsync(UnitOfWork work, Category category, IReadOnlyList<Guid> wanted, CancellationToken ct)
    {
        var db = work.Db;
        var old = await db.CategoryAccounts.Where(row => row.CategoryId == category.Id).Select(row => row.AccountId).ToListAsync(ct);
        var (gone, fresh) = (old.Except(wanted).ToList(), wanted.Except(old).ToList());
        await db.CategoryAccounts.Where(row => gone.Contains(row.AccountId) || fresh.Contains(row.AccountId)).ExecuteDeleteAsync(ct);
        db.CategoryAccounts.AddRange(fresh.Select(account => new CategoryAccount { TenantId = category.TenantId, AccountId = account, CategoryId = category.Id }));
        await db.SaveChangesAsync(ct);
        var marks = new CategoryMarks(db, clock.UtcNow());
        await marks.RemapAsync([.. gone, .. fresh], ct);
        Announce(work, marks.Marked);
    }

    private static void Announce(UnitOfWork work, int changed)
    {
        if (changed > 0)
        {
            work.Announce(WebhookEvents.TransactionsCategorized, "transactions", [], ("changed", changed));
        }
    }

    private async Task RenameAsync(XeroCfoDb db, string before, string after, CancellationToken ct)
    {
        var now = clock.UtcNow();
        await db.Transactions.Where(row => row.Category == before).ExecuteUpdateAsync(set => set.SetProperty(row => row.Category, after).SetProperty(row => row.UpdatedAt, now), ct);
        await db.CategoryRules.Where(rule => rule.Category == before).ExecuteUpdateAsync(set => set.SetProperty(rule => rule.Category, after).SetProperty(rule => rule.UpdatedAt, now), ct);
        await db.CategoryUndoRows.Where(row => row.Category == before).ExecuteUpdateAsync(set => set.SetProperty(row => row.Category, after), ct);
        await db.CategoryUndoRows.Where(row => row.NewCategory == before).ExecuteUpdateAsync(set => set.SetProperty(row => row.NewCategory, after), ct);
    }

    // What had the category goes back to what its accounts say.
    private async Task<int> ForgetAsync(XeroCfoDb db, string name, CancellationToken ct)
    {
        var (now, forgotten) = (clock.UtcNow(), 0);
        var marks = new CategoryMarks(db, now);
        for (List<Guid> step; ;)
        {
            step = await db.Transactions.Where(row => row.Category == name).OrderBy(row => row.Id).Select(row => row.Id).Take(1_000).ToListAsync(ct);
            if (step.Count == 0)
            {
                return forgotten;
            }

            forgotten += await db.Transactions.Where(row => EF.Parameter(step).Contains(row.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Category, (string?)null).SetProperty(row => row.CategorySource, CategorySources.None)
                    .SetProperty(row => row.CategoryRuleId, (Guid?)null).SetProperty(row => row.LockedByPerson, false).SetProperty(row => row.UpdatedAt, now), ct);
            await marks.GiveBackAsync(step, ct);
        }
    }

    private static async Task<Result<CategoryView>> SavedAsync(UnitOfWork work, Category category, CancellationToken ct)
    {
        var saved = await work.CommitAsync(ct);
        return saved.Succeeded ? (await ViewsAsync(work.Db, [category], ct))[0] : saved.Problem!;
    }

    private static async Task<List<CategoryView>> ViewsAsync(XeroCfoDb db, List<Category> categories, CancellationToken ct)
    {
        var ids = categories.ConvertAll(category => category.Id);
        var accounts = (await db.CategoryAccounts.AsNoTracking().Where(row => ids.Contains(row.CategoryId)).OrderBy(row => row.AccountId).ToListAsync(ct))
            .ToLookup(row => row.CategoryId, row => row.AccountId);
        return categories.ConvertAll(category => new CategoryView(category, [.. accounts[category.Id]]));
    }
}
