using System.Globalization;
using XeroCfo.Domain.Reports;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Web.Reports.Exports;

/// <summary>
/// Formulas of a report's sheet. One is only written where it computes the very figure of the document: a sheet must never say something else
/// than the report. Pure.
/// </summary>
/// <param name="document">The report.</param>
/// <param name="firstRow">The sheet's row, from 1, of the document's first row.</param>
/// <param name="firstColumn">The sheet's column, from 0, of the document's first column.</param>
internal sealed class ReportFormulas(ReportDocument document, int firstRow, int firstColumn)
{
    private readonly ReportSums _sums = new(document);
    private readonly List<int> _amounts = [.. document.Columns.Select((column, index) => (column, index)).Where(pair => pair.column.Kind == ReportColumnKind.Amount).Select(pair => pair.index)];

    /// <summary>The formula of a figure, without "="; null where it stands for itself.</summary>
    public string? Of(int row, int column)
    {
        if (Number(row, column) is not { } figure)
        {
            return null;
        }

        return document.Columns[column].Kind switch
        {
            ReportColumnKind.Amount => Down(row, column, figure) ?? Across(row, column, figure),
            ReportColumnKind.Variance => Difference(row, figure),
            ReportColumnKind.Percent when document.Columns[column].Key == "variancePercent" => Change(row, figure),
            ReportColumnKind.Percent => Share(row, column, figure),
            _ => null,
        };
    }

    private string? Down(int row, int column, decimal figure)
    {
        if (_sums.Of(row) is not { } sum)
        {
            return null;
        }

        if (sum.Parts.Count > 0)
        {
            return sum.Parts.Sum(part => part.Sign * (Number(part.Row, column) ?? 0)) == figure
                ? string.Concat(sum.Parts.Select((part, index) => (part.Sign < 0 ? "-" : index > 0 ? "+" : "") + Place(part.Row, column)))
                : null;
        }

        var rows = Enumerable.Range(sum.First, sum.Last - sum.First + 1).Where(index => !sum.Nested || document.Rows[index].Kind == ReportRowKind.Line || !HasLines(index));
        var range = $"{Place(sum.First, column)}:{Place(sum.Last, column)}";
        return rows.Sum(index => Number(index, column) ?? 0) == figure ? sum.Nested ? $"SUBTOTAL(9,{range})" : $"SUM({range})" : null;
    }

    private bool HasLines(int row) => _sums.Of(row) is { Nested: true };

    // A total of the columns to its left: periods, options, ages.
    private string? Across(int row, int column, decimal figure)
    {
        var parts = document.Columns[column].Key == "total" ? _amounts.Where(index => index < column && !StatementPeriods.IsPlanned(document.Columns[index].Key)).ToList() : [];
        if (parts.Count == 0 || parts.Sum(index => Number(row, index) ?? 0) != figure)
        {
            return null;
        }

        return parts[^1] - parts[0] == parts.Count - 1
            ? $"SUM({Place(row, parts[0])}:{Place(row, parts[^1])})"
            : string.Join('+', parts.Select(index => Place(row, index)));
    }

    private string? Difference(int row, decimal figure) =>
        Compared is ({ } actual, { } other) && Number(row, actual) - Number(row, other) == figure ? $"{Place(row, actual)}-{Place(row, other)}" : null;

    private string? Change(int row, decimal figure) =>
        Compared is ({ } actual, { } other) && Number(row, actual) is { } mine && Number(row, other) is { } theirs && Variance.Percent(mine, theirs) == figure
            ? $"ROUND(({Place(row, actual)}-{Place(row, other)})/ABS({Place(row, other)}),6)"
            : null;

    private string? Share(int row, int column, decimal figure)
    {
        var amount = IndexOf(document.Columns[column].Key.Split(':')[0]);
        var income = document.Rows.Select((one, index) => (one.Key, index)).Where(one => one.Key == "income").Select(one => (int?)one.index).FirstOrDefault();
        return amount is { } part && income is { } whole && Number(row, part) is { } mine && Number(whole, part) is { } all && Variance.Fraction(mine, all) == figure
            ? $"ROUND({Place(row, part)}/{Place(whole, part)},6)"
            : null;
    }

    // What a comparison is between: the amounts on both sides of where it begins.
    private (int? Actual, int? Other) Compared =>
        (IndexOf("compare1") ?? IndexOf(StatementPeriods.Budget)) is { } other && _amounts.LastOrDefault(index => index < other, -1) is >= 0 and var actual ? (actual, other) : (null, null);

    private int? IndexOf(string key) => document.Columns.Select((column, index) => (column.Key, index)).Where(column => column.Key == key).Select(column => (int?)column.index).FirstOrDefault();

    private decimal? Number(int row, int column) => column < document.Rows[row].Values.Count ? document.Rows[row].Values[column].Number : null;

    private string Place(int row, int column) => Sheet.Letters(firstColumn + column) + (firstRow + row).ToString(CultureInfo.InvariantCulture);
}
