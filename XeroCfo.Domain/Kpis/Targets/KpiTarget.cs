using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Kpis.Targets;

/// <summary>An aim and a level of stress for a KPI; both are kept, for they are not the same.</summary>
public sealed class KpiTarget : Entity, ITenantOwned
{
    public const int KeyLimit = 60;

    /// <summary>As far as money reaches: four decimals.</summary>
    public const decimal Most = 99_999_999_999m;

    public Guid TenantId { get; set; }

    public required string Key { get; set; }

    /// <summary>In the KPI's unit; null: no aim.</summary>
    public decimal? Target { get; set; }

    /// <summary>The value beyond which somebody is told, on the bad side; null: nobody is.</summary>
    public decimal? AlertLevel { get; set; }

    /// <summary>How the alert stands.</summary>
    public bool IsAlerting { get; set; }

    /// <summary>The last month in which the value lay beyond the level, <c>yyyy-MM</c>.</summary>
    public string? BeyondIn { get; set; }

    /// <summary>The month of the last alert.</summary>
    public string? AlertedIn { get; set; }

    public AlertState Alert
    {
        get => new(IsAlerting, BeyondIn, AlertedIn);
        set => (IsAlerting, BeyondIn, AlertedIn) = (value.IsAlerting, value.BeyondIn, value.AlertedIn);
    }

    /// <summary>Null without a value, or with neither target nor level.</summary>
    public KpiStatus? StatusOf(decimal? value, GoodDirection good) => value is not { } known || good == GoodDirection.Context ? null
        : AlertLevel is { } level && AlertRule.IsBeyond(known, level, good) ? KpiStatus.Alert
        : Target is not { } target ? AlertLevel is null ? null : KpiStatus.OnTarget
        : (good == GoodDirection.Up ? known >= target : known <= target) ? KpiStatus.OnTarget : KpiStatus.OffTarget;
}

/// <summary>How an alert stands.</summary>
/// <param name="IsAlerting">Crossed, and not yet cleared.</param>
/// <param name="BeyondIn">The last month beyond the level.</param>
/// <param name="AlertedIn">The month of the last alert.</param>
public readonly record struct AlertState(bool IsAlerting, string? BeyondIn, string? AlertedIn);

/// <summary>
/// Whether to tell somebody: when the level is crossed, at most once a month, and not again before a whole month was back inside. Pure.
/// </summary>
public static class AlertRule
{
    public static bool IsBeyond(decimal value, decimal level, GoodDirection good) => good switch
    {
        GoodDirection.Up => value < level,
        GoodDirection.Down => value > level,
        _ => false,
    };

    /// <param name="state">As it stood.</param>
    /// <param name="month">The month that the value is of.</param>
    /// <param name="isWhole">The month is over.</param>
    /// <param name="isBeyond">Beyond the level; null: there is no value, and nothing changes.</param>
    public static (AlertState Next, bool Tell) Judge(AlertState state, Month month, bool isWhole, bool? isBeyond)
    {
        var name = month.ToString();

        // An older month than one that was judged before says nothing new.
        if (isBeyond is not { } beyond || string.CompareOrdinal(name, state.BeyondIn) < 0)
        {
            return (state, false);
        }

        if (beyond)
        {
            var tell = !state.IsAlerting && state.AlertedIn != name;
            return (new AlertState(true, name, tell ? name : state.AlertedIn), tell);
        }

        return (state with { IsAlerting = state.IsAlerting && !(isWhole && state.BeyondIn != name) }, false);
    }
}

/// <summary>A KPI has crossed its alert level.</summary>
/// <param name="Key">Which.</param>
/// <param name="Name">For people.</param>
/// <param name="Month">In which month.</param>
public sealed record KpiAlerted(string Key, string Name, Month Month)
{
    /// <summary>Its name for programs that listen.</summary>
    public const string Event = "kpi.alert";
}
