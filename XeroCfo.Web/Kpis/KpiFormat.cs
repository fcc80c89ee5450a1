using System.Globalization;
using XeroCfo.Domain.Kpis;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Kpis;

/// <summary>KPIs in words: money whole, percentages and days with one decimal, ratios with two; margins change in points.</summary>
internal static class KpiFormat
{
    private const char Minus = '−';

    /// <summary>A value by its unit, without a currency.</summary>
    public static string Text(decimal value, KpiUnit unit, MoneyFormat format) => unit switch
    {
        KpiUnit.Money => Math.Abs(value) < 10_000_000 ? format.Text(value, false) : $"{(value < 0 ? "(" : "")}{format.InTile(value)}{(value < 0 ? ")" : "")}",
        KpiUnit.Percent => $"{Number(value * 100, 1)} %",
        KpiUnit.Days or KpiUnit.Months => Number(value, 1),
        KpiUnit.Ratio => Number(value, 2),
        _ => Number(value, value == Math.Truncate(value) || Math.Abs(value) >= 1_000 ? 0 : 2),
    };

    /// <summary>The same with what it counts.</summary>
    public static string WithUnit(decimal value, KpiUnit unit, MoneyFormat format, string currency) => unit switch
    {
        KpiUnit.Money => $"{currency} {Text(value, unit, format)}",
        KpiUnit.Days => $"{Text(value, unit, format)} days",
        KpiUnit.Months => $"{Text(value, unit, format)} months",
        _ => Text(value, unit, format),
    };

    /// <summary>By how much a value differs from another: money with its percentage, margins in points.</summary>
    public static string Change(decimal now, decimal before, KpiUnit unit, MoneyFormat format) => unit switch
    {
        KpiUnit.Money => $"{format.Text(Math.Abs(now - before), false)}{(Domain.Reports.Variance.PercentAlone(now, before) is { } share ? $" · {Number(Math.Abs(share) * 100, 1)} %" : "")}",
        KpiUnit.Percent => $"{Number(Math.Abs(now - before) * 100, 1)} pts",
        KpiUnit.Days => $"{Number(Math.Abs(now - before), 1)} days",
        KpiUnit.Months => $"{Number(Math.Abs(now - before), 1)} months",
        KpiUnit.Ratio => Number(Math.Abs(now - before), 2),
        _ => Number(Math.Abs(now - before), 0),
    };

    /// <summary>"−4.5 pts".</summary>
    public static string Points(decimal change) => $"{(change < 0 ? Minus : "+")}{Number(Math.Abs(change) * 100, 1)} pts";

    /// <summary>"better" or "worse"; null where neither side is.</summary>
    public static string? Word(decimal now, decimal before, GoodDirection good) =>
        good == GoodDirection.Context ? null : now == before ? "the same" : now > before == (good == GoodDirection.Up) ? "better" : "worse";

    /// <summary>▲ or ▼.</summary>
    public static string Arrow(decimal now, decimal before) => now == before ? "=" : now > before ? "▲" : "▼";

    /// <summary>The chip of a status.</summary>
    public static (Tone Tone, string Text)? Chip(KpiStatus? status) => status switch
    {
        KpiStatus.OnTarget => (Tone.Good, "On target"),
        KpiStatus.OffTarget => (Tone.Warn, "Off target"),
        KpiStatus.Alert => (Tone.Bad, "Alert"),
        _ => null,
    };

    /// <summary>A formula with the numbers of its parts in their places; parts whose names do not stand in it are left to the list below.</summary>
    public static string Worked(string formula, IReadOnlyList<KpiPart> parts, int days, KpiUnit unit, MoneyFormat format)
    {
        var text = formula;
        foreach (var part in parts.Where(part => part.Value is not null).OrderByDescending(part => part.Name.Length))
        {
            text = text.Replace(part.Name, PartText(part, unit, format), StringComparison.OrdinalIgnoreCase);
        }

        return text.Replace(" days", $" {days}", StringComparison.Ordinal);
    }

    /// <summary>A part: money to the cent, a small count as it is.</summary>
    public static string PartText(KpiPart part, KpiUnit unit, MoneyFormat format) => part.Value is not { } value ? "—"
        : unit is KpiUnit.Days && part.Name.EndsWith("days", StringComparison.Ordinal) || part.Name is "Days of the period" or "Customers" or "days" ? Number(value, value == Math.Truncate(value) ? 0 : 2)
        : Math.Abs(value) < 10 && unit == KpiUnit.Percent && part.AccountIds.Count > 0 && (part.Name.Contains("margin", StringComparison.OrdinalIgnoreCase) || part.Name.StartsWith("Growth", StringComparison.Ordinal)) ? $"{Number(value * 100, 1)} %"
        : format.Text(value);

    private static string Number(decimal value, int decimals) => Math.Round(value, decimals, MidpointRounding.AwayFromZero).ToString("N" + decimals, CultureInfo.InvariantCulture).Replace('-', Minus);
}
