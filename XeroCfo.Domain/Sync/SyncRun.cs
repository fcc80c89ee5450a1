using System.Globalization;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Sync;

/// <summary>The words of a run's status.</summary>
public static class SyncStatus
{
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";

    public static bool IsOver(string status) => status is Succeeded or Failed or Cancelled;
}

/// <summary>What made a run start.</summary>
public static class SyncTriggers
{
    public const string First = "first";
    public const string Manual = "manual";
    public const string Schedule = "schedule";
    public const string Command = "command";
    public const string Notice = "notice";

    /// <summary>Counts and month ends are compared with Xero's, once a night.</summary>
    public const string Check = "check";

    /// <summary>Everything is read anew, once a week.</summary>
    public const string Sweep = "sweep";

    /// <summary>A person gave consent anew.</summary>
    public const string Reconnect = "reconnect";

    /// <summary>Nothing is asked of Xero: the ledger is made anew from the documents that are kept.</summary>
    public const string Rebuild = "rebuild";

    /// <summary>Those of runs that do not read what changed since the last time: they put off none that does.</summary>
    public static IReadOnlyList<string> NotLooking { get; } = [Notice, Rebuild];

    private const string MonthAgain = "month ";

    /// <summary>Somebody wants the documents and the trial balance of a month read again, changed or not.</summary>
    public static string Again(Month month) => MonthAgain + month;

    /// <summary>The month of <see cref="Again"/>; null for any other trigger.</summary>
    public static Month? MonthOf(string trigger) =>
        trigger.StartsWith(MonthAgain, StringComparison.Ordinal) && Month.TryParse(trigger[MonthAgain.Length..], out var month) ? month : null;
}

/// <summary>One fetch of what changed at Xero, posted and compared with Xero's trial balance.</summary>
public sealed class SyncRun : Entity, ITenantOwned
{
    /// <summary>The step of a run that nobody has begun.</summary>
    public const string WaitingToStart = "waiting to start";

    /// <summary>The step of a run that goes on by itself at an instant, UTC.</summary>
    public static string WaitingUntil(DateTime instant) => string.Create(CultureInfo.InvariantCulture, $"waiting until {instant:yyyy-MM-dd'T'HH:mm:ss'Z'}");

    public Guid TenantId { get; set; }

    /// <summary>One of <see cref="SyncStatus"/>.</summary>
    public string Status { get; set; } = SyncStatus.Queued;

    /// <summary>Everything again, not only what changed.</summary>
    public bool Full { get; set; }

    /// <summary>One of <see cref="SyncTriggers"/>, or what <see cref="SyncTriggers.Again"/> makes.</summary>
    public required string Trigger { get; set; }

    /// <summary>Who asked; null for the schedule.</summary>
    public Guid? RequestedBy { get; set; }

    public DateTime? StartedAt { get; set; }

    public DateTime? FinishedAt { get; set; }

    /// <summary>What it is doing, in words.</summary>
    public string Step { get; set; } = WaitingToStart;

    /// <summary>How much of the step is done, in records or months.</summary>
    public int Done { get; set; }

    /// <summary>How much there is to do; 0: not known yet.</summary>
    public int Total { get; set; }

    /// <summary>Calls to Xero so far.</summary>
    public int Calls { get; set; }

    /// <summary>By kind of record, in Xero's name of one: <c>Invoice</c>.</summary>
    public Dictionary<string, SyncCounts> Counts { get; set; } = [];

    public List<MovedMonth> MovedMonths { get; set; } = [];

    public string? ErrorCode { get; set; }

    public string? ErrorMessage { get; set; }

    /// <summary>UTC: it goes on by itself then, not before; null: it may go on now.</summary>
    public DateTime? WaitUntil { get; set; }

    /// <summary>Somebody asked to stop it.</summary>
    public bool CancelRequested { get; set; }

    /// <summary>Which process works on it.</summary>
    public string? LeaseOwner { get; set; }

    /// <summary>UTC until which that process is believed to be alive.</summary>
    public DateTime? LeaseUntil { get; set; }
}

/// <summary>Who works on a run. What closes the books asks whether that is still so.</summary>
public sealed record RunLease(Guid RunId, string? Owner);

/// <summary>What became of the records of one kind.</summary>
public sealed record SyncCounts(int Received, int Inserted, int Updated, int Unchanged, int Deleted)
{
    public static readonly SyncCounts None = new(0, 0, 0, 0, 0);

    public SyncCounts Plus(SyncCounts other) => new(
        Received + other.Received, Inserted + other.Inserted, Updated + other.Updated, Unchanged + other.Unchanged, Deleted + other.Deleted);
}

/// <summary>A past month whose movement on an account is not what it was. Base currency, debit +.</summary>
public sealed record MovedMonth(string Month, Guid AccountId, decimal Before, decimal After)
{
    /// <summary>Both moves as one; what came back to where it was did not move.</summary>
    public static IReadOnlyList<MovedMonth> Then(IReadOnlyList<MovedMonth> first, IReadOnlyList<MovedMonth> second) =>
    [
        .. first.Concat(second)
            .GroupBy(move => (move.Month, move.AccountId))
            .Select(moves => new MovedMonth(moves.Key.Month, moves.Key.AccountId, moves.First().Before, moves.Last().After))
            .Where(move => move.Before != move.After),
    ];
}

/// <summary>A record that could not be understood or posted. Visible, and never the reason for losing the others.</summary>
public sealed class SyncIssue : ITenantOwned
{
    public long Id { get; set; }

    public Guid TenantId { get; set; }

    public Guid RunId { get; set; }

    /// <summary>Xero's name of one such record, the same word as in the run's counts: <c>Invoice</c>.</summary>
    public required string Kind { get; set; }

    public string? XeroId { get; set; }

    /// <summary>Kebab-case.</summary>
    public required string Code { get; set; }

    public required string Message { get; set; }

    public DateTime CreatedAt { get; set; }
}

/// <summary>How far an endpoint has been read. It moves only when the endpoint's last page is in.</summary>
public sealed class SyncCursor : ITenantOwned
{
    /// <summary>Stands for the nightly check, which is no endpoint.</summary>
    public const string Check = "Check";

    public Guid TenantId { get; set; }

    /// <summary>Xero's name of the endpoint.</summary>
    public required string Endpoint { get; set; }

    /// <summary>UTC: everything changed before it has been read; null: never read whole.</summary>
    public DateTime? ModifiedSince { get; set; }

    /// <summary>UTC start of a full load that is under way; null when none is.</summary>
    public DateTime? FullLoadStartedAt { get; set; }

    /// <summary>UTC start of the last full load that came to its end; null: none did.</summary>
    public DateTime? FullLoadedAt { get; set; }

    /// <summary>First day of the newest window that a full load under way still has to read.</summary>
    public DateOnly? FullLoadWindow { get; set; }
}

/// <summary>Refusals of the sync.</summary>
public static class SyncProblems
{
    public static Problem RunUnknown { get; } = Problem.NotFound("sync-run-not-found", "There is no such sync run in this organisation.");

    public static Problem RecordUnknown { get; } = Problem.Invalid("kind", "Only documents can be read one by one.");

    public static Problem AlreadyOver { get; } = new("sync-run-over", "This sync has already ended.", ProblemKind.Conflict);
}
