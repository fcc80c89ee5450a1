using System.Globalization;
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

    /// <summary>A column of all periods together follows them.</summary>
    public bool HasTotal => !ReportTypes.IsAtADay(Type) && Parameters.Interval != ReportWords.None;

    /// <summary>The last day.</summary>
    public DateOnly Date => Range.Last;

    /// <summary>Makes the plan, or says at which parameter it cannot be made and what is possible.</summary>
    public static Result<ReportPlan> Make(string? type, ReportParameters asked, XeroTenant organisation, DateOnly today)
    {
        if (type is null || !ReportTypes.All.Contains(type))
        {
            return ReportProblems.UnknownType(type);
        }

        return (Misplaced(type, asked) ?? Wrong(asked)) is { } problem ? problem
            : ReportTypes.IsAtADay(type) ? AtADay(type, asked, organisation, today)
            : OverDays(type, asked, organisation, today);
    }

    private static Result<ReportPlan> OverDays(string type, ReportParameters asked, XeroTenant organisation, DateOnly today)
    {
        var to = asked.To ?? today;
        if (!AccountingDays.Contain(to) || to > today)
        {
            return ReportProblems.BeyondToday("to", today);
        }

        var start = organisation.FinancialYear.StartOf(to);
        var books = new BookDays(organisation, type == ReportTypes.ProfitAndLoss);
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

    // Each parameter belongs to some kinds of reports; words that say "nothing of it" go with all.
    private static Problem? Misplaced(string type, ReportParameters asked)
    {
        var (isAged, isSheet, isProfit, isFlow) = (ReportTypes.IsAged(type), type == ReportTypes.BalanceSheet, type == ReportTypes.ProfitAndLoss, type == ReportTypes.CashFlow);
        (string Name, bool Takes)[] given =
        [
            ("from", asked.From is null || !(isAged || (isSheet && (IsNone(asked.Interval) || !IsNone(asked.Compare))))),
            ("to", asked.To is null || isProfit || isFlow),
            ("date", asked.Date is null || isAged || isSheet),
            ("interval", asked.Interval is null or ReportWords.None || !isAged),
            ("compare", asked.Compare is null or ReportWords.None || !isAged),
            ("trackingCategoryId", asked.TrackingCategoryId is null || isProfit),
            ("trackingOptionId", asked.TrackingOptionId is null || isProfit),
            ("ageBy", asked.AgeBy is null || isAged),
            ("includeReportDateInCurrent", asked.IncludeReportDateInCurrent is null || isAged),
            ("by", asked.By is null || isAged),
            ("buckets", asked.Buckets is null || isAged),
            ("currency", asked.Currency is null || isAged),
            ("method", asked.Method is null || isFlow),
            ("layoutId", asked.LayoutId is null),
            ("percentOfIncome", asked.PercentOfIncome is not true || isProfit),
        ];
        return given.FirstOrDefault(parameter => !parameter.Takes) is { Name: { } name } ? ReportProblems.NotTaken(name, type) : null;
    }

    private static bool IsNone(string? word) => word is null or ReportWords.None;

    private static Problem? Wrong(ReportParameters asked) =>
        asked.Basis == ReportWords.Cash ? ReportProblems.CashBasis
        : NotOneOf("basis", asked.Basis, [ReportWords.Accrual, ReportWords.Cash])
            ?? NotOneOf("interval", asked.Interval, ReportWords.Intervals)
            ?? NotOneOf("ageBy", asked.AgeBy, [ReportWords.DueDate, ReportWords.Date])
            ?? NotOneOf("by", asked.By, [ReportWords.ByContact, ReportWords.ByDocument])
            ?? NotOneOf("buckets", asked.Buckets, [ReportWords.Months, ReportWords.Days])
            ?? NotOneOf("method", asked.Method, [ReportWords.Indirect, ReportWords.Direct])
            ?? (asked.Currency is { } currency && (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper)) ? Problem.Invalid("currency", "currency must be an ISO code such as USD.") : null)
            ?? WrongCompare(asked.Compare)
            ?? (asked is { TrackingOptionId: not null, TrackingCategoryId: null } ? Problem.Invalid("trackingCategoryId", "trackingCategoryId is missing: say which category the option belongs to.") : null)
            ?? (asked is { TrackingCategoryId: not null, TrackingOptionId: null } && (asked.Interval is not (null or ReportWords.None) || asked.Compare is not (null or ReportWords.None))
                ? Problem.Invalid("trackingCategoryId", "With a column for each option there is room for neither interval nor compare; choose one option with trackingOptionId.")
                : null);

    private static Problem? WrongCompare(string? compare) => compare switch
    {
        null or ReportWords.None or "lastYear" => null,
        _ when compare.StartsWith("budget:", StringComparison.Ordinal) && Guid.TryParseExact(compare["budget:".Length..], "D", out _) => ReportProblems.UnknownBudget,
        _ => Back(compare) is >= 1 and <= MostCompared ? null : Problem.Invalid("compare", $"compare must be none, previous:1 to previous:{MostCompared}, lastYear or budget:{{id}}."),
    };

    private static Problem? NotOneOf(string parameter, string? value, IReadOnlyList<string> words) =>
        value is null || words.Contains(value) ? null : ReportProblems.NotOneOf(parameter, words);

    private static int? Back(string? compare) =>
        compare?.StartsWith("previous:", StringComparison.Ordinal) == true && int.TryParse(compare["previous:".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    private static IEnumerable<Days> Comparisons(string? compare, Days range, Func<int, Days?> previous) =>
        compare == "lastYear" ? [ReportPeriods.LastYear(range)] : Enumerable.Range(1, Back(compare) ?? 0).Select(previous).OfType<Days>();

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
