using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Ledger;

/// <summary>Ends a run inside one transaction: Xero's trial balances, the lines for what stands on no document, the ledger version.</summary>
internal sealed class BooksCloser(XeroCfoDb db, TenantId tenant, DateTime now)
{
    public async Task<IReadOnlyList<MovedMonth>> CloseAsync(BooksUpdate update, CancellationToken ct)
    {
        await HoldRunAsync(update.Lease, ct);
        var organisation = await db.XeroTenants.SingleAsync(row => row.Id == tenant.Value, ct);
        var known = await ClosedBeforeAsync(organisation, update, ct);
        await KeepReadingsAsync(update, ct);
        var effects = await EffectsAsync(organisation.LedgerVersion + 1, ct);
        var standing = await StandingAsync(update, ct);
        var keys = effects.Keys.Union(Changed(standing, update.Lines, known)).ToList();
        var before = await BalancesAsync(keys, ct);
        var linesChanged = await ReplaceLinesAsync(standing, update.Lines, ct);
        await new DifferenceKeeper(db, tenant, now).KeepAsync(update, organisation is { IsDemo: true, LedgerVersion: 0 }, ct);
        var moved = Moved(keys, effects, before, await BalancesAsync(keys, ct));

        if (update.DocumentsChanged || linesChanged)
        {
            organisation.LedgerVersion++;
        }

        organisation.BooksStart = update.BooksStart;
        organisation.DataAsOf = update.DataAsOf;
        organisation.SettlingFrom = update.SettlingFrom;
        organisation.ReadingsCheckedOn = update.ReadingsCheckedOn;
        organisation.SyncInProgress = false;
        if (moved.Count > 0)
        {
            var months = moved.Select(one => one.Month).Distinct().ToList();

            // In the same transaction: once the books have moved nobody could tell it again.
            var run = await db.SyncRuns.SingleAsync(row => row.Id == update.Lease.RunId, ct);
            run.MovedMonths = [.. MovedMonth.Then(run.MovedMonths, moved)];
            db.OutboxEvents.Add(OutboxEvent.Of(tenant.Value, WebhookEvents.PeriodMoved, $"tie-out?month={months[0]}", months, ("months", months.Count), ("figures", moved.Count)));
        }

        await db.SaveChangesAsync(ct);
        return moved;
    }

    // A process that stood still for longer than its lease may wake up here, after another one has done its work. The row stays locked until the end.
    private async Task HoldRunAsync(RunLease lease, CancellationToken ct)
    {
        var held = await db.SyncRuns.Where(row => row.Id == lease.RunId && row.Status == SyncStatus.Running && row.LeaseOwner == lease.Owner)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UpdatedAt, now), ct);
        if (held == 0)
        {
            throw new OperationCanceledException("The run is somebody else's by now, or over.");
        }
    }

    /// <summary>The month ends that Xero had been read at before this run, after they were over: on its own day a month was still the open one.</summary>
    private async Task<HashSet<DateOnly>> ClosedBeforeAsync(XeroTenant organisation, BooksUpdate update, CancellationToken ct)
    {
        var read = await db.XeroTrialBalances.Select(row => new { row.Date, row.ReadAt }).Distinct().ToListAsync(ct);
        return [.. read.Where(reading => organisation.DayOf(reading.ReadAt) > reading.Date).Select(reading => reading.Date).Intersect(update.Points)];
    }

    // A reading of a day that was not over is only good for that day's provisional lines: once it is no cut point any more, documents may
    // arrive that it does not know, and nobody reads it again. One that documents kept overtaking is good for nothing.
    private async Task KeepReadingsAsync(BooksUpdate update, CancellationToken ct)
    {
        if (update.Readings.Count > 0)
        {
            var kept = update.Points.Except(update.Readings.Select(reading => reading.Date)).ToList();
            await db.XeroTrialBalances.Where(row => !kept.Contains(row.Date)).ExecuteDeleteAsync(ct);
            await LedgerTables.TrialBalances.WriteAsync(db, [.. update.Readings.SelectMany(reading => TrialBalanceRows.Of(tenant.Value, reading))], ct);
        }

        if (update.SettlingFrom is { } settling)
        {
            await db.XeroTrialBalances.Where(row => row.Date >= settling).ExecuteDeleteAsync(ct);
        }
    }

    /// <summary>The lines that this run replaces.</summary>
    private async Task<List<LedgerLine>> StandingAsync(BooksUpdate update, CancellationToken ct)
    {
        var lines = db.LedgerLines.AsNoTracking().Where(row => row.DocumentXeroId == null);
        return await (update.SettlingFrom is { } settling ? lines.Where(row => row.Date < settling && row.Source != LineSources.XeroProvisional) : lines).ToListAsync(ct);
    }

    private async Task<bool> ReplaceLinesAsync(List<LedgerLine> standing, IReadOnlyList<XeroOnlyLine> lines, CancellationToken ct)
    {
        var before = standing.Select(row => new XeroOnlyLine(row.Date, row.AccountId, row.Amount, row.Source, row.Kind) { ConfirmedBy = row.ConfirmedBy }).ToHashSet();
        if (before.SetEquals(lines))
        {
            return false;
        }

        foreach (var batch in standing.Chunk(1000))
        {
            var ids = batch.Select(row => row.Id).ToList();
            await db.LedgerLines.Where(row => EF.Parameter(ids).Contains(row.Id)).ExecuteDeleteAsync(ct);
        }

        // Provisional lines are never part of a month's balance.
        var old = standing.Select(row => (row.AccountId, row.Date, row.Source, Amount: -row.Amount));
        var fresh = lines.Select(line => (line.AccountId, line.Date, line.Source, line.Amount));
        var balances = old.Concat(fresh).Where(part => part.Source != LineSources.XeroProvisional)
            .GroupBy(part => (part.AccountId, Month.Of(part.Date).Start, part.Source))
            .Select(group => new AccountBalance
            {
                TenantId = tenant.Value,
                AccountId = group.Key.AccountId,
                Month = group.Key.Start,
                Source = group.Key.Source,
                Movement = group.Sum(part => part.Amount),
            })
            .Where(balance => balance.Movement != 0);
        await LedgerTables.Lines.WriteAsync(db, [.. lines.Select(Line)], ct);
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
        ConfirmedBy = line.ConfirmedBy,
        Description = line.Source switch
        {
            LineSources.Opening => "Opening balance",
            LineSources.XeroProvisional => "From Xero's trial balance, month in progress",
            _ => "From Xero's trial balance",
        },
    };

    /// <summary>What this version's documents moved in months that were over.</summary>
    private async Task<Dictionary<(DateOnly Month, Guid Account), decimal>> EffectsAsync(int version, CancellationToken ct)
    {
        var changes = await db.LedgerChanges.AsNoTracking().Where(row => row.LedgerVersion == version).ToListAsync(ct);
        return changes.GroupBy(change => (change.Month, change.AccountId)).ToDictionary(group => group.Key, group => group.Sum(change => change.After - change.Before));
    }

    private async Task<Dictionary<(DateOnly Month, Guid Account), decimal>> BalancesAsync(IEnumerable<(DateOnly Month, Guid Account)> keys, CancellationToken ct)
    {
        var months = keys.Select(key => key.Month).Distinct().ToList();
        var rows = await db.AccountBalances.AsNoTracking().Where(row => months.Contains(row.Month)).ToListAsync(ct);
        return rows.GroupBy(row => (row.Month, row.AccountId)).ToDictionary(group => group.Key, group => group.Sum(row => row.Movement));
    }

    /// <summary>What only Xero changed in months that had been compared before: a month's first closing moves nothing.</summary>
    private static IEnumerable<(DateOnly Month, Guid Account)> Changed(List<LedgerLine> standing, IReadOnlyList<XeroOnlyLine> lines, HashSet<DateOnly> known)
    {
        var was = standing.Where(row => row.Source == LineSources.XeroTrialBalance && known.Contains(row.Date)).GroupBy(row => (row.Date, row.AccountId)).ToDictionary(group => group.Key, group => group.Sum(row => row.Amount));
        var becomes = lines.Where(row => row.Source == LineSources.XeroTrialBalance && known.Contains(row.Date)).GroupBy(row => (row.Date, row.AccountId)).ToDictionary(group => group.Key, group => group.Sum(row => row.Amount));
        return was.Keys.Union(becomes.Keys)
            .Where(key => was.GetValueOrDefault(key) != becomes.GetValueOrDefault(key))
            .Select(key => (Month.Of(key.Date).Start, key.AccountId))
            .Distinct();
    }

    // A document that explains what stood as Xero-only before moves nothing: only the whole month's movement counts.
    private static IReadOnlyList<MovedMonth> Moved(
        IReadOnlyList<(DateOnly Month, Guid Account)> keys,
        Dictionary<(DateOnly Month, Guid Account), decimal> effects,
        Dictionary<(DateOnly Month, Guid Account), decimal> before,
        Dictionary<(DateOnly Month, Guid Account), decimal> after) =>
    [
        .. from key in keys
           let was = before.GetValueOrDefault(key) - effects.GetValueOrDefault(key)
           let becomes = after.GetValueOrDefault(key)
           where was != becomes
           orderby key.Month
           select new MovedMonth(Month.Of(key.Month).ToString(), key.Account, was, becomes),
    ];
}
