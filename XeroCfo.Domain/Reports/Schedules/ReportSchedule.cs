using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Reports.Schedules;

/// <summary>How a kept report reaches people.</summary>
public static class ScheduleMail
{
    public const string None = "none", Link = "link", Pdf = "pdf";

    public static readonly IReadOnlyList<string> All = [None, Link, Pdf];
}

/// <summary>A report that is made and kept at times of its own, in the organisation's time zone, with its owner's rights.</summary>
public sealed class ReportSchedule : Entity, ITenantOwned
{
    public const int CronLimit = 100, MostRecipients = 20, MostDaysAfter = 28;

    public Guid TenantId { get; set; }

    /// <summary>Whoever wrote it last: their rights decide what a run may show. Whoever is erased hands it over; null is one that nobody took, which runs no more.</summary>
    public Guid? UserId { get; set; }

    public required string Name { get; set; }

    /// <summary>One of <see cref="ReportTypes"/>.</summary>
    public required string Type { get; set; }

    /// <summary>One of <see cref="SchedulePeriods"/>.</summary>
    public required string Period { get; set; }

    /// <summary>JSON: what else is asked; no days.</summary>
    public required string Parameters { get; set; }

    /// <summary>Five fields: minute, hour, day of the month, month, day of the week. Null: by the end of months.</summary>
    public string? Cron { get; set; }

    /// <summary>Days after each month's end; null: by <see cref="Cron"/>.</summary>
    public int? DaysAfterMonthEnd { get; set; }

    /// <summary>Minutes after midnight, for <see cref="DaysAfterMonthEnd"/>.</summary>
    public int AtMinute { get; set; }

    public bool IsActive { get; set; } = true;

    /// <summary>One of <see cref="ScheduleMail"/>.</summary>
    public string MailAs { get; set; } = ScheduleMail.None;

    /// <summary>E-mail addresses.</summary>
    public List<string> Recipients { get; set; } = [];

    /// <summary>UTC; null while it is switched off.</summary>
    public DateTime? NextRunAt { get; set; }
}

/// <summary>Words for how a run stands.</summary>
public static class ScheduleRunStatus
{
    public const string Queued = "queued", Running = "running", Succeeded = "succeeded", Failed = "failed";

    public static readonly IReadOnlyList<string> All = [Queued, Running, Succeeded, Failed];

    public static bool IsOver(string status) => status is Succeeded or Failed;
}

/// <summary>What became of a run's mail.</summary>
public static class ScheduleMailStatus
{
    /// <summary>Nobody was to be mailed.</summary>
    public const string None = "none";

    public const string Sent = "sent";

    /// <summary>No mail server is named.</summary>
    public const string NotSet = "not_set";

    /// <summary>At least one address was not reached.</summary>
    public const string Failed = "failed";

    public static readonly IReadOnlyList<string> All = [None, Sent, NotSet, Failed];
}

/// <summary>One time that a schedule fell due, or was asked to run.</summary>
public sealed class ScheduleRun : Entity, ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid ScheduleId { get; set; }

    /// <summary>UTC: when it fell due. Of several missed ones the first; they run once.</summary>
    public DateTime DueAt { get; set; }

    /// <summary>A person or program asked for it.</summary>
    public bool ByHand { get; set; }

    public string Status { get; set; } = ScheduleRunStatus.Queued;

    public DateTime? StartedAt { get; set; }

    public DateTime? FinishedAt { get; set; }

    /// <summary>The process that does it.</summary>
    public string? LeaseOwner { get; set; }

    /// <summary>UTC: until then nobody else takes it.</summary>
    public DateTime? LeaseUntil { get; set; }

    /// <summary>How often a process took it up.</summary>
    public int Attempts { get; set; }

    /// <summary>The report that was kept; null when none was, or it was deleted.</summary>
    public Guid? ReportId { get; set; }

    public string MailStatus { get; set; } = ScheduleMailStatus.None;

    public string? ErrorCode { get; set; }

    public string? ErrorMessage { get; set; }
}

/// <summary>A schedule with its owner's name and its last run.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="Owner">Name, or e-mail address; null once the person was erased.</param>
/// <param name="LastRun">Null: it never ran.</param>
public sealed record ScheduleView(ReportSchedule Schedule, string? Owner, ScheduleRun? LastRun);

/// <summary>A schedule as somebody wants it.</summary>
public sealed record ScheduleInput
{
    public string? Name { get; init; }

    public string? Type { get; init; }

    public string? Period { get; init; }

    public ReportParameters Parameters { get; init; } = new();

    public string? Cron { get; init; }

    public int? DaysAfterMonthEnd { get; init; }

    /// <summary><c>HH:mm</c>, for days after month end; null: 07:00.</summary>
    public string? At { get; init; }

    public bool IsActive { get; init; } = true;

    public string? MailAs { get; init; }

    public IReadOnlyList<string> Recipients { get; init; } = [];
}
