using XeroCfo.Domain.Receivables;
using XeroCfo.Web.Ledger.Contacts;

namespace XeroCfo.Web.Receivables;

/// <summary>Receivables in words.</summary>
internal static class ReceivablesWords
{
    public static string Days(int days) => days == 1 ? "1 day" : $"{days} days";

    /// <summary>"39 ▲": how late it pays, and whether that is more than a year ago.</summary>
    public static string Habit(CustomerReceivables row) => row.DaysLate is not { } now ? "" : $"{ContactWords.Figure(now)}{Trend(row)}";

    public static string? HabitTitle(CustomerReceivables row) => row.DaysLate is not { } now ? null
        : row.DaysLateYearAgo is { } before ? $"Pays {ContactWords.Days(now)}, a year ago {ContactWords.Days(before)}" : $"Pays {ContactWords.Days(now)}";

    public static string Missed(CustomerReceivables row) => row.MissedCount == 1 ? "Promise missed" : $"{row.MissedCount} promises missed";

    public static string Tone(string tone) => tone switch
    {
        ReminderTones.Friendly => "Friendly",
        ReminderTones.Firm => "Firm",
        _ => "Final",
    };

    private static string Trend(CustomerReceivables row) => row is { DaysLate: { } now, DaysLateYearAgo: { } before } ? now - before >= 1 ? " ▲" : before - now >= 1 ? " ▼" : " =" : "";
}
