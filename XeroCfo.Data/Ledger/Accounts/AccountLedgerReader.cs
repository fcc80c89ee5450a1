using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Accounts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Ledger.Accounts;

internal sealed class AccountLedgerReader(IDbFactory factory) : IAccountLedgerReader
{
    public async Task<(decimal Sum, DateOnly? LastDay)> BeforeAsync(TenantId tenant, LedgerLineFilter filter, LinePlace? place, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var lines = Before(LedgerReader.Filtered(db, filter), place);
        var lastDay = await lines.OrderByDescending(line => line.Date).ThenByDescending(line => line.Id).Select(line => (DateOnly?)line.Date).FirstOrDefaultAsync(ct);
        return lastDay is null
            ? (0, null)
            : (filter is { Source: null, Kind: null, Document: null } ? await BalanceAsync(db, filter, place, ct) : await SumAsync(lines, ct), lastDay);
    }

    public async Task<IReadOnlyList<(DateOnly Day, decimal Sum)>> DaysAsync(TenantId tenant, LedgerLineFilter filter, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var days = await LedgerReader.Filtered(db, filter).GroupBy(line => line.Date).Select(group => new { Day = group.Key, Sum = group.Sum(line => line.Amount) }).ToListAsync(ct);
        return [.. days.OrderBy(day => day.Day).Select(day => (day.Day, day.Sum))];
    }

    // Whole months of documents come from balances, so that a late page of many years costs what the first one does.
    private static async Task<decimal> BalanceAsync(XeroCfoDb db, LedgerLineFilter filter, LinePlace? place, CancellationToken ct)
    {
        var last = place?.Day.AddDays(-1) is { } before && (filter.To is null || before < filter.To) ? before : filter.To ?? AccountingDays.Last;
        var firstMonth = filter.From is { } from ? (from.Day == 1 ? Month.Of(from) : Month.Of(from).Next) : new Month(1, 1);
        var lastMonth = last.AddDays(1) is var after && after.Day == 1 ? Month.Of(last) : Month.Of(last).Previous;
        var lines = Before(LedgerReader.Filtered(db, filter), place);
        if (firstMonth > lastMonth)
        {
            return await SumAsync(lines, ct);
        }

        var (account, start, end) = (filter.AccountId, firstMonth.Start, lastMonth.Start);
        var whole = await db.AccountBalances
            .Where(row => row.Basis == "accrual" && row.AccountId == account && row.Month >= start && row.Month <= end && (row.Source == LineSources.Document || row.Source == LineSources.Journal))
            .GroupBy(_ => 1).Select(group => group.Sum(row => row.Movement)).FirstOrDefaultAsync(ct);
        var rest = lastMonth.Next.Start;
        var cut = lines.Where(line => line.Source != LineSources.Document && line.Source != LineSources.Journal || line.Date < start || line.Date >= rest);
        return whole + await SumAsync(cut, ct);
    }

    private static Task<decimal> SumAsync(IQueryable<LedgerLine> lines, CancellationToken ct) =>
        lines.GroupBy(_ => 1).Select(group => group.Sum(line => line.Amount)).FirstOrDefaultAsync(ct);

    private static IQueryable<LedgerLine> Before(IQueryable<LedgerLine> lines, LinePlace? place) => place is not var (day, id)
        ? lines
        : lines.Where(line => line.Date <= day && (line.Date < day || line.Id < id));
}
