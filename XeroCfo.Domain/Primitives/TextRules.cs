namespace XeroCfo.Domain.Primitives;

/// <summary>Text on its way into the database. Pure.</summary>
public static class TextRules
{
    /// <summary>The text as a database can be asked for it: without NUL, and with U+FFFD for half a character. PostgreSQL takes neither.</summary>
    public static string Askable(string text) => string.Concat(text.EnumerateRunes().Where(rune => rune.Value != 0).Select(rune => rune.ToString()));

    /// <summary>At most <paramref name="limit"/> UTF-16 units of <paramref name="text"/>, without half a character at the end, which PostgreSQL refuses.</summary>
    public static string Limit(string text, int limit) =>
        text.Length <= limit ? text : text[..(char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit)];
}
