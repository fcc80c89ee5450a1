using System.Globalization;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Reports.Schedules;

/// <summary>Does the runs that are due: makes the report with its owner's rights of that moment, keeps it and mails it.</summary>
public sealed class ScheduleRunner(IScheduleQueue queue, ScheduleOwners owners, ReportService reports, IReportPost post, TimeProvider clock, ScheduleClock times)
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
        await TellAsync(claimed, problem, ct);
        return run;
    }

    // Each address once: a notice that does not get through has no notice of its own.
    private async Task TellAsync(ClaimedRun claimed, Problem? problem, CancellationToken ct)
    {
        var (run, schedule, organisation) = claimed;
        if (problem is null && run.MailStatus != ScheduleMailStatus.Failed)
        {
            return;
        }

        foreach (var address in await owners.ToTellAsync(schedule, new TenantId(run.TenantId), ct))
        {
            await (problem is not null ? post.TellFailureAsync(address, schedule, organisation, problem, ct) : post.TellUndeliveredAsync(address, schedule, organisation, run.ReportId!.Value, ct));
        }
    }

    private async Task<Problem?> MakeAsync(ClaimedRun claimed, CancellationToken ct)
    {
        var ((run, schedule, organisation), tenant) = (claimed, new TenantId(claimed.Run.TenantId));
        if (await owners.FindAsync(schedule, ct) is not { } owner)
        {
            return schedule.UserId is null ? ScheduleProblems.NoOwner : ScheduleProblems.OwnerLeft;
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
