using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Rules;

namespace XeroCfo.Data.Rules;

/// <summary>Writes categories into the list of transactions, within the caller's transaction.</summary>
internal sealed class CategoryMarks(XeroCfoDb db, DateTime now)
{
    private const int Step = 1_000;
    private CategoryMapping? _mapping;

    /// <summary>How many documents have another category now.</summary>
    public int Marked { get; private set; }

    /// <summary>What the organisation's accounts stand for.</summary>
    public static async Task<CategoryMapping> MappingAsync(XeroCfoDb db, CancellationToken ct)
    {
        var pairs = await db.CategoryAccounts.Join(db.Categories, mapped => mapped.CategoryId, category => category.Id, (mapped, category) => new { mapped.AccountId, category.Name })
            .ToDictionaryAsync(pair => pair.AccountId, pair => pair.Name, ct);
        if (pairs.Count == 0)
        {
            return CategoryMapping.None;
        }

        var suspense = await db.Accounts.Where(account => account.Tag == AccountTags.Suspense).Select(account => account.AccountId).ToListAsync(ct);
        return new CategoryMapping(pairs, suspense.ToHashSet());
    }

    /// <summary>Looks again at all documents on these accounts that neither a person nor a rule gave a category.</summary>
    public async Task RemapAsync(IReadOnlyCollection<Guid> accounts, CancellationToken ct)
    {
        if (accounts.Count == 0)
        {
            return;
        }

        var last = Guid.Empty;
        var ids = accounts.Select(id => (Guid?)id).ToList();
        for (List<Guid> step; ; last = step[^1])
        {
            var after = last;
            step = await db.TransactionLines.Where(line => ids.Contains(line.AccountId) && line.TransactionId > after)
                .Select(line => line.TransactionId).Distinct().Order().Take(Step).ToListAsync(ct);
            if (step.Count == 0)
            {
                return;
            }

            await GiveBackAsync(step, ct);
        }
    }

    /// <summary>Gives these documents what their accounts say, unless a person or a rule said otherwise.</summary>
    public async Task GiveBackAsync(IReadOnlyList<Guid> transactions, CancellationToken ct)
    {
        var mapped = await MappedAsync(transactions, ct);
        foreach (var group in transactions.GroupBy(id => mapped.GetValueOrDefault(id)))
        {
            var (ids, category, source) = (group.ToList(), group.Key, group.Key is null ? CategorySources.None : CategorySources.Xero);
            Marked += await db.Transactions
                .Where(row => EF.Parameter(ids).Contains(row.Id) && !row.LockedByPerson && ((row.CategorySource == CategorySources.None && row.Category == null) || row.CategorySource == CategorySources.Xero) && row.Category != category)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Category, category).SetProperty(row => row.CategorySource, source).SetProperty(row => row.UpdatedAt, now), ct);
        }
    }

    /// <summary>What the accounts of documents say, by document.</summary>
    public async Task<IReadOnlyDictionary<Guid, string?>> MappedAsync(IReadOnlyList<Guid> transactions, CancellationToken ct)
    {
        var mapping = _mapping ??= await MappingAsync(db, ct);
        var accounts = await db.TransactionLines.Where(line => EF.Parameter(transactions).Contains(line.TransactionId))
            .Select(line => new { line.TransactionId, line.AccountId }).Distinct().ToListAsync(ct);
        return accounts.GroupBy(line => line.TransactionId, line => line.AccountId).ToDictionary(group => group.Key, group => mapping.Of(group));
    }

    /// <summary>The code that a document's lines share, by document; no entry where they have several or none.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> CommonCodesAsync(IReadOnlyList<Guid> transactions, CancellationToken ct)
    {
        var codes = await db.TransactionLines.Where(line => EF.Parameter(transactions).Contains(line.TransactionId))
            .Select(line => new { line.TransactionId, line.AccountCode }).Distinct().ToListAsync(ct);
        return codes.GroupBy(line => line.TransactionId).Where(group => group.Count() == 1 && group.First().AccountCode is not null)
            .ToDictionary(group => group.Key, group => group.First().AccountCode!);
    }
}
