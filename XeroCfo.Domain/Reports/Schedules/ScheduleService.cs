using System.Globalization;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Reports.Schedules;

/// <summary>Reports that are made by themselves. To read a schedule takes reports:read, to write one reports:write and what the report itself needs.</summary>
public sealed class ScheduleService(ITenantRepository tenants, IScheduleRepository schedules, ReportService reports, ScheduleClock times, TimeProvider clock)
{
    private const string UsualTime = "07:00";

    public async Task<Result<Page<ScheduleView>>> ListAsync(Caller caller, TenantId tenant, string? cursor, int limit, CancellationToken ct) =>
        caller.Lacks(Permissions.ReportsRead, tenant) is { } refused ? refused : await schedules.ListAsync(tenant, cursor, limit, ct);

    /// <summary>How many there are, counted up to <see cref="CappedCount.Cap"/>.</summary>
    public async Task<Result<CappedCount>> CountAsync(Caller caller, TenantId tenant, CancellationToken ct) =>
        caller.Lacks(Permissions.ReportsRead, tenant) is { } refused ? refused : await schedules.CountAsync(tenant, ct);

    public async Task<Result<ScheduleView>> GetAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct) =>
        caller.Lacks(Permissions.ReportsRead, tenant) is { } refused ? refused : await schedules.FindAsync(tenant, id, ct) is { } found ? found : ScheduleProblems.Unknown;

    /// <summary>Makes a schedule, if its report could be made now.</summary>
    public async Task<Result<ReportSchedule>> CreateAsync(Caller caller, TenantId tenant, ScheduleInput input, CancellationToken ct)
    {
        var made = await MakeAsync(caller, tenant, input, ct);
        return made.Problem is { } wrong ? wrong : await schedules.CreateAsync(caller, tenant, made.Value, ct);
    }

    /// <summary>Changes a schedule; its writer owns it from now on, for it runs with that person's rights.</summary>
    public async Task<Result<ReportSchedule>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, ScheduleInput input, CancellationToken ct)
    {
        var made = await MakeAsync(caller, tenant, input, ct);
        return made.Problem is { } wrong ? wrong : await schedules.UpdateAsync(caller, tenant, id, version, made.Value, ct);
    }

    public async Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CancellationToken ct) =>
        caller.Lacks(Permissions.ReportsWrite, tenant) is { } refused ? refused : await schedules.DeleteAsync(caller, tenant, id, version, ct);

    /// <summary>What became of it, the newest first.</summary>
    public async Task<Result<Page<ScheduleRun>>> RunsAsync(Caller caller, TenantId tenant, Guid id, string? cursor, int limit, CancellationToken ct)
    {
        var found = await GetAsync(caller, tenant, id, ct);
        return found.Problem is { } refused ? refused : await schedules.RunsAsync(tenant, id, cursor, limit, ct);
    }

    /// <summary>How many runs, counted up to <see cref="CappedCount.Cap"/>.</summary>
    public async Task<Result<CappedCount>> CountRunsAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct)
    {
        var found = await GetAsync(caller, tenant, id, ct);
        return found.Problem is { } refused ? refused : await schedules.CountRunsAsync(tenant, id, ct);
    }

    public async Task<Result<ScheduleRun>> RunAsync(Caller caller, TenantId tenant, Guid id, Guid run, CancellationToken ct) =>
        caller.Lacks(Permissions.ReportsRead, tenant) is { } refused ? refused : await schedules.FindRunAsync(tenant, id, run, ct) is { } found ? found : ScheduleProblems.UnknownRun;

    /// <summary>Runs it now, beside its times.</summary>
    public async Task<Result<ScheduleRun>> RequestAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct) =>
        caller.Lacks(Permissions.ReportsWrite, tenant) is { } refused ? refused : await schedules.RequestAsync(caller, tenant, id, ct);

    /// <summary>When it would run next; null: it is wrong by itself.</summary>
    public DateTime? Preview(ScheduleInput input, XeroTenant organisation) =>
        Check(input) is null ? times.NextAfter(Schedule(new TenantId(organisation.Id), input), organisation, clock.UtcNow()) : null;

    /// <summary>What is wrong with a schedule by itself.</summary>
    public Problem? Check(ScheduleInput input) =>
        string.IsNullOrWhiteSpace(input.Name) || input.Name.Trim().Length > ReportService.NameLimit || input.Name.Any(char.IsControl) || TextRules.Askable(input.Name) != input.Name
            ? Problem.Invalid("name", $"name must be 1 to {ReportService.NameLimit} characters.")
        : input.Type is null || !ReportTypes.All.Contains(input.Type) ? Problem.Invalid("type", $"type must be one of {string.Join(", ", ReportTypes.All)}.")
        : input.Period is null || !SchedulePeriods.For(input.Type).Contains(input.Period)
            ? Problem.Invalid("period", $"{(input.Period == SchedulePeriods.TwelveMonths ? "KPIs are of a month, a quarter or a financial year: " : "")}period must be one of {string.Join(", ", SchedulePeriods.For(input.Type))}.")
        : input.Parameters is { From: not null } or { To: not null } or { Date: not null } ? Problem.Invalid("parameters", "A schedule's days come from its period: leave from, to and date out.")
        : CheckTimes(input) ?? CheckMail(input);

    private Problem? CheckTimes(ScheduleInput input) => input switch
    {
        { Cron: null, DaysAfterMonthEnd: null } or { Cron: not null, DaysAfterMonthEnd: not null } => Problem.Invalid("cron", "Say cron, or daysAfterMonthEnd: one of the two."),
        { Cron: { } fields } => fields.Length > ReportSchedule.CronLimit ? Problem.Invalid("cron", $"cron may have {ReportSchedule.CronLimit} characters.")
            : input.At is not null ? Problem.Invalid("at", "The time of day stands in cron: leave at out.")
            : times.Fault(fields, clock.UtcNow()) is { } fault ? Problem.Invalid("cron", $"This cron cannot be used: {fault}.") : null,
        { DaysAfterMonthEnd: < 1 or > ReportSchedule.MostDaysAfter } => Problem.Invalid("daysAfterMonthEnd", $"daysAfterMonthEnd must be 1 to {ReportSchedule.MostDaysAfter}."),
        _ => Minute(input.At ?? UsualTime) is null ? Problem.Invalid("at", "at must be a time of day, HH:mm.") : null,
    };

    private static Problem? CheckMail(ScheduleInput input)
    {
        var mailAs = input.MailAs ?? ScheduleMail.None;
        return !ScheduleMail.All.Contains(mailAs) ? Problem.Invalid("mailAs", $"mailAs must be one of {string.Join(", ", ScheduleMail.All)}.")
            : mailAs == ScheduleMail.None ? (input.Recipients.Count > 0 ? Problem.Invalid("recipients", "Nobody is mailed: say mailAs link or pdf, or leave recipients out.") : null)
            : input.Recipients.Count is < 1 or > ReportSchedule.MostRecipients ? Problem.Invalid("recipients", $"recipients must name 1 to {ReportSchedule.MostRecipients} e-mail addresses.")
            : input.Recipients.Any(address => !EmailAddress.IsValid(address)) ? Problem.Invalid("recipients", "Each of recipients must be an e-mail address.")
            : null;
    }

    private async Task<Result<ReportSchedule>> MakeAsync(Caller caller, TenantId tenant, ScheduleInput input, CancellationToken ct)
    {
        if ((caller.Lacks(Permissions.ReportsWrite, tenant) ?? Check(input)) is { } wrong)
        {
            return wrong;
        }

        if (caller.UserId is not { } person)
        {
            return ScheduleProblems.NoPerson;
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        // What cannot be made now, or may not by this caller, would fail each time.
        var tried = await reports.RunAsync(caller, tenant, input.Type, SchedulePeriods.Apply(input.Type!, input.Period!, input.Parameters, organisation, organisation.Today(clock)), ct);
        if (tried.Problem is { } refused)
        {
            return refused.Field is "from" or "to" or "date" ? refused with { Field = "period" } : refused;
        }

        var schedule = Schedule(tenant, input);
        schedule.UserId = person;
        schedule.NextRunAt = schedule.IsActive ? times.NextAfter(schedule, organisation, clock.UtcNow()) : null;
        return schedule;
    }

    private static ReportSchedule Schedule(TenantId tenant, ScheduleInput input) => new()
    {
        TenantId = tenant.Value,
        Name = input.Name!.Trim(),
        Type = input.Type!,
        Period = input.Period!,
        Parameters = ReportJson.Write(input.Parameters),
        Cron = input.Cron?.Trim(),
        DaysAfterMonthEnd = input.DaysAfterMonthEnd,
        AtMinute = input.Cron is null ? Minute(input.At ?? UsualTime) ?? 0 : 0,
        IsActive = input.IsActive,
        MailAs = input.MailAs ?? ScheduleMail.None,
        Recipients = [.. input.Recipients.Select(address => address.Trim()).Distinct(StringComparer.OrdinalIgnoreCase)],
    };

    private static int? Minute(string time) =>
        TimeOnly.TryParseExact(time, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? (at.Hour * 60) + at.Minute : null;
}
