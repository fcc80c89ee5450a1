namespace XeroCfo.Data.Xero.Demo;

/// <summary>GST every two months, provisional and terminal tax, and the income tax that only Xero's books accrue.</summary>
internal sealed class DemoTax(DemoScene scene)
{
    /// <summary>GST owed for each month before the books, when nothing was posted.</summary>
    public const decimal EarlierGstAMonth = 29_500m;

    /// <summary>Income tax owed when the books begin, a credit.</summary>
    public const decimal OpeningIncomeTax = 31_000m;

    private const decimal IncomeTaxShare = 0.28m;
    private readonly List<(DateOnly Day, decimal Amount)> _gstPaid = [];

    /// <summary>GST of the months before the books that was not yet paid when they began.</summary>
    public decimal OpeningGst { get; } = EarlierGstAMonth * Enumerable.Range(1, 4)
        .Select(back => scene.BooksStart.AddMonths(-back))
        .Count(month => GstDue(PeriodEnd(month)) >= scene.BooksStart);

    public void Plan(DemoMonth month)
    {
        for (var back = 1; back <= 3; back++)
        {
            var end = month.First.AddMonths(-back + 1).AddDays(-1);
            var due = GstDue(end);
            if (end.Month % 2 == 1 && due >= month.First && due <= month.Last)
            {
                scene.Timeline.At(due, DemoOrder.Bank, () => PayGst(end, due));
            }
        }

        foreach (var (day, amount, text) in IncomeTax(month))
        {
            scene.Timeline.At(day, DemoOrder.Bank, () => Pay(day, "830", amount, text));
        }

        scene.Timeline.At(month.Last, DemoOrder.IncomeTax, () => Accrue(month));
    }

    /// <summary>The last day of the two-month period that holds the month; periods end in odd months.</summary>
    private static DateOnly PeriodEnd(DateOnly month) => new DateOnly(month.Year, month.Month, 1).AddMonths(month.Month % 2 == 1 ? 1 : 2).AddDays(-1);

    /// <summary>The 28th of the next month, but 15 January for November and 7 May for March.</summary>
    private static DateOnly GstDue(DateOnly periodEnd) => periodEnd.Month switch
    {
        11 => new DateOnly(periodEnd.Year + 1, 1, 15),
        3 => new DateOnly(periodEnd.Year, 5, 7),
        _ => new DateOnly(periodEnd.Year, periodEnd.Month, 28).AddMonths(1),
    };

    private IEnumerable<(DateOnly Day, decimal Amount, string Text)> IncomeTax(DemoMonth month)
    {
        var financialYear = month.First.Month switch { 5 => month.First.Year, >= 4 => month.First.Year + 1, _ => month.First.Year };
        var firstYear = scene.BooksStart.Month >= 4 ? scene.BooksStart.Year + 1 : scene.BooksStart.Year;
        var instalment = (financialYear - firstYear) switch { <= 0 => 36_000m, 1 => 44_000m, _ => 49_500m };
        return month.First.Month switch
        {
            8 => [(month.Day(28), instalment, "Provisional tax")],
            1 => [(month.Day(15), instalment, "Provisional tax")],
            5 => [(month.Day(7), instalment, "Provisional tax")],
            2 => [(month.Day(7), 8_200m, "Terminal tax")],
            _ => [],
        };
    }

    private void PayGst(DateOnly periodEnd, DateOnly day)
    {
        var start = new DateOnly(periodEnd.Year, periodEnd.Month, 1).AddMonths(-1);
        var before = Enumerable.Range(0, 2).Count(i => start.AddMonths(i) < scene.BooksStart) * EarlierGstAMonth;
        var from = start < scene.BooksStart ? scene.BooksStart : start;
        var paid = _gstPaid.Where(payment => payment.Day >= from && payment.Day <= periodEnd).Sum(payment => payment.Amount);
        var owed = before;
        if (periodEnd >= from)
        {
            owed += scene.Books.Balance("820", from.AddDays(-1)) - scene.Books.Balance("820", periodEnd) + paid;
        }

        _gstPaid.Add((day, owed));
        Pay(day, "820", owed, $"GST return to {DemoMonth.KeyOf(periodEnd)}");
    }

    private void Pay(DateOnly day, string account, decimal amount, string text) =>
        scene.Books.Spend(new FakeBankTransaction(DemoChart.Cheque, DemoContacts.InlandRevenue, day, new FakeLine(account, amount, "NONE") { Description = text })
        {
            Key = $"tax/{account}/{DemoMonth.KeyOf(day)}/{text}",
            Reference = text,
            LineAmountTypes = "NoTax",
        });

    private void Accrue(DemoMonth month)
    {
        var before = month.First.AddDays(-1);
        var profit = -DemoChart.IncomeAndExpense.Where(account => account != "505")
            .Sum(account => scene.Books.Balance(account, month.Last) - scene.Books.Balance(account, before));
        var tax = DemoMonth.Cents(profit * IncomeTaxShare);
        scene.Books.XeroOnly(month.Last, "Income tax accrual", ("505", tax), ("830", -tax));
    }
}
