using System.Globalization;
using XeroCfo.Domain.Ledger.Contacts;

namespace XeroCfo.Web.Ledger.Contacts;

/// <summary>Contacts in words.</summary>
public static class ContactWords
{
    /// <summary>"39 days late", "3 days early", "on the day".</summary>
    public static string Days(decimal daysLate) => Whole(daysLate) switch
    {
        0 => "on the day",
        > 0 and var late => $"{Count(late)} late",
        var early => $"{Count(-early)} early",
    };

    /// <summary>"39" for 39 days late, "−3" for 3 days early.</summary>
    public static string Figure(decimal daysLate) => Whole(daysLate) is var whole && whole < 0 ? $"−{-whole}" : whole.ToString(CultureInfo.InvariantCulture);

    /// <summary>"Pays 39 days late, a year ago 4 days late."</summary>
    public static string Habit(PayingHabit habit, bool theirs)
    {
        if (habit.Now is not { } now)
        {
            return theirs ? "Has paid nothing in two years." : "We have paid nothing in two years.";
        }

        var verb = theirs ? "Pays" : "We pay";
        return habit.YearAgo is { } before
            ? Whole(before) == Whole(now) ? $"{verb} {Days(now)}, as a year ago." : $"{verb} {Days(now)}, a year ago {Days(before)}."
            : $"{verb} {Days(now)}.";
    }

    private static int Whole(decimal days) => (int)Math.Round(days, MidpointRounding.AwayFromZero);

    private static string Count(int days) => days == 1 ? "1 day" : $"{days} days";
}
