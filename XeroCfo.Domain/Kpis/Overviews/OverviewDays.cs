using System.Globalization;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Kpis.Overviews;

/// <summary>What the overview's figures stand beside.</summary>
public enum OverviewCompare
{
    LastYear,
    Previous,

    /// <summary>What a budget plans for the same days.</summary>
    Budget,
}

/// <summary>
/// The days of an overview and those that it is compared with, like with like: a month in progress beside the same days of the other one. Pure.
/// </summary>
public sealed class OverviewDays
{
    /// <summary>The words for the financial year so far.</summary>
    public const string YearToDate = "ytd";

    private const string LastYearWord = "lastYear", PreviousWord = "previous", BudgetWord = "budget";

    private const string Wanted = "A month (2026-11), a financial quarter (2026-Q3), ytd or two days (2026-11-01..2026-11-20).";

    private readonly XeroTenant _organisation;
    private readonly Days _whole;

    private OverviewDays(XeroTenant organisation, DateOnly today, string key, string interval, Days whole, (OverviewCompare Compare, Guid? Budget) beside)
    {
        (_organisation, _whole, Today, Key, Interval) = (organisation, whole, today, key, interval);
        (Compare, BudgetId) = beside;
        Now = new Days(Later(whole.First, organisation.BooksStart), whole.Last < today ? whole.Last : today);
        Before = Compared(Now) is { } before && before.First >= (organisation.BooksStart ?? before.First) ? before : null;
    }

    /// <summary>The word for it in an address.</summary>
    public string Key { get; }

    /// <summary>month, quarter, year or custom.</summary>
    public string Interval { get; }

    public OverviewCompare Compare { get; }

    /// <summary>The budget that is asked for; null: the organisation's first one.</summary>
    public Guid? BudgetId { get; }

    public DateOnly Today { get; }

    /// <summary>The days so far.</summary>
    public Days Now { get; }

    /// <summary>What they are compared with; null where the books do not reach, and beside a budget, which plans the same days.</summary>
    public Days? Before { get; }

    /// <summary>The word for the financial quarter of its last day.</summary>
    public string QuarterKey => ReportPeriods.Around(Now.Last, ReportWords.Quarter, _organisation.FinancialYear).Key;

    /// <summary>The last month is not over: what comes at its end is not in.</summary>
    public bool IsOpen => Month.Of(Now.Last).End != Now.Last || Now.Last >= Today;

    /// <summary>Its figures so far beside the ones before: what KPIs look at.</summary>
    public KpiPeriods Periods => new(_organisation, Now, Compared);

    /// <summary>The same, counted over so many months up to the last day.</summary>
    public KpiPeriods Over(int months) => new(_organisation, OverviewTiles.Over(Now.Last, months), days => Compared(Now) is { } before ? OverviewTiles.Over(days == OverviewTiles.Over(Now.Last, months) ? before.Last : ReportPeriods.Shifted(days.Last, -12), months) : null);

    /// <summary>"Nov 2026, to 20 Nov".</summary>
    public string Words
    {
        get
        {
            var title = Interval switch
            {
                ReportWords.Month or ReportWords.Quarter => ReportPeriods.Around(Now.Last, Interval, _organisation.FinancialYear).Title,
                ReportWords.Year => "Year to date",
                _ => ReportPeriods.Words(Now),
            };
            return Interval == "custom" ? title : Now.Last < _whole.Last ? $"{title}, to {Now.Last.ToString("d MMM", CultureInfo.InvariantCulture)}" : title;
        }
    }

    /// <summary>"last year", "the month before".</summary>
    public string CompareWords => (Compare, Interval) switch
    {
        (OverviewCompare.LastYear, _) => "last year",
        (OverviewCompare.Budget, _) => "budget",
        (_, ReportWords.Month) => "the month before",
        (_, ReportWords.Quarter) => "the quarter before",
        (_, ReportWords.Year) => "the year before",
        _ => "the days before",
    };

    /// <summary>The word for what they stand beside in an address; a budget with its id, where one is named.</summary>
    public static string CompareKey(OverviewCompare compare, Guid? budget = null) => compare switch
    {
        OverviewCompare.LastYear => LastYearWord,
        OverviewCompare.Previous => PreviousWord,
        _ => budget is { } id ? $"{BudgetWord}:{id:D}" : BudgetWord,
    };

    /// <summary>The period of the same kind so many before this one, negative after it; null where there are no books, or none yet.</summary>
    public string? Step(int back)
    {
        if (Interval is not (ReportWords.Month or ReportWords.Quarter))
        {
            return null;
        }

        var day = ReportPeriods.Shifted(_whole.First, (Interval == ReportWords.Month ? -1 : -3) * back);
        var other = ReportPeriods.Around(day, Interval, _organisation.FinancialYear);
        return other.Days.First > Today || other.Days.Last < (_organisation.BooksStart ?? other.Days.Last) ? null : other.Key;
    }

    /// <summary>What an address asks for; without a word for the days the month in progress.</summary>
    public static Result<OverviewDays> Of(XeroTenant organisation, DateOnly today, string? period, string? compare)
    {
        if (Beside(compare) is not { } against)
        {
            return Problem.Invalid("compare", "compare must be lastYear, previous, budget or budget: and its id.");
        }

        var year = organisation.FinancialYear;
        if (Asked(period, today, year) is not var (key, interval, days))
        {
            return Problem.Invalid("period", Wanted);
        }

        return days.First > today ? Problem.Invalid("period", $"These days are still to come; today is {ReportPeriods.Words(today)}.", "beyond-today")
            : organisation.BooksStart is { } start && days.Last < start ? ReportProblems.BeforeBooks("period", start, null)
            : new OverviewDays(organisation, today, key, interval, days, against);
    }

    private static (OverviewCompare Compare, Guid? Budget)? Beside(string? compare) => compare switch
    {
        null or "" or LastYearWord => (OverviewCompare.LastYear, null),
        PreviousWord => (OverviewCompare.Previous, null),
        BudgetWord => (OverviewCompare.Budget, null),
        _ => compare.Split(':') is [BudgetWord, var named] && Guid.TryParseExact(named, "D", out var id) ? (OverviewCompare.Budget, id) : null,
    };

    private static (string Key, string Interval, Days Days)? Asked(string? period, DateOnly today, FinancialYear year)
    {
        if (string.IsNullOrEmpty(period) || Month.TryParse(period, out _))
        {
            var month = Month.TryParse(period, out var named) ? named : Month.Of(today);
            return AccountingDays.Contain(month.Start) ? (month.ToString(), ReportWords.Month, Days.Of(month)) : null;
        }

        if (period == YearToDate)
        {
            return (YearToDate, ReportWords.Year, new Days(year.StartOf(today), year.EndOf(today)));
        }

        if (period.Split("..") is [var first, var last])
        {
            return Day(first) is { } from && Day(last) is { } to && from <= to ? (period, "custom", new Days(from, to)) : null;
        }

        return period.Split("-Q") is [{ Length: 4 } ends, { Length: 1 } number] && int.TryParse(ends, out var endYear) && number[0] is >= '1' and <= '4' && endYear is > 1900 and < 2200
            ? Enumerable.Range(0, 12).Select(back => ReportPeriods.Around(Month.Of(year.EndOf(new DateOnly(endYear, 1, 1))).Add(-back).Start, ReportWords.Quarter, year))
                .Where(quarter => quarter.Key == period).Select(quarter => ((string, string, Days)?)(period, ReportWords.Quarter, quarter.Days)).FirstOrDefault()
            : null;
    }

    private Days? Compared(Days days) => Compare == OverviewCompare.Budget ? null
        : Compare == OverviewCompare.LastYear ? ReportPeriods.LastYear(days)
        : Interval == "custom" ? ReportPeriods.Previous(days, 1, _organisation.FinancialYear)
        : ReportPeriods.SoFarBefore(days, Interval, _organisation.FinancialYear);

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && AccountingDays.Contain(day) ? day : null;

    private static DateOnly Later(DateOnly day, DateOnly? other) => other > day ? other.Value : day;
}
