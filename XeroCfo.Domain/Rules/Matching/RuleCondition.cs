using System.Text.Json.Serialization;

namespace XeroCfo.Domain.Rules.Matching;

/// <summary>
/// What must be so beside the pattern. Either a group (<see cref="All"/>, <see cref="Any"/> or <see cref="Not"/>), or a <see cref="Field"/> with what it must hold:
/// <see cref="Matches"/> for texts, <see cref="Is"/> for words and ids, <see cref="Min"/> and <see cref="Max"/> for the amount, <see cref="From"/> and <see cref="To"/> for the date.
/// </summary>
public sealed record RuleCondition
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RuleCondition>? All { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RuleCondition>? Any { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RuleCondition? Not { get; init; }

    /// <summary>One of <see cref="ConditionFields"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Field { get; init; }

    /// <summary>A pattern as rules have.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Matches { get; init; }

    /// <summary>One of these, the case ignored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Is { get; init; }

    /// <summary>Of the amount in the organisation's currency, without its sign; itself included.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Min { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Max { get; init; }

    /// <summary>A first day, itself included.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? From { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? To { get; init; }

    [JsonIgnore]
    public bool IsGroup => All is not null || Any is not null || Not is not null;

    /// <summary>What the groups hold.</summary>
    [JsonIgnore]
    public IEnumerable<RuleCondition> Parts => [.. All ?? [], .. Any ?? [], .. Not is null ? [] : new[] { Not }];
}

/// <summary>What conditions may be about.</summary>
public static class ConditionFields
{
    public const string Description = "description";
    public const string ContactName = "contactName";
    public const string Reference = "reference";
    public const string Amount = "amount";
    public const string Direction = "direction";
    public const string Type = "type";
    public const string Contact = "contact";
    public const string Account = "account";
    public const string Date = "date";
    public const string Reconciled = "reconciled";

    public static readonly IReadOnlyList<string> All = [Description, ContactName, Reference, Amount, Direction, Type, Contact, Account, Date, Reconciled];

    public static bool IsText(string? field) => field is Description or ContactName or Reference;
}
