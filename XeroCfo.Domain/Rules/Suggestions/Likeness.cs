using XeroCfo.Domain.Rules.Matching;

namespace XeroCfo.Domain.Rules.Suggestions;

/// <summary>What documents are alike in: the words that say what they are, without numbers, which count till slips and cards. Pure.</summary>
internal static class Likeness
{
    private static readonly char[] Between = [.. " \t\r\n;,"];

    /// <summary>Null when a document has no words.</summary>
    public static string? Of(PastDocument document)
    {
        var words = Words(document.Description).Concat(Words(document.Reference)).Distinct().ToList();
        words = words.Count == 0 ? [.. Words(document.ContactName)] : words;
        return words.Count == 0 ? null : $"{document.Direction} {string.Join(' ', words)}";
    }

    /// <summary>The text as the bank or Xero has it.</summary>
    public static string? TextOf(PastDocument document) => string.IsNullOrWhiteSpace(document.Reference) ? document.Description : document.Reference;

    /// <summary>Banks write in capitals.</summary>
    public static bool IsWrittenByBank(string text) => text.Any(char.IsLetter) && !text.Any(char.IsLower);

    public static string[] Split(string? text) => (text ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Words(string? text) => Split(text).Where(word => word.Any(char.IsLetter) && !word.Any(char.IsDigit)).Select(Folding.Of);
}
