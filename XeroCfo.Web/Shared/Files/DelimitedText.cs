namespace XeroCfo.Web.Shared.Files;

/// <summary>Reads what comes from a spreadsheet's clipboard, or from a file with commas or semicolons. Pure.</summary>
public static class DelimitedText
{
    /// <summary>Row by row, empty ones too, so that rows count as they stand. A first line with tabs is the clipboard's.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Read(string text)
    {
        text = text.TrimStart('\uFEFF');
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var first = end < 0 ? text : text[..end];
        var separator = first.Contains('\t', StringComparison.Ordinal) ? '\t' : first.Count(letter => letter == ';') > first.Count(letter => letter == ',') ? ';' : ',';
        return CsvText.Read(text, separator, keepEmpty: true);
    }
}
