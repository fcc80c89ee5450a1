using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Rules;

/// <summary>What a document is about now, and who said so last.</summary>
/// <param name="TransactionId">The document.</param>
/// <param name="State">Category, source and codes.</param>
/// <param name="Version">What a change must name.</param>
/// <param name="By">The person who said it, as the audit trail names them; null where no person did.</param>
/// <param name="UserId">Their id.</param>
/// <param name="At">When.</param>
public sealed record CategoryMark(Guid TransactionId, CategoryState State, ReadVersion Version, string? By, Guid? UserId, DateTime? At);

/// <summary>Reads who gave documents their categories.</summary>
public interface ICategoryTrail
{
    /// <summary>Those documents that exist, in no order; with <paramref name="hidePayroll"/> those of payroll without category and person.</summary>
    Task<IReadOnlyList<CategoryMark>> MarksAsync(TenantId tenant, IReadOnlyCollection<Guid> transactions, bool hidePayroll, CancellationToken ct);

    /// <summary>How many documents have each category, by its name.</summary>
    Task<IReadOnlyDictionary<string, int>> CountsAsync(TenantId tenant, bool hidePayroll, CancellationToken ct);
}

/// <summary>Looking at who gave documents their categories.</summary>
public sealed class CategoryTrailService(ICategoryTrail trail)
{
    public async Task<Result<IReadOnlyList<CategoryMark>>> MarksAsync(Caller caller, TenantId tenant, IReadOnlyCollection<Guid> transactions, CancellationToken ct) =>
        caller.Lacks(Permissions.TransactionsRead, tenant) is { } refused ? refused : Result<IReadOnlyList<CategoryMark>>.Of(await trail.MarksAsync(tenant, transactions, PayrollRules.AreHiddenFrom(caller), ct));

    public async Task<Result<IReadOnlyDictionary<string, int>>> CountsAsync(Caller caller, TenantId tenant, CancellationToken ct) =>
        caller.Lacks(Permissions.RulesRead, tenant) is { } refused ? refused : Result<IReadOnlyDictionary<string, int>>.Of(await trail.CountsAsync(tenant, PayrollRules.AreHiddenFrom(caller), ct));
}
