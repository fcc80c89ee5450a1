using Cronos;
using XeroCfo.Domain.Reports.Schedules;

namespace XeroCfo.Data.Reports.Schedules;

internal sealed class CronCalendar : ICronCalendar
{
    public string? Fault(string cron)
    {
        try
        {
            CronExpression.Parse(cron);
            return null;
        }
        catch (CronFormatException fault)
        {
            return fault.Message.TrimEnd('.');
        }
    }

    public DateTime? NextAfter(string cron, DateTime after, TimeZoneInfo zone) => CronExpression.Parse(cron).GetNextOccurrence(DateTime.SpecifyKind(after, DateTimeKind.Utc), zone);
}
