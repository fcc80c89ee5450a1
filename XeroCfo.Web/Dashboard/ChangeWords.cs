using System.Globalization;
using XeroCfo.Domain.Kpis.Overviews;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Dashboard;

/// <summary>Sentences made from figures.</summary>
internal static class ChangeWords
{
    public static string Of(ChangeFact fact, MoneyFormat format) => fact.Kind switch
    {
        ChangeKind.Income => $"Income {(fact.Effect > 0 ? "rose" : "fell")} {format.Text(Math.Abs(fact.Effect), false)}{(fact.Rate is { } rate ? $" ({Percent(Math.Abs(rate))})" : "")}: most of it {fact.Name}.",
        ChangeKind.Margin => $"Gross margin {(fact.Effect > 0 ? "rose" : "fell")} {Points(fact)} to {Percent(fact.Rate!.Value)}: {fact.Cause}{Turn(fact, format)}.",
        ChangeKind.PaysLater => $"{fact.Name} {(fact.Rate >= 0 ? $"now pays {Days(fact.Rate!.Value)} late" : $"now pays {Days(-fact.Rate!.Value)} early")}, a year ago {(fact.RateBefore >= 0 ? $"{Days(fact.RateBefore!.Value)} late" : $"{Days(-fact.RateBefore!.Value)} early")}.",
        ChangeKind.Stopped => $"{fact.Name} has ordered nothing{(fact.Since is { } since ? $" since {DateWords.Of(since)}" : "")}; before, {format.Text(fact.PerMonth!.Value, false)} a month.",
        ChangeKind.Grew => fact.RateBefore is > 0
            ? $"{fact.Name} grew to {format.Text(fact.Rate!.Value, false)} a month, half a year before {format.Text(fact.RateBefore.Value, false)}."
            : $"{fact.Name} is new within half a year: {format.Text(fact.Rate!.Value, false)} a month.",
        _ => $"{fact.Name} cost {format.Text(Math.Abs(fact.Effect), false)} {(fact.Effect < 0 ? "more" : "less")}.",
    };

    private static string Turn(ChangeFact fact, MoneyFormat format) => fact is { Since: { } since, PerMonth: { } month }
        ? $" since {since.ToString("MMMM yyyy", CultureInfo.InvariantCulture)} {(month > 0 ? "cost" : "save")} {format.Text(Math.Abs(month), false)} a month {(month > 0 ? "more" : "")}".TrimEnd()
        : " moved most";

    private static string Points(ChangeFact fact) => $"{Math.Round(Math.Abs(fact.Rate!.Value - fact.RateBefore!.Value) * 100, 1, MidpointRounding.AwayFromZero).ToString("0.0", CultureInfo.InvariantCulture)} points";

    private static string Percent(decimal fraction) => $"{Math.Round(fraction * 100, 1, MidpointRounding.AwayFromZero).ToString("0.0", CultureInfo.InvariantCulture)} %";

    private static string Days(decimal days) => Math.Round(days, MidpointRounding.AwayFromZero) is var whole && whole == 1 ? "1 day" : $"{whole.ToString("0", CultureInfo.InvariantCulture)} days";
}
