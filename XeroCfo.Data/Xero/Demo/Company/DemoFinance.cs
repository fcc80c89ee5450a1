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
        if (Dividend(month) is var dividend and > 0m)
        {
            scene.Timeline.At(month.Day(16), DemoOrder.Bank, () => books.Spend(new FakeBankTransaction(
                DemoChart.Cheque, DemoContacts.Shareholders, month.Day(16), new FakeLine("980", dividend, "NONE") { Description = "Dividend" })
            {
                Key = "dividend/" + key,
                Reference = "Dividend",
                LineAmountTypes = "NoTax",
            }));
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

    private decimal Dividend(DemoMonth month) => month.Age == 2 ? 40_000m
        : month.First.Month is 6 or 12 ? 60_000m + (scene.Random("dividend", month.Key).Below(11) * 5_000m) + (month.Day(16) == scene.LastDividend ? scene.ExtraDividend : 0m)
        : 0m;

    private decimal Parcels(string key) => DemoMonth.Cents(scene.Random("parcels", key).Factor(35m, 75m));

    private decimal Interest(string key) => DemoMonth.Cents(scene.Random("interest", key).Factor(84m, 108m));
}
