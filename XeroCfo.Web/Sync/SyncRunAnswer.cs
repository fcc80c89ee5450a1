using XeroCfo.Domain.Sync;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Sync;

/// <summary>What a run is doing. A total of 0: not known yet.</summary>
internal sealed record SyncProgressAnswer(string Step, int Done, int Total);

internal sealed record SyncCountsAnswer(int Received, int Inserted, int Updated, int Unchanged, int Deleted);

internal sealed record SyncIssueAnswer(string Kind, string? XeroId, string Code, string Message);

/// <summary>Base currency, debit +.</summary>
internal sealed record MovedMonthAnswer(string Month, Guid AccountId, decimal Before, decimal After);

internal sealed record SyncErrorAnswer(string Code, string? Message);

internal sealed record SyncRunAnswer(
    Guid Id,
    string Status,
    bool Full,
    string Trigger,
    DateTime? StartedAt,
    DateTime? FinishedAt,
    SyncProgressAnswer Progress,
    IReadOnlyDictionary<string, SyncCountsAnswer> Counts,
    int Calls,
    IReadOnlyList<SyncIssueAnswer> Issues,
    IReadOnlyList<MovedMonthAnswer> MovedMonths,
    SyncErrorAnswer? Error) : IExample<SyncRunAnswer>
{
    public static SyncRunAnswer Example => new(
        Examples.Thing, SyncStatus.Running, false, SyncTriggers.Manual, Examples.Instant, null, new SyncProgressAnswer("Invoices", 300, 1_240),
        new Dictionary<string, SyncCountsAnswer> { ["Account"] = new(94, 0, 1, 93, 0) }, 7,
        [new SyncIssueAnswer("Invoice", Examples.Document.ToString(), "no-account", "The line 2 names no account.")],
        [new MovedMonthAnswer("2026-09", Examples.Account, -41_200.10m, -41_310.10m)], null);

    public static SyncRunAnswer Of(SyncRunDetail detail) => Of(detail.Run, detail.Issues);

    public static SyncRunAnswer Of(SyncRun run, IReadOnlyList<SyncIssue> issues) => new(
        run.Id,
        run.Status,
        run.Full,
        run.Trigger,
        run.StartedAt,
        run.FinishedAt,
        new SyncProgressAnswer(run.Step, run.Done, run.Total),
        run.Counts.ToDictionary(
            kind => kind.Key,
            kind => new SyncCountsAnswer(kind.Value.Received, kind.Value.Inserted, kind.Value.Updated, kind.Value.Unchanged, kind.Value.Deleted)),
        run.Calls,
        [.. issues.Select(issue => new SyncIssueAnswer(issue.Kind, issue.XeroId, issue.Code, issue.Message))],
        [.. run.MovedMonths.Select(moved => new MovedMonthAnswer(moved.Month, moved.AccountId, moved.Before, moved.After))],
        run.ErrorCode is { } code ? new SyncErrorAnswer(code, run.ErrorMessage) : null);
}
