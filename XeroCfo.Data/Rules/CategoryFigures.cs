using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Ledger;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Rules;

internal sealed class CategoryFigures(IDbFactory factory) : ICategoryFigures
{
    public async Task<IReadOnlyList<CategoryMonth>> MonthsAsync(TenantId tenant, string category, DateOnly from, DateOnly to, bool hidePayroll, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = db.Transactions.AsNoTracking();
        rows = await PayrollPrivacy.OfAsync(db, hidePayroll, ct) is { } payroll ? await payroll.ShownAsync(rows, ct) : rows;
        var sums = await rows
            .Where(row => row.Category == category && row.Date >= from && row.Date <= to && row.Type != TransactionTypes.Payment && row.Type != TransactionTypes.Transfer && (row.Status == "AUTHORISED" || row.Status == "PAID"))
            .GroupBy(row => new { row.Date.Year, row.Date.Month, row.Direction })
            .Select(group => new { group.Key, Count = group.Count(), Sum = group.Sum(row => row.BaseAmount) }).ToListAsync(ct);
        return
        [
            .. sums.GroupBy(sum => new DateOnly(sum.Key.Year, sum.Key.Month, 1)).Select(month => new CategoryMonth(
                Month.Of(month.Key), month.Sum(sum => sum.Count), month.Where(sum => sum.Key.Direction == Directions.In).Sum(sum => sum.Sum), -month.Where(sum => sum.Key.Direction == Directions.Out).Sum(sum => sum.Sum))),
        ];
    }
}
