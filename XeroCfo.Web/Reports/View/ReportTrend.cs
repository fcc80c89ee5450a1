using System.Globalization;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Reports.View;

/// <summary>How the rows of a report went over its own periods, or over the months up to its last day where it has fewer than three. Pure.</summary>
public sealed class ReportTrend
{
    private const int Fewest = 3, Months = 12;

    private readonly List<(int Index, ReportColumn Column)> _periods;
    private readonly Dictionary<string, ReportRow> _rows;

    private ReportTrend(ReportDocument source)
    {
        _periods = PeriodsOf(source);
        _rows = source.Rows.Where(row => (row.Kind is not (ReportRowKind.Section or ReportRowKind.Text) || ManagementLine.Find(row.Key) is not null) && row.Unit is null).DistinctBy(row => row.Key).ToDictionary(row => row.Key);
    }

    /// <summary>"Nov 2025 – Oct 2026".</summary>
    public string Title => $"{Short(_periods[0].Column)} – {Short(_periods[^1].Column)}";

    /// <summary>The last period is not over.</summary>
    public bool IsOpen => !_periods[^1].Column.Complete;

    /// <summary>The trend of a document's own periods; null where there are too few.</summary>
    public static ReportTrend? Of(ReportDocument document, int fewest = Fewest) => PeriodsOf(document).Count < fewest ? null : new ReportTrend(document);

    /// <summary>What to ask for so that the months up to the report's last day can be drawn; null where a report has no such months.</summary>
    public static (string Type, ReportParameters Asked)? Longer(ReportDocument document, XeroTenant organisation)
    {
        var first = Month.Of(document.To).Add(1 - Months).Start;
        first = organisation.BooksStart is { } start && start > first ? start : first;
        var (asked, months) = (document.Parameters, new ReportParameters { Interval = ReportWords.Month });
        return document.Type switch
        {
            _ when Month.Of(first) == Month.Of(document.To) || first > document.To => null,
            ReportTypes.BalanceSheet => (document.Type, months with { From = first, Date = document.To, OverdraftsInLiabilities = asked.OverdraftsInLiabilities }),
            ReportTypes.CashFlow => (document.Type, months with { From = first, To = document.To, Method = asked.Method }),
            ReportTypes.Custom => (document.Type, months with { From = first, To = document.To, LayoutId = asked.LayoutId }),
            ReportTypes.ProfitAndLoss or ReportTypes.BudgetVariance => (
                ReportTypes.ProfitAndLoss, months with { From = first, To = document.To, TrackingCategoryId = asked.TrackingOptionId is null ? null : asked.TrackingCategoryId, TrackingOptionId = asked.TrackingOptionId, ManagementLines = asked.ManagementLines }),
            _ => null,
        };
    }

    /// <summary>The row's amounts, period by period; empty where it has none.</summary>
    public IReadOnlyList<decimal?> Of(ReportRow row) => _rows.GetValueOrDefault(row.Key) is { Values.Count: > 0 } drawn && _periods.Count(period => drawn.Values[period.Index].Number is not null) > 1
        ? [.. _periods.Select(period => drawn.Values[period.Index].Number)]
        : [];

    /// <summary>The same in words, for those who do not see the line.</summary>
    public string Words(ReportRow row, MoneyFormat format)
    {
        var known = Of(row).Zip(_periods, (amount, period) => (Amount: amount, period.Column)).Where(point => point.Amount is not null).Select(point => (Amount: point.Amount!.Value, point.Column)).ToList();
        if (known.Count < 2)
        {
            return "No trend";
        }

        var (low, high) = (known.MinBy(point => point.Amount), known.MaxBy(point => point.Amount));
        return $"{Title}: from {format.Text(known[0].Amount, false)} to {format.Text(known[^1].Amount, false)}"
            + (low.Amount == high.Amount ? ", the same throughout" : $"; lowest {format.Text(low.Amount, false)} in {Short(low.Column)}, highest {format.Text(high.Amount, false)} in {Short(high.Column)}");
    }

    // Keys of periods begin with their year; totals, comparisons and plans do not.
    private static List<(int Index, ReportColumn Column)> PeriodsOf(ReportDocument document) =>
        [.. document.Columns.Index().Where(column => column.Item.Kind == ReportColumnKind.Amount && char.IsAsciiDigit(column.Item.Key[0]) && !column.Item.Key.Contains(':', StringComparison.Ordinal)).Select(column => (column.Index, column.Item))];

    private static string Short(ReportColumn column) => column.Key.Length == 7 && column.Key[5] != 'Q' && column.To is { } last ? last.ToString("MMM yyyy", CultureInfo.InvariantCulture) : column.Key.Replace('-', ' ');
}
