using XeroCfo.Domain.Reports;

namespace XeroCfo.Web.Reports.Exports;

/// <summary>What a row is the sum of: rows with their signs, or a block of rows one below the other.</summary>
/// <param name="Parts">Signs and rows; empty where it is a block.</param>
/// <param name="First">First row of the block.</param>
/// <param name="Last">Last row of the block.</param>
/// <param name="Nested">The block holds sums of its own, which do not count again.</param>
internal sealed record RowSum(IReadOnlyList<(int Sign, int Row)> Parts, int First = 0, int Last = 0, bool Nested = false);

/// <summary>Which rows of a report are sums of which others, by the rows' keys. Pure.</summary>
internal sealed class ReportSums
{
    private static readonly Dictionary<string, string[]> Totals = new()
    {
        ["grossProfit"] = ["income", "-costOfSales"],
        ["netProfit"] = ["grossProfit", "otherIncome", "-operatingExpenses"],
        ["totalAssets"] = ["bank", "currentAssets", "fixedAssets", "nonCurrentAssets"],
        ["totalLiabilities"] = ["currentLiabilities", "nonCurrentLiabilities"],
        ["netAssets"] = ["totalAssets", "-totalLiabilities"],
        ["operating"] = ["netProfit", "nonCash", "workingCapital"],
        ["netChange"] = ["operating", "investing", "financing", "exchange", "unclassified"],
        ["closingCash"] = ["openingCash", "netChange"],
    };

    private readonly IReadOnlyList<ReportRow> _rows;
    private readonly Dictionary<string, int> _places;

    public ReportSums(ReportDocument document)
    {
        _rows = document.Rows;
        _places = _rows.Select((row, index) => (row.Key, index)).GroupBy(row => row.Key).ToDictionary(group => group.Key, group => group.First().index);
    }

    /// <summary>What the row at <paramref name="index"/> is the sum of; null for rows that stand for themselves.</summary>
    public RowSum? Of(int index)
    {
        var row = _rows[index];
        if (row.Kind is not (ReportRowKind.Subtotal or ReportRowKind.Total))
        {
            return null;
        }

        return Section(row, index) ?? Known(row) ?? Contact(row, index) ?? All(row, index);
    }

    // The lines between a section's head and its total.
    private RowSum? Section(ReportRow row, int index) =>
        _places.TryGetValue($"{row.Key}:heading", out var head) && index - head > 1 && Enumerable.Range(head + 1, index - head - 1).All(IsLine)
            ? new RowSum([], head + 1, index - 1)
            : null;

    private RowSum? Known(ReportRow row)
    {
        if (!Totals.TryGetValue(row.Key, out var keys))
        {
            return null;
        }

        var parts = keys.Select(key => (Sign: key[0] == '-' ? -1 : 1, Key: key.TrimStart('-'))).Where(part => _places.ContainsKey(part.Key)).Select(part => (part.Sign, _places[part.Key])).ToList();
        return parts.Count == 0 ? null : new RowSum(parts);
    }

    // A contact above its documents.
    private RowSum? Contact(ReportRow row, int index)
    {
        var last = index;
        while (row.Kind == ReportRowKind.Subtotal && last + 1 < _rows.Count && IsLine(last + 1) && _rows[last + 1].Depth > row.Depth)
        {
            last++;
        }

        return last > index ? new RowSum([], index + 1, last, Nested: true) : null;
    }

    // All contacts, with or without their documents.
    private RowSum? All(ReportRow row, int index) =>
        row.Key == "total" && index > 0 && _rows.Take(index).All(above => above.Kind is ReportRowKind.Line or ReportRowKind.Subtotal) ? new RowSum([], 0, index - 1, _rows.Take(index).Any(above => above.Kind == ReportRowKind.Subtotal)) : null;

    private bool IsLine(int index) => _rows[index].Kind == ReportRowKind.Line;
}
