using System.Globalization;

namespace XeroCfo.Domain.Primitives;

/// <summary>A calendar month of the organisation's books.</summary>
public readonly record struct Month(int Year, int Number) : IComparable<Month>
{
    /// <summary>Its first day.</summary>
    public DateOnly Start => new(Year, Number, 1);

    /// <summary>Its last day.</summary>
    public DateOnly End => new(Year, Number, DateTime.DaysInMonth(Year, Number));

    /// <summary>The month after it.</summary>
    public Month Next => Add(1);

    /// <summary>The month before it.</summary>
    public Month Previous => Add(-1);

    /// <summary>The month that holds <paramref name="day"/>.</summary>
    public static Month Of(DateOnly day) => new(day.Year, day.Month);

    /// <summary>The months from <paramref name="first"/> to <paramref name="last"/>, both included.</summary>
    public static IEnumerable<Month> Range(Month first, Month last)
    {
        for (var month = first; month <= last; month = month.Next)
        {
            yield return month;
        }
    }

    /// <summary>Reads <c>yyyy-MM</c>.</summary>
    public static bool TryParse(string? text, out Month month)
    {
        var parsed = DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        month = parsed ? Of(day) : default;
        return parsed;
    }

    /// <summary>The month <paramref name="months"/> later (earlier when negative).</summary>
    public Month Add(int months) => Of(Start.AddMonths(months));

    public int CompareTo(Month other) => (Year * 12 + Number).CompareTo(other.Year * 12 + other.Number);

    /// <summary><c>yyyy-MM</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{Number:D2}");

    public static bool operator <(Month left, Month right) => left.CompareTo(right) < 0;

    public static bool operator <=(Month left, Month right) => left.CompareTo(right) <= 0;

    public static bool operator >(Month left, Month right) => left.CompareTo(right) > 0;

    public static bool operator >=(Month left, Month right) => left.CompareTo(right) >= 0;
}
