using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Ledger;

/// <summary>Forgets what documents left in the ledger, and makes all of them wait. In small steps, so that nobody else waits long for the database.</summary>
internal sealed class LedgerClearing(XeroCfoDb db)
{
    /// <summary>How many rows change in one transaction.</summary>
    public int Step { get; init; } = 5_000;

    public async Task RunAsync(CancellationToken ct)
    {
        await DeleteAsync(() => db.LedgerLines.Where(row => row.DocumentXeroId != null).OrderBy(row => row.Id).Take(Step), ct);
        await db.AccountBalances.Where(row => row.Source == LineSources.Document).ExecuteDeleteAsync(ct);
        await db.TrackingBalances.ExecuteDeleteAsync(ct);
        await db.DayBalances.ExecuteDeleteAsync(ct);
        await db.ContactBalances.ExecuteDeleteAsync(ct);
        await DeleteAsync(() => db.Allocations.OrderBy(row => row.Id).Take(Step), ct);
        await ChangeAsync(
            db.Transactions,
            row => row.Id,
            (rows, last) => rows.Where(row => row.Id > last),
            (rows, end) => rows.Where(row => row.Id <= end),
            rows => rows.Where(row => row.Settled != 0).ExecuteUpdateAsync(set => set.SetProperty(row => row.Settled, 0m), ct),
            ct);
        foreach (var kind in Enum.GetValues<DocumentKind>())
        {
            await ChangeAsync(
                db.Documents.Where(row => row.Kind == kind),
                row => row.XeroId,
                (rows, last) => rows.Where(row => row.XeroId > last),
                (rows, end) => rows.Where(row => row.XeroId <= end),
                rows => rows.Where(row => row.Raw != "")
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.Dirty, row => row.Dirty || !row.Deleted).SetProperty(row => row.PostedDate, (DateOnly?)null), ct),
                ct);
        }
    }

    private async Task DeleteAsync<TRow>(Func<IQueryable<TRow>> next, CancellationToken ct)
    {
        for (var deleted = Step; deleted == Step;)
        {
            await using var transaction = await db.BeginBulkAsync(ct);
            deleted = await next().ExecuteDeleteAsync(ct);
            await transaction.CommitAsync(ct);
        }
    }

    // In the order of the key, each step behind the end of the one before: nothing is looked at twice.
    private async Task ChangeAsync<TRow>(
        IQueryable<TRow> rows,
        Expression<Func<TRow, Guid>> key,
        Func<IQueryable<TRow>, Guid, IQueryable<TRow>> behind,
        Func<IQueryable<TRow>, Guid, IQueryable<TRow>> upTo,
        Func<IQueryable<TRow>, Task<int>> change,
        CancellationToken ct)
    {
        for (var rest = rows; ;)
        {
            var end = await rest.OrderBy(key).Select(key).Skip(Step - 1).Take(1).ToListAsync(ct);
            await using var transaction = await db.BeginBulkAsync(ct);
            await change(end.Count == 1 ? upTo(rest, end[0]) : rest);
            await transaction.CommitAsync(ct);
            if (end.Count == 0)
            {
                return;
            }

            rest = behind(rows, end[0]);
        }
    }
}
