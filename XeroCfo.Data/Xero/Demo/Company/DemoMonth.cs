using System.Globalization;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>The figures of one month, NZD without GST. Each is exact; producers split it into documents and give the last the remainder.</summary>
internal sealed class DemoMonth
{
    private const decimal PriceRise = 1.145m;
    private static readonly decimal[] Season = [.86m, .98m, 1.02m, .97m, 1.00m, .96m, .95m, .97m, 1.00m, 1.04m, 1.11m, 1.14m];
    private static readonly decimal[] OnlineSeason = [.80m, .85m, .92m, .92m, 1m, .98m, .96m, .95m, .95m, 1.02m, 1.25m, 1.40m];
    private static readonly decimal[] NorthboundSales = [24_000m, 22_000m, 19_000m, 16_000m, 12_500m, 9_000m, 6_000m];

    public DemoMonth(DateOnly booksStart, DateOnly anchor, DateOnly first)
    {
        First = first;
        Since = Months(booksStart, first);
        Age = Months(first, anchor);
        var season = Season[first.Month - 1];
        var growth = Power(1.0035m, Since);
        WholesaleOthers = Cents(170_000m * season * growth);
        Harbour = Cents(34_000m * season * growth);
        Lantern = Age >= 5 ? Cents(5_200m * season) : 0m;
        Northbound = Age > 6 ? 0m : NorthboundSales[Math.Max(Age, 0)];
        Online = Cents(36_000m * OnlineSeason[first.Month - 1] * Power(1.009m, Since));
        Shop = Cents(22_000m * season * growth);
        ExportAud = Cents(15_500m * season * Power(1.004m, Since));
        Export = Cents(ExportAud / AudRate);
        FreightRecovered = Cents(3_200m * season);

        BeanPriceFactor = Age <= 5 ? PriceRise : 1m;
        var wholesale = WholesaleOthers + Harbour + Lantern;
        var beansUsed = ((wholesale * 0.292m) + ((Online + Shop) * 0.25m) + (Export * 0.34m) + (Northbound * 0.31m)) * BeanPriceFactor;
        var sold = wholesale + Northbound + Online + Shop + Export;
        Beans = Cents(beansUsed + StockGrowth);
        Packaging = Cents(sold * 0.05m);
        FreightIn = Cents(sold * 0.024m);
        OutwardFreight = Cents(((wholesale + Northbound + Online) * 0.043m) + (Northbound * 0.03m));

        var aprils = Aprils(booksStart, first);
        Wages = Cents(84_500m * (aprils >= 1 ? 1.035m : 1m) * (aprils >= 2 ? 1.033m : 1m));
        KiwiSaver = Cents(Wages * 0.03m);
        Advertising = first.Month is 10 or 11 ? 9_800m : 7_600m;
        LoanBefore = 330_000m - (5_000m * Since);
        LoanInterest = Cents(LoanBefore * 0.082m / 12m);
    }

    public const decimal StockGrowth = 3_000m, Depreciation = 6_150m, LoanPrincipal = 5_000m;

    public DateOnly First { get; }

    public DateOnly Last => First.AddMonths(1).AddDays(-1);

    /// <summary>What keys of this month's documents hold, in any culture.</summary>
    public string Key => First.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>Months since the books began; negative before.</summary>
    public int Since { get; }

    /// <summary>0 for the anchor's month, 1 for the month before; negative for months after it.</summary>
    public int Age { get; }

    public decimal WholesaleOthers { get; }

    public decimal Harbour { get; }

    public decimal Lantern { get; }

    public decimal Northbound { get; }

    public decimal Online { get; }

    public decimal Shop { get; }

    /// <summary>Export sales in Australian dollars.</summary>
    public decimal ExportAud { get; }

    public decimal Export { get; }

    public decimal FreightRecovered { get; }

    /// <summary>What beans cost against the price at the start: 1, and 1.145 since the rise.</summary>
    public decimal BeanPriceFactor { get; }

    /// <summary>US dollars for one New Zealand dollar.</summary>
    public decimal UsdRate => 0.612m - (0.0014m * Since);

    /// <summary>Australian dollars for one New Zealand dollar.</summary>
    public decimal AudRate => 0.915m - (0.0008m * Since);

    /// <summary>Bought, the growth of the stock included.</summary>
    public decimal Beans { get; }

    public decimal Packaging { get; }

    public decimal FreightIn { get; }

    public decimal OutwardFreight { get; }

    public decimal Wages { get; }

    public decimal KiwiSaver { get; }

    public decimal Advertising { get; }

    public decimal LoanBefore { get; }

    public decimal LoanInterest { get; }

    /// <summary>Pay that goes to the staff's own accounts.</summary>
    public decimal NetPay => Cents(Wages * 0.72m);

    /// <summary>Tax and KiwiSaver that go to Inland Revenue on the 20th of the next month.</summary>
    public decimal PayrollTaxes => Wages + KiwiSaver - NetPay;

    public decimal CardSales => Online + Shop;

    public DateOnly Day(int day) => new(First.Year, First.Month, Math.Min(day, Last.Day));

    public static string KeyOf(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static decimal Cents(decimal amount) => decimal.Round(amount, 2, MidpointRounding.AwayFromZero);

    /// <summary>Shares of a total by weight in cents; the last takes the remainder.</summary>
    public static decimal[] Split(decimal total, IReadOnlyList<decimal> weights)
    {
        var sum = weights.Sum();
        decimal[] shares = [.. weights.Select(weight => Cents(total * weight / sum))];
        if (shares.Length > 0)
        {
            shares[^1] += total - shares.Sum();
        }

        return shares;
    }

    private static int Months(DateOnly from, DateOnly to) => ((to.Year - from.Year) * 12) + to.Month - from.Month;

    private static int Aprils(DateOnly booksStart, DateOnly month)
    {
        var first = new DateOnly(booksStart.Month < 4 ? booksStart.Year : booksStart.Year + 1, 4, 1);
        return month < first ? 0 : (Months(first, month) / 12) + 1;
    }

    private static decimal Power(decimal factor, int exponent)
    {
        var power = 1m;
        for (var i = 0; i < Math.Abs(exponent); i++)
        {
            power *= factor;
        }

        return exponent < 0 ? 1m / power : power;
    }
}
