using XeroCfo.Domain.Ledger;

namespace XeroCfo.Domain.Rules;

/// <summary>What a document is about, and who says so. Pure.</summary>
/// <param name="Category">The category's name.</param>
/// <param name="Source">One of <see cref="CategorySources"/>; manual keeps rules away.</param>
/// <param name="RuleId">The rule that said it.</param>
/// <param name="OwnAccountCode">The code that a person or rule gave.</param>
/// <param name="AccountCode">That code, else the one its lines share.</param>
public sealed record CategoryState(string? Category, string Source, Guid? RuleId, string? OwnAccountCode, string? AccountCode)
{
    /// <summary>Accepting a suggestion is a choice, too.</summary>
    public bool LockedByPerson => Source is CategorySources.Manual or CategorySources.Suggestion;

    public static CategoryState Of(Transaction row) => new(row.Category, row.CategorySource, row.CategoryRuleId, row.OwnAccountCode, row.AccountCode);

    /// <summary>What it is after a person's wish.</summary>
    /// <param name="wish">The wish, a category by its own spelling.</param>
    /// <param name="mapped">What its accounts alone say.</param>
    /// <param name="linesCode">The code that its lines share.</param>
    public CategoryState After(CategoryWish wish, string? mapped, string? linesCode)
    {
        var own = wish.AccountCode.Given ? wish.AccountCode.Value : OwnAccountCode;
        var code = own ?? (OwnAccountCode is null ? AccountCode : linesCode);
        if (wish.Category.Value is not null || wish.AccountCode.Value is not null)
        {
            return new CategoryState(wish.Category.Given ? wish.Category.Value : Category, CategorySources.Manual, null, own, code);
        }

        return wish.Category.Given || Category is null
            ? new CategoryState(mapped, mapped is null ? CategorySources.None : CategorySources.Xero, null, own, code)
            : this with { OwnAccountCode = own, AccountCode = code };
    }

    /// <summary>What it is after a rule; the code of an earlier rule goes with that rule.</summary>
    /// <param name="rule">The rule that won.</param>
    /// <param name="linesCode">The code that its lines share; asked only where it has a code of our own.</param>
    public CategoryState After(CategoryRule rule, string? linesCode)
    {
        var own = rule.AccountCode ?? (Source == CategorySources.Rule ? null : OwnAccountCode);
        return new CategoryState(rule.Category, CategorySources.Rule, rule.Id, own, own ?? (OwnAccountCode is null ? AccountCode : linesCode));
    }
}
