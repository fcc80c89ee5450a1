using System.Globalization;
using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>A budget by its id holds the months that were asked for: at most 24, three without a word.</summary>
internal static class FakeBudgets
{
    private const int MostMonths = 24, UsualMonths = 3;

    /// <summary>Null where more months are asked for than Xero gives.</summary>
    public static string? Within(FakeStored budget, FakeRequest request, DateTimeOffset now)
    {
        var first = Day(request.Asked("DateFrom")) ?? new DateOnly(now.Year, now.Month, 1);
        var last = Day(request.Asked("DateTo")) ?? first.AddMonths(UsualMonths).AddDays(-1);
        if (first.AddMonths(MostMonths) <= last)
        {
            return null;
        }

        var (from, to) = (first.ToString("yyyy-MM", CultureInfo.InvariantCulture), last.ToString("yyyy-MM", CultureInfo.InvariantCulture));
        var document = budget.Parse();
        foreach (var line in document["BudgetLines"]!.AsArray().OfType<JsonObject>())
        {
            line["BudgetBalances"] = new JsonArray([.. line["BudgetBalances"]!.AsArray().Where(balance => Inside((string)balance!["Period"]!)).Select(balance => balance!.DeepClone())]);
        }

        return WireFormat.Text(document);

        bool Inside(string period) => string.CompareOrdinal(period, from) >= 0 && string.CompareOrdinal(period, to) <= 0;
    }

    private static DateOnly? Day(string? text) => DateOnly.TryParse(text, CultureInfo.InvariantCulture, out var day) ? day : null;
}
