namespace XeroCfo.Data.Xero.Demo;

/// <summary>The organisation's days: Pacific/Auckland.</summary>
internal static class DemoClock
{
    private static readonly TimeZoneInfo Auckland = TimeZoneInfo.FindSystemTimeZoneById("Pacific/Auckland");

    public static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Auckland).DateTime);

    public static DateTimeOffset Start(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, Auckland.GetUtcOffset(local)).ToUniversalTime();
    }
}
