using System.ComponentModel.DataAnnotations;
using System.Globalization;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Schedules;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Reports.Schedules;

/// <summary>
/// A schedule. It falls due by <c>cron</c> (minute, hour, day of the month, month, day of the week), or <c>daysAfterMonthEnd</c> days after each month's
/// end at <c>at</c>, both by the organisation's clock; <c>nextRunAt</c> is null while it is switched off. It runs with its owner's rights.
/// </summary>
internal sealed record ScheduleAnswer(
    Guid Id, string Name, string Type, [property: Words(typeof(SchedulePeriods))] string Period, ReportParameters Parameters, string? Cron, int? DaysAfterMonthEnd, string? At, bool IsActive,
    [property: Words(typeof(ScheduleMail))] string MailAs, IReadOnlyList<string> Recipients, Guid? OwnerId, DateTime? NextRunAt, ScheduleRunAnswer? LastRun, DateTime CreatedAt, DateTime UpdatedAt) : IExample<ScheduleAnswer>
{
    public static ScheduleAnswer Example => new(
        Examples.Thing, "Board pack", ReportTypes.ProfitAndLoss, SchedulePeriods.LastMonth, new ReportParameters { Compare = "lastYear" }, null, 3, "07:00", true, ScheduleMail.Pdf, ["board@tui-and-ash.example"], Examples.Contact,
        Examples.Instant, ScheduleRunAnswer.Example, Examples.Instant, Examples.Instant);

    public static ScheduleAnswer Of(ReportSchedule row, ScheduleRun? last) => new(
        row.Id, row.Name, row.Type, row.Period, ReportJson.ReadParameters(row.Parameters), row.Cron, row.DaysAfterMonthEnd, row.Cron is null ? Time(row.AtMinute) : null, row.IsActive, row.MailAs, row.Recipients, row.UserId,
        row.NextRunAt, last is null ? null : ScheduleRunAnswer.Of(last), row.CreatedAt, row.UpdatedAt);

    public static string Time(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}");
}

/// <summary>A run: <c>reportId</c> is the kept report; <c>mail</c> what became of its mail.</summary>
internal sealed record ScheduleRunAnswer(
    Guid Id, DateTime DueAt, bool ByHand, [property: Words(typeof(ScheduleRunStatus))] string Status, DateTime? StartedAt, DateTime? FinishedAt, Guid? ReportId, [property: Words(typeof(ScheduleMailStatus))] string Mail, ScheduleErrorAnswer? Error)
    : IExample<ScheduleRunAnswer>
{
    public static ScheduleRunAnswer Example => new(Examples.Thing, Examples.Instant, false, ScheduleRunStatus.Succeeded, Examples.Instant, Examples.Instant, Examples.Document, ScheduleMailStatus.Sent, null);

    public static ScheduleRunAnswer Of(ScheduleRun run) => new(
        run.Id, run.DueAt, run.ByHand, run.Status, run.StartedAt, run.FinishedAt, run.ReportId, run.MailStatus, run.ErrorCode is { } code ? new ScheduleErrorAnswer(code, run.ErrorMessage ?? "") : null);
}

internal sealed record ScheduleErrorAnswer(string Code, string Message);

/// <summary>
/// A schedule as it is to be; what is left out of a change is as in a new one. Either <c>cron</c> or <c>daysAfterMonthEnd</c>. Days come from <c>period</c>:
/// <c>parameters</c> holds no from, to and date.
/// </summary>
internal sealed record ScheduleRequest(
    [property: Required, StringLength(ReportService.NameLimit, MinimumLength = 1)] string? Name = null,
    [property: Required, AllowedValues(ReportTypes.ProfitAndLoss, ReportTypes.BalanceSheet, ReportTypes.CashFlow, ReportTypes.AgedReceivables, ReportTypes.AgedPayables, ReportTypes.BudgetVariance, ReportTypes.KpiDashboard, ReportTypes.Custom)] string? Type = null,
    [property: Required, AllowedValues(SchedulePeriods.LastMonth, SchedulePeriods.MonthToDate, SchedulePeriods.LastQuarter, SchedulePeriods.YearToDate, SchedulePeriods.LastYear, SchedulePeriods.TwelveMonths)] string? Period = null,
    ReportParametersRequest? Parameters = null,
    [property: StringLength(ReportSchedule.CronLimit)] string? Cron = null,
    [property: Range(1, ReportSchedule.MostDaysAfter)] int? DaysAfterMonthEnd = null,
    [property: RegularExpression("^([01][0-9]|2[0-3]):[0-5][0-9]$")] string? At = null,
    bool IsActive = true,
    [property: AllowedValues(null, ScheduleMail.None, ScheduleMail.Link, ScheduleMail.Pdf)] string? MailAs = null,
    [property: MaxLength(ReportSchedule.MostRecipients)] IReadOnlyList<string>? Recipients = null) : IExample<ScheduleRequest>
{
    public static ScheduleRequest Example => new("Board pack", ReportTypes.ProfitAndLoss, SchedulePeriods.LastMonth, new ReportParametersRequest(Compare: "lastYear"), null, 3, "07:00", true, ScheduleMail.Pdf, ["board@tui-and-ash.example"]);

    public ScheduleInput ToInput() => new()
    {
        Name = Name,
        Type = Type,
        Period = Period,
        Parameters = (Parameters ?? new ReportParametersRequest()).ToParameters(),
        Cron = Cron,
        DaysAfterMonthEnd = DaysAfterMonthEnd,
        At = At,
        IsActive = IsActive,
        MailAs = MailAs,
        Recipients = Recipients ?? [],
    };
}
