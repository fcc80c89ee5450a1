using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Reports.Schedules;

/// <summary>Where schedules and their runs are kept.</summary>
public interface IScheduleRepository
{
    /// <summary>The oldest first.</summary>
    Task<Result<Page<ScheduleView>>> ListAsync(TenantId tenant, string? cursor, int limit, CancellationToken ct);

    Task<CappedCount> CountAsync(TenantId tenant, CancellationToken ct);

    Task<ScheduleView?> FindAsync(TenantId tenant, Guid id, CancellationToken ct);

    Task<Result<ReportSchedule>> CreateAsync(Caller caller, TenantId tenant, ReportSchedule schedule, CancellationToken ct);

    /// <summary>Changes what <paramref name="schedule"/> says of a schedule, and gives it to its writer.</summary>
    Task<Result<ReportSchedule>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, ReportSchedule schedule, CancellationToken ct);

    /// <summary>Its history goes with it; the reports that it made stay.</summary>
    Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CancellationToken ct);

    /// <summary>The newest first.</summary>
    Task<Result<Page<ScheduleRun>>> RunsAsync(TenantId tenant, Guid schedule, string? cursor, int limit, CancellationToken ct);

    Task<CappedCount> CountRunsAsync(TenantId tenant, Guid schedule, CancellationToken ct);

    Task<ScheduleRun?> FindRunAsync(TenantId tenant, Guid schedule, Guid run, CancellationToken ct);

    /// <summary>Queues a run now; the one that waits or runs already, if there is one.</summary>
    Task<Result<ScheduleRun>> RequestAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct);
}

/// <summary>A run that this process has.</summary>
public sealed record ClaimedRun(ScheduleRun Run, ReportSchedule Schedule, XeroTenant Organisation);

/// <summary>The runs of all organisations, for the product's own workers. Of several nodes one has a run.</summary>
public interface IScheduleQueue
{
    /// <summary>Queues what has fallen due, and sets when each falls due next. What was missed for several times is queued once.</summary>
    Task<int> EnqueueDueAsync(Func<ReportSchedule, XeroTenant, DateTime?> next, CancellationToken ct);

    /// <summary>The next run that waits, or whose process died; null: none.</summary>
    Task<ClaimedRun?> ClaimAsync(string owner, CancellationToken ct);

    /// <summary>Keeps how a run ended, unless another process has it by now.</summary>
    Task FinishAsync(ScheduleRun run, CancellationToken ct);
}

/// <summary>Brings kept reports, and word of failures, to people.</summary>
public interface IReportPost
{
    /// <summary>Mails a report as its schedule says; the answer is one of <see cref="ScheduleMailStatus"/>.</summary>
    Task<string> SendAsync(Caller caller, ReportSchedule schedule, Report report, CancellationToken ct);

    /// <summary>Tells somebody that a run failed, where there is mail.</summary>
    Task TellFailureAsync(string address, ReportSchedule schedule, XeroTenant organisation, Problem problem, CancellationToken ct);

    /// <summary>Tells somebody that a report was kept and did not reach everybody whom it is mailed to.</summary>
    Task TellUndeliveredAsync(string address, ReportSchedule schedule, XeroTenant organisation, Guid report, CancellationToken ct);
}

/// <summary>What schedules refuse.</summary>
public static class ScheduleProblems
{
    public static Problem Unknown { get; } = Problem.NotFound("schedule-not-found", "There is no such schedule in this organisation.");

    public static Problem UnknownRun { get; } = Problem.NotFound("schedule-run-not-found", "There is no such run of this schedule.");

    public static Problem NoPerson { get; } = Problem.Invalid("name", "A schedule runs with a person's rights: save it as one, or with a person's key.");

    public static Problem NoOwner { get; } = new("schedule-without-owner", "The person whose rights it ran with is gone. Whoever saves it again owns it.", ProblemKind.Refused);

    public static Problem OwnerLeft { get; } = new("schedule-owner-left", "The person whose rights it runs with may no longer sign in. Whoever saves it again owns it.", ProblemKind.Refused);

    public static Problem Crashed { get; } = new("schedule-run-stopped", "The run was stopped several times before it was done. Run it again; the log says more.", ProblemKind.Refused);
}
