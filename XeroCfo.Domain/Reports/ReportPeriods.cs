using System.Globalization;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Reports;

/// <summary>The days of a column.</summary>
/// <param name="Key">Stable name.</param>
/// <param name="Title">For people.</param>
/// <param name="Days">First and last day; of a report at a day its financial year so far.</param>
/// <param name="Complete">All days of the period are over and in the books.</param>
/// <param name="EmptyBecause">Why there are no figures; null where there are.</param>
public sealed record ReportPeriod(string Key, string Title, Days Days, bool Complete, string? EmptyBecause = null)
{
    public ColumnSource Source { get; init; }
}

/// <summary>Cuts days into periods and finds those to compare with. Pure.</summary>
public static class ReportPeriods
{
    /// <summary>Months, financial quarters or financial years that <paramref name="range"/> touches, each cut to it.</summary>
    public static IEnumerable<ReportPeriod> Cut(Days range, string interval, FinancialYear year, DateOnly today)
    {
        for (var day = range.First; day <= range.Last;)
        {
            var whole = Around(day, interval, year);
            var cut = new Days(Later(whole.Days.First, range.First), Earlier(whole.Days.Last, range.Last));
            var isWhole = cut == whole.Days;
            yield return whole with { Days = cut, Complete = isWhole && cut.Last < today, Title = cut.Last < whole.Days.Last ? $"{whole.Title}, to {cut.Last.ToString("d MMM", CultureInfo.InvariantCulture)}" : whole.Title };
            day = whole.Days.Last.AddDays(1);
        }
    }

    /// <summary>
    /// The <paramref name="back"/>th period before <paramref name="range"/>: a financial year or quarter before one, whole months before whole months,
    /// days of a month before the same days of a month, else as many days as there are; after it where <paramref name="back"/> is negative. Null
    /// where the calendar of books ends.
    /// </summary>
    public static Days? Previous(Days range, int back, FinancialYear year)
    {
        var days = range.Last.DayNumber - range.First.DayNumber + 1;
        if (range.First.DayNumber - AccountingDays.First.DayNumber < ((long)days + 31) * back)
        {
            return null;
        }

        foreach (var interval in new[] { ReportWords.Year, ReportWords.Quarter })
        {
            if (Around(range.First, interval, year).Days == range)
            {
                return Enumerable.Range(0, Math.Abs(back)).Aggregate(range, (period, _) => Around(back > 0 ? period.First.AddDays(-1) : period.Last.AddDays(1), interval, year).Days);
            }
        }

        var (first, last) = (Month.Of(range.First), Month.Of(range.Last));
        var months = ((last.Year - first.Year) * 12) + last.Number - first.Number + 1;
        if (first == last || range.First.Day == 1)
        {
            return Shifted(range, -months * back);
        }

        return new Days(range.First.AddDays(-days * back), range.Last.AddDays(-days * back));
    }

    /// <summary>A period so far beside the same stretch of the one before: from its start to the same day a month, a quarter or a year earlier.</summary>
    public static Days SoFarBefore(Days soFar, string interval, FinancialYear year)
    {
        var before = Around(soFar.First.AddDays(-1), interval, year).Days;
        var last = Shifted(soFar.Last, interval switch { ReportWords.Month => -1, ReportWords.Quarter => -3, _ => -12 });
        return before with { Last = last < before.First ? before.First : last > before.Last ? before.Last : last };
    }

    /// <summary>The same days a year before; 29 February becomes the 28th, and a whole month stays whole.</summary>
    public static Days LastYear(Days range) => Shifted(range, -12);

    /// <summary>A day moved by months: a month's end stays one, every other day is clamped to the month.</summary>
    public static DateOnly Shifted(DateOnly day, int months) => Month.Of(day).End == day ? Month.Of(day).Add(months).End : day.AddMonths(months);

    /// <summary>"1 Apr – 31 Oct 2026".</summary>
    public static string Words(Days days) => days.First == days.Last ? Words(days.Last)
        : days.First.Year == days.Last.Year ? $"{days.First.ToString("d MMM", CultureInfo.InvariantCulture)} – {Words(days.Last)}"
        : $"{Words(days.First)} – {Words(days.Last)}";

    /// <summary>"31 Oct 2026".</summary>
    public static string Words(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>The whole period that holds a day.</summary>
    public static ReportPeriod Around(DateOnly day, string interval, FinancialYear year)
    {
        var (start, end) = (year.StartOf(day), year.EndOf(day));
        switch (interval)
        {
            case ReportWords.Month:
                var month = Month.Of(day);
                return new ReportPeriod(month.ToString(), month.Start.ToString("MMM yyyy", CultureInfo.InvariantCulture), Days.Of(month), true);
            case ReportWords.Quarter:
                // Where a year begins inside a month, its quarters still turn with months: no month's amounts from Xero are cut in two.
                DateOnly StartOf(int index) => index == 0 ? start : Month.Of(start).Add(3 * index).Start;
                var number = Enumerable.Range(0, 4).Last(index => StartOf(index) <= day);
                var quarter = new Days(StartOf(number), number == 3 ? end : StartOf(number + 1).AddDays(-1));
                return new ReportPeriod(string.Create(CultureInfo.InvariantCulture, $"{end.Year:D4}-Q{number + 1}"), QuarterWords(quarter), quarter, true);
            default:
                return new ReportPeriod(end.Year.ToString("D4", CultureInfo.InvariantCulture), $"Year to {Words(end)}", new Days(start, end), true);
        }
    }

    private static string QuarterWords(Days quarter) => quarter.First.Day == 1
        ? $"{quarter.First.ToString("MMM", CultureInfo.InvariantCulture)}–{quarter.Last.ToString("MMM yyyy", CultureInfo.InvariantCulture)}"
        : Words(quarter);

    private static Days Shifted(Days range, int months)
    {
        // A range that begins with a month begins with one; only its end may be a month's end.
        var first = range.First.AddMonths(months);
        var last = range.First.Day == 1 || Month.Of(range.Last).End != range.Last ? Shifted(range.Last, months) : range.Last.AddMonths(months);
        return new Days(first, Later(first, last));
    }

    private static DateOnly Later(DateOnly left, DateOnly right) => left > right ? left : right;

    private static DateOnly Earlier(DateOnly left, DateOnly right) => left < right ? left : right;
}
