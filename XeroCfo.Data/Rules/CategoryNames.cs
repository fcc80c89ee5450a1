using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;

namespace XeroCfo.Data.Rules;

/// <summary>Names that people write, as the organisation spells them.</summary>
internal static class CategoryNames
{
    /// <summary>The category by the spelling that the organisation has; a new name makes a category in the caller's transaction.</summary>
    public static async Task<string> NameAsync(this XeroCfoDb db, Guid tenant, string name, CancellationToken ct)
    {
        var normalized = Category.Normalize(name);
        if (await db.Categories.Where(row => row.NormalizedName == normalized).Select(row => row.Name).FirstOrDefaultAsync(ct) is { } known)
        {
            return known;
        }

        db.Categories.Add(new Category { TenantId = tenant, Name = name, NormalizedName = normalized, Colour = CategoryColours.Of(await db.Categories.CountAsync(ct)) });
        await db.SaveChangesAsync(ct);
        return name;
    }

    /// <summary>Null when an account of the organisation has the code.</summary>
    public static async Task<Problem?> NoSuchCodeAsync(this XeroCfoDb db, string code, CancellationToken ct) =>
        await db.Accounts.AnyAsync(account => account.Code == code, ct) ? null : CategoryProblems.NoSuchCode;
}
