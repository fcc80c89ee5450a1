using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>The overall budget, made on the first day of each financial year from the year before: sales + 8 %, gross margin 61 %, running costs
/// + 2 %, depreciation flat. Its one record grows by twelve months a year.</summary>
internal sealed class DemoBudget(DemoScene scene)
{
    private const decimal SalesGrowth = 1.08m, CostShare = 0.39m, CostGrowth = 1.02m;
    private static readonly string[] Sales = ["200", "205", "210", "215", "220"], DirectCosts = ["300", "305", "310", "320", "330"];

    /// <summary>Not budgeted: tax, currency and what nobody plans.</summary>
    private static readonly string[] LeftOut = ["497", "498", "499", "505", "418", "260"];

    private readonly SortedDictionary<string, List<(DateOnly Month, decimal Amount)>> _lines = new(StringComparer.Ordinal);

    public void Plan(DemoMonth month)
    {
        if (month.First.Month == 4 || month.Since == 0)
        {
            scene.Timeline.At(month.First, DemoOrder.Documents, () => Make(month.First));
        }
    }

    private void Make(DateOnly day)
    {
        var first = scene.Books.Organisation.Settings.FinancialYearStart(day);
        for (var month = first; month < first.AddYears(1); month = month.AddMonths(1))
        {
            foreach (var (account, amount) in BudgetOf(LastYear(month.AddYears(-1))))
            {
                if (!_lines.TryGetValue(account, out var line))
                {
                    _lines[account] = line = [];
                }

                line.Add((month, amount));
            }
        }

        scene.Books.Organisation.Put("Budgets", Json(day), DemoClock.Start(day));
    }

    /// <summary>Each account's month by nature: income and costs both positive, as Xero's budgets have them.</summary>
    private static IEnumerable<(string Account, decimal Amount)> BudgetOf(Dictionary<string, decimal> lastYear)
    {
        var sales = Sales.Sum(account => -lastYear.GetValueOrDefault(account)) * SalesGrowth;
        var direct = DirectCosts.Sum(account => lastYear.GetValueOrDefault(account));
        foreach (var (account, amount) in lastYear.Where(line => !LeftOut.Contains(line.Key)))
        {
            var budget = account switch
            {
                _ when Sales.Contains(account) => -amount * SalesGrowth,
                _ when DirectCosts.Contains(account) => amount / direct * sales * CostShare,
                "416" => amount,
                "270" => -amount,
                _ => amount * CostGrowth,
            };
            yield return (account, DemoMonth.Cents(budget));
        }
    }

    private Dictionary<string, decimal> LastYear(DateOnly first)
    {
        if (first < scene.BooksStart)
        {
            return DemoOpening.Profit(scene.Month(first)).GroupBy(line => line.Account).ToDictionary(account => account.Key, account => account.Sum(line => line.Amount));
        }

        var (before, last) = (first.AddDays(-1), first.AddMonths(1).AddDays(-1));
        return DemoChart.IncomeAndExpense.ToDictionary(account => account, account => scene.Books.Balance(account, last) - scene.Books.Balance(account, before))
            .Where(account => account.Value != 0m).ToDictionary();
    }

    private JsonObject Json(DateOnly made) => new()
    {
        ["BudgetID"] = WireFormat.Id(DemoIds.For(scene.Seed, "budget", "overall")),
        ["Type"] = "OVERALL",
        ["Description"] = "Overall budget",
        ["UpdatedDateUTC"] = WireFormat.Instant(DemoClock.Start(made)),
        ["Tracking"] = new JsonArray(),
        ["BudgetLines"] = new JsonArray([.. _lines.Select(line => new JsonObject
        {
            ["AccountID"] = WireFormat.Id(scene.Books.IdOf(line.Key)),
            ["AccountCode"] = line.Key,
            ["BudgetBalances"] = new JsonArray([.. line.Value.Select(balance => new JsonObject
            {
                ["Period"] = DemoMonth.KeyOf(balance.Month)[..7],
                ["Amount"] = WireFormat.Money(balance.Amount),
                ["Notes"] = "",
            })]),
        })]),
    };
}
