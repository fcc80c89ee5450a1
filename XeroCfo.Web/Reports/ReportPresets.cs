using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Web.Reports;

/// <summary>Days that people ask for by a name.</summary>
public readonly record struct ReportPreset(string Name, DateOnly From, DateOnly To);

/// <summary>Named days by the organisation's own calendar; those that the books do not hold are not offered. Pure.</summary>
public static class ReportPresets
{
    public const string LastMonth = "Last month";

    /// <summary>Those of a report over days.</summary>
    public static IReadOnlyList<ReportPreset> Over(XeroTenant organisation, DateOnly today)
    {
        var (year, month) = (organisation.FinancialYear, Month.Of(today));
        var start = year.StartOf(today);
        var quarter = ReportPeriods.Around(today, ReportWords.Quarter, year).Days.First;
        ReportPreset[] all =
        [
            new("This month", month.Start, today),
            new(LastMonth, month.Previous.Start, month.Previous.End),
            new("Quarter to date", quarter, today),
            new("Year to date", start, today),
            new("Last year", year.StartOf(start.AddDays(-1)), start.AddDays(-1)),
            new("12 months", month.Add(-12).Start, month.Previous.End),
        ];
        return [.. all.Where(preset => organisation.BooksStart is not { } first || preset.From >= first || preset.From == year.StartOf(first.AddDays(-1)))];
    }

    /// <summary>Those of a report at a day.</summary>
    public static IReadOnlyList<ReportPreset> At(XeroTenant organisation, DateOnly today)
    {
        var start = organisation.FinancialYear.StartOf(today);
        var quarter = ReportPeriods.Around(today, ReportWords.Quarter, organisation.FinancialYear).Days.First;
        ReportPreset[] all =
        [
            new("Today", today, today),
            new("End of last month", LastMonthEnd(organisation, today), LastMonthEnd(organisation, today)),
            new("End of last quarter", quarter.AddDays(-1), quarter.AddDays(-1)),
            new("End of last year", start.AddDays(-1), start.AddDays(-1)),
        ];
        return [.. all.Where(preset => organisation.BooksStart is not { } first || preset.To >= first.AddDays(-1)).DistinctBy(preset => preset.To)];
    }

    /// <summary>The last month's end, or today where the books begin later.</summary>
    public static DateOnly LastMonthEnd(XeroTenant organisation, DateOnly today) =>
        Month.Of(today).Previous.End is var end && organisation.BooksStart > end ? today : end;
}
