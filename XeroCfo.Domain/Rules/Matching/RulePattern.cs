using System.Text.RegularExpressions;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Rules.Matching;

/// <summary>How a pattern is read.</summary>
public enum PatternKind
{
    Contains,
    Exact,
    Wildcard,
    Regex,
}

/// <summary>
/// What a rule looks for in a text: <c>/a.*b/</c> is a regular expression, <c>"a b"</c> the whole field, <c>a*b?</c> the whole field with wildcards,
/// anything else a part of it; <c>\*</c>, <c>\?</c> and <c>\\</c> mean the sign itself. The case never counts. Empty fields never match.
/// </summary>
public sealed class RulePattern
{
    /// <summary>UTF-16 units, without blanks around it.</summary>
    public const int Limit = 255;

    private static readonly TimeSpan RegexLimit = TimeSpan.FromSeconds(2);

    private readonly string _plain;
    private readonly Wildcard? _wildcard;
    private Regex? _regex;
    private bool _isBroken;

    private RulePattern(string text, PatternKind kind, string plain, Wildcard? wildcard = null) =>
        (Text, Kind, _plain, _wildcard) = (text, kind, plain, wildcard);

    /// <summary>As written, without blanks around it.</summary>
    public string Text { get; }

    public PatternKind Kind { get; }

    /// <summary>A text that each field it matches contains, the case ignored; empty where none is known.</summary>
    public string Literal => field ??= Kind switch
    {
        PatternKind.Regex => RegexLiterals.Longest(_plain),
        PatternKind.Wildcard => _wildcard!.Literal,
        _ => _plain,
    };

    /// <summary>Reads a pattern; a regular expression is not looked at before it is needed.</summary>
    public static Result<RulePattern> Read(string? pattern, string member = "pattern")
    {
        var text = pattern?.Trim() ?? "";
        if (text.Length is 0 or > Limit)
        {
            return Problem.Invalid(member, $"{member} must be 1 to {Limit} characters.");
        }

        if (text.Contains('\0', StringComparison.Ordinal) || TextRules.Askable(text) != text)
        {
            return Problem.Invalid(member, $"{member} holds a character that is none.");
        }

        if (text is "//" or "\"\"")
        {
            return Problem.Invalid(member, $"{text} has nothing in it to look for.", "empty-pattern");
        }

        if (text.Length > 2 && text[0] == '/' && text[^1] == '/')
        {
            return new RulePattern(text, PatternKind.Regex, text[1..^1]);
        }

        if (text.Length > 2 && text[0] == '"' && text[^1] == '"')
        {
            return new RulePattern(text, PatternKind.Exact, text[1..^1]);
        }

        var wildcard = Wildcard.Read(text, out var plain);
        return wildcard is { IsStarAlone: true } ? Problem.Invalid(member, "* alone matches everything. Write \\* for the sign itself.", "matches-everything")
            : new RulePattern(text, wildcard is null ? PatternKind.Contains : PatternKind.Wildcard, plain, wildcard);
    }

    /// <summary>Reads a pattern that somebody has just written: a regular expression that the engine cannot run is refused, too.</summary>
    public static Result<RulePattern> Check(string? pattern, string member = "pattern")
    {
        var read = Read(pattern, member);
        if (read.Problem is null && read.Value.Kind == PatternKind.Regex)
        {
            try
            {
                read.Value._regex = Build(read.Value._plain);
            }
            catch (NotSupportedException)
            {
                return Problem.Invalid(member, "This regular expression looks ahead or behind, refers back, or is too large: it cannot be run in bounded time.", "regex-not-supported");
            }
            catch (ArgumentException fault)
            {
                return Problem.Invalid(member, $"This is no regular expression: {Reason(fault)}", "invalid-regex");
            }
        }

        return read;
    }

    /// <summary>True when it is found in the field; an empty one holds nothing.</summary>
    public bool Matches(string? field) => !string.IsNullOrEmpty(field) && Kind switch
    {
        PatternKind.Contains => field.Contains(_plain, StringComparison.OrdinalIgnoreCase),
        PatternKind.Exact => field.Equals(_plain, StringComparison.OrdinalIgnoreCase),
        PatternKind.Wildcard => _wildcard!.Matches(field),
        _ => Expression()?.IsMatch(field) == true,
    };

    /// <summary>True when the field has the pattern's text at <paramref name="start"/>; for parts and whole fields only.</summary>
    internal bool StandsAt(string field, int start) =>
        Kind == PatternKind.Exact
            ? field.Equals(_plain, StringComparison.OrdinalIgnoreCase)
            : start >= 0 && start + _plain.Length <= field.Length && field.AsSpan(start, _plain.Length).Equals(_plain, StringComparison.OrdinalIgnoreCase);

    // What an older version took and this engine does not matches nothing; the list of rules says so.
    private Regex? Expression()
    {
        if (_regex is null && !_isBroken)
        {
            try
            {
                _regex = Build(_plain);
            }
            catch (ArgumentException)
            {
                _isBroken = true;
            }
            catch (NotSupportedException)
            {
                _isBroken = true;
            }
        }

        return _regex;
    }

    private static Regex Build(string expression) => new(expression, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexLimit);

    private static string Reason(ArgumentException fault) => fault is RegexParseException parse ? $"{parse.Error} at {parse.Offset + 1}." : "it cannot be read.";
}
