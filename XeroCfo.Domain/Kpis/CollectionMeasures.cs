using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Kpis;

/// <summary>How well customers' money comes in, on invoiced totals with sales tax, less credit notes: what receivables are made of. Base currency, display signs. Pure.</summary>
public static class CollectionMeasures
{
    /// <summary>Days by counting back: whole months of sales are taken off receivables from the latest one on, and of the month that holds more than is left its share.</summary>
    /// <param name="receivables">At the end of <paramref name="day"/>.</param>
    /// <param name="day">The last day.</param>
    /// <param name="sales">Of days; what lies before the first month is not known.</param>
    public static KpiValue CountbackDays(decimal receivables, DateOnly day, IReadOnlyList<DayAmount> sales)
    {
        if (receivables <= 0)
        {
            return receivables == 0 ? KpiValue.Of(0) : KpiValue.None("Accounts receivable are negative");
        }

        var byMonth = sales.GroupBy(amount => Month.Of(amount.Date)).ToDictionary(amounts => amounts.Key, amounts => amounts.Sum(amount => amount.Amount));
        var (left, days) = (receivables, 0m);
        for (var month = Month.Of(day); byMonth.Count > 0 && month >= byMonth.Keys.Min(); month = month.Previous)
        {
            var (sold, length) = (byMonth.GetValueOrDefault(month), (month == Month.Of(day) ? day : month.End).DayNumber - month.Start.DayNumber + 1);
            if (sold > 0 && sold >= left)
            {
                return KpiValue.Of(Math.Round(days + (left / sold * length), 6, MidpointRounding.AwayFromZero));
            }

            (left, days) = (left - sold, days + length);
        }

        return KpiValue.None("More is open than was invoiced in two years");
    }

    /// <summary>What was collected of what could have been: (opening + sales − closing) / (opening + sales − closing that is not overdue).</summary>
    public static KpiValue Effectiveness(decimal opening, decimal sales, decimal closing, decimal closingNotOverdue) =>
        KpiValue.Over(opening + sales - closing, opening + sales - closingNotOverdue, "What could have been collected");
}
