using XeroCfo.Domain.Sync;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Sync;

/// <summary>Words for runs.</summary>
public static class SyncWords
{
    public static (Tone Tone, string Text) Status(SyncRunDetail detail) => detail.Run.Status switch
    {
        SyncStatus.Queued when detail.Run.WaitUntil is not null => (Tone.Warn, "Waiting for calls"),
        SyncStatus.Queued => (Tone.Info, "Waiting"),
        SyncStatus.Running => (Tone.Info, "Running"),
        SyncStatus.Succeeded when detail.Issues.Count > 0 => (Tone.Warn, $"Done with {Issues(detail.Issues.Count)}"),
        SyncStatus.Succeeded => (Tone.Good, "Done"),
        SyncStatus.Failed => (Tone.Bad, "Failed"),
        SyncStatus.Cancelled => (Tone.Neutral, "Cancelled"),
        var other => (Tone.Neutral, other),
    };

    public static string Trigger(string trigger) => trigger switch
    {
        SyncTriggers.First => "First sync",
        SyncTriggers.Manual => "By hand",
        SyncTriggers.Schedule => "Scheduled",
        SyncTriggers.Command => "Command",
        SyncTriggers.Notice => "Notice from Xero",
        SyncTriggers.Check => "Nightly check",
        SyncTriggers.Sweep => "Weekly sweep",
        SyncTriggers.Reconnect => "Reconnected",
        SyncTriggers.Rebuild => "Ledger rebuilt",
        _ when SyncTriggers.MonthOf(trigger) is { } month => $"{month.Start.ToString("MMM yyyy", System.Globalization.CultureInfo.InvariantCulture)} again",
        _ => trigger,
    };

    public static string Issues(int count) => count == 1 ? "1 issue" : $"{count} issues";

    /// <summary>All kinds of record together.</summary>
    public static SyncCounts Sum(SyncRun run) => run.Counts.Values.Aggregate(SyncCounts.None, (sum, counts) => sum.Plus(counts));

    /// <summary>Seconds from start to end, or to <paramref name="now"/> while it runs; null before it starts.</summary>
    public static int? Seconds(SyncRun run, DateTime now) =>
        run.StartedAt is { } start ? (int)Math.Max(0, Math.Round(((run.FinishedAt ?? now) - start).TotalSeconds)) : null;

    /// <summary>Whole percent of the run: steps that are behind it and its share of the one it is at; null while nothing can be said.</summary>
    public static int? Percent(SyncRun run)
    {
        var share = run.Total > 0 ? Math.Clamp(run.Done * 100 / run.Total, 0, 100) : (int?)null;
        return SyncSteps.DoneBefore(run.Step) is { } done ? ((done * 100) + (share ?? 0)) / SyncSteps.All.Count : share;
    }

    /// <summary>"20 s ago", "3 min ago".</summary>
    public static string Ago(int seconds) => $"{Time(seconds)} ago";

    /// <summary>"20 s", "3 min", "6 h".</summary>
    public static string Time(int seconds) => seconds < 100 ? $"{seconds} s" : seconds < 7200 ? $"{(seconds + 30) / 60} min" : $"{(seconds + 1800) / 3600} h";
}
