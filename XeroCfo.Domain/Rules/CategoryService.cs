using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Rules;

/// <summary>What a person says of a category.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Colour">#RRGGBB; null: one is chosen, or the old one stays.</param>
/// <param name="DefaultAccountCode">A code of Xero's; null: none.</param>
/// <param name="AccountIds">All accounts mapped to it, which leave other categories.</param>
public sealed record CategoryInput(string? Name, string? Colour, string? DefaultAccountCode, IReadOnlyList<Guid> AccountIds);

/// <summary>A category with the accounts mapped to it.</summary>
public sealed record CategoryView(Category Category, IReadOnlyList<Guid> AccountIds);

/// <summary>Where categories are kept.</summary>
public interface ICategoryRepository
{
    /// <summary>In the order in which they were made.</summary>
    Task<Result<Page<CategoryView>>> ListAsync(TenantId tenant, string? cursor, int limit, CancellationToken ct);

    /// <summary>How many there are, counted up to <see cref="CappedCount.Cap"/>.</summary>
    Task<CappedCount> CountAsync(TenantId tenant, CancellationToken ct);

    Task<CategoryView?> FindAsync(TenantId tenant, Guid id, CancellationToken ct);

    /// <summary>Makes it and gives it to the documents of its accounts.</summary>
    Task<Result<CategoryView>> CreateAsync(Caller caller, TenantId tenant, CategoryInput input, CancellationToken ct);

    /// <summary>Changes it; documents and rules carry a new name, and documents of accounts that come or go are told apart anew.</summary>
    Task<Result<CategoryView>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CategoryInput input, CancellationToken ct);

    /// <summary>Deletes it. Its documents, rules and accounts go to <paramref name="mergeInto"/>, or the documents back to what their accounts say.</summary>
    Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, Guid? mergeInto, CancellationToken ct);
}

/// <summary>The organisation's categories.</summary>
public sealed class CategoryService(ICategoryRepository categories)
{
    /// <summary>How many accounts one category may have, and how long an account code may be.</summary>
    public const int MostAccounts = 2_000, CodeLimit = 50;

    public async Task<Result<Page<CategoryView>>> ListAsync(Caller caller, TenantId tenant, string? cursor, int limit, CancellationToken ct) =>
        caller.Lacks(Permissions.RulesRead, tenant) is { } refused ? refused : await categories.ListAsync(tenant, cursor, limit, ct);

    /// <summary>How many there are, counted up to <see cref="CappedCount.Cap"/>.</summary>
    public async Task<Result<CappedCount>> CountAsync(Caller caller, TenantId tenant, CancellationToken ct) =>
        caller.Lacks(Permissions.RulesRead, tenant) is { } refused ? refused : await categories.CountAsync(tenant, ct);

    public async Task<Result<CategoryView>> GetAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RulesRead, tenant) is { } refused)
        {
            return refused;
        }

        return await categories.FindAsync(tenant, id, ct) is { } found ? found : CategoryProblems.Unknown;
    }

    public async Task<Result<CategoryView>> CreateAsync(Caller caller, TenantId tenant, CategoryInput input, CancellationToken ct) =>
        (caller.Lacks(Permissions.RulesWrite, tenant) ?? Check(input)) is { } refused ? refused : await categories.CreateAsync(caller, tenant, input, ct);

    public async Task<Result<CategoryView>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CategoryInput input, CancellationToken ct) =>
        (caller.Lacks(Permissions.RulesWrite, tenant) ?? Check(input)) is { } refused ? refused : await categories.UpdateAsync(caller, tenant, id, version, input, ct);

    public async Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, Guid? mergeInto, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RulesWrite, tenant) is { } refused)
        {
            return refused;
        }

        return mergeInto == id
            ? Problem.Invalid("mergeInto", "mergeInto must be another category.")
            : await categories.DeleteAsync(caller, tenant, id, version, mergeInto, ct);
    }

    /// <summary>What is wrong with a category's name by itself.</summary>
    public static Problem? CheckName(string? name, string field) =>
        string.IsNullOrWhiteSpace(name) || name.Trim().Length > Category.NameLimit || name.Any(char.IsControl)
            ? Problem.Invalid(field, $"{field} must be 1 to {Category.NameLimit} characters.")
            : name.Trim().Equals("none", StringComparison.OrdinalIgnoreCase)
                ? Problem.Invalid(field, "“none” means no category and names none.")
                : null;

    /// <summary>What is wrong with an account code by itself; null is none.</summary>
    public static Problem? CheckCode(string? code, string field) =>
        code is null || (code.Trim().Length > 0 && code.Length <= CodeLimit && !code.Any(char.IsControl)) ? null : Problem.Invalid(field, $"{field} must be 1 to {CodeLimit} characters.");

    private static Problem? Check(CategoryInput input) =>
        CheckName(input.Name, "name")
        ?? (input.Colour is { } colour && !CategoryColours.IsColour(colour) ? Problem.Invalid("colour", "colour must be #RRGGBB.") : null)
        ?? CheckCode(input.DefaultAccountCode, "defaultAccountCode")
        ?? (input.AccountIds.Count > MostAccounts ? Problem.Invalid("accountIds", $"accountIds must be at most {MostAccounts}.") : null);
}
