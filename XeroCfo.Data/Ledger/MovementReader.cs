using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Ledger;

/// <summary>
/// Whole months come from balances, cut ones from those of days, in one statement, and Xero's own lines, which are few, in one more: a year by month
/// costs what a month costs.
/// </summary>
internal sealed class MovementReader(IDbFactory factory) : IMovementReader
{
    public async Task<IReadOnlyList<MovementPiece>> PiecesAsync(TenantId tenant, IReadOnlyList<DateOnly> lastDays, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var pieces = Pieces(lastDays);
        var documents = pieces.ConvertAll(_ => new Dictionary<Guid, decimal>());
        await AddDocumentsAsync(db, pieces, documents, ct);
        var xeroOnly = await XeroOnlyAsync(db, pieces[0].Last, pieces[^1].Last, ct);
        return
        [
            .. pieces.Select((piece, index) => new MovementPiece(
                piece.First, piece.Last, documents[index], [.. xeroOnly.Where(line => line.Date <= piece.Last && (piece.First is null || line.Date >= piece.First))])),
        ];
    }

    public async Task<IReadOnlyList<TrackingBalance>> TrackedAsync(TenantId tenant, Days days, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var sums = new Dictionary<(Guid Account, Guid First, Guid Second), decimal>();
        var (months, cuts) = Split(days.First, days.Last);
        if (months is { } whole)
        {
            var (first, last) = (whole.First.Start, whole.Last.Start);
            var rows = await db.TrackingBalances.Where(row => row.Basis == "accrual" && row.Month >= first && row.Month <= last)
                .GroupBy(row => new { row.AccountId, row.Option1, row.Option2 })
                .Select(group => new { group.Key, Amount = group.Sum(row => row.Movement) })
                .ToListAsync(ct);
            rows.ForEach(row => Add((row.Key.AccountId, row.Key.Option1, row.Key.Option2), row.Amount));
        }

        foreach (var cut in cuts)
        {
            var rows = await FromDocuments(db, cut.First, cut.Last)
                .GroupBy(line => new { line.AccountId, line.TrackingOption1, line.TrackingOption2 })
                .Select(group => new { group.Key, Amount = group.Sum(line => line.Amount) })
                .ToListAsync(ct);
            rows.ForEach(row => Add((row.Key.AccountId, row.Key.TrackingOption1 ?? Guid.Empty, row.Key.TrackingOption2 ?? Guid.Empty), row.Amount));
        }

        return
        [
            .. sums.Select(sum => new TrackingBalance
            {
                TenantId = tenant.Value, AccountId = sum.Key.Account, Option1 = sum.Key.First, Option2 = sum.Key.Second, Month = Month.Of(days.Last).Start, Movement = sum.Value,
            }),
        ];

        void Add((Guid, Guid, Guid) key, decimal amount) => sums[key] = sums.GetValueOrDefault(key) + amount;
    }

    // One statement: what was before everything, added up, the whole months after it, and the days that cut a month. Cut days that follow each other are one walk.
    private static async Task AddDocumentsAsync(XeroCfoDb db, List<(DateOnly? First, DateOnly Last)> pieces, List<Dictionary<Guid, decimal>> sums, CancellationToken ct)
    {
        var head = pieces[0].Last;
        var beginning = Month.Of(head).End == head ? Month.Of(head).Start : Month.Of(head).Previous.Start;
        var (places, last) = Places(pieces, beginning);
        var query = FromDocuments(db).Where(row => row.Month <= beginning).GroupBy(row => row.AccountId)
            .Select(group => new { AccountId = group.Key, Day = beginning, IsMonth = true, Amount = group.Sum(row => row.Movement) })
            .Concat(FromDocuments(db).Where(row => row.Month > beginning && row.Month <= last).Select(row => new { row.AccountId, Day = row.Month, IsMonth = true, Amount = row.Movement }));
        foreach (var cut in Joined(Cuts(pieces)))
        {
            query = query.Concat(db.DayBalances.Where(row => row.Basis == "accrual" && row.Date >= cut.First && row.Date <= cut.Last)
                .Select(row => new { row.AccountId, Day = row.Date, IsMonth = false, Amount = row.Movement }));
        }

        foreach (var row in await query.ToListAsync(ct))
        {
            var index = row.IsMonth ? places.GetValueOrDefault(row.Day, -1) : pieces.FindIndex(piece => row.Day <= piece.Last);
            if (index >= 0)
            {
                sums[index][row.AccountId] = sums[index].GetValueOrDefault(row.AccountId) + row.Amount;
            }
        }
    }

    // Which piece a whole month belongs to, by its first day, and the last of them.
    private static (Dictionary<DateOnly, int> Places, DateOnly Last) Places(List<(DateOnly? First, DateOnly Last)> pieces, DateOnly beginning)
    {
        var places = new Dictionary<DateOnly, int> { [beginning] = 0 };
        for (var index = 1; index < pieces.Count; index++)
        {
            if (Split(pieces[index].First!.Value, pieces[index].Last).Months is { } whole)
            {
                foreach (var month in Month.Range(whole.First, whole.Last))
                {
                    places[month.Start] = index;
                }
            }
        }

        return (places, places.Keys.Max());
    }

    private static IEnumerable<Days> Cuts(List<(DateOnly? First, DateOnly Last)> pieces)
    {
        var head = pieces[0].Last;
        var cuts = pieces.Skip(1).SelectMany(piece => Split(piece.First!.Value, piece.Last).Cuts);
        return Month.Of(head).End == head ? cuts : cuts.Prepend(new Days(Month.Of(head).Start, head));
    }

    private static async Task<List<XeroOnlyLine>> XeroOnlyAsync(XeroCfoDb db, DateOnly beginning, DateOnly end, CancellationToken ct)
    {
        var lines = db.LedgerLines.Where(line => line.DocumentXeroId == null && line.Source != LineSources.Document && line.Source != LineSources.Journal);
        var earlier = lines.Where(line => line.Date <= beginning)
            .GroupBy(line => new { line.AccountId, line.Source, line.Kind })
            .Select(group => new { Date = group.Max(line => line.Date), group.Key.AccountId, Amount = group.Sum(line => line.Amount), group.Key.Source, group.Key.Kind, ConfirmedBy = (Guid?)null });
        var later = lines.Where(line => line.Date > beginning && line.Date <= end)
            .Select(line => new { line.Date, line.AccountId, line.Amount, line.Source, line.Kind, line.ConfirmedBy });
        var rows = await earlier.Concat(later).ToListAsync(ct);
        return [.. rows.Select(row => new XeroOnlyLine(row.Date, row.AccountId, row.Amount, row.Source, row.Kind) { ConfirmedBy = row.ConfirmedBy })];
    }

    private static IQueryable<AccountBalance> FromDocuments(XeroCfoDb db) =>
        db.AccountBalances.Where(row => row.Basis == "accrual" && (row.Source == LineSources.Document || row.Source == LineSources.Journal));

    private static IQueryable<LedgerLine> FromDocuments(XeroCfoDb db, DateOnly from, DateOnly to) =>
        db.LedgerLines.Where(line => line.Date >= from && line.Date <= to && (line.Source == LineSources.Document || line.Source == LineSources.Journal));

    private static List<(DateOnly? First, DateOnly Last)> Pieces(IReadOnlyList<DateOnly> lastDays) =>
        [.. lastDays.Select((last, index) => (index == 0 ? (DateOnly?)null : lastDays[index - 1].AddDays(1), last))];

    /// <summary>The whole months between two days, and what is left at both ends.</summary>
    private static ((Month First, Month Last)? Months, IReadOnlyList<Days> Cuts) Split(DateOnly from, DateOnly to)
    {
        var first = from.Day == 1 ? Month.Of(from) : Month.Of(from).Next;
        var last = Month.Of(to).End == to ? Month.Of(to) : Month.Of(to).Previous;
        if (first > last)
        {
            return (null, first.Start <= to && from < first.Start ? [new Days(from, first.Start.AddDays(-1)), new Days(first.Start, to)] : [new Days(from, to)]);
        }

        var cuts = new List<Days>(2);
        if (from < first.Start)
        {
            cuts.Add(new Days(from, first.Start.AddDays(-1)));
        }

        if (to > last.End)
        {
            cuts.Add(new Days(last.Next.Start, to));
        }

        return ((first, last), cuts);
    }

    private static IEnumerable<Days> Joined(IEnumerable<Days> cuts)
    {
        Days? open = null;
        foreach (var cut in cuts)
        {
            if (open is { } before && before.Last.AddDays(1) == cut.First)
            {
                open = new Days(before.First, cut.Last);
                continue;
            }

            if (open is { } done)
            {
                yield return done;
            }

            open = cut;
        }

        if (open is { } rest)
        {
            yield return rest;
        }
    }
}
