using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Data.Ledger;

/// <summary>
/// Payroll's lines as one amount per account and month, dated the month's last day, or the last day asked for where that is earlier.
/// They stand after all other lines of that day. A month of which a line lies outside the days asked for is not there: its part would be a pay.
/// </summary>
internal static class PayrollSums
{
    // Above every id that a database gives to a line.
    private const long FirstId = long.MaxValue - 1_000_000;

    public static async Task<IReadOnlyList<LedgerLine>> OfAsync(IQueryable<LedgerLine> own, Guid tenant, DateOnly? from, DateOnly? to, CancellationToken ct)
    {
        var sums = await own.GroupBy(line => new { line.AccountId, line.Date.Year, line.Date.Month })
            .Select(group => new
            {
                group.Key,
                Amount = group.Sum(line => line.Amount),
                FirstSource = group.Min(line => line.Source),
                LastSource = group.Max(line => line.Source),
                FirstKind = group.Min(line => line.Kind ?? ""),
                LastKind = group.Max(line => line.Kind ?? ""),
                FirstDay = group.Min(line => line.Date),
                LastDay = group.Max(line => line.Date),
            })
            .ToListAsync(ct);
        sums.RemoveAll(sum => sum.FirstDay < from || sum.LastDay > to);
        var order = sums.Select(sum => sum.Key.AccountId).Distinct().Order().Select((account, place) => (account, place)).ToDictionary(pair => pair.account, pair => pair.place);
        return
        [
            .. from sum in sums
               let end = new Month(sum.Key.Year, sum.Key.Month).End
               let line = new LedgerLine
               {
                   Id = FirstId + order[sum.Key.AccountId],
                   TenantId = tenant,
                   AccountId = sum.Key.AccountId,
                   Date = to < end ? to.Value : end,
                   Amount = sum.Amount,
                   Source = sum.FirstSource == sum.LastSource ? sum.FirstSource! : LineSources.Document,
                   Kind = sum.FirstKind == sum.LastKind && sum.FirstKind != "" ? sum.FirstKind : null,
               }
               orderby line.Date, line.Id
               select line,
        ];
    }
}
