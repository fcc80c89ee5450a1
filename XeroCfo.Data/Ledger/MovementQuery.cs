using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Data.Ledger;

/// <summary>
/// What accounts moved by between two days. Documents of whole months come from balances, of cut months from lines;
/// what comes from Xero's trial balance is few lines and always read as such, because their kind matters.
/// </summary>
internal sealed class MovementQuery(XeroCfoDb db)
{
    private readonly Dictionary<Guid, AccountMovement> _movements = [];

    public async Task<IReadOnlyList<AccountMovement>> RunAsync(DateOnly? from, DateOnly to, CancellationToken ct)
    {
        var firstMonth = from is { } start ? (start.Day == 1 ? Month.Of(start) : Month.Of(start).Next) : (Month?)null;
        var lastMonth = Month.Of(to).End == to ? Month.Of(to) : Month.Of(to).Previous;
        if (firstMonth is null || firstMonth <= lastMonth)
        {
            await AddWholeMonthsAsync(firstMonth?.Start, lastMonth.Start, ct);
            await AddCutAsync(from is { } cut && firstMonth?.Start != cut ? cut : null, firstMonth?.Start.AddDays(-1), ct);
            await AddCutAsync(lastMonth.End < to ? lastMonth.Next.Start : null, to, ct);
        }
        else
        {
            await AddCutAsync(from, to, ct);
        }

        await AddXeroOnlyAsync(from, to, ct);
        return [.. _movements.Values];
    }

    private async Task AddWholeMonthsAsync(DateOnly? first, DateOnly last, CancellationToken ct)
    {
        var balances = db.AccountBalances.Where(row =>
            row.Basis == "accrual" && row.Month <= last && (row.Source == LineSources.Document || row.Source == LineSources.Journal));
        balances = first is { } start ? balances.Where(row => row.Month >= start) : balances;
        var rows = await balances.GroupBy(row => row.AccountId).Select(group => new { Account = group.Key, Amount = group.Sum(row => row.Movement) }).ToListAsync(ct);
        rows.ForEach(row => Add(new AccountMovement(row.Account, 0, row.Amount, 0, 0)));
    }

    private async Task AddCutAsync(DateOnly? from, DateOnly? to, CancellationToken ct)
    {
        if (from is null || to is null)
        {
            return;
        }

        var rows = await db.DayBalances
            .Where(row => row.Basis == "accrual" && row.Date >= from && row.Date <= to)
            .GroupBy(row => row.AccountId)
            .Select(group => new { Account = group.Key, Amount = group.Sum(row => row.Movement) })
            .ToListAsync(ct);
        rows.ForEach(row => Add(new AccountMovement(row.Account, 0, row.Amount, 0, 0)));
    }

    private async Task AddXeroOnlyAsync(DateOnly? from, DateOnly to, CancellationToken ct)
    {
        var lines = db.LedgerLines.Where(row => row.DocumentXeroId == null && row.Date <= to && row.Source != LineSources.Document && row.Source != LineSources.Journal);
        lines = from is { } start ? lines.Where(row => row.Date >= start) : lines;
        var rows = await lines.GroupBy(row => new { row.AccountId, row.Source, row.Kind })
            .Select(group => new { group.Key, Amount = group.Sum(row => row.Amount) })
            .ToListAsync(ct);
        foreach (var row in rows)
        {
            Add(row.Key.Source == LineSources.Opening ? new AccountMovement(row.Key.AccountId, row.Amount, 0, 0, 0)
                : row.Key.Kind == DifferenceKinds.Unexplained ? new AccountMovement(row.Key.AccountId, 0, 0, 0, row.Amount)
                : new AccountMovement(row.Key.AccountId, 0, 0, row.Amount, 0));
        }
    }

    private void Add(AccountMovement more)
    {
        var have = _movements.GetValueOrDefault(more.AccountId);
        _movements[more.AccountId] = new AccountMovement(
            more.AccountId,
            have.Opening + more.Opening,
            have.Documents + more.Documents,
            have.ExpectedXeroOnly + more.ExpectedXeroOnly,
            have.Unexplained + more.Unexplained);
    }
}
