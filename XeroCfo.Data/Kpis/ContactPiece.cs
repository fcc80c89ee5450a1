using XeroCfo.Domain.Primitives;

namespace XeroCfo.Data.Kpis;

/// <summary>Days whose sums by contact are read at once.</summary>
/// <param name="Days">First and last day.</param>
/// <param name="IsMonths">Whole months, which have balances; else some days of one month, which has lines.</param>
/// <param name="Sign">1: they count; −1: they are taken off, because a balance holds more than was asked for.</param>
internal readonly record struct ContactPiece(Days Days, bool IsMonths, int Sign)
{
    /// <summary>
    /// Whole months in the middle, and what is left at both ends. Of a month of which more is asked for than not, it is the balance less the days that are not asked for: there
    /// are fewer of them, and none in a month in progress.
    /// </summary>
    public static IEnumerable<ContactPiece> Of(Days days)
    {
        var first = days.First.Day == 1 ? Month.Of(days.First) : Month.Of(days.First).Next;
        var last = Month.Of(days.Last).End == days.Last ? Month.Of(days.Last) : Month.Of(days.Last).Previous;
        if (first > last)
        {
            return Month.Of(days.First) == Month.Of(days.Last) ? Cut(days) : [.. Cut(new Days(days.First, Month.Of(days.First).End)), .. Cut(new Days(Month.Of(days.Last).Start, days.Last))];
        }

        var pieces = new List<ContactPiece> { new(new Days(first.Start, last.End), true, 1) };
        pieces.AddRange(days.First < first.Start ? Cut(new Days(days.First, first.Start.AddDays(-1))) : []);
        pieces.AddRange(days.Last > last.End ? Cut(new Days(last.Next.Start, days.Last)) : []);
        return pieces;
    }

    // Some days of one month.
    private static List<ContactPiece> Cut(Days days)
    {
        var month = Days.Of(Month.Of(days.First));
        var others = new[] { new Days(month.First, days.First.AddDays(-1)), new Days(days.Last.AddDays(1), month.Last) }.Where(other => other.First <= other.Last).ToList();
        return others.Sum(Length) < Length(days) ? [new(month, true, 1), .. others.Select(other => new ContactPiece(other, false, -1))] : [new(days, false, 1)];
    }

    private static int Length(Days days) => days.Last.DayNumber - days.First.DayNumber + 1;
}
