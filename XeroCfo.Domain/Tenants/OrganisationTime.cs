namespace XeroCfo.Domain.Tenants;

/// <summary>Turns Xero's time-zone names into days. Xero writes Windows names in capitals without spaces.</summary>
public static class OrganisationTime
{
    private static readonly Dictionary<string, TimeZoneInfo> ByXeroName = Build();

    /// <summary>The calendar day at <paramref name="clock"/> in Xero's zone <paramref name="xeroTimeZone"/>.</summary>
    public static DateOnly Today(string? xeroTimeZone, TimeProvider clock)
    {
        var zone = Find(xeroTimeZone) ?? TimeZoneInfo.Utc;
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).DateTime);
    }

    /// <summary>The zone, or null when the name is none that we know.</summary>
    public static TimeZoneInfo? Find(string? xeroTimeZone) =>
        xeroTimeZone is null ? null : ByXeroName.GetValueOrDefault(Key(xeroTimeZone));

    private static string Key(string name) =>
        string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static Dictionary<string, TimeZoneInfo> Build()
    {
        var zones = new Dictionary<string, TimeZoneInfo>(StringComparer.Ordinal);
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
        {
            if (TimeZoneInfo.TryConvertIanaIdToWindowsId(zone.Id, out var windows))
            {
                zones.TryAdd(Key(windows), TimeZoneInfo.TryConvertWindowsIdToIanaId(windows, out var main) ? TimeZoneInfo.FindSystemTimeZoneById(main) : zone);
            }

            zones.TryAdd(Key(zone.Id), zone);
        }

        return zones;
    }
}
