using System.Globalization;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports.Layouts;

namespace XeroCfo.Domain.Reports;

/// <summary>Which parameters a kind of report takes, and what each may say. Pure.</summary>
public static class ReportParameterRules
{
    /// <summary>The largest amount that may be asked for.</summary>
    public const long MostMaterial = 999_999_999_999;

    /// <summary>The first parameter that is misplaced or wrong.</summary>
    public static Problem? Check(string type, ReportParameters asked) =>
        Misplaced(type, asked)
        ?? (type == ReportTypes.Custom && asked.LayoutId is null ? LayoutProblems.Missing : null)
        ?? Wrong(asked)
        ?? (type == ReportTypes.BudgetVariance ? WrongVariance(asked) : null);

    /// <summary>The budget that a comparison names.</summary>
    public static Guid? BudgetIn(string? compare) =>
        compare?.StartsWith(ReportWords.BudgetPrefix, StringComparison.Ordinal) == true && Guid.TryParseExact(compare[ReportWords.BudgetPrefix.Length..], "D", out var id) ? id : null;

    /// <summary>How many periods before are compared; null: none.</summary>
    public static int? Back(string? compare) =>
        compare?.StartsWith("previous:", StringComparison.Ordinal) == true && int.TryParse(compare["previous:".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    private static Problem? WrongVariance(ReportParameters asked) =>
        !IsNone(asked.Compare) && BudgetIn(asked.Compare) is null ? Problem.Invalid("compare", "A budget variance compares with budget:{id}; without it with the usual budget.")
        : asked is { TrackingCategoryId: not null, TrackingOptionId: null } ? Problem.Invalid("trackingOptionId", "trackingOptionId is missing: beside a budget there is room for one option only.")
        : null;

    // Each parameter belongs to some kinds of reports; words that say "nothing of it" go with all.
    private static Problem? Misplaced(string type, ReportParameters asked)
    {
        var (isAged, isSheet, isProfit, isFlow) = (ReportTypes.IsAged(type), type == ReportTypes.BalanceSheet, ReportTypes.IsProfit(type), type == ReportTypes.CashFlow);
        var (isKpis, isCustom) = (type == ReportTypes.KpiDashboard, type == ReportTypes.Custom);
        (string Name, bool Takes)[] given =
        [
            ("from", asked.From is null || !(isAged || (isSheet && (IsNone(asked.Interval) || !IsNone(asked.Compare))))),
            ("to", asked.To is null || isProfit || isFlow || isKpis || isCustom),
            ("date", asked.Date is null || isAged || isSheet || isKpis),
            ("interval", asked.Interval is null or ReportWords.None || !isAged),
            ("compare", asked.Compare is null or ReportWords.None || !(isAged || isKpis)),
            ("trackingCategoryId", asked.TrackingCategoryId is null || isProfit || isCustom),
            ("trackingOptionId", asked.TrackingOptionId is null || isProfit || isCustom),
            ("ageBy", asked.AgeBy is null || isAged),
            ("includeReportDateInCurrent", asked.IncludeReportDateInCurrent is null || isAged),
            ("by", asked.By is null || isAged),
            ("buckets", asked.Buckets is null || isAged),
            ("currency", asked.Currency is null || isAged),
            ("method", asked.Method is null || isFlow),
            ("layoutId", asked.LayoutId is null || isCustom),
            ("overdraftsInLiabilities", asked.OverdraftsInLiabilities is not true || isSheet),
            ("percentOfIncome", asked.PercentOfIncome is not true || isProfit),
            ("materialShare", asked.MaterialShare is null || !(isAged || isKpis)),
            ("materialAmount", asked.MaterialAmount is null || !(isAged || isKpis)),
            ("managementLines", asked.ManagementLines is not true || isProfit),
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
            ?? WrongBuckets(asked.Buckets)
            ?? NotOneOf("method", asked.Method, [ReportWords.Indirect, ReportWords.Direct])
            ?? (asked.Currency is { } currency && (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper)) ? Problem.Invalid("currency", "currency must be an ISO code such as USD.") : null)
            ?? WrongCompare(asked.Compare)
            ?? (asked.MaterialShare is < 0 or > 1 ? Problem.Invalid("materialShare", "materialShare must be a fraction from 0 to 1, such as 0.05.") : null)
            ?? (asked.MaterialAmount is < 0 or > MostMaterial ? Problem.Invalid("materialAmount", "materialAmount must be an amount from 0 on.") : null)
            ?? (asked is { TrackingOptionId: not null, TrackingCategoryId: null } ? Problem.Invalid("trackingCategoryId", "trackingCategoryId is missing: say which category the option belongs to.") : null)
            ?? (asked is { TrackingCategoryId: not null, TrackingOptionId: null } && (asked.Interval is not (null or ReportWords.None) || asked.Compare is not (null or ReportWords.None))
                ? Problem.Invalid("trackingCategoryId", "With a column for each option there is room for neither interval nor compare; choose one option with trackingOptionId.")
                : null);

    private static Problem? WrongCompare(string? compare) => compare switch
    {
        null or ReportWords.None or ReportWords.LastYear => null,
        _ when BudgetIn(compare) is not null => null,
        _ => Back(compare) is >= 1 and <= ReportPlan.MostCompared ? null : Problem.Invalid("compare", $"compare must be none, previous:1 to previous:{ReportPlan.MostCompared}, lastYear or budget:{{id}}."),
    };

    private static Problem? WrongBuckets(string? buckets) => buckets is null or ReportWords.Months or ReportWords.Days || Ageing.Periods(buckets) is not null ? null
        : Problem.Invalid("buckets", $"buckets must be {ReportWords.Months}, {ReportWords.Days}, or 1 to {Ageing.MostPeriods} periods such as 6x15days or 4x3months, of at most {Ageing.MostDays} days or {Ageing.MostMonths} months.");

    private static Problem? NotOneOf(string parameter, string? value, IReadOnlyList<string> words) =>
        value is null || words.Contains(value) ? null : ReportProblems.NotOneOf(parameter, words);
}
