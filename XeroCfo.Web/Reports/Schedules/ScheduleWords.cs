using System.Globalization;
using XeroCfo.Domain.Reports.Schedules;
using XeroCfo.Domain.Tenants;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Reports.Schedules;

/// <summary>Schedules in words.</summary>
internal static class ScheduleWords
{
    private static readonly string[] Weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    /// <summary>The days of the week as cron counts them.</summary>
    public static IReadOnlyList<string> Week => Weekdays;

    /// <summary>"3 days after each month's end at 07:00", "Every Monday at 08:30", else cron's own fields.</summary>
    public static string When(ReportSchedule schedule)
    {
        var draft = ScheduleDraft.Of(schedule);
        return draft.Mode switch
        {
            ScheduleDraft.MonthEnd => $"{(draft.Days == 1 ? "The day" : $"{draft.Days} days")} after each month's end at {draft.At}",
            ScheduleDraft.Daily => $"Every day at {draft.At}",
            ScheduleDraft.Weekly => $"Every {Weekdays[draft.Weekday]} at {draft.At}",
            _ => $"Cron {schedule.Cron}",
        };
    }

    public static string Period(string period, bool atADay) => (period, atADay) switch
    {
        (SchedulePeriods.LastMonth, false) => "Last month",
        (SchedulePeriods.LastMonth, true) => "End of last month",
        (SchedulePeriods.MonthToDate, false) => "Month to date",
        (SchedulePeriods.MonthToDate, true) => "The day itself",
        (SchedulePeriods.LastQuarter, false) => "Last quarter",
        (SchedulePeriods.LastQuarter, true) => "End of last quarter",
        (SchedulePeriods.YearToDate, _) => "Year to date",
        (SchedulePeriods.LastYear, false) => "Last financial year",
        (SchedulePeriods.LastYear, true) => "End of last financial year",
        _ => "12 months to the last one",
    };

    /// <summary>"Thu 3 Dec 2026, 07:00", on the organisation's clock.</summary>
    public static string At(DateTime utc, XeroTenant organisation) =>
        TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), OrganisationTime.Find(organisation.TimeZone) ?? TimeZoneInfo.Utc).ToString("ddd d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    public static Tone Tone(ScheduleRun run) => run.Status switch
    {
        ScheduleRunStatus.Succeeded => run.MailStatus is ScheduleMailStatus.None or ScheduleMailStatus.Sent ? Shared.Tone.Good : Shared.Tone.Warn,
        ScheduleRunStatus.Failed => Shared.Tone.Bad,
        _ => Shared.Tone.Info,
    };

    public static string Status(ScheduleRun run) => run.Status switch
    {
        ScheduleRunStatus.Succeeded => run.MailStatus switch
        {
            ScheduleMailStatus.Sent => "Kept and mailed",
            ScheduleMailStatus.NotSet => "Kept, no mail server",
            ScheduleMailStatus.Failed => "Kept, mail failed",
            _ => "Kept",
        },
        ScheduleRunStatus.Failed => "Failed",
        ScheduleRunStatus.Running => "Running",
        _ => "Waits",
    };

    public static string Mail(ReportSchedule schedule) => schedule.MailAs switch
    {
        ScheduleMail.Link => $"link to {string.Join(", ", schedule.Recipients)}",
        ScheduleMail.Pdf => $"PDF to {string.Join(", ", schedule.Recipients)}",
        _ => "kept only",
    };
}
