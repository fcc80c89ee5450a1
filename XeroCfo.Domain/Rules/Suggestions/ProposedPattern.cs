using XeroCfo.Domain.Ledger;

namespace XeroCfo.Domain.Rules.Suggestions;

/// <summary>The pattern of a rule that somebody makes from a document: the words at the front that do not change. Pure.</summary>
public static class ProposedPattern
{
    private const int MostWords = 3;

    public static string Of(Transaction row)
    {
        var text = new[] { row.Reference, row.Description, row.ContactName }.FirstOrDefault(text => Likeness.Split(text).Any(IsWord)) ?? row.ContactName ?? "";
        var words = Likeness.Split(text).SkipWhile(word => !IsWord(word)).TakeWhile(IsWord).Take(MostWords);
        var plain = string.Join(' ', words);
        return Escape(text.Contains(plain, StringComparison.Ordinal) ? plain : Likeness.Split(text).FirstOrDefault(IsWord) ?? "");
    }

    /// <summary>The text as a pattern that means nothing but itself.</summary>
    public static string Escape(string text) => string.Concat(text.Select(letter => letter is '*' or '?' or '\\' ? $"\\{letter}" : letter.ToString()));

    // A number counts slips and cards; a sign in front of a word belongs to it.
    private static bool IsWord(string word) => word.Any(char.IsLetter) && !word.Any(char.IsDigit);
}
