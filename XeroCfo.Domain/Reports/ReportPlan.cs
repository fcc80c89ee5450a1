using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Reports;

/// <summary>What a report will show: its parameters with everything filled in, and its columns' days. Pure.</summary>
public sealed record ReportPlan
{
    /// <summary>How many comparison periods, and how many columns of an interval there may be.</summary>
    public const int MostCompared = 24, MostPeriods = 60;

    public required string Type { get; init; }

    public required XeroTenant Organisation { get; init; }

    public required DateOnly Today { get; init; }

    /// <summary>As asked, with everything that was left to us.</summary>
    public required ReportParameters Parameters { get; init; }

    /// <summary>All days; of a report at a day its financial year up to it.</summary>
    public required Days Range { get; init; }

    /// <summary>The columns before the total: one, or those of the interval.</summary>
    public required IReadOnlyList<ReportPeriod> Periods { get; init; }

    /// <summary>What the report is compared with, newest first.</summary>
    public IReadOnlyList<ReportPeriod> Compared { get; init; } = [];

    /// <summary>The budget that is named; null: none is.</summary>
    public Guid? BudgetId => ReportParameterRules.BudgetIn(Parameters.Compare);

    /// <summary>A budget stands beside the actual amounts.</summary>
    public bool AsksForBudget => Type == ReportTypes.BudgetVariance || BudgetId is not null;

    /// <summary>A column of all periods together follows them.</summary>
    public bool HasTotal => !ReportTypes.IsAtADay(Type) && Type != ReportTypes.KpiDashboard && Parameters.Interval != ReportWords.None;

    /// <summary>The last day.</summary>
    public DateOnly Date => Range.Last;

    /// <summary>Makes the plan, or says at which parameter it cannot be made and what is possible.</summary>
    public static Result<ReportPlan> Make(string? type, ReportParameters asked, XeroTenant organisation, DateOnly today)
    {
        if (type is null || !ReportTypes.All.Contains(type))
        {
            return ReportProblems.UnknownType(type);
        }

        return ReportParameterRules.Check(type, asked) is { } problem ? problem
            : type == ReportTypes.KpiDashboard ? OfKpis(asked, organisation, today)
            : ReportTypes.IsAtADay(type) ? AtADay(type, asked, organisation, today)
            : OverDays(type, asked, organisation, today);
    }

    /// <summary>The same beside a budget. Of a part of the organisation by tracking it takes the actual amounts too, where no other part is asked for.</summary>
    public ReportPlan With(BudgetColumn budget)
    {
        var part = Parameters.TrackingCategoryId is null && Type == ReportTypes.BudgetVariance && budget.Budget.Tracking is [var only] ? only : null;
        return this with
        {
            Parameters = Parameters with
            {
                Compare = $"{ReportWords.BudgetPrefix}{budget.Budget.Id:D}",
                TrackingCategoryId = part?.CategoryId ?? Parameters.TrackingCategoryId,
                TrackingOptionId = part?.OptionId ?? Parameters.TrackingOptionId,
            },
            Compared = [new ReportPeriod(StatementPeriods.Budget, "Budget", Range, true, budget.IsEmpty(Range) ? "Nothing is planned for these days" : null) { Source = ColumnSource.Budget }],
        };
    }

    private static Result<ReportPlan> OverDays(string type, ReportParameters asked, XeroTenant organisation, DateOnly today)
    {
        var to = asked.To ?? today;
        if (!AccountingDays.Contain(to) || to > today)
        {
            return ReportProblems.BeyondToday("to", today);
        }

        var start = organisation.FinancialYear.StartOf(to);
        var books = new BookDays(organisation, ReportTypes.PlansProfit(type));
        var from = asked.From ?? (books.Holds(new Days(start, to)) || organisation.BooksStart is not { } first || first > to ? start : first);
        if (from > to)
        {
            return ReportProblems.Backwards("from", "to");
        }

        if (!AccountingDays.Contain(from))
        {
            return ReportProblems.NoDay("from");
        }

        var range = new Days(from, to);
        if (!books.Holds(range))
        {
            return ReportProblems.BeforeBooks(from < organisation.BooksStart ? "from" : "to", organisation.BooksStart!.Value, books.LumpStart);
        }

        var interval = asked.Interval ?? ReportWords.None;
        var periods = Columns(range, interval, organisation, books, today);
        if (periods.Count > MostPeriods)
        {
            return Problem.Invalid("interval", $"That would be {periods.Count} columns; at most {MostPeriods} are shown: take a longer interval or fewer days.");
        }

        return new ReportPlan
        {
            Type = type,
            Organisation = organisation,
            Today = today,
            Range = range,
            Periods = periods,
            Compared = [.. Comparisons(asked.Compare, range, back => ReportPeriods.Previous(range, back, organisation.FinancialYear)).Select((days, index) => Compare(days, index, ReportPeriods.Words(days), books))],
            Parameters = asked with
            {
                From = from,
                To = to,
                Interval = interval,
                Compare = asked.Compare ?? ReportWords.None,
                Basis = ReportWords.Accrual,
                ShowZero = asked.ShowZero ?? false,
                Method = type == ReportTypes.CashFlow ? asked.Method ?? ReportWords.Indirect : null,
            },
        };
    }

    // The month, quarter or year that holds a day, up to it; the days may be told as for statements.
    private static Result<ReportPlan> OfKpis(ReportParameters asked, XeroTenant organisation, DateOnly today)
    {
        var day = asked.Date ?? asked.To ?? today;
        var field = asked.Date is null && asked.To is not null ? "to" : "date";
        if (!AccountingDays.Contain(day) || day > today)
        {
            return ReportProblems.BeyondToday(field, today);
        }

        if (organisation.BooksStart is { } start && day < start)
        {
            return ReportProblems.BeforeBooks(field, start, null);
        }

        Days Around(string interval) => ReportPeriods.Around(day, interval, organisation.FinancialYear).Days;
        var interval = asked.Interval is { } named and not ReportWords.None ? named
            : asked.From is not { } first ? ReportWords.Month
            : new[] { ReportWords.Month, ReportWords.Quarter, ReportWords.Year }.FirstOrDefault(one => Around(one).First == first);
        if (interval is null || (asked.From is { } from && Around(interval).First != from))
        {
            return Problem.Invalid("from", "from must be the first day of the month, financial quarter or financial year that the KPIs are of.");
        }

        var days = Around(interval) with { Last = day };
        return new ReportPlan
        {
            Type = ReportTypes.KpiDashboard,
            Organisation = organisation,
            Today = today,
            Range = days,
            Periods = [new ReportPeriod("value", ReportPeriods.Words(days), days, day < today)],
            Parameters = asked with { Date = day, From = null, To = null, Interval = interval, Basis = ReportWords.Accrual, Compare = null, ShowZero = null },
        };
    }

    private static Result<ReportPlan> AtADay(string type, ReportParameters asked, XeroTenant organisation, DateOnly today)
    {
        var date = asked.Date ?? today;
        if (!AccountingDays.Contain(date) || date > today)
        {
            return ReportProblems.BeyondToday("date", today);
        }

        var isAged = ReportTypes.IsAged(type);
        if (organisation.BooksStart is { } first && date < first.AddDays(-1))
        {
            return ReportProblems.BeforeBooks("date", first.AddDays(-1), null);
        }

        var year = organisation.FinancialYear;
        var interval = asked.Interval ?? ReportWords.None;
        var range = new Days(year.StartOf(date), date);
        if (asked.From is { } earliest && !AccountingDays.Contain(earliest))
        {
            return ReportProblems.NoDay("from");
        }

        if (asked.From > date)
        {
            return ReportProblems.Backwards("from", "date");
        }

        var step = interval switch { ReportWords.Quarter => 3, ReportWords.Year => 12, _ => 1 };
        var compares = asked.Compare is not (null or ReportWords.None);
        List<ReportPeriod> periods = interval == ReportWords.None || compares || isAged
            ? [AtDay("actual", date, year, organisation, today)]
            : [.. ReportPeriods.Cut(new Days(asked.From ?? range.First, date), interval, year, today)
                .Where(period => organisation.BooksStart is not { } start || period.Days.Last >= start.AddDays(-1))
                .Select(period => AtDay(period.Key, period.Days.Last, year, organisation, today))];
        if (periods.Count > MostPeriods)
        {
            return Problem.Invalid("interval", $"That would be {periods.Count} columns; at most {MostPeriods} are shown: take a longer interval or a later from.");
        }

        return new ReportPlan
        {
            Type = type,
            Organisation = organisation,
            Today = today,
            Range = range,
            Periods = periods,
            Compared = isAged ? [] :
            [
                .. Comparisons(asked.Compare, range, back => At(ReportPeriods.Shifted(date, -step * back), year))
                    .Select((days, index) => AtDay($"compare{index + 1}", days.Last, year, organisation, today)),
            ],
            Parameters = asked with
            {
                Date = date,
                Basis = ReportWords.Accrual,
                ShowZero = asked.ShowZero ?? false,
                Interval = isAged ? null : interval,
                Compare = isAged ? null : asked.Compare ?? ReportWords.None,
                AgeBy = isAged ? asked.AgeBy ?? ReportWords.DueDate : null,
                IncludeReportDateInCurrent = isAged ? asked.IncludeReportDateInCurrent ?? true : null,
                By = isAged ? asked.By ?? ReportWords.ByContact : null,
                Buckets = isAged ? asked.Buckets ?? ReportWords.Months : null,
            },
        };
    }

    private static IEnumerable<Days> Comparisons(string? compare, Days range, Func<int, Days?> previous) =>
        compare == ReportWords.LastYear ? [ReportPeriods.LastYear(range)] : Enumerable.Range(1, ReportParameterRules.Back(compare) ?? 0).Select(previous).OfType<Days>();

    private static List<ReportPeriod> Columns(Days range, string interval, XeroTenant organisation, BookDays books, DateOnly today)
    {
        if (interval == ReportWords.None)
        {
            return [new ReportPeriod("actual", ReportPeriods.Words(range), range, range.Last < today)];
        }

        // What came before the books is one sum, a column of its own.
        var columns = new List<ReportPeriod>();
        if (organisation.BooksStart is { } start && range.First < start)
        {
            var lump = new Days(range.First, start.AddDays(-1));
            columns.Add(new ReportPeriod("opening", $"Opening, {ReportPeriods.Words(lump)}", lump, true));
            range = range with { First = start };
        }

        columns.AddRange(range.First > range.Last ? [] : ReportPeriods.Cut(range, interval, organisation.FinancialYear, today));
        return columns;
    }

    private static ReportPeriod Compare(Days days, int index, string title, BookDays books) =>
        new($"compare{index + 1}", title, days, books.Holds(days), books.Holds(days) ? null : books.Begin);

    private static Days At(DateOnly date, FinancialYear year) => new(year.StartOf(date), date);

    private static ReportPeriod AtDay(string key, DateOnly date, FinancialYear year, XeroTenant organisation, DateOnly today)
    {
        var isIn = organisation.BooksStart is not { } start || date >= start.AddDays(-1);
        return new ReportPeriod(key, ReportPeriods.Words(date), At(date, year), isIn && date < today, isIn ? null : new BookDays(organisation, false).Begin);
    }

    /// <summary>Which days the books hold.</summary>
    private sealed class BookDays(XeroTenant organisation, bool withLump)
    {
        /// <summary>The day from which the opening's income and expense stand, one sum up to the books' start.</summary>
        public DateOnly? LumpStart => withLump && organisation.BooksStart is { } start ? organisation.FinancialYear.StartOf(start.AddDays(-1)) : null;

        public string Begin => $"Books in XeroCfo begin {ReportPeriods.Words(organisation.BooksStart!.Value)}";

        public bool Holds(Days days) => organisation.BooksStart is not { } start || days.First >= start || (days.First == LumpStart && days.Last >= start.AddDays(-1));
    }
}
