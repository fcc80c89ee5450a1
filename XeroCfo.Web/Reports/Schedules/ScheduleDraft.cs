using System.Globalization;
using System.Text.RegularExpressions;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Schedules;

namespace XeroCfo.Web.Reports.Schedules;

/// <summary>A schedule as its form holds it.</summary>
public sealed partial class ScheduleDraft
{
    /// <summary>How it is told when to run.</summary>
    public const string MonthEnd = "month_end", Daily = "daily", Weekly = "weekly", Own = "cron";

    public string Name { get; set; } = "";

    public string Type { get; set; } = ReportTypes.ProfitAndLoss;

    public string Period { get; set; } = SchedulePeriods.LastMonth;

    public ReportParameters Parameters { get; set; } = new();

    public string Mode { get; set; } = MonthEnd;

    public int Days { get; set; } = 3;

    /// <summary><c>HH:mm</c>.</summary>
    public string At { get; set; } = "07:00";

    /// <summary>Sunday is 0, as in cron.</summary>
    public int Weekday { get; set; } = 1;

    public string Cron { get; set; } = "";

    public bool IsActive { get; set; } = true;

    public string MailAs { get; set; } = ScheduleMail.None;

    /// <summary>Addresses, parted by spaces, commas or lines.</summary>
    public string Recipients { get; set; } = "";

    /// <summary>A new one of a report as it stands on screen; the interval of KPIs becomes the period, which may then be another one.</summary>
    public static ScheduleDraft Of(string type, ReportParameters asked)
    {
        var interval = type == ReportTypes.KpiDashboard ? asked.Interval : null;
        return new ScheduleDraft
        {
            Name = ReportTypes.TitleOf(type),
            Type = type,
            Period = interval switch { ReportWords.Quarter => SchedulePeriods.LastQuarter, ReportWords.Year => SchedulePeriods.YearToDate, _ => SchedulePeriods.LastMonth },
            Parameters = asked with { From = null, To = null, Date = null, Interval = type == ReportTypes.KpiDashboard ? null : asked.Interval },
        };
    }

    public static ScheduleDraft Of(ReportSchedule schedule)
    {
        var draft = new ScheduleDraft
        {
            Name = schedule.Name,
            Type = schedule.Type,
            Period = schedule.Period,
            Parameters = ReportJson.ReadParameters(schedule.Parameters),
            Days = schedule.DaysAfterMonthEnd ?? 3,
            Cron = schedule.Cron ?? "",
            IsActive = schedule.IsActive,
            MailAs = schedule.MailAs,
            Recipients = string.Join(", ", schedule.Recipients),
        };
        if (schedule.Cron is not { } cron)
        {
            draft.At = ScheduleAnswer.Time(schedule.AtMinute);
        }
        else if (Simple().Match(cron) is { Success: true } simple && Number(simple, "hour") is < 24 and var hour && Number(simple, "minute") is < 60 and var minute)
        {
            (draft.Mode, draft.At) = (simple.Groups["day"].Value == "*" ? Daily : Weekly, ScheduleAnswer.Time((hour * 60) + minute));
            draft.Weekday = draft.Mode == Weekly ? Number(simple, "day") % 7 : draft.Weekday;
        }
        else
        {
            draft.Mode = Own;
        }

        return draft;
    }

    public ScheduleInput ToInput() => new()
    {
        Name = Name,
        Type = Type,
        Period = Period,
        Parameters = Parameters,
        Cron = Mode switch { Daily => $"{Clock} * * *", Weekly => string.Create(CultureInfo.InvariantCulture, $"{Clock} * * {Weekday}"), Own => Cron, _ => null },
        DaysAfterMonthEnd = Mode == MonthEnd ? Days : null,
        At = Mode == MonthEnd ? At : null,
        IsActive = IsActive,
        MailAs = MailAs,
        Recipients = MailAs == ScheduleMail.None ? [] : Recipients.Split([' ', ',', ';', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries),
    };

    // Cron's minute and hour.
    private string Clock => TimeOnly.TryParseExact(At, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? string.Create(CultureInfo.InvariantCulture, $"{at.Minute} {at.Hour}") : "x x";

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<minute>\d{1,2}) (?<hour>\d{1,2}) \* \* (?<day>\*|[0-7])$")]
    private static partial Regex Simple();
}
