using System.Globalization;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Users;

/// <summary>
/// What a new password must be: long, and nothing that a guesser tries first. Any characters, no composition rules, never cut short.
/// </summary>
public static class PasswordPolicy
{
    public const int MinimumLength = 12;

    /// <summary>Far above any passphrase; a limit only so that a megabyte is not hashed.</summary>
    public const int MaximumLength = 1024;

    private static readonly Lazy<HashSet<string>> Common = new(Load);

    /// <summary>Why <paramref name="password"/> may not be chosen; null when it may.</summary>
    public static Problem? Fault(string? password, string email)
    {
        var length = new StringInfo(password ?? "").LengthInTextElements;
        if (length < MinimumLength)
        {
            return Refusal($"Use at least {MinimumLength} characters: a few unrelated words are easy to remember.", "password-too-short");
        }

        if (password!.Length > MaximumLength)
        {
            return Refusal($"Use at most {MaximumLength} characters.", "password-too-long");
        }

        return IsGuessable(password, email) ? Refusal("This password is one of those that are guessed first. Choose another.", "password-too-common") : null;
    }

    /// <summary>
    /// True for the bundled common passwords, for one of them decorated with digits or signs, doubled, or in "leet" letters, for runs and
    /// repetitions, and for the person's own address or the product's name.
    /// </summary>
    internal static bool IsGuessable(string password, string email)
    {
        var lower = password.ToLowerInvariant();
        return Variants(lower).Any(IsCommon) || IsCommon(Unit(lower)) || IsRun(lower) || Variants(lower).Any(text => IsOwnName(text, email.ToLowerInvariant()));
    }

    private static IEnumerable<string> Variants(string lower)
    {
        yield return lower;
        yield return Bare(lower);
        yield return Plain(lower);
        yield return Bare(Plain(lower));
        yield return Plain(Bare(lower));
        yield return Unit(Bare(lower));
    }

    private static bool IsCommon(string text) => Common.Value.Contains(text);

    private static bool IsOwnName(string text, string email) =>
        text == email || text == email.Split('@')[0] || text is "xerocfo" or "xero" or "cfo";

    /// <summary>Without the digits and signs before and after the word; the text itself when it has no letters.</summary>
    private static string Bare(string text)
    {
        var letters = Enumerable.Range(0, text.Length).Where(place => char.IsLetter(text[place])).ToList();
        return letters.Count == 0 ? text : text[letters[0]..(letters[^1] + 1)];
    }

    private static string Plain(string text) => string.Concat(text.Select(sign => sign switch
    {
        '@' or '4' => 'a',
        '0' => 'o',
        '1' or '!' => 'i',
        '3' => 'e',
        '$' or '5' => 's',
        '7' => 't',
        _ => sign,
    }));

    /// <summary>The part whose repetition makes the text; the text itself when nothing is repeated.</summary>
    private static string Unit(string text)
    {
        var length = text.Length == 0 ? -1 : (text + text).IndexOf(text, 1, StringComparison.Ordinal);
        return length > 0 ? text[..length] : text;
    }

    /// <summary>Characters that follow each other, as in 123456789012 or mlkjihgfedcb.</summary>
    private static bool IsRun(string text)
    {
        var steps = text.Zip(text.Skip(1), (first, second) => second - first).ToList();
        return steps.Count(step => step is 1 or 0 or -1 or -9 or 9) >= steps.Count * 0.8;
    }

    private static HashSet<string> Load()
    {
        using var stream = typeof(PasswordPolicy).Assembly.GetManifestResourceStream("XeroCfo.Domain.Users.common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')];
    }

    private static Problem Refusal(string message, string code) => Problem.Invalid("password", message, code);
}
