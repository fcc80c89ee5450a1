using System.Globalization;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>Counts calls in fixed windows per tenant, as Xero does.</summary>
internal sealed class FakeLimits(TimeProvider clock)
{
    private const int PerMinute = 60;
    private const int PerDay = 5000;
    private const int PerMinuteOverAll = 10_000;
    private readonly Lock _gate = new();
    private readonly Dictionary<(Guid Tenant, string Window, long Number), int> _counts = [];

    /// <summary>Counts one call; true when it is one too many.</summary>
    public bool Count(Guid tenant)
    {
        lock (_gate)
        {
            return Add(tenant, "minute", Minute) > PerMinute | Add(tenant, "day", Day) > PerDay | Add(Guid.Empty, "all", Minute) > PerMinuteOverAll;
        }
    }

    public FakeFault Problem(Guid tenant)
    {
        lock (_gate)
        {
            var seconds = clock.GetUtcNow().ToUnixTimeSeconds();
            return Of(tenant, "day", Day) > PerDay
                ? FakeFault.RateLimit("day", (int)(86_400 - (seconds % 86_400)))
                : FakeFault.RateLimit("minute", (int)(60 - (seconds % 60)));
        }
    }

    public void Describe(Guid tenant, Dictionary<string, string> headers)
    {
        lock (_gate)
        {
            headers["X-MinLimit-Remaining"] = Left(PerMinute, Of(tenant, "minute", Minute));
            headers["X-DayLimit-Remaining"] = Left(PerDay, Of(tenant, "day", Day));
            headers["X-AppMinLimit-Remaining"] = Left(PerMinuteOverAll, Of(Guid.Empty, "all", Minute));
        }
    }

    private long Minute => clock.GetUtcNow().ToUnixTimeSeconds() / 60;

    private long Day => clock.GetUtcNow().ToUnixTimeSeconds() / 86_400;

    private int Add(Guid tenant, string window, long number) => _counts[(tenant, window, number)] = Of(tenant, window, number) + 1;

    private int Of(Guid tenant, string window, long number) => _counts.GetValueOrDefault((tenant, window, number));

    private static string Left(int limit, int used) => Math.Max(0, limit - used).ToString(CultureInfo.InvariantCulture);
}
