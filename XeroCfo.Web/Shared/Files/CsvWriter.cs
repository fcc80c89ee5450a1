using System.Globalization;

namespace XeroCfo.Web.Shared.Files;

/// <summary>Writes comma-separated lines (RFC 4180) for people and spreadsheets: text is never a formula, numbers and days are plain.</summary>
public static class CsvWriter
{
    public const string ContentType = "text/csv; charset=utf-8";

    /// <summary>What tells a spreadsheet that the file is UTF-8.</summary>
    public const string ByteOrderMark = "\uFEFF";

    private static readonly char[] Quoted = [',', '"', '\r', '\n'];

    /// <summary>One line with its end.</summary>
    public static string Line(params IEnumerable<object?> values) => string.Join(',', values.Select(Field)) + "\r\n";

    private static string Field(object? value) => value switch
    {
        null => "",
        string text => Text(XlsxWriter.Harmless(text)),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        decimal amount => amount.ToString("0.00##", CultureInfo.InvariantCulture),
        _ => Text(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    private static string Text(string text) => text.IndexOfAny(Quoted) >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
