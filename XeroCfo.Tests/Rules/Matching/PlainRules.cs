using System.Text;
using System.Text.RegularExpressions;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Matching;

namespace XeroCfo.Tests.Rules.Matching;

/// <summary>What rules mean, written down as plainly as can be and sharing nothing with the product: one rule after the other, one field after the other.</summary>
internal static class PlainRules
{
    private static readonly Dictionary<string, Regex> Expressions = [];

    public static CategoryRule? First(IEnumerable<CategoryRule> rules, RuleSubject subject) => rules
        .Where(rule => rule.IsActive)
        .OrderByDescending(rule => rule.Priority).ThenBy(rule => rule.CreatedAt).ThenBy(rule => rule.Id.ToString("D"), StringComparer.Ordinal)
        .FirstOrDefault(rule => Matches(rule.Pattern, subject) && Holds(rule.Conditions, subject));

    public static bool Matches(string pattern, RuleSubject subject) =>
        Matches(pattern, subject.Description) || Matches(pattern, subject.ContactName) || Matches(pattern, subject.Reference);

    public static bool Matches(string pattern, string? field)
    {
        var text = pattern.Trim();
        if (string.IsNullOrEmpty(field))
        {
            return false;
        }

        if (text.Length > 2 && text[0] == '/' && text[^1] == '/')
        {
            if (!Expressions.TryGetValue(text, out var expression))
            {
                Expressions[text] = expression = new Regex(text[1..^1], RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
            }

            return expression.IsMatch(field);
        }

        if (text.Length > 2 && text[0] == '"' && text[^1] == '"')
        {
            return string.Equals(field, text[1..^1], StringComparison.OrdinalIgnoreCase);
        }

        var tokens = Tokens(text);
        return tokens.Exists(token => token.IsWild) ? Whole(tokens, [.. field.EnumerateRunes()]) : field.Contains(string.Concat(tokens.Select(token => token.Rune)), StringComparison.OrdinalIgnoreCase);
    }

    private static List<(Rune Rune, bool IsWild)> Tokens(string text)
    {
        var (tokens, runes) = (new List<(Rune, bool)>(), text.EnumerateRunes().ToList());
        for (var i = 0; i < runes.Count; i++)
        {
            var isEscape = runes[i].Value == '\\' && i + 1 < runes.Count && runes[i + 1].Value is '*' or '?' or '\\';
            tokens.Add(isEscape ? (runes[++i], false) : (runes[i], runes[i].Value is '*' or '?'));
        }

        return tokens;
    }

    // reached[j]: the tokens so far may have taken the first j characters.
    private static bool Whole(List<(Rune Rune, bool IsWild)> tokens, Rune[] field)
    {
        var reached = new bool[field.Length + 1];
        reached[0] = true;
        foreach (var (rune, isWild) in tokens)
        {
            var next = new bool[field.Length + 1];
            for (var j = 0; j <= field.Length; j++)
            {
                next[j] = isWild && rune.Value == '*'
                    ? reached[j] || (j > 0 && next[j - 1])
                    : j > 0 && reached[j - 1] && (isWild || string.Equals(rune.ToString(), field[j - 1].ToString(), StringComparison.OrdinalIgnoreCase));
            }

            reached = next;
        }

        return reached[^1];
    }

    private static bool Holds(RuleCondition? condition, RuleSubject subject) => condition switch
    {
        null => true,
        { IsGroup: true } => (condition.All ?? []).All(part => Holds(part, subject)) && (condition.Any is null || condition.Any.Any(part => Holds(part, subject)))
            && (condition.Not is null || !Holds(condition.Not, subject)),
        { Field: "description" } => Matches(condition.Matches!, subject.Description),
        { Field: "contactName" } => Matches(condition.Matches!, subject.ContactName),
        { Field: "reference" } => Matches(condition.Matches!, subject.Reference),
        { Field: "amount" } => (condition.Min is null || subject.Amount >= condition.Min) && (condition.Max is null || subject.Amount <= condition.Max),
        { Field: "date" } => (condition.From is null || subject.Date >= condition.From) && (condition.To is null || subject.Date <= condition.To),
        { Field: "direction" } => condition.Is!.Contains(subject.Direction),
        { Field: "type" } => condition.Is!.Contains(subject.Type),
        { Field: "account" } => subject.AccountCode is not null && condition.Is!.Contains(subject.AccountCode),
        { Field: "contact" } => subject.ContactId is { } id && condition.Is!.Contains(id.ToString()),
        { Field: "reconciled" } => condition.Is!.Contains(subject.IsReconciled ? "true" : "false"),
        _ => throw new InvalidOperationException(condition.Field),
    };
}
