namespace XeroCfo.Domain.Primitives;

/// <summary>
/// Where an organisation's financial year ends, as Xero states it. A day past the month's end is clamped, and
/// 28 or 29 February both mean the last day of February.
/// </summary>
public readonly record struct FinancialYear(int EndDay, int EndMonth)
{
    /// <summary>The last day of the financial year that holds <paramref name="day"/>.</summary>
    public DateOnly EndOf(DateOnly day)
    {
        var end = EndIn(day.Year);
        return day <= end ? end : EndIn(day.Year + 1);
    }

    /// <summary>The first day of the financial year that holds <paramref name="day"/>.</summary>
    public DateOnly StartOf(DateOnly day) => EndIn(EndOf(day).Year - 1).AddDays(1);

    /// <summary>True when the year turns between two months, so that no month falls into two years.</summary>
    public bool EndsWithMonth(int year) => EndIn(year).AddDays(1).Day == 1;

    private DateOnly EndIn(int year)
    {
        var last = DateTime.DaysInMonth(year, EndMonth);
        var day = EndMonth == 2 && EndDay >= 28 ? last : Math.Min(EndDay, last);
        return new DateOnly(year, EndMonth, day);
    }
}
