using System.Globalization;
using System.Text.RegularExpressions;
using XeroCfo.Domain.Reports;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Web.Reports.Exports;

/// <summary>Names of reports' files: "Tui-and-Ash_Profit-and-loss_2026-04_2026-10.xlsx".</summary>
internal static partial class ReportFileNames
{
    public static string Of(ReportDocument document, string format) =>
        $"{FileNames.Plain(Short(document.Organisation))}_{FileNames.Plain(document.Title)}_{Days(document)}.{format}";

    /// <summary>An organisation's name without what only the register of companies needs.</summary>
    public static string Short(string organisation)
    {
        var name = LegalForm().Replace(organisation.Trim(), "");
        return name.Length == 0 ? organisation : name;
    }

    // Whole months by their names; other days in full.
    private static string Days(ReportDocument document) => document.From is not { } from ? Day(document.To)
        : from.Day == 1 && document.To.AddDays(1).Day == 1 ? from.Year == document.To.Year && from.Month == document.To.Month ? MonthOf(from) : $"{MonthOf(from)}_{MonthOf(document.To)}"
        : $"{Day(from)}_{Day(document.To)}";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string MonthOf(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?:[\s,]+\(?(?:Limited|Ltd|Pty|Proprietary|LLC|Inc|Incorporated|Corporation|Corp|PLC|LLP|LP|GmbH|BV|NV)\)?\.?)+$", RegexOptions.IgnoreCase)]
    private static partial Regex LegalForm();
}
