using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Sync;

/// <summary>How far an organisation's checks are.</summary>
/// <param name="CheckedAt">UTC: when a nightly check last read all it wanted; null: never.</param>
/// <param name="LoadedAt">UTC start of the oldest of the last full loads, over all kinds; null: a kind was never loaded whole.</param>
public sealed record CheckState(DateTime? CheckedAt, DateTime? LoadedAt);

/// <summary>When scheduled runs come, so that the calls of a day last until it ends. Pure.</summary>
public static class SyncPlan
{
    /// <summary>What a run takes where none has told yet.</summary>
    public const int UsualCalls = 20;

    /// <summary>What a nightly check takes at most while nothing is wrong.</summary>
    public const int CheckCalls = 60;

    /// <summary>So many failed runs in a row make a wait of weeks; more make no difference.</summary>
    public const int MostFailures = 16;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromMinutes(1);

    /// <summary>The check comes at this hour of the organisation's night, or when somebody is there to do it after that.</summary>
    private static readonly TimeSpan Night = TimeSpan.FromHours(2);

    /// <summary>Everything is read anew so often.</summary>
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>Kept back for runs by hand and notices: a tenth of what is left.</summary>
    private const int Reserve = 10;

    /// <summary>How many of <paramref name="left"/> calls scheduled runs leave alone: for the nightly check, for notices and for runs by hand; never more than half.</summary>
    public static int Reserved(int left) => Math.Min(left / 2, Math.Max(CheckCalls, left / Reserve));

    /// <summary>The wished interval, or a longer one when <paramref name="left"/> calls would not last until the day's window ends.</summary>
    public static TimeSpan Spacing(TimeSpan interval, int left, TimeSpan untilRenewed, int callsPerRun)
    {
        var runs = (left - Reserved(left)) / Math.Max(1, callsPerRun);
        return runs <= 0 ? TimeSpan.MaxValue : TimeSpan.FromTicks(Math.Max(interval.Ticks, untilRenewed.Ticks / runs));
    }

    /// <summary>UTC: when the schedule looks again at what changed. It may lie in the past.</summary>
    /// <param name="organisation">At which one.</param>
    /// <param name="last">The newest run that looked.</param>
    /// <param name="interval">How often it is wished.</param>
    /// <param name="today">The calls of the day; null where there is no limit.</param>
    /// <param name="now">UTC.</param>
    public static DateTime NextLook(XeroTenant organisation, SyncRun last, TimeSpan interval, CallsToday? today, DateTime now)
    {
        // What still moved is worth half of the day, and no more.
        var isSettling = organisation.SettlingFrom is not null && (today?.RenewsAt is null || today.Left > today.Limit / 2);
        if (isSettling || today is not { RenewsAt: { } renews })
        {
            return last.CreatedAt + (isSettling ? Soon(interval) : interval);
        }

        var usual = last is { Full: false, Calls: > 0 } ? last.Calls : UsualCalls;
        var spacing = Spacing(interval, today.Left, renews - now, usual);
        return spacing < TimeSpan.MaxValue ? last.CreatedAt + spacing : Later(renews, last.CreatedAt + interval);
    }

    /// <summary>How soon an organisation is read again whose documents changed while Xero was read.</summary>
    public static TimeSpan Soon(TimeSpan interval) => SyncOptions.Settling < interval ? SyncOptions.Settling : interval;

    /// <summary>
    /// How long after the last of some runs that failed one after the other a notice waits: a minute, twice as long with each of them, and no longer than
    /// <paramref name="interval"/>.
    /// </summary>
    public static TimeSpan AfterFailures(int inARow, TimeSpan interval)
    {
        var wait = inARow == 0 ? TimeSpan.Zero : FirstRetry * Math.Pow(2, Math.Min(inARow, MostFailures) - 1);
        return wait < interval ? wait : interval;
    }

    /// <summary>True once the organisation's night has come since everything was last checked or read.</summary>
    /// <param name="organisation">Whose.</param>
    /// <param name="state">How far its checks are.</param>
    /// <param name="now">UTC.</param>
    public static bool IsCheckDue(XeroTenant organisation, CheckState state, DateTime now)
    {
        var last = state.LoadedAt > state.CheckedAt ? state.LoadedAt : state.CheckedAt ?? state.LoadedAt;
        return last is not { } done || organisation.DayOf(done - Night) < organisation.DayOf(now - Night);
    }

    /// <summary>
    /// What that night brings: <see cref="SyncTriggers.Check"/>, <see cref="SyncTriggers.Sweep"/> instead of it once a week; null where calls are
    /// too few for either. Where the calls of the day would not carry a sweep the check comes, and the sweep another night.
    /// </summary>
    /// <param name="organisation">Whose.</param>
    /// <param name="state">How far its checks are.</param>
    /// <param name="documents">How many are here.</param>
    /// <param name="today">Its calls of the day; null where there is no limit.</param>
    /// <param name="now">UTC.</param>
    public static string? CheckOf(XeroTenant organisation, CheckState state, int documents, CallsToday? today, DateTime now)
    {
        var isSweepDue = state.LoadedAt is not { } loaded || organisation.DayOf(loaded - Night).AddDays(Week.Days) <= organisation.DayOf(now - Night);
        return isSweepDue && (today is null || today.Left >= Math.Min(SweepCalls(documents), today.Limit * 3 / 4)) ? SyncTriggers.Sweep
            : today is null || today.Left >= CheckCalls ? SyncTriggers.Check
            : null;
    }

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;

    // A page holds a thousand, the windows of years end with short ones, and every month end is read.
    private static int SweepCalls(int documents) => CheckCalls + (documents / XeroQuery.LargestPage * 3 / 2) + 100;
}
