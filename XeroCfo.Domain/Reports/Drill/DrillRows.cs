namespace XeroCfo.Domain.Reports.Drill;

/// <summary>Which rows of a report add up to which total. Pure: it reads the document alone.</summary>
public static class DrillRows
{
    private static readonly Dictionary<string, (string Section, int Sign)[]> Totals = new(StringComparer.Ordinal)
    {
        ["grossProfit"] = [("income", 1), ("costOfSales", -1)],
        ["totalAssets"] = [("bank", 1), ("currentAssets", 1), ("fixedAssets", 1), ("nonCurrentAssets", 1)],
        ["totalLiabilities"] = [("currentLiabilities", 1), ("nonCurrentLiabilities", 1)],
        ["netAssets"] = [("bank", 1), ("currentAssets", 1), ("fixedAssets", 1), ("nonCurrentAssets", 1), ("currentLiabilities", -1), ("nonCurrentLiabilities", -1)],
    };

    private static readonly (string Section, int Sign)[] Profit = [("income", 1), ("costOfSales", -1), ("otherIncome", 1), ("operatingExpenses", -1)];

    /// <summary>The rows of a total with their signs; none where the document alone cannot tell.</summary>
    public static IReadOnlyList<(ReportRow Row, int Sign)> Of(ReportDocument document, string total) => (document.Type, total) switch
    {
        (ReportTypes.ProfitAndLoss or ReportTypes.BudgetVariance, "netProfit") => Sections(document, Profit),
        (ReportTypes.CashFlow, "operating") when document.Parameters.Method != ReportWords.Direct => [.. Rows(document, "netProfit"), .. Sections(document, ("nonCash", 1), ("workingCapital", 1))],
        (ReportTypes.CashFlow, "netChange") => Rows(document, "operating", "investing", "financing", "exchange", "unclassified"),
        (ReportTypes.AgedReceivables or ReportTypes.AgedPayables, "total") => [.. document.Rows.Where(row => row.Depth == 0 && row.Key.StartsWith("contact:", StringComparison.Ordinal)).Select(row => (row, 1))],
        (ReportTypes.ProfitAndLoss or ReportTypes.BudgetVariance, _) when ManagementLine.Find(total) is { } line => [.. Profit.SelectMany(part => Sections(document, part).Where(row => !line.LeavesOut(document, part.Section, row.Row.AccountId)))],
        _ when Totals.TryGetValue(total, out var sections) => Sections(document, sections),
        _ => Sections(document, (total, 1)),
    };

    private static List<(ReportRow Row, int Sign)> Sections(ReportDocument document, params (string Section, int Sign)[] sections) =>
        [.. sections.SelectMany(section => Lines(document, section.Section).Select(row => (row, section.Sign)))];

    private static List<(ReportRow, int)> Rows(ReportDocument document, params string[] keys) =>
        [.. keys.Select(key => document.Rows.FirstOrDefault(row => row.Key == key)).OfType<ReportRow>().Select(row => (row, 1))];

    private static IEnumerable<ReportRow> Lines(ReportDocument document, string section) =>
        document.Rows.SkipWhile(row => row.Key != $"{section}:heading").Skip(1).TakeWhile(row => row.Depth > 0);
}
