namespace XeroCfo.Data.Xero.Demo;

/// <summary>The plant loan, dividends, interest, the monthly stock journal, and the depreciation that only Xero's books know.</summary>
internal sealed class DemoFinance(DemoScene scene)
{
    public void Plan(DemoMonth month)
    {
        var books = scene.Books;
        var key = month.Key;
        scene.Timeline.At(month.Day(25), DemoOrder.Bank, () => books.Spend(new FakeBankTransaction(
            DemoChart.Cheque, DemoContacts.Bank, month.Day(25), new FakeLine("900", DemoMonth.LoanPrincipal, "NONE") { Description = "Principal" }, new FakeLine("437", month.LoanInterest, "NONE") { Description = "Interest" })
        {
            Key = "loan/" + key,
            Reference = "Plant loan",
            LineAmountTypes = "NoTax",
        }));
        if (HasDividend(month))
        {
            scene.Timeline.At(month.Day(16), DemoOrder.Bank, () => PayDividend(month));
        }

        scene.Timeline.At(month.Last, DemoOrder.Bank, () => books.Receive(new FakeBankTransaction(
            DemoChart.TaxSavings, DemoContacts.Bank, month.Last, new FakeLine("270", Interest(key), "NONE") { Description = "Interest" })
        {
            Key = "interest/" + key,
            LineAmountTypes = "NoTax",
        }));
        scene.Timeline.At(month.Last, DemoOrder.MonthEnd, () => books.ManualJournal(month.Last, "Stock count adjustment", "POSTED", "stock/" + key,
            new FakeLine("630", DemoMonth.StockGrowth), new FakeLine("330", -DemoMonth.StockGrowth)));
        scene.Timeline.At(month.Day(15), DemoOrder.MonthEnd, () => books.ManualJournal(month.Day(15), "Parcels booked as general", "POSTED", "parcels/" + key,
            new FakeLine("425", Parcels(key)), new FakeLine("429", -Parcels(key))));
        scene.Timeline.At(month.Last, DemoOrder.MonthEnd, () => books.XeroOnly(month.Last, "Depreciation",
            ("416", DemoMonth.Depreciation), ("731", -3_900m), ("741", -1_350m), ("711", -900m)));
    }

    private void PayDividend(DemoMonth month)
    {
        var day = month.Day(16);
        var dividend = month.Age == 2 ? 40_000m : Dividend(month) + (day == scene.LastDividend ? scene.ExtraDividend : 0m);
        scene.Books.Spend(new FakeBankTransaction(DemoChart.Cheque, DemoContacts.Shareholders, day, new FakeLine("980", dividend, "NONE") { Description = "Dividend" })
        {
            Key = "dividend/" + month.Key,
            Reference = "Dividend",
            LineAmountTypes = "NoTax",
        });
    }

    /// <summary>In June and December, but not in the weeks after the anchor, when tax and a new roaster are paid.</summary>
    private bool HasDividend(DemoMonth month) =>
        month.Age == 2 || (month.First.Month is 6 or 12 && (month.Day(16) <= scene.Anchor || month.Day(16) > scene.Anchor.AddDays(DemoOpening.DaysAhead)));

    /// <summary>Three fifths of the six months' profit after tax, in steps of 5,000, from 60,000 to 110,000.</summary>
    private decimal Dividend(DemoMonth month)
    {
        var profit = Enumerable.Range(1, 6).Sum(back => ProfitBeforeTax(month.First.AddMonths(-back)));
        return Math.Clamp(decimal.Round(profit * 0.72m * 0.66m / 5_000m) * 5_000m, 60_000m, 110_000m);
    }

    private decimal ProfitBeforeTax(DateOnly first) => first < scene.BooksStart
        ? -DemoOpening.Profit(scene.Month(first)).Sum(line => line.Amount)
        : -DemoChart.IncomeAndExpense.Where(account => account != "505").Sum(account => scene.Books.Balance(account, first.AddMonths(1).AddDays(-1)) - scene.Books.Balance(account, first.AddDays(-1)));

    private decimal Parcels(string key) => DemoMonth.Cents(scene.Random("parcels", key).Factor(35m, 75m));

    private decimal Interest(string key) => DemoMonth.Cents(scene.Random("interest", key).Factor(84m, 108m));
}
