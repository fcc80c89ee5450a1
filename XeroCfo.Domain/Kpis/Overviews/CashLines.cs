using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Kpis.Overviews;

/// <summary>Draws the line of cash. Pure.</summary>
public static class CashLines
{
    /// <summary>How far open documents are looked ahead.</summary>
    public const int DaysAhead = 91;

    /// <summary>A customer whose expected day has passed is waited for so long again.</summary>
    public const int Grace = 14;

    private const int MostMarkers = 4, MostNew = 2;

    /// <summary>Closing cash of every day.</summary>
    /// <param name="opening">Before the first day.</param>
    /// <param name="days">First and last day.</param>
    /// <param name="moved">What moved, in any order, several of a day too.</param>
    public static IReadOnlyList<CashDay> Past(decimal opening, Days days, IEnumerable<DayAmount> moved)
    {
        var byDay = moved.ToLookup(amount => amount.Date, amount => amount.Amount);
        var line = new List<CashDay>(days.Last.DayNumber - days.First.DayNumber + 1);
        var cash = opening;
        for (var day = days.First; day <= days.Last; day = day.AddDays(1))
        {
            line.Add(new CashDay(day, cash += byDay[day].Sum()));
        }

        return line;
    }

    /// <summary>The day on which an open document is expected to be paid: invoices as late as the customer usually is, bills when due; never in the past.</summary>
    public static DateOnly Expected(DateOnly due, bool isSale, decimal? daysLate, DateOnly today)
    {
        if (!isSale)
        {
            return due > today ? due : today.AddDays(1);
        }

        var expected = due.AddDays((int)Math.Ceiling(Math.Clamp(daysLate ?? 0, 0, 120)));
        return expected > today ? expected : today.AddDays(Grace);
    }

    /// <summary>What is to come makes of today's cash, day by day.</summary>
    public static IReadOnlyList<CashDay> Ahead(decimal cash, DateOnly today, IEnumerable<CashMarker> flows)
    {
        var byDay = flows.ToLookup(flow => flow.Date, flow => flow.Amount);
        var line = new List<CashDay>(DaysAhead + 1) { new(today, cash) };
        for (var day = today.AddDays(1); day <= today.AddDays(DaysAhead); day = day.AddDays(1))
        {
            line.Add(new CashDay(day, cash += byDay[day].Sum()));
        }

        return line;
    }

    /// <summary>Tax, the largest payments to one party on one day, and those to suppliers that are new.</summary>
    public static IReadOnlyList<CashMarker> Markers(IReadOnlyList<CashMarker> flows, DateOnly today)
    {
        var ahead = flows.Where(flow => flow.Date <= today.AddDays(DaysAhead)).ToList();
        var large = ahead.Where(flow => !flow.IsTax && flow.Amount < 0)
            .GroupBy(flow => (flow.Date, flow.ContactId, flow.Name))
            .Select(group => new CashMarker(group.Key.Date, group.Sum(flow => flow.Amount), group.Key.Name, group.Key.ContactId, false) { IsNew = group.Any(flow => flow.IsNew) })
            .OrderBy(flow => flow.Amount).ThenBy(flow => flow.Date).ThenBy(flow => flow.ContactId)
            .ToList();
        return [.. ahead.Where(flow => flow.IsTax).Concat(large.Take(MostMarkers)).Concat(large.Skip(MostMarkers).Where(flow => flow.IsNew).Take(MostNew)).OrderBy(flow => flow.Date)];
    }
}
