using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Rules;

/// <summary>What a category's documents of a month add up to, in the organisation's currency.</summary>
/// <param name="Month">The month.</param>
/// <param name="Count">How many documents.</param>
/// <param name="In">Money in or owed to us.</param>
/// <param name="Out">Money out or owed by us, without its sign.</param>
public sealed record CategoryMonth(Month Month, int Count, decimal In, decimal Out);

/// <summary>A category's months, the oldest first, those without a document too.</summary>
public sealed record CategorySpending(IReadOnlyList<CategoryMonth> Months)
{
    public decimal In => Months.Sum(month => month.In);

    public decimal Out => Months.Sum(month => month.Out);

    public int Count => Months.Sum(month => month.Count);

    /// <summary>It is rather about money that comes in.</summary>
    public bool IsIncome => In > Out;
}

/// <summary>Adds up what categories cost and bring.</summary>
public interface ICategoryFigures
{
    /// <summary>
    /// By month, in no order, months without a document left out. Documents that stand; payments and transfers follow what they settle and would count it twice.
    /// With <paramref name="hidePayroll"/> those of payroll do not count.
    /// </summary>
    Task<IReadOnlyList<CategoryMonth>> MonthsAsync(TenantId tenant, string category, DateOnly from, DateOnly to, bool hidePayroll, CancellationToken ct);
}

/// <summary>Looking at what a category costs and brings, month by month.</summary>
public sealed class CategorySpendingService(ICategoryFigures figures)
{
    /// <param name="caller">Who looks.</param>
    /// <param name="tenant">The organisation.</param>
    /// <param name="category">Its name.</param>
    /// <param name="last">The last month.</param>
    /// <param name="months">How many months up to it.</param>
    /// <param name="ct">Stops looking.</param>
    public async Task<Result<CategorySpending>> LookAsync(Caller caller, TenantId tenant, string category, Month last, int months, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.TransactionsRead, tenant) is { } refused)
        {
            return refused;
        }

        var first = last.Add(1 - months);
        var found = (await figures.MonthsAsync(tenant, category, first.Start, last.End, PayrollRules.AreHiddenFrom(caller), ct)).ToDictionary(month => month.Month);
        return new CategorySpending([.. Enumerable.Range(0, months).Select(first.Add).Select(month => found.GetValueOrDefault(month) ?? new CategoryMonth(month, 0, 0m, 0m))]);
    }
}
