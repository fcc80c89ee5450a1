using System.Globalization;
using XeroCfo.Domain.Rules.Matching;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Rules;

/// <summary>How the parts of a group hold together.</summary>
public enum ConditionJoin
{
    All,
    Any,
    None,
}

/// <summary>A condition while somebody writes it: a group of others, or a line about one field.</summary>
public sealed class ConditionDraft
{
    /// <summary>Null: it is a line.</summary>
    public ConditionJoin? Join { get; set; }

    public List<ConditionDraft> Parts { get; } = [];

    public string Field { get; set; } = ConditionFields.Amount;

    /// <summary>A pattern, words between commas, or ids.</summary>
    public string Text { get; set; } = "";

    /// <summary>The least amount or the first day.</summary>
    public string Least { get; set; } = "";

    public string Most { get; set; } = "";

    public bool IsGroup => Join is not null;

    /// <summary>A group that holds nothing yet.</summary>
    public static ConditionDraft Group(ConditionJoin join, params IEnumerable<ConditionDraft> parts)
    {
        var group = new ConditionDraft { Join = join };
        group.Parts.AddRange(parts);
        return group;
    }

    /// <summary>What stands in the form at first: always a group.</summary>
    public static ConditionDraft Root(RuleCondition? condition) => condition is null ? Group(ConditionJoin.All) : Of(condition) is { IsGroup: true } group ? group : Group(ConditionJoin.All, Of(condition));

    /// <summary>Null where nothing is in it.</summary>
    public RuleCondition? ToCondition()
    {
        if (!IsGroup)
        {
            return Line();
        }

        RuleCondition[] parts = [.. Parts.Select(part => part.ToCondition()).OfType<RuleCondition>()];
        return (Join, parts) switch
        {
            (_, []) => null,
            (ConditionJoin.None, [var one]) => new RuleCondition { Not = one },
            (ConditionJoin.None, _) => new RuleCondition { Not = new RuleCondition { Any = parts } },
            (ConditionJoin.Any, _) => new RuleCondition { Any = parts },
            _ => new RuleCondition { All = parts },
        };
    }

    private static ConditionDraft Of(RuleCondition condition)
    {
        if (!condition.IsGroup)
        {
            return condition is { Is: { Count: > 1 } words } && ConditionWords.Of(condition.Field) is not null ? Group(ConditionJoin.Any, words.Select(word => LineOf(condition with { Is = [word] }))) : LineOf(condition);
        }

        List<ConditionDraft> groups =
        [
            .. condition.All is { } all ? new[] { Group(ConditionJoin.All, all.Select(Of)) } : [],
            .. condition.Any is { } any ? new[] { Group(ConditionJoin.Any, any.Select(Of)) } : [],
            .. condition.Not switch
            {
                null => [],
                { Any: { } none, All: null, Not: null } => new[] { Group(ConditionJoin.None, none.Select(Of)) },
                var not => [Group(ConditionJoin.None, Of(not))],
            },
        ];

        // A node that is several groups at once means all of them.
        return groups is [var only] ? only : Group(ConditionJoin.All, [.. groups.Where(group => group.Join == ConditionJoin.All).SelectMany(group => group.Parts), .. groups.Where(group => group.Join != ConditionJoin.All)]);
    }

    private static ConditionDraft LineOf(RuleCondition condition) => new()
    {
        Field = condition.Field ?? "",
        Text = condition.Matches ?? string.Join(", ", condition.Is ?? []),
        Least = condition.Min?.ToString(CultureInfo.InvariantCulture) ?? DateWords.Iso(condition.From) ?? "",
        Most = condition.Max?.ToString(CultureInfo.InvariantCulture) ?? DateWords.Iso(condition.To) ?? "",
    };

    private RuleCondition Line() => Field switch
    {
        ConditionFields.Amount => new RuleCondition { Field = Field, Min = Amount(Least), Max = Amount(Most) },
        ConditionFields.Date => new RuleCondition { Field = Field, From = Day(Least), To = Day(Most) },
        _ when ConditionFields.IsText(Field) => new RuleCondition { Field = Field, Matches = Text },
        _ => new RuleCondition { Field = Field, Is = Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) },
    };

    private static decimal? Amount(string text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount) ? amount : null;

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) ? day : null;
}
