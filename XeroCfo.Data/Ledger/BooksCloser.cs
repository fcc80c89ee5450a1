using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Ledger;

/// <summary>Ends a run inside one transaction: Xero's trial balances, the lines for what stands on no document, the ledger version.</summary>
internal sealed class BooksCloser(XeroCfoDb db, TenantId tenant)
{
    public async Task<IReadOnlyList<MovedMonth>> CloseAsync(BooksUpdate update, CancellationToken ct)
    {
        await KeepReadingsAsync(update.Points, update.Readings, ct);
        var linesChanged = await ReplaceLinesAsync(update.Lines, ct);
        var organisation = await db.XeroTenants.SingleAsync(row => row.Id == tenant.Value, ct);
        var moved = await MovedAsync(organisation.LedgerVersion + 1, ct);

        if (update.DocumentsChanged || linesChanged)
        {
            organisation.LedgerVersion++;
        }

        organisation.BooksStart = update.BooksStart;
        organisation.DataAsOf = update.DataAsOf;
        organisation.SyncInProgress = false;
        await db.SaveChangesAsync(ct);
        return moved;
    }

    // A reading of a day that was not over is only good for that day's provisional lines: once it is no cut point any more, documents may
    // arrive that it does not know, and nobody reads it again.
    private async Task KeepReadingsAsync(IReadOnlyList<DateOnly> points, IReadOnlyList<StoredTrialBalance> readings, CancellationToken ct)
    {
        if (readings.Count == 0)
        {
            return;
        }

        var kept = points.Except(readings.Select(reading => reading.Date)).ToList();
        await db.XeroTrialBalances.Where(row => !kept.Contains(row.Date)).ExecuteDeleteAsync(ct);
        var rows = readings.SelectMany(reading => reading.Balances.Select(balance => new XeroTrialBalance
        {
            TenantId = tenant.Value,
            Date = reading.Date,
            AccountId = balance.Key,
            Balance = balance.Value,
            ReadAt = reading.ReadAt,
        }));
        await LedgerTables.TrialBalances.WriteAsync(db, [.. rows], ct);
    }

    private async Task<bool> ReplaceLinesAsync(IReadOnlyList<XeroOnlyLine> lines, CancellationToken ct)
    {
        var standing = await db.LedgerLines.AsNoTracking()
            .Where(row => row.DocumentXeroId == null)
            .ToListAsync(ct);
        var before = standing.Select(row => new XeroOnlyLine(row.Date, row.AccountId, row.Amount, row.Source, row.Kind)).ToHashSet();
        if (before.SetEquals(lines))
        {
            return false;
        }

        await db.LedgerLines.Where(row => row.DocumentXeroId == null).ExecuteDeleteAsync(ct);
        await db.AccountBalances.Where(row => row.Source != LineSources.Document && row.Source != LineSources.Journal).ExecuteDeleteAsync(ct);
        await LedgerTables.Lines.WriteAsync(db, [.. lines.Select(Line)], ct);

        // Provisional lines are never part of a month's balance.
        var balances = lines.Where(line => line.Source != LineSources.XeroProvisional)
            .GroupBy(line => (line.AccountId, Month.Of(line.Date).Start, line.Source))
            .Select(group => new AccountBalance
            {
                TenantId = tenant.Value,
                AccountId = group.Key.AccountId,
                Month = group.Key.Start,
                Source = group.Key.Source,
                Movement = group.Sum(line => line.Amount),
            });
        await LedgerTables.Balances.WriteAsync(db, [.. balances], ct);
        return true;
    }

    private LedgerLine Line(XeroOnlyLine line) => new()
    {
        TenantId = tenant.Value,
        Date = line.Date,
        AccountId = line.AccountId,
        Amount = line.Amount,
        Source = line.Source,
        Kind = line.Kind,
        Description = line.Source switch
        {
            LineSources.Opening => "Opening balance",
            LineSources.XeroProvisional => "From Xero's trial balance, month in progress",
            _ => "From Xero's trial balance",
        },
    };

    private async Task<IReadOnlyList<MovedMonth>> MovedAsync(int version, CancellationToken ct)
    {
        var changes = await db.LedgerChanges.AsNoTracking().Where(row => row.LedgerVersion == version).ToListAsync(ct);
        var effects = changes.GroupBy(change => (change.Month, change.AccountId))
            .Select(group => (group.Key.Month, group.Key.AccountId, Effect: group.Sum(change => change.After - change.Before)))
            .Where(effect => effect.Effect != 0)
            .ToList();
        var months = effects.Select(effect => effect.Month).Distinct().ToList();
        var balances = (await db.AccountBalances.AsNoTracking().Where(row => months.Contains(row.Month)).ToListAsync(ct))
            .GroupBy(row => (row.Month, row.AccountId))
            .ToDictionary(group => group.Key, group => group.Sum(row => row.Movement));
        return
        [
            .. effects.OrderBy(effect => effect.Month).Select(effect =>
            {
                var after = balances.GetValueOrDefault((effect.Month, effect.AccountId));
                return new MovedMonth(Month.Of(effect.Month).ToString(), effect.AccountId, after - effect.Effect, after);
            }),
        ];
    }
}
