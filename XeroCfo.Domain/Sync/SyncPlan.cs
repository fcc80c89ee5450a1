namespace XeroCfo.Domain.Sync;

/// <summary>How close together scheduled runs may come, so that the calls of a day last until it ends. Pure.</summary>
public static class SyncPlan
{
    /// <summary>What a run takes where none has told yet.</summary>
    public const int UsualCalls = 20;

    /// <summary>Kept back for runs by hand, notices and the nightly check: a tenth of what is left.</summary>
    private const int Reserve = 10;

    /// <summary>The wished interval, or a longer one when <paramref name="left"/> calls would not last until the day's window ends.</summary>
    public static TimeSpan Spacing(TimeSpan interval, int left, TimeSpan untilRenewed, int callsPerRun)
    {
        var runs = (left - (left / Reserve)) / Math.Max(1, callsPerRun);
        return runs <= 0 ? TimeSpan.MaxValue : TimeSpan.FromTicks(Math.Max(interval.Ticks, untilRenewed.Ticks / runs));
    }
}
