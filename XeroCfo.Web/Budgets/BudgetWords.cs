using System.Globalization;
using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Web.Budgets;

/// <summary>Words of the budget pages.</summary>
internal static class BudgetWords
{
    public static readonly (string Key, string Words)[] Keys =
        [("← → ↑ ↓", "from cell to cell"), ("Enter", "takes the amount, one down"), ("Ctrl+R", "the amount to the end of the year"), ("Ctrl+V", "pastes cells of a spreadsheet")];

    /// <summary>"Apr 2027".</summary>
    public static string Of(Month month) => month.Start.ToString("MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"Apr 2026 – Mar 2027".</summary>
    public static string MonthsOf(BudgetHead head) => head is { First: { } first, Last: { } last } ? first == last ? Of(Month.Of(first)) : $"{Of(Month.Of(first))} – {Of(Month.Of(last))}" : "no months yet";

    public static string SourceOf(Budget budget) => budget.Source == BudgetSources.Xero ? "From Xero" : "Own";

    /// <summary>The months of the financial year that ends in a calendar year.</summary>
    public static IReadOnlyList<Month> Year(FinancialYear year, int endsIn)
    {
        var end = year.EndOf(new DateOnly(Math.Clamp(endsIn, 1901, 2199), 1, 1));
        var first = Month.Of(year.StartOf(end));
        return [.. Enumerable.Range(0, 12).Select(first.Add)];
    }
}
