using XeroCfo.Domain.Sync;

namespace XeroCfo.Tests.Support;

/// <summary>The sync history of <see cref="SampleBooks"/>.</summary>
internal static class SampleRuns
{
    private static readonly DateTime Morning = new(2026, 11, 19, 20, 15, 0, DateTimeKind.Utc);

    public static void Write(SampleBooks books)
    {
        var issue = new SyncIssue { TenantId = books.Company.Id, Kind = "Invoice", XeroId = "INV-2088", Code = "unknown-account", Message = "Line 2 names account 998, which the chart does not have.", CreatedAt = Morning };
        var newest = Run(books, SyncTriggers.Schedule, Morning, 6, ("Invoice", new SyncCounts(4, 3, 1, 0, 0)), ("Payment", new SyncCounts(2, 2, 0, 0, 0)));
        newest.MovedMonths.Add(new MovedMonth("2026-09", books.Account("200").AccountId, -347_700m, -346_500m));
        books.SyncRuns.Runs.Add(new SyncRunDetail(newest, [issue]));
        books.SyncRuns.Runs.Add(new SyncRunDetail(Run(books, SyncTriggers.Manual, Morning.AddHours(-3), 3), []));
        var failed = Run(books, SyncTriggers.Schedule, Morning.AddHours(-9), 31);
        (failed.Status, failed.ErrorCode, failed.ErrorMessage) = (SyncStatus.Failed, "xero-unavailable", "Xero did not answer for two minutes. The next sync goes on from here.");
        books.SyncRuns.Runs.Add(new SyncRunDetail(failed, []));
        var first = Run(books, SyncTriggers.First, Morning.AddDays(-12), 142, ("Account", new SyncCounts(71, 71, 0, 0, 0)), ("Contact", new SyncCounts(120, 120, 0, 0, 0)), ("Invoice", new SyncCounts(2_412, 2_412, 0, 0, 0)), ("BankTransaction", new SyncCounts(1_208, 1_208, 0, 0, 0)), ("Payment", new SyncCounts(1_960, 1_960, 0, 0, 0)));
        first.Full = true;
        books.SyncRuns.Runs.Add(new SyncRunDetail(first, []));
    }

    /// <summary>A full sync half-way through.</summary>
    public static SyncRun Start(SampleBooks books)
    {
        var run = Run(books, SyncTriggers.Manual, Morning.AddHours(13), 0, ("Account", new SyncCounts(71, 0, 2, 69, 0)), ("Invoice", new SyncCounts(1_300, 4, 11, 1_285, 0)));
        (run.Status, run.Full, run.FinishedAt, run.Step, run.Done, run.Total, run.Calls) = (SyncStatus.Running, true, null, "reading invoices of 2026", 1_300, 2_412, 14);
        books.SyncRuns.Runs.Insert(0, new SyncRunDetail(run, []));
        return run;
    }

    private static SyncRun Run(SampleBooks books, string trigger, DateTime start, int seconds, params (string Kind, SyncCounts Counts)[] counts) => new()
    {
        TenantId = books.Company.Id,
        Trigger = trigger,
        Status = SyncStatus.Succeeded,
        StartedAt = start,
        FinishedAt = start.AddSeconds(seconds),
        Step = "done",
        Counts = counts.ToDictionary(pair => pair.Kind, pair => pair.Counts),
    };
}
