namespace XeroCfo.Domain.Reports;

/// <summary>A bucket of age.</summary>
public sealed record AgeBucket(string Key, string Title);

/// <summary>
/// How old something is at a day (FINANCE 7). Pure. Each bucket but the current one begins at a cut: what is due on that day or earlier is at
/// least so old. What is due later than the first cut is current.
/// </summary>
public static class Ageing
{
    /// <summary>As in Xero.</summary>
    public static readonly IReadOnlyList<AgeBucket> Months =
    [
        new("current", "Current"), new("lt1", "< 1 month"), new("m1", "1 month"), new("m2", "2 months"), new("m3", "3 months"), new("older", "Older"),
    ];

    public static readonly IReadOnlyList<AgeBucket> Days =
    [
        new("current", "Current"), new("d30", "1–30 days"), new("d60", "31–60 days"), new("d90", "61–90 days"), new("older", "90+ days"),
    ];

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
