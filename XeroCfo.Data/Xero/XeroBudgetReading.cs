using XeroCfo.Data.Xero.Payloads;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Xero;

/// <summary>Puts the windows of a budget together, in our words. Pure.</summary>
internal static class XeroBudgetReading
{
    /// <summary>So many months Xero gives at once.</summary>
    private const int MostMonths = 24;

    private const string Kind = "Budget";

    /// <summary>The windows that make up these days, each of whole months.</summary>
    public static IEnumerable<Days> Windows(Days days)
    {
        for (var first = Month.Of(days.First); first.Start <= days.Last; first = first.Add(MostMonths))
        {
            var last = first.Add(MostMonths - 1);
            yield return new Days(first.Start, last.End < days.Last ? last.End : Month.Of(days.Last).End);
        }
    }

    public static string Address(Guid budget, Days window) => $"Budgets/{budget:D}?DateFrom={window.First:yyyy-MM-dd}&DateTo={window.Last:yyyy-MM-dd}";

    /// <summary>A budget out of its windows; what of its lines cannot be read is told and left out.</summary>
    public static XeroBudget Of(Guid id, IReadOnlyList<BudgetPayload> windows, List<UnreadableRecord> unreadable)
    {
        var amounts = new Dictionary<(Guid, Month), decimal>();
        foreach (var line in windows.SelectMany(window => window.BudgetLines ?? []).OfType<BudgetLinePayload>())
        {
            foreach (var balance in (line.BudgetBalances ?? []).OfType<BudgetBalancePayload>().Where(balance => balance.Amount is not (null or 0)))
            {
                if (line.AccountID is { } account && Month.TryParse(balance.Period, out var month) && MoneyRules.Fits(balance.Amount!.Value))
                {
                    amounts[(account, month)] = Math.Round(balance.Amount.Value, 4, MidpointRounding.AwayFromZero);
                }
                else
                {
                    unreadable.Add(new UnreadableRecord(Kind, id.ToString("D"), "budget-line-unreadable", $"Its line of account {line.AccountCode ?? "without a code"} in {balance.Period ?? "no month"} cannot be read."));
                }
            }
        }

        var head = windows[0];
        return new XeroBudget(
            id,
            string.IsNullOrWhiteSpace(head.Description) ? head.Type == "OVERALL" ? "Overall budget" : "Budget without a name" : head.Description.Trim(),
            [
                .. from pick in (head.Tracking ?? []).OfType<BudgetTrackingPayload>()
                   where pick.TrackingCategoryID is not null && pick.TrackingOptionID is not null
                   select (pick.TrackingCategoryID!.Value, pick.TrackingOptionID!.Value),
            ],
            [.. amounts.Select(amount => new XeroBudgetLine(amount.Key.Item1, amount.Key.Item2, amount.Value))]);
    }
}
