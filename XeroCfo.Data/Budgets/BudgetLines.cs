using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Budgets;

namespace XeroCfo.Data.Budgets;

/// <summary>Writes a budget's lines at once, in the context's transaction.</summary>
internal static class BudgetLines
{
    private static readonly BulkTable<BudgetLine> Table = new(
        "BudgetLines",
        Column.Of((BudgetLine line) => line.TenantId, "tenantId"),
        Column.Of((BudgetLine line) => line.BudgetId, "budgetId"),
        Column.Of((BudgetLine line) => line.AccountId, "accountId"),
        Column.Of((BudgetLine line) => line.Month, "month"),
        Column.Of((BudgetLine line) => line.Amount, "amount"));

    /// <summary>In the order in which they are told: by account, then by month.</summary>
    public static IQueryable<BudgetLine> LinesOf(this XeroCfoDb db, Guid budget) =>
        db.BudgetLines.AsNoTracking().Where(line => line.BudgetId == budget).OrderBy(line => line.AccountId).ThenBy(line => line.Month);

    /// <summary>Puts these lines in place of all that the budget has.</summary>
    public static async Task ReplaceLinesAsync(this XeroCfoDb db, Guid budget, IReadOnlyList<BudgetLine> lines, CancellationToken ct)
    {
        await db.BudgetLines.Where(line => line.BudgetId == budget).ExecuteDeleteAsync(ct);
        await Table.WriteAsync(db, lines, ct);
    }
}
