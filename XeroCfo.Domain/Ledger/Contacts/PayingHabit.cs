using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Ledger.Contacts;

/// <summary>A payment of an invoice or bill.</summary>
/// <param name="IsSale">An invoice of ours, paid to us; else a bill that we paid.</param>
/// <param name="Due">The document's due day; its own day where it has none.</param>
/// <param name="Paid">The payment's day.</param>
/// <param name="Amount">Base currency at the document's rate, positive.</param>
public readonly record struct PaidPart(bool IsSale, DateOnly Due, DateOnly Paid, decimal Amount)
{
    /// <summary>Days beyond the terms; negative when paid before.</summary>
    public int DaysLate => Paid.DayNumber - Due.DayNumber;
}

/// <summary>What was paid in a month, and how late.</summary>
/// <param name="Month">The month of the payments.</param>
/// <param name="Paid">Base currency.</param>
/// <param name="DaysLate">Weighted by amount; null when nothing was paid.</param>
/// <param name="Payments">How many.</param>
public sealed record PaidMonth(Month Month, decimal Paid, decimal? DaysLate, int Payments);

/// <summary>
/// How late somebody pays: the mean of paid day less due day, weighted by amount. Payments count, in the month they were
/// made; credit notes and prepayments set against a document do not, for nobody paid on that day. Pure.
/// </summary>
public sealed record PayingHabit
{
    /// <summary>How many months are told.</summary>
    public const int Length = 24;

    /// <summary>How many months back "a year ago" looks when nothing was paid in the very month.</summary>
    private const int Around = 3;

    /// <summary>Oldest first, each of them, paid in or not.</summary>
    public required IReadOnlyList<PaidMonth> Months { get; init; }

    /// <summary>Of the last month in which anything was paid; null: nothing was paid.</summary>
    public required decimal? Now { get; init; }

    /// <summary>Of the same month a year before, or if nothing was paid in it of the three months up to it; null: nothing was paid then either.</summary>
    public required decimal? YearAgo { get; init; }

    public bool IsEmpty => Months.All(month => month.Payments == 0);

    /// <summary>Of the <see cref="Length"/> months up to <paramref name="today"/>'s.</summary>
    public static PayingHabit Of(IEnumerable<PaidPart> parts, DateOnly today)
    {
        var last = Month.Of(today);
        var byMonth = parts.Where(part => part.Paid <= today).ToLookup(part => Month.Of(part.Paid));
        var months = Month.Range(last.Add(1 - Length), last).ToList();
        var newest = months.FindLast(month => byMonth[month].Any());
        return new PayingHabit
        {
            Months = [.. months.Select(month => new PaidMonth(month, byMonth[month].Sum(part => part.Amount), Mean(byMonth[month]), byMonth[month].Count()))],
            Now = newest == default ? null : Mean(byMonth[newest]),
            YearAgo = newest == default ? null : Mean(byMonth[newest.Add(-12)]) ?? Mean(Month.Range(newest.Add(-11 - Around), newest.Add(-12)).SelectMany(each => byMonth[each])),
        };
    }

    /// <summary>The mean weighted by amount; null without any.</summary>
    public static decimal? Mean(IEnumerable<PaidPart> parts)
    {
        var (weight, days) = (0m, 0m);
        foreach (var part in parts)
        {
            (weight, days) = (weight + part.Amount, days + (part.Amount * part.DaysLate));
        }

        return weight == 0 ? null : days / weight;
    }
}
