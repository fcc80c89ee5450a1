using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Rules.Runs;

/// <summary>Which documents a run looks at.</summary>
public static class RunScopes
{
    /// <summary>What has no category; payments and transfers follow what they settle.</summary>
    public const string Uncategorized = "uncategorized";

    /// <summary>Everything that no person decided. What no rule matches keeps what it has.</summary>
    public const string All = "all";

    public static readonly IReadOnlyList<string> Words = [Uncategorized, All];
}

/// <summary>What made rules run.</summary>
public static class RunTriggers
{
    public const string Manual = "manual";
    public const string Sync = "sync";
}

/// <summary>One run of all active rules over documents, page by page, and how far it is.</summary>
public sealed class RuleRun : Entity, ITenantOwned
{
    public Guid TenantId { get; set; }

    /// <summary>One of <see cref="SyncStatus"/>.</summary>
    public string Status { get; set; } = SyncStatus.Queued;

    /// <summary>One of <see cref="RunScopes"/>.</summary>
    public required string Scope { get; set; }

    public DateOnly? From { get; set; }

    public DateOnly? To { get; set; }

    /// <summary>One of <see cref="RunTriggers"/>.</summary>
    public required string Trigger { get; set; }

    public Guid? RequestedBy { get; set; }

    /// <summary>Who, as the audit trail names them.</summary>
    public required string By { get; set; }

    /// <summary>Who asked may see payroll; without it what a rule finds would tell of pay.</summary>
    public bool IncludesPayroll { get; set; }

    public DateTime? StartedAt { get; set; }

    public DateTime? FinishedAt { get; set; }

    /// <summary>How many there were to look at when it began; 0: not known yet.</summary>
    public int Total { get; set; }

    /// <summary>Documents looked at, those of persons too.</summary>
    public int Evaluated { get; set; }

    /// <summary>Of these, how many a rule takes.</summary>
    public int Matched { get; set; }

    public int Changed { get; set; }

    /// <summary>A rule takes them, but a person decided.</summary>
    public int SkippedManual { get; set; }

    /// <summary>The last document that is done; a run that was killed goes on behind it.</summary>
    public DateOnly? CursorDate { get; set; }

    public Guid? CursorId { get; set; }

    /// <summary>The one change that takes all of it back.</summary>
    public Guid? UndoId { get; set; }

    public string? ErrorCode { get; set; }

    public string? ErrorMessage { get; set; }

    public bool CancelRequested { get; set; }

    /// <summary>Which process works on it.</summary>
    public string? LeaseOwner { get; set; }

    /// <summary>UTC until which that process is believed to be alive.</summary>
    public DateTime? LeaseUntil { get; set; }
}

/// <summary>A run, and what became of its undo.</summary>
/// <param name="Run">The run.</param>
/// <param name="UndoneAt">When it was taken back; null: it was not.</param>
/// <param name="Restored">How many documents have again what they had.</param>
public sealed record RuleRunView(RuleRun Run, DateTime? UndoneAt, int? Restored);

/// <summary>What a person asks for.</summary>
public sealed record RunRequest(DateOnly? From, DateOnly? To, string Scope);

/// <summary>What runs refuse.</summary>
public static class RunProblems
{
    public static Problem Unknown { get; } = Problem.NotFound("rule-run-not-found", "There is no such run of rules in this organisation.");

    public static Problem AlreadyOver { get; } = new("rule-run-over", "This run has already ended.", ProblemKind.Conflict);

    public static Problem StillRunning { get; } = new("rule-run-running", "This run has not ended. Cancel it first, then take it back.", ProblemKind.Conflict);

    public static Problem NeverBegan { get; } = new("rule-run-empty", "This run never began: there is nothing to take back.", ProblemKind.Conflict);
}
