using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Ledger;

/// <summary>
/// Whole months come from balances, cut ones from those of days, Xero's own lines, which are few, from the ledger, all in one statement: a year by month
/// costs what a month costs.
/// </summary>
internal sealed class MovementReader(IDbFactory factory) : IMovementReader
{
    public async Task<IReadOnlyList<MovementPiece>> PiecesAsync(TenantId tenant, IReadOnlyList<DateOnly> lastDays, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var pieces = Pieces(lastDays);
        var documents = pieces.ConvertAll(_ => new Dictionary<Guid, decimal>());
        var xeroOnly = await ReadAsync(db, pieces, documents, ct);
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

    // One statement: what only Xero has, which is given back; of documents what was before everything, added up, the whole months after it, and the days that cut a month, which go
    // into the sums of their piece. Cut days that follow each other are one walk.
    private static async Task<List<XeroOnlyLine>> ReadAsync(XeroCfoDb db, List<(DateOnly? First, DateOnly Last)> pieces, List<Dictionary<Guid, decimal>> documents, CancellationToken ct)
    {
        var head = pieces[0].Last;
        var beginning = Month.Of(head).End == head ? Month.Of(head).Start : Month.Of(head).Previous.Start;
        var (places, last) = Places(pieces, beginning);
        var query = XeroOnly(db, head, pieces[^1].Last)
            .Concat(FromDocuments(db).Where(row => row.Month <= beginning).GroupBy(row => row.AccountId)
                .Select(group => new Moved { Day = beginning, AccountId = group.Key, Amount = group.Sum(row => row.Movement), IsMonth = true, Source = null, Kind = null, ConfirmedBy = null }))
            .Concat(FromDocuments(db).Where(row => row.Month > beginning && row.Month <= last)
                .Select(row => new Moved { Day = row.Month, AccountId = row.AccountId, Amount = row.Movement, IsMonth = true, Source = null, Kind = null, ConfirmedBy = null }));
        foreach (var cut in Joined(Cuts(pieces)))
        {
            query = query.Concat(db.DayBalances.Where(row => row.Basis == "accrual" && row.Date >= cut.First && row.Date <= cut.Last)
                .Select(row => new Moved { Day = row.Date, AccountId = row.AccountId, Amount = row.Movement, IsMonth = false, Source = null, Kind = null, ConfirmedBy = null }));
        }

        var xeroOnly = new List<XeroOnlyLine>();
        foreach (var row in await query.ToListAsync(ct))
        {
            if (row.Source is { } source)
            {
                xeroOnly.Add(new XeroOnlyLine(row.Day, row.AccountId, row.Amount, source, row.Kind) { ConfirmedBy = row.ConfirmedBy });
                continue;
            }

            var index = row.IsMonth ? places.GetValueOrDefault(row.Day, -1) : pieces.FindIndex(piece => row.Day <= piece.Last);
            if (index >= 0)
            {
                documents[index][row.AccountId] = documents[index].GetValueOrDefault(row.AccountId) + row.Amount;
            }
        }

        return xeroOnly;
    }

    // First of the statement, so that PostgreSQL knows the types of what documents leave empty.
    private static IQueryable<Moved> XeroOnly(XeroCfoDb db, DateOnly beginning, DateOnly end)
    {
        var lines = db.LedgerLines.Where(line => line.DocumentXeroId == null && line.Source != LineSources.Document && line.Source != LineSources.Journal);
        return lines.Where(line => line.Date > beginning && line.Date <= end)
            .Select(line => new Moved { Day = line.Date, AccountId = line.AccountId, Amount = line.Amount, IsMonth = false, Source = line.Source, Kind = line.Kind, ConfirmedBy = line.ConfirmedBy })
            .Concat(lines.Where(line => line.Date <= beginning).GroupBy(line => new { line.AccountId, line.Source, line.Kind })
                .Select(group => new Moved
                {
                    Day = group.Max(line => line.Date),
                    AccountId = group.Key.AccountId,
                    Amount = group.Sum(line => line.Amount),
                    IsMonth = false,
                    Source = group.Key.Source,
                    Kind = group.Key.Kind,
                    ConfirmedBy = null,
                }));
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

    /// <summary>What an account moved by: a month's or a day's documents, or, with a source, a line that only Xero has.</summary>
    private sealed class Moved
    {
        public DateOnly Day { get; init; }

        public Guid AccountId { get; init; }

        public decimal Amount { get; init; }

        public bool IsMonth { get; init; }

        public string? Source { get; init; }

        public string? Kind { get; init; }

        public Guid? ConfirmedBy { get; init; }
    }
}
