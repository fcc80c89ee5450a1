using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Rules.Matching;

/// <summary>What is wrong with conditions by themselves. Pure.</summary>
public static class ConditionRules
{
    /// <summary>How deep groups may stand in each other, how many parts there may be in all, and how many words one may list.</summary>
    public const int MostDepth = 5, MostParts = 50, MostWords = 100;

    private const int MostRooms = 10_000;

    private const string Member = "conditions";

    /// <summary>Null when nothing is wrong; else what, at the member.</summary>
    public static Problem? Check(RuleCondition? condition) =>
        condition is null ? null
        : Count(condition) > MostParts ? Wrong(Member, $"There may be at most {MostParts} conditions.")
        : Check(condition, Member, 1) ?? (IsContradictory(condition) ? Contradiction() : null);

    private static Problem? Check(RuleCondition condition, string at, int depth)
    {
        if (depth > MostDepth)
        {
            return Wrong(at, $"Groups may stand in each other at most {MostDepth} deep.");
        }

        if (!condition.IsGroup)
        {
            return CheckField(condition, at);
        }

        if (condition.Field is not null || condition.Matches is not null || condition.Is is not null || condition.Min is not null || condition.Max is not null || condition.From is not null || condition.To is not null)
        {
            return Wrong(at, "A group of conditions is about no field itself.");
        }

        if (condition.All is { Count: 0 } || condition.Any is { Count: 0 })
        {
            return Wrong(at, "A group of conditions must hold one at least.");
        }

        return Named(condition, at).Select(part => part.Part is null ? Wrong(part.At, $"{part.At} must be a condition.") : Check(part.Part, part.At, depth + 1)).FirstOrDefault(problem => problem is not null);
    }

    private static IEnumerable<(RuleCondition? Part, string At)> Named(RuleCondition condition, string at) =>
    [
        .. (condition.All ?? []).Select((part, i) => ((RuleCondition?)part, $"{at}.all[{i}]")),
        .. (condition.Any ?? []).Select((part, i) => ((RuleCondition?)part, $"{at}.any[{i}]")),
        .. condition.Not is null ? [] : new[] { ((RuleCondition?)condition.Not, $"{at}.not") },
    ];

    private static Problem? CheckField(RuleCondition condition, string at)
    {
        if (condition.Field is null || !ConditionFields.All.Contains(condition.Field))
        {
            return Wrong($"{at}.field", $"field must be one of {string.Join(", ", ConditionFields.All)}.", "unknown-field");
        }

        var given = new[] { ("matches", condition.Matches is not null), ("is", condition.Is is not null), ("min", condition.Min is not null), ("max", condition.Max is not null), ("from", condition.From is not null), ("to", condition.To is not null) };
        string[] allowed = condition.Field switch
        {
            ConditionFields.Amount => ["min", "max"],
            ConditionFields.Date => ["from", "to"],
            _ when ConditionFields.IsText(condition.Field) => ["matches"],
            _ => ["is"],
        };
        var (needs, extra) = (string.Join(" or ", allowed), given.FirstOrDefault(member => member.Item2 && !allowed.Contains(member.Item1)).Item1);
        return extra is not null ? Wrong($"{at}.{extra}", $"{condition.Field} takes {needs}, not {extra}.")
            : !given.Any(member => member.Item2) ? Wrong(at, $"{condition.Field} needs {needs}.")
            : condition.Field switch
            {
                ConditionFields.Amount => CheckAmounts(condition, at),
                ConditionFields.Date => CheckDays(condition, at),
                _ when ConditionFields.IsText(condition.Field) => RulePattern.Check(condition.Matches, $"{at}.matches").Problem,
                _ => CheckWords(condition, at),
            };
    }

    private static Problem? CheckAmounts(RuleCondition condition, string at)
    {
        foreach (var (name, amount) in new[] { ("min", condition.Min), ("max", condition.Max) })
        {
            if (amount is { } given && (given < 0 || !MoneyRules.Fits(given) || decimal.Round(given, 4) != given))
            {
                return Wrong($"{at}.{name}", $"{name} must be an amount from 0 on with at most four decimals.");
            }
        }

        return condition.Min > condition.Max ? Wrong($"{at}.max", "max must not be below min.", "contradictory") : null;
    }

    private static Problem? CheckDays(RuleCondition condition, string at) =>
        (condition.From is { } from && !AccountingDays.Contain(from)) || (condition.To is { } to && !AccountingDays.Contain(to)) ? Wrong($"{at}.from", "Days must be from 1900 to 2199.")
        : condition.From > condition.To ? Wrong($"{at}.to", "to must not be before from.", "contradictory")
        : null;

    private static Problem? CheckWords(RuleCondition condition, string at)
    {
        var words = condition.Is!;
        IReadOnlyList<string>? known = condition.Field switch
        {
            ConditionFields.Direction => Directions.All,
            ConditionFields.Type => TransactionTypes.All,
            ConditionFields.Reconciled => ["true", "false"],
            _ => null,
        };
        return words.Count is 0 or > MostWords ? Wrong($"{at}.is", $"is must list 1 to {MostWords} values.")
            : words.Any(word => word is null || word.Trim().Length == 0 || word.Length > 50 || word.Any(char.IsControl)) ? Wrong($"{at}.is", "A value must be text of 1 to 50 characters.")
            : known is not null && words.Any(word => !known.Contains(word, StringComparer.OrdinalIgnoreCase)) ? Wrong($"{at}.is", $"{condition.Field} is one of {string.Join(", ", known)}.")
            : condition.Field == ConditionFields.Contact && words.Any(word => !Guid.TryParse(word, out _)) ? Wrong($"{at}.is", "A contact is named by its id.")
            : null;
    }

    // Amounts and days that conditions leave; nothing inside a "not" counts, for what it excludes leaves others.
    private static bool IsContradictory(RuleCondition condition) => Rooms(condition).Count == 0;

    private static List<Room> Rooms(RuleCondition condition)
    {
        if (!condition.IsGroup)
        {
            return condition.Field is ConditionFields.Amount or ConditionFields.Date ? [new Room(condition.Min, condition.Max, condition.From, condition.To)] : [default];
        }

        List<Room> rooms = [default];
        foreach (var part in condition.All ?? [])
        {
            rooms = Common(rooms, Rooms(part));
        }

        return condition.Any is { } any ? Common(rooms, [.. any.SelectMany(Rooms).Distinct()]) : rooms;
    }

    // Where there are too many to tell, they are taken for possible.
    private static List<Room> Common(List<Room> some, List<Room> others) =>
        some.Count * others.Count > MostRooms ? [default] : [.. some.SelectMany(_ => others, (room, other) => room.And(other)).Where(room => room.IsPossible).Distinct()];

    private static int Count(RuleCondition? condition) => condition is null ? 1 : 1 + condition.Parts.Sum(Count);

    private static Problem Contradiction() => Wrong(Member, "These amounts or dates cannot all be so at once: the rule would match nothing.", "contradictory");

    private static Problem Wrong(string field, string message, string code = "invalid-value") => Problem.Invalid(field, message, code);

    /// <summary>Amounts from min to max on days from one to another.</summary>
    private readonly record struct Room(decimal? Min, decimal? Max, DateOnly? From, DateOnly? To)
    {
        public bool IsPossible => !(Min > Max) && !(From > To);

        public Room And(Room other) => new(Larger(Min, other.Min), Smaller(Max, other.Max), Larger(From, other.From), Smaller(To, other.To));

        private static T? Larger<T>(T? one, T? other)
            where T : struct, IComparable<T> => one is null ? other : other is null || one.Value.CompareTo(other.Value) >= 0 ? one : other;

        private static T? Smaller<T>(T? one, T? other)
            where T : struct, IComparable<T> => one is null ? other : other is null || one.Value.CompareTo(other.Value) <= 0 ? one : other;
    }
}
