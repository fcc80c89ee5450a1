using System.Globalization;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Web.Shared;

/// <summary>Days and times as every page writes them.</summary>
public static class DateWords
{
    /// <summary>20 Nov 2026.</summary>
    public static string Of(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>2026-11-20, for addresses and attributes; null stays null.</summary>
    public static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>20 Nov 09:14 on the organisation's clock; with the year when it is not <paramref name="today"/>'s.</summary>
    public static string Moment(DateTime utc, string? timeZone, DateOnly today)
    {
        var local = Local(utc, timeZone);
        return local.ToString(local.Year == today.Year ? "d MMM HH:mm" : "d MMM yyyy HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>The day on the organisation's clock.</summary>
    public static DateOnly LocalDay(DateTime utc, string? timeZone) => DateOnly.FromDateTime(Local(utc, timeZone));

    /// <summary>The same instant in UTC, for the title.</summary>
    public static string Utc(DateTime utc) => utc.ToString("d MMM yyyy HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>For the machine-readable attribute.</summary>
    public static string Iso(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>November 2026.</summary>
    public static string MonthName(DateOnly day) => day.ToString("MMMM", CultureInfo.InvariantCulture);

    private static DateTime Local(DateTime utc, string? timeZone) =>
        TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), OrganisationTime.Find(timeZone) ?? TimeZoneInfo.Utc);
}
