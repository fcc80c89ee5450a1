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
    public bool LockedByPerson => Source == CategorySources.Manual;

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
}
