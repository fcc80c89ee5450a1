using System.Globalization;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Reports.Schedules;

/// <summary>Does the runs that are due: makes the report with its owner's rights of that moment, keeps it and mails it.</summary>
public sealed class ScheduleRunner(IScheduleQueue queue, CallerService callers, ReportService reports, IReportPost post, TimeProvider clock, ScheduleClock times)
{
    /// <summary>A run that was taken up so often and never ended has something wrong with it.</summary>
    private const int MostAttempts = 3;

    private readonly string _owner = $"{Environment.MachineName}/{Guid.NewGuid():N}";

    /// <summary>Queues what has fallen due and does the next run; null: none waits.</summary>
    public async Task<ScheduleRun?> RunNextAsync(CancellationToken ct)
    {
        await queue.EnqueueDueAsync((schedule, organisation) => times.NextAfter(schedule, organisation, clock.UtcNow()), ct);
        if (await queue.ClaimAsync(_owner, ct) is not { } claimed)
        {
            return null;
        }

        var run = claimed.Run;
        var problem = run.Attempts > MostAttempts ? ScheduleProblems.Crashed : await MakeAsync(claimed, ct);
        (run.Status, run.FinishedAt) = (problem is null ? ScheduleRunStatus.Succeeded : ScheduleRunStatus.Failed, clock.UtcNow());
        (run.ErrorCode, run.ErrorMessage) = (problem?.Code, problem?.Message);
        await queue.FinishAsync(run, ct);
        if (problem is not null && claimed.Schedule.UserId is { } person && await callers.ForUserAsync(person, new Origin(), ct) is { Succeeded: true, Value: var owner } && owner.Sees(new TenantId(run.TenantId)))
        {
            await post.TellFailureAsync(owner.Name, claimed.Schedule, claimed.Organisation, problem, ct);
        }

        return run;
    }

    private async Task<Problem?> MakeAsync(ClaimedRun claimed, CancellationToken ct)
    {
        var ((run, schedule, organisation), tenant) = (claimed, new TenantId(claimed.Run.TenantId));
        if (schedule.UserId is not { } person)
        {
            return ScheduleProblems.NoOwner;
        }

        if (await callers.ForUserAsync(person, new Origin(), ct) is not { Succeeded: true, Value: var owner })
        {
            return ScheduleProblems.OwnerLeft;
        }

        // A run that another process takes up finds the report of the first one again: its key is the run.
        var caller = owner with { Kind = CallerKind.Worker, Name = $"{owner.Name}, by schedule", IdempotencyKey = $"schedule-run-{run.Id:N}" };
        var day = organisation.DayOf(run.DueAt);
        var days = SchedulePeriods.Of(schedule.Period, organisation, day);
        var parameters = SchedulePeriods.Apply(schedule.Type, schedule.Period, ReportJson.ReadParameters(schedule.Parameters), organisation, day);
        var name = TextRules.Limit(string.Create(CultureInfo.InvariantCulture, $"{TextRules.Limit(schedule.Name, ReportService.NameLimit - 20)}, {days.Last:d MMM yyyy}"), ReportService.NameLimit);
        var kept = await reports.SaveAsync(caller, tenant, schedule.Type, name, parameters, ct);
        if (kept.Problem is { } refused)
        {
            return refused;
        }

        run.ReportId = kept.Value.Id;
        run.MailStatus = schedule.MailAs == ScheduleMail.None ? ScheduleMailStatus.None : await post.SendAsync(caller, schedule, kept.Value, ct);
        return null;
    }
}
