using System.Globalization;
using System.Text;
using XeroCfo.Domain.Reports;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Web.Reports.Exports;

/// <summary>
/// A report as one plain table: a line of names, a line for each row, figures as in the document. What is not a figure of the table, that is
/// what the report is about, its checks and notes, stands in rows of their own kind with its words in the last column, so that columns of
/// figures hold figures only.
/// </summary>
internal static class ReportCsv
{
    public static byte[] Write(ExportTable table)
    {
        var text = new StringBuilder(CsvWriter.ByteOrderMark).Append(CsvWriter.Line(["Key", "Kind", "Depth", "Code", "Label", .. Unique(table.Columns.Select(column => column.FullTitle)), "Text"]));
        foreach (var row in table.Rows)
        {
            text.Append(CsvWriter.Line([
                row.Source.Key, Kind(row.Source.Kind), row.Source.Depth, row.Code, row.Source.Label,
                .. table.Columns.Select((column, index) => index < row.Cells.Count ? Value(row.Cells[index].Value, column.IsPercent || row.Source.Unit is not null) : null),
                row.Notes.Count == 0 ? null : $"Note {string.Join(", ", row.Notes)}",
            ]));
        }

        var empty = table.Columns.Select(_ => (object?)null).ToList();
        foreach (var (key, kind, label, words) in About(table))
        {
            text.Append(CsvWriter.Line([key, kind, 0, null, label, .. empty, words]));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static IEnumerable<(string Key, string Kind, string Label, string Words)> About(ExportTable table)
    {
        var (document, words) = (table.Document, table.Words);
        yield return ("about:report", "about", "Report", document.Title);
        yield return ("about:organisation", "about", "Organisation", document.Organisation);
        yield return ("about:period", "about", "Period", words.Period);
        yield return ("about:basis", "about", "Basis", document.Basis);
        yield return ("about:currency", "about", "Currency", document.Currency);
        yield return ("about:parameters", "about", "Parameters", ReportJson.Write(document.Parameters));
        yield return ("about:dataAsOf", "about", "Data as of", document.DataAsOf?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "");
        yield return ("about:generatedAt", "about", "Made", document.GeneratedAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        yield return ("about:ledgerVersion", "about", "Ledger version", document.LedgerVersion.ToString(CultureInfo.InvariantCulture));
        foreach (var check in words.Checks)
        {
            yield return ($"check:{check.Source.Key}", "check", check.Source.Label, check.Sentence);
        }

        foreach (var (note, index) in words.Notes.Select((note, index) => (note, index)))
        {
            yield return (string.Create(CultureInfo.InvariantCulture, $"note:{index + 1}"), "note", document.Notes[index].Kind, note);
        }
    }

    // A fraction keeps its digits; an amount has cents at least.
    private static object? Value(object? value, bool isFraction) =>
        value is decimal fraction && isFraction ? new PlainNumber(fraction) : value;

    private static string Kind(ReportRowKind kind) => kind.ToString().ToLowerInvariant();

    private static IEnumerable<string> Unique(IEnumerable<string> titles)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var title in titles)
        {
            seen[title] = seen.GetValueOrDefault(title) + 1;
            yield return seen[title] == 1 ? title : string.Create(CultureInfo.InvariantCulture, $"{title} ({seen[title]})");
        }
    }

    private readonly record struct PlainNumber(decimal Value)
    {
        public override string ToString() => Value.ToString("0.######", CultureInfo.InvariantCulture);
    }
}
