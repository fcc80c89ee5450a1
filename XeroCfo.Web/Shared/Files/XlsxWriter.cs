namespace XeroCfo.Web.Shared.Files;

/// <summary>Writes workbooks, sheet by sheet and row by row.</summary>
public static class XlsxWriter
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const int LongestText = 32_000;

    /// <summary>What a spreadsheet may take for the beginning of a formula.</summary>
    private static readonly char[] FormulaSigns = ['=', '+', '-', '@', '\t', '\r'];

    /// <summary>The file.</summary>
    public static void Write(Stream target, IEnumerable<Sheet> sheets)
    {
        using var book = new XlsxBook(target);
        foreach (var sheet in sheets)
        {
            using var rows = book.Begin(sheet);
            foreach (var row in sheet.Rows)
            {
                rows.Write(row);
            }
        }
    }

    /// <summary>Text that no program takes for a formula, even when it is copied on into one that guesses.</summary>
    public static string Harmless(string text)
    {
        var safe = text.Length > 0 && FormulaSigns.Contains(text[0]) ? "'" + text : text;
        return safe.Length <= LongestText && !safe.AsSpan().ContainsAnyInRange('\0', '\u001F') && !safe.AsSpan().ContainsAnyInRange('\u007F', '\u009F') && !safe.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !safe.AsSpan().ContainsAny('\uFFFE', '\uFFFF')
            ? safe
            : Readable(safe);
    }

    // What XML cannot hold is left out: control characters and halves of pairs.
    private static string Readable(string text)
    {
        var kept = text.EnumerateRunes().Where(letter => letter.Value is '\t' or '\n' or '\r' || (!System.Text.Rune.IsControl(letter) && letter.Value is not (0xFFFE or 0xFFFF)));
        var readable = string.Concat(kept.Select(letter => letter.ToString()));
        return readable.Length <= LongestText ? readable : readable[..(char.IsHighSurrogate(readable[LongestText - 1]) ? LongestText - 1 : LongestText)];
    }
}
