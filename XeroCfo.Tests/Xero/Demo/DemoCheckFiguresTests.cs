using System.Text.Json.Nodes;
using XeroCfo.Data.Xero.Demo;

namespace XeroCfo.Tests.Xero.Demo;

/// <summary>The figures that the demo's story promises for seed 1 and 20 November 2026, from the generator's journal and documents, within 3 %.</summary>
public sealed class DemoCheckFiguresTests
{
    private static readonly DateOnly Anchor = new(2026, 11, 20);
    private static readonly string[] Sales = ["200", "205", "210", "215", "220"], DirectCosts = ["300", "305", "310", "320", "330"];
    private readonly DemoCompany _company = SharedDemo.At(Anchor);

    [Fact]
    public void Income_gross_profit_and_profit_of_month_year_so_far_and_year_are_as_told()
    {
        var (month, lastYear) = (Profit(new(2026, 10, 1), new(2026, 10, 31)), Profit(new(2025, 10, 1), new(2025, 10, 31)));
        var (soFar, year) = (Profit(new(2026, 4, 1), new(2026, 10, 31)), Profit(new(2025, 4, 1), new(2026, 3, 31)));

        Near(347_700m, month.Income);
        Assert.Equal(56.2m, Percent(month.Gross, month.Income));
        Near(48_800m, month.BeforeTax);
        Near(314_700m, lastYear.Income);
        Assert.Equal(60.7m, Percent(lastYear.Gross, lastYear.Income));
        Near(47_400m, lastYear.BeforeTax);
        Near(2_230_900m, soFar.Income);
        Near(1_282_700m, soFar.Gross);
        Near(271_300m, soFar.BeforeTax);
        Near(3_634_000m, year.Income);
        Near(505_000m, year.BeforeTax);
        Near(363_600m, year.Net);
    }

    [Fact]
    public void Receivables_payables_and_Harbours_share_are_as_told()
    {
        var open = _company.Organisation.Texts("Invoices").Select(text => JsonNode.Parse(text)!).Where(invoice => (string)invoice["Status"]! == "AUTHORISED").ToList();
        var owed = open.Where(invoice => (string)invoice["Type"]! == "ACCREC").ToList();
        var bills = open.Where(invoice => (string)invoice["Type"]! == "ACCPAY").ToList();

        Near(540_000m, owed.Sum(Due));
        Near(73_000m, owed.Where(invoice => string.CompareOrdinal((string)invoice["DueDateString"]!, "2026-11-20") < 0).Sum(Due));
        Near(129_600m, Of(owed, DemoContacts.Harbour));
        Near(420_000m, bills.Sum(Due));
        Near(243_000m, Of(bills, DemoContacts.Cordillera) + Of(bills, DemoContacts.Highlands) + Of(bills, DemoContacts.Estate));
        Near(83_600m, Of(bills, DemoContacts.RoasterMaker));
    }

    [Fact]
    public void The_budget_of_the_year_so_far_is_last_years_sales_and_eight_percent()
    {
        var budget = JsonNode.Parse(Assert.Single(_company.Organisation.Texts("Budgets")))!;
        decimal Budget(params string[] accounts) => budget["BudgetLines"]!.AsArray().Where(line => accounts.Contains((string)line!["AccountCode"]!))
            .SelectMany(line => line!["BudgetBalances"]!.AsArray())
            .Where(balance => string.CompareOrdinal((string)balance!["Period"]!, "2026-04") >= 0 && string.CompareOrdinal((string)balance["Period"]!, "2026-10") <= 0)
            .Sum(balance => (decimal)balance!["Amount"]!);

        Near(2_225_000m, Budget(Sales));
        Near(1_357_300m, Budget(Sales) - Budget(DirectCosts));
        Near(348_000m, Budget([.. Sales, "270"]) - Budget([.. DemoChart.IncomeAndExpense.Except(Sales).Except(["270"])]));
    }

    [Fact]
    public void Debtor_days_Harbours_share_and_the_GST_of_two_months_are_as_told()
    {
        Near(36.6m, DebtorDays(new(2026, 10, 31), without: 18_900m + 4_312.50m));
        Near(32.3m, DebtorDays(new(2025, 10, 31), without: 0m));

        var sold = _company.Organisation.Texts("Invoices").Select(text => JsonNode.Parse(text)!)
            .Where(invoice => (string)invoice["Contact"]!["Name"]! == DemoContacts.Harbour && (string)invoice["Status"]! is "AUTHORISED" or "PAID")
            .Where(invoice => string.CompareOrdinal((string)invoice["DateString"]!, "2025-11-01") >= 0 && string.CompareOrdinal((string)invoice["DateString"]!, "2026-11-01") < 0)
            .SelectMany(invoice => invoice["LineItems"]!.AsArray()).Where(line => (string)line!["AccountCode"]! == "200").Sum(line => (decimal)line!["LineAmount"]!);
        Near(11.5m, sold / Profit(new(2025, 11, 1), new(2026, 10, 31)).Income * 100m);

        var returns = _company.Organisation.Texts("BankTransactions").Select(text => JsonNode.Parse(text)!)
            .Where(spend => ((string?)spend["Reference"] ?? "").StartsWith("GST return", StringComparison.Ordinal) && string.CompareOrdinal((string)spend["DateString"]!, "2025-11-20") >= 0)
            .Select(spend => (decimal)spend["Total"]!).ToList();
        Assert.Equal(6, returns.Count);
        Assert.All(returns, gst => Assert.InRange(gst, 64_000m * 0.97m, 77_000m * 1.03m));
    }

    /// <summary>Over the 92 days of the three months up to the day.</summary>
    private decimal DebtorDays(DateOnly day, decimal without) =>
        (_company.Books.Balance("610", day) - without) / Profit(day.AddDays(1).AddMonths(-3), day).Income * 92m;

    [Fact]
    public void Cash_of_now_of_a_month_and_of_a_year_ago_is_as_told()
    {
        Near(132_000m, DemoOpening.Cash(_company.Books, Anchor));
        Near(186_000m, DemoOpening.Cash(_company.Books, new(2026, 10, 31)));
        Near(234_000m, DemoOpening.Cash(_company.Books, Anchor.AddYears(-1)));
    }

    [Fact]
    public void Cash_is_lowest_at_77_000_exactly_after_the_tax_of_January()
    {
        var ahead = new DemoCompany(1, Anchor);
        ahead.EnsureUntil(Anchor.AddDays(DemoOpening.DaysAhead));
        var days = Enumerable.Range(1, DemoOpening.DaysAhead).Select(Anchor.AddDays).Select(day => (Day: day, Cash: DemoOpening.Cash(ahead.Books, day))).ToList();

        Assert.Equal(77_000.00m, days.Min(day => day.Cash));
        Assert.Equal(new DateOnly(2027, 1, 20), days.MinBy(day => day.Cash).Day);
        decimal Paid(string account) => ahead.Books.Balance(account, new(2027, 1, 15)) - ahead.Books.Balance(account, new(2027, 1, 14));
        Near(77_000m, Paid("820"));
        Assert.Equal(49_500m, Paid("830"));
    }

    private static void Near(decimal told, decimal actual) => Assert.InRange(actual, told * 0.97m, told * 1.03m);

    private static decimal Percent(decimal part, decimal whole) => decimal.Round(part / whole * 100m, 1);

    private static decimal Due(JsonNode invoice) => (decimal)invoice["AmountDue"]! / (decimal)invoice["CurrencyRate"]!;

    private static decimal Of(IEnumerable<JsonNode> open, string contact) => open.Where(invoice => (string)invoice["Contact"]!["Name"]! == contact).Sum(Due);

    private (decimal Income, decimal Gross, decimal BeforeTax, decimal Net) Profit(DateOnly from, DateOnly to)
    {
        decimal Moved(IEnumerable<string> accounts) => accounts.Sum(account => _company.Books.Balance(account, to) - _company.Books.Balance(account, from.AddDays(-1)));
        var (income, net) = (-Moved(Sales), -Moved(DemoChart.IncomeAndExpense));
        return (income, income - Moved(DirectCosts), net + Moved(["505"]), net);
    }
}
