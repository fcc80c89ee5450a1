namespace XeroCfo.Data.Xero.Demo;

/// <summary>The balances of the day before the books begin, known to Xero's books only. Receivables and payables equal the open documents
/// of the months before; retained earnings take what makes the sheet balance.</summary>
internal sealed class DemoOpening(DemoScene scene, DemoTax tax)
{
    /// <summary>The cheque account never goes lower before the anchor.</summary>
    public const decimal LeastCash = 40_000m;

    private DateOnly Day => scene.BooksStart.AddDays(-1);

    /// <summary>All but the cheque account.</summary>
    public void Post()
    {
        List<(string Account, decimal Amount)> lines =
        [
            (DemoChart.TaxSavings, 30_000m), (DemoChart.Visa, -5_980m),
            (DemoForeign.UsdAccount, DemoMonth.Cents(DemoForeign.OpeningUsd / scene.Month(Day).UsdRate)), (DemoForeign.AudAccount, DemoMonth.Cents(DemoForeign.OpeningAud / scene.Month(Day).AudRate)), (FakeBooks.Receivables, scene.OpeningReceivables), ("630", 142_000m),
            ("730", 468_000m), ("731", -132_600m), ("740", 128_000m), ("741", -51_300m), ("710", 117_000m), ("711", -44_100m),
            (FakeBooks.Payables, -scene.OpeningPayables), (FakeBooks.Gst, -tax.OpeningGst), ("825", -scene.Month(Day).PayrollTaxes),
            ("830", -DemoTax.OpeningIncomeTax), ("900", -330_000m), ("970", -150_000m), .. YearSoFar(),
        ];
        lines.Add((FakeBooks.RetainedEarnings, -lines.Sum(line => line.Amount)));
        scene.Books.XeroOnly(Day, "Opening balances", [.. lines]);
    }

    /// <summary>The cheque account, so high that its lowest day before the anchor is <see cref="LeastCash"/> or a little more.</summary>
    public void PostCash()
    {
        var lowest = decimal.MaxValue;
        for (var day = Day; day < scene.Anchor; day = day.AddDays(1))
        {
            lowest = Math.Min(lowest, scene.Books.Balance(DemoChart.Cheque, day));
        }

        var cash = decimal.Ceiling((LeastCash - lowest) / 100m) * 100m;
        scene.Books.XeroOnly(Day, "Opening balance, cheque account", (DemoChart.Cheque, cash), (FakeBooks.RetainedEarnings, -cash));
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
