using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Matching;

namespace XeroCfo.Tests.Rules.Matching;

/// <summary>Rules and texts that are likely to meet, and to meet where it hurts.</summary>
internal sealed class RandomRules(int seed)
{
    private static readonly string[] Pieces =
    [
        "a", "B", "ab", "fuelco", "FUELCO", "Metro", "courier", "SQ *", "ß", "ẞ", "ss", "İ", "i", "ı", "I", "ς", "σ", "Σ", "µ", "μ", "Μ", "ſ", "s", "K", "k", "Å", "å",
        "😀", "👍🏽", "𐐀", "𐐨", " ", "\n", "\t", "1423", "7", "-", "/", "\"", "\\", "*", "?", "ǅ", "ﬁ", "fi", "é", "e\u0301", ".", "(", "[", "Ω",
    ];

    private static readonly string[] Expressions =
    [
        @"fuel(co)?", @"^\d+", @"metro\s+courier", @"a+b", @"[a-c]{2,3}7", @"k", @"ſ|s", @"^(a+)+$", @"(a|aa)+b", @"sq \*.", @"(?:ab|7)1423", @"x{0,2}Metro", @"courier$",
        @"\bfuelco\b", @"i", @"ß", @".*.*.*b", @"[^a]B", @"a?b?fuelco{1,2}", @"[]a]7", @"\.|\(", @"σ", @"fu.lco", @"(?:a)k+", @"µ", @"å",
    ];

    private readonly Random _random = new(seed);

    public int Below(int most) => _random.Next(most);

    public string Text(int most)
    {
        var text = string.Concat(Enumerable.Range(0, 1 + Below(most)).Select(_ => Pieces[Below(Pieces.Length)]));
        return Below(40) == 0 ? string.Concat(Enumerable.Repeat(text, 1 + (4_000 / text.Length)))[..Math.Min(4_000, text.Length * (4_000 / text.Length))] : text;
    }

    public string? Field() => Below(8) switch
    {
        0 => null,
        1 => "",
        _ => Text(9),
    };

    public RuleSubject Subject() => new(Field(), Field(), Field())
    {
        Amount = Below(200),
        Direction = Below(2) == 0 ? "in" : "out",
        Type = Below(2) == 0 ? "SPEND" : "BILL",
        AccountCode = Below(3) switch { 0 => null, 1 => "449", _ => "850" },
        Date = new DateOnly(2026, 1, 1).AddDays(Below(60)),
        IsReconciled = Below(2) == 0,
    };

    /// <summary>A pattern that the product takes.</summary>
    public string Pattern()
    {
        while (true)
        {
            var text = Below(10) switch
            {
                < 4 => Text(4),
                < 6 => string.Concat(Enumerable.Range(0, 1 + Below(4)).Select(_ => Below(3) == 0 ? (Below(2) == 0 ? "*" : "?") : Pieces[Below(Pieces.Length)])),
                6 => '"' + Text(4) + '"',
                7 => string.Concat(Enumerable.Range(0, 1 + Below(5)).Select(_ => @"\" + Pieces[Below(Pieces.Length)])),
                8 => Blowing(),
                _ => "/" + string.Concat(Enumerable.Range(0, 1 + Below(2)).Select(_ => Expressions[Below(Expressions.Length)])) + "/",
            };
            if (RulePattern.Check(text).Succeeded)
            {
                return text;
            }
        }
    }

    public List<CategoryRule> Rules(int count) =>
    [
        .. Enumerable.Range(0, count).Select(_ => new CategoryRule
        {
            Pattern = Pattern(),
            Category = "C",
            Priority = Below(4),
            IsActive = Below(8) != 0,
            CreatedAt = new DateTime(2026, 1, 1, 0, 0, Below(3), DateTimeKind.Utc),
            Conditions = Below(3) == 0 ? Condition(2) : null,
        }),
    ];

    public RuleCondition Condition(int depth) => Below(depth > 0 ? 11 : 8) switch
    {
        0 => new RuleCondition { Field = "amount", Min = Below(100), Max = Below(3) == 0 ? null : 100 + Below(100) },
        1 => new RuleCondition { Field = "direction", Is = ["in"] },
        2 => new RuleCondition { Field = "type", Is = ["SPEND", "PAYMENT"] },
        3 => new RuleCondition { Field = "account", Is = ["850"] },
        4 => new RuleCondition { Field = "date", From = new DateOnly(2026, 1, 1).AddDays(Below(60)) },
        5 => new RuleCondition { Field = "reconciled", Is = ["true"] },
        6 => new RuleCondition { Field = "description", Matches = Pattern() },
        7 => new RuleCondition { Field = "reference", Matches = Pattern() },
        8 => new RuleCondition { All = [Condition(depth - 1), Condition(depth - 1)] },
        9 => new RuleCondition { Any = [Condition(depth - 1), Condition(depth - 1)] },
        _ => new RuleCondition { Not = Condition(depth - 1) },
    };

    // 255 characters that make engines which go back try for ages.
    private string Blowing() => Below(3) switch
    {
        0 => string.Concat(Enumerable.Repeat("a*", 127)),
        1 => "*" + string.Concat(Enumerable.Repeat("?a", 100)) + "b",
        _ => "/" + string.Concat(Enumerable.Repeat("(a*)*", 20)) + "c/",
    };
}
