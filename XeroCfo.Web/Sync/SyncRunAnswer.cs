using XeroCfo.Domain.Sync;

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
    SyncErrorAnswer? Error)
{
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
