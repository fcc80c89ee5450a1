using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Reports.Schedules;

/// <summary>Reads cron's five fields.</summary>
public interface ICronCalendar
{
    /// <summary>What is wrong with it; null: nothing.</summary>
    string? Fault(string cron);

    /// <summary>The first time after an instant, UTC, by the clock of a zone; null: never.</summary>
    DateTime? NextAfter(string cron, DateTime after, TimeZoneInfo zone);
}

/// <summary>Says when schedules fall due, by the clock of their organisation.</summary>
public sealed class ScheduleClock(ICronCalendar cron)
{
    /// <summary>Two times are at least so far apart: reports are kept for ever.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromHours(1);

    private const int Looked = 60;

    /// <summary>The first time after an instant, UTC; null: never.</summary>
    public DateTime? NextAfter(ReportSchedule schedule, XeroTenant organisation, DateTime after)
    {
        var zone = OrganisationTime.Find(organisation.TimeZone) ?? TimeZoneInfo.Utc;
        return schedule.Cron is { } fields ? cron.NextAfter(fields, after, zone) : AfterMonthEnd(schedule.DaysAfterMonthEnd ?? 1, schedule.AtMinute, after, zone);
    }

    /// <summary>What is wrong with five fields of cron; null: nothing.</summary>
    public string? Fault(string fields, DateTime now)
    {
        if (cron.Fault(fields) is { } fault)
        {
            return fault;
        }

        var at = cron.NextAfter(fields, now, TimeZoneInfo.Utc);
        if (at is null)
        {
            return "it never falls due";
        }

        for (var looked = 0; looked < Looked && cron.NextAfter(fields, at.Value, TimeZoneInfo.Utc) is { } next; looked++)
        {
            if (next - at.Value < Least)
            {
                return "it falls due more than once an hour, and each report is kept for ever";
            }

            at = next;
        }

        return null;
    }

    /// <summary>So many days after each month's end, at a time of day. A time that a clock change leaves out comes when the clock has gone on; one that comes twice, the first time.</summary>
    internal static DateTime AfterMonthEnd(int days, int minute, DateTime after, TimeZoneInfo zone)
    {
        var month = Month.Of(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(after, zone))).Add(-2);
        while (true)
        {
            var local = month.End.AddDays(days).ToDateTime(TimeOnly.MinValue).AddMinutes(minute);
            var utc = Utc(local, zone);
            if (utc > after)
            {
                return utc;
            }

            month = month.Next;
        }
    }

    private static DateTime Utc(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(30);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }
}
