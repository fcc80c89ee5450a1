namespace XeroCfo.Data.Xero.Demo;

/// <summary>The balances of the day before the books begin, known to Xero's books only. Receivables and payables equal the open documents
/// of the months before; retained earnings take what makes the sheet balance.</summary>
internal sealed class DemoOpening(DemoScene scene, DemoTax tax)
{
    /// <summary>Cash on the lowest day of the weeks to come: all bank accounts together.</summary>
    public const decimal LowestAhead = 77_000m;

    /// <summary>Cash never goes lower before the anchor; that comes first where both cannot hold.</summary>
    public const decimal LeastCash = 40_000m;

    /// <summary>How far the books look ahead: 13 weeks.</summary>
    public const int DaysAhead = 91;

    private DateOnly Day => scene.BooksStart.AddDays(-1);

    /// <summary>All but the cheque account.</summary>
    public void Post()
    {
        List<(string Account, decimal Amount)> lines =
        [
            (DemoChart.TaxSavings, 30_000m), (DemoChart.Visa, -5_980m), (FakeBooks.Receivables, scene.OpeningReceivables), ("630", 142_000m),
            ("730", 468_000m), ("731", -132_600m), ("740", 128_000m), ("741", -51_300m), ("710", 117_000m), ("711", -44_100m),
            (FakeBooks.Payables, -scene.OpeningPayables), (FakeBooks.Gst, -tax.OpeningGst), ("825", -scene.Month(Day).PayrollTaxes),
            ("830", -DemoTax.OpeningIncomeTax), ("900", -330_000m), ("970", -150_000m), .. YearSoFar(),
        ];
        lines.Add((FakeBooks.RetainedEarnings, -lines.Sum(line => line.Amount)));
        scene.Books.XeroOnly(Day, "Opening balances", [.. lines]);
    }

    /// <summary>The cheque account, so that the lowest day of the 13 weeks after the anchor is <see cref="LowestAhead"/> exactly.</summary>
    /// <param name="rehearsed">The same company played on to the end of those weeks, without this.</param>
    public void PostCash(DemoCompany rehearsed)
    {
        var ahead = Lowest(rehearsed.Books, scene.Anchor.AddDays(1), scene.Anchor.AddDays(DaysAhead)) - scene.ExtraDividend;
        var before = Lowest(rehearsed.Books, Day, scene.Anchor, scene.LastDividend, scene.ExtraDividend);
        var cash = Math.Max(LowestAhead - ahead, decimal.Ceiling((LeastCash - before) / 100m) * 100m);
        scene.Books.XeroOnly(Day, "Opening balance, cheque account", (DemoChart.Cheque, cash), (FakeBooks.RetainedEarnings, -cash));
    }

    /// <summary>
    /// What the shareholders take more on their last day before the anchor, so that cash may be high enough before that day and low enough after.
    /// </summary>
    public static decimal ExtraDividend(DemoScene scene, DemoCompany rehearsed)
    {
        var ahead = Lowest(rehearsed.Books, scene.Anchor.AddDays(1), scene.Anchor.AddDays(DaysAhead));
        var before = Lowest(rehearsed.Books, scene.BooksStart.AddDays(-1), scene.Anchor);
        var missing = LeastCash - before - (LowestAhead - ahead);
        return missing <= 0 ? 0 : decimal.Ceiling(missing / 5_000m) * 5_000m;
    }

    /// <summary>All bank accounts together at the end of a day, base currency.</summary>
    public static decimal Cash(FakeBooks books, DateOnly day) => DemoChart.Banks.Sum(account => books.Balance(account, day));

    private static decimal Lowest(FakeBooks books, DateOnly first, DateOnly last, DateOnly? taken = null, decimal extra = 0)
    {
        var lowest = decimal.MaxValue;
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            lowest = Math.Min(lowest, Cash(books, day) - (day >= taken ? extra : 0));
        }

        return lowest;
    }

    /// <summary>Income and expense from the start of the financial year, one lump an account.</summary>
    private List<(string Account, decimal Amount)> YearSoFar()
    {
        List<(string Account, decimal Amount)> lump = [];
        var first = scene.Books.Organisation.Settings.FinancialYearStart(Day);
        for (var month = first; month < scene.BooksStart; month = month.AddMonths(1))
        {
            lump.AddRange(Profit(scene.Month(month)));
        }

        lump = [.. lump.GroupBy(line => line.Account).Select(account => (account.Key, account.Sum(line => line.Amount)))];
        var incomeTax = DemoMonth.Cents(-0.28m * lump.Sum(line => line.Amount));
        return [.. lump, ("505", incomeTax)];
    }

    public static (string Account, decimal Amount)[] Profit(DemoMonth month) =>
    [
        ("200", -(month.WholesaleOthers + month.Harbour + month.Lantern + month.Northbound)), ("205", -month.Online), ("210", -month.Shop), ("215", -month.Export),
        ("220", -month.FreightRecovered), ("300", month.Beans), ("330", -DemoMonth.StockGrowth), ("305", month.Packaging), ("310", month.FreightIn), ("320", month.OutwardFreight),
        ("477", month.Wages), ("478", month.KiwiSaver), ("479", 650m), ("469", 14_500m), ("445", 2_350m), ("433", 1_950m), ("400", month.Advertising), ("463", 2_480m), ("449", 2_900m),
        ("473", 1_700m), ("412", 1_600m), ("404", DemoMonth.Cents(month.CardSales * 0.019m) + 640m), ("493", 1_500m), ("494", 300m), ("489", 720m), ("429", 1_340m), ("408", 620m),
        ("441", 260m), ("453", 430m), ("425", 410m), ("420", 340m), ("452", 620m), ("416", DemoMonth.Depreciation), ("437", month.LoanInterest),
    ];
}
