using System.Globalization;
using System.Text.RegularExpressions;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Finding;

/// <summary>
/// Turns what people type into a box that finds everything into the language of the search for transactions: <c>412.60</c> is an amount,
/// <c>20 Nov</c> and <c>20/11/2026</c> are days, <c>nov 2026</c> and <c>2026-11</c> are months. All else stays as it is. Pure.
/// </summary>
public static partial class FindWords
{
    private const string MonthNames = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>The text in that language.</summary>
    /// <param name="text">As it was typed.</param>
    /// <param name="today">The organisation's day: a day without a year is the latest one that has come.</param>
    /// <param name="isMonthFirst">11/20/2026, as in the United States.</param>
    public static string ToSearch(string text, DateOnly today, bool isMonthFirst)
    {
        text = NamedDay().Replace(text, match => Dated(match, DayOf(match.Groups["year"].Value, MonthOf(match.Groups["month"].Value), match.Groups["day"].Value, today)));
        text = NamedMonth().Replace(text, match => $"date:{match.Groups["year"].Value}-{MonthOf(match.Groups["month"].Value):00}");
        text = Slashes().Replace(text, match =>
        {
            var (first, second) = (match.Groups["first"].Value, match.Groups["second"].Value);
            return Dated(match, DayOf(match.Groups["year"].Value, Number(isMonthFirst ? first : second), isMonthFirst ? second : first, today));
        });
        text = Iso().Replace(text, match => DateOnly.TryParseExact(match.Value, "yyyy-MM-dd", out _) || Month.TryParse(match.Value, out _) ? "date:" + match.Value : match.Value);
        return Money().Replace(text, match => "amount:" + match.Groups["amount"].Value);
    }

    /// <summary>A whole number alone may be an amount as well as part of a document's number; null when it is none.</summary>
    public static string? AsAmount(string text) => WholeNumber().IsMatch(text.Trim()) ? "amount:" + text.Trim() : null;

    private static string Dated(Match match, DateOnly? day) => day is { } known ? $"date:{known:yyyy-MM-dd}" : match.Value;

    private static DateOnly? DayOf(string year, int month, string day, DateOnly today)
    {
        var number = Number(day);
        if (month is < 1 or > 12 || number is < 1 or > 31)
        {
            return null;
        }

        if (year.Length > 0)
        {
            return number <= DateTime.DaysInMonth(Number(year), month) ? new DateOnly(Number(year), month, number) : null;
        }

        // 29 February is in one year of four.
        for (var candidate = today.Year; candidate > today.Year - 9; candidate--)
        {
            if (number <= DateTime.DaysInMonth(candidate, month) && new DateOnly(candidate, month, number) is var found && found <= today)
            {
                return found;
            }
        }

        return null;
    }

    private static int MonthOf(string name) => Array.FindIndex(Months, month => name.StartsWith(month, StringComparison.OrdinalIgnoreCase)) + 1;

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex($@"(?<![^\s])(?<day>[0-9]{{1,2}})\s+(?<month>{MonthNames})\.?(?:\s+(?<year>(?:19|20|21)[0-9]{{2}}))?(?![^\s])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NamedDay();

    [GeneratedRegex($@"(?<![^\s])(?<![0-9]\s+)(?<month>{MonthNames})\.?\s+(?<year>(?:19|20|21)[0-9]{{2}})(?![^\s])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NamedMonth();

    [GeneratedRegex(@"(?<![^\s])(?<first>[0-9]{1,2})[/.](?<second>[0-9]{1,2})[/.](?<year>(?:19|20|21)[0-9]{2})(?![^\s])", RegexOptions.CultureInvariant)]
    private static partial Regex Slashes();

    [GeneratedRegex(@"(?<![^\s])(?:19|20|21)[0-9]{2}-[0-9]{2}(?:-[0-9]{2})?(?![^\s])", RegexOptions.CultureInvariant)]
    private static partial Regex Iso();

    // Two decimals, with the sign or the parentheses that people copy along.
    [GeneratedRegex(@"(?<![^\s])[-(]?(?<amount>[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{2}|[0-9]{1,12}\.[0-9]{2})\)?(?![^\s])", RegexOptions.CultureInvariant)]
    private static partial Regex Money();

    [GeneratedRegex(@"^[0-9]{1,3}(?:,[0-9]{3})+$|^[0-9]{1,9}$", RegexOptions.CultureInvariant)]
    private static partial Regex WholeNumber();
}
