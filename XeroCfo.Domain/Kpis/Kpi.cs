namespace XeroCfo.Domain.Kpis;

/// <summary>What a KPI's value is.</summary>
public enum KpiUnit
{
    Money,

    /// <summary>A fraction: 0.125 for 12.5 %.</summary>
    Percent,
    Days,
    Ratio,
    Months,
    Count,
}

/// <summary>Which way is better.</summary>
public enum GoodDirection
{
    Up,
    Down,

    /// <summary>Depends on what else is going on.</summary>
    Context,
}

/// <summary>A number in a formula, with the accounts that make it. Display sign.</summary>
public sealed record KpiPart(string Name, decimal? Value, IReadOnlyList<Guid> AccountIds);

/// <summary>A value, or why there is none: never 0, infinity or a guess in its place.</summary>
public readonly record struct KpiValue(decimal? Value, string? Reason)
{
    public static KpiValue Of(decimal value) => new(value, null);

    public static KpiValue None(string reason) => new(null, reason);

    /// <summary>A quotient to a millionth; without value over nothing, or over less than nothing where only more makes sense.</summary>
    public static KpiValue Over(decimal part, decimal whole, string name, decimal times = 1, bool onlyPositive = true) =>
        whole == 0 ? None($"{name} is 0") : whole < 0 && onlyPositive ? None($"{name} is negative") : Of(Math.Round(part * times / whole, 6, MidpointRounding.AwayFromZero));
}

/// <summary>What a KPI is.</summary>
/// <param name="Key">Stable name.</param>
/// <param name="Name">For people.</param>
/// <param name="Unit">What its value is.</param>
/// <param name="Good">Which way is better.</param>
/// <param name="Formula">In words.</param>
public sealed record KpiDefinition(string Key, string Name, KpiUnit Unit, GoodDirection Good, string Formula)
{
    /// <summary>Made of balances alone: right on any day. Everything else is whole only when its month is.</summary>
    public bool IsBalance { get; init; }

    /// <summary>The organisation's own.</summary>
    public bool IsOwn { get; init; }
}

/// <summary>How a KPI stands against its target and its alert level.</summary>
public enum KpiStatus
{
    OnTarget,
    OffTarget,

    /// <summary>Beyond the alert level.</summary>
    Alert,
}

/// <summary>A KPI for a period. Value and parts always travel together.</summary>
public sealed record Kpi(KpiDefinition Definition, KpiValue Value, KpiValue Previous, IReadOnlyList<KpiPart> Parts, IReadOnlyList<string> Suggested)
{
    /// <summary>Tags that it leans on and that no account carries.</summary>
    public IReadOnlyList<string> MissingTags { get; init; } = [];

    /// <summary>The aim and the level of alert; null: none.</summary>
    public Targets.KpiTarget? Target { get; init; }

    /// <summary>Null without a target, a level or a value.</summary>
    public KpiStatus? Status => Target?.StatusOf(Value.Value, Definition.Good);

    /// <summary>Accounts whose tag it leans on and nobody has confirmed and that nobody has confirmed yet.</summary>
    public bool LeansOnSuggestions => Suggested.Count > 0;
}
