using System.Globalization;
using System.Text.RegularExpressions;

namespace XeroCfo.Domain.Reports;

/// <summary>A bucket of age.</summary>
public sealed record AgeBucket(string Key, string Title);

/// <summary>
/// How old something is at a day. Pure. Each bucket but the current one begins at a cut: what is due on that day or earlier is at
/// least so old. What is due later than the first cut is current.
/// </summary>
public static partial class Ageing
{
    /// <summary>How many periods there may be, and how long one may be.</summary>
    public const int MostPeriods = 12, MostDays = 366, MostMonths = 24;

    /// <summary>As in Xero.</summary>
    public static readonly IReadOnlyList<AgeBucket> Months =
    [
        new("current", "Current"), new("lt1", "< 1 month"), new("m1", "1 month"), new("m2", "2 months"), new("m3", "3 months"), new("older", "Older"),
    ];

    public static readonly IReadOnlyList<AgeBucket> Days =
    [
        new("current", "Current"), new("d30", "1–30 days"), new("d60", "31–60 days"), new("d90", "61–90 days"), new("older", "90+ days"),
    ];

    /// <summary>The buckets that a report asks for: months, days, or so many periods of so many days or months, such as <c>6x15days</c>.</summary>
    public static IReadOnlyList<AgeBucket> BucketsOf(string? asked) => Periods(asked) is { } periods
        ? [Months[0], .. Enumerable.Range(1, periods.Count).Select(at => new AgeBucket($"p{at}", Title(periods, at))), new AgeBucket("older", $"{periods.Count * periods.Size}+ {(periods.IsMonths ? "months" : "days")}")]
        : asked == ReportWords.Days ? Days : Months;

    /// <summary>The cuts between <see cref="BucketsOf"/>.</summary>
    /// <param name="asked">As there.</param>
    /// <param name="date">The report's day.</param>
    /// <param name="dayIsCurrent">What is due on the very day is current.</param>
    public static IReadOnlyList<DateOnly> CutsOf(string? asked, DateOnly date, bool dayIsCurrent) => Periods(asked) is { } periods
        ? [First(date, dayIsCurrent), .. Enumerable.Range(1, periods.Count).Select(at => periods.IsMonths ? LastThatReaches(date, at * periods.Size) : date.AddDays(-(at * periods.Size) - 1))]
        : asked == ReportWords.Days ? DayCuts(date, dayIsCurrent) : MonthCuts(date, dayIsCurrent);

    /// <summary>How many periods of how many days or months a word asks for; null: it is no such word.</summary>
    public static (int Count, int Size, bool IsMonths)? Periods(string? word)
    {
        var match = PeriodsWord().Match(word ?? "");
        if (!match.Success)
        {
            return null;
        }

        var (count, size, isMonths) = (Number(match.Groups[1]), Number(match.Groups[2]), match.Groups[3].ValueSpan is "months");
        return count is >= 1 and <= MostPeriods && size >= 1 && size <= (isMonths ? MostMonths : MostDays) ? (count, size, isMonths) : null;

        static int Number(Group digits) => int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private static string Title((int Count, int Size, bool IsMonths) periods, int at) => (periods.Size, periods.IsMonths) switch
    {
        (1, false) => at == 1 ? "1 day" : $"{at} days",
        (var size, false) => $"{((at - 1) * size) + 1}–{at * size} days",
        (1, true) when at > 1 => at == 2 ? "1 month" : $"{at - 1} months",
        (var size, true) => at == 1 ? $"< {size} {(size == 1 ? "month" : "months")}" : $"{(at - 1) * size} to {at * size} months",
    };

    [GeneratedRegex("^([0-9]{1,2})x([0-9]{1,3})(days|months)$", RegexOptions.CultureInvariant)]
    private static partial Regex PeriodsWord();

    /// <summary>Cuts of <see cref="Months"/>: months are added to the due day itself, so that the 31st ages like a month's end.</summary>
    /// <param name="date">The report's day.</param>
    /// <param name="dayIsCurrent">What is due on the very day is current.</param>
    public static IReadOnlyList<DateOnly> MonthCuts(DateOnly date, bool dayIsCurrent) =>
        [First(date, dayIsCurrent), .. Enumerable.Range(1, 4).Select(months => LastThatReaches(date, months))];

    /// <summary>Cuts of <see cref="Days"/>.</summary>
    public static IReadOnlyList<DateOnly> DayCuts(DateOnly date, bool dayIsCurrent) => [First(date, dayIsCurrent), date.AddDays(-31), date.AddDays(-61), date.AddDays(-91)];

    /// <summary>Which bucket what is due on <paramref name="due"/> stands in.</summary>
    public static int Of(DateOnly due, IReadOnlyList<DateOnly> cuts)
    {
        var age = 0;
        while (age < cuts.Count && due <= cuts[age])
        {
            age++;
        }

        return age;
    }

    private static DateOnly First(DateOnly date, bool dayIsCurrent) => dayIsCurrent ? date.AddDays(-1) : date;

    private static DateOnly LastThatReaches(DateOnly date, int months)
    {
        var day = date.AddMonths(-months);
        while (day.AddDays(1).AddMonths(months) <= date)
        {
            day = day.AddDays(1);
        }

        return day;
    }
}
