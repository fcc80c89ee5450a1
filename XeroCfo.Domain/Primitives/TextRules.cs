namespace XeroCfo.Domain.Primitives;

/// <summary>Text on its way into the database. Pure.</summary>
public static class TextRules
{
    /// <summary>At most <paramref name="limit"/> UTF-16 units of <paramref name="text"/>, without half a character at the end, which PostgreSQL refuses.</summary>
    public static string Limit(string text, int limit) =>
        text.Length <= limit ? text : text[..(char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit)];
}
