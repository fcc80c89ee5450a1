using System.Globalization;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Web.Shared.Files;

/// <summary>A day in the address of a file.</summary>
public static class FileDay
{
    /// <summary>Reads <paramref name="text"/>; an empty one is no day. Any other way to write days is refused rather than guessed at: 01/02 is two days.</summary>
    public static Result<DateOnly?> Read(string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Result<DateOnly?>.Of(null);
        }

        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && AccountingDays.Contain(day)
            ? day
            : Problem.Invalid(name, $"{name} must be a day yyyy-MM-dd from 1900 to 2199.");
    }
}
