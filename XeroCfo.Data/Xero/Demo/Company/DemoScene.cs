namespace XeroCfo.Data.Xero.Demo;

/// <summary>What the producers share: the books they write to, the timeline, and the months' figures.</summary>
internal sealed class DemoScene(ulong seed, DateOnly anchor, FakeBooks books)
{
    private readonly Dictionary<DateOnly, DemoMonth> _months = [];
    private readonly Dictionary<DateOnly, List<Guid>> _supplierRuns = [];
    private DemoForeign? _foreign;

    public ulong Seed { get; } = seed;

    public DateOnly Anchor { get; } = anchor;

    /// <summary>The first day of the books.</summary>
    public DateOnly BooksStart { get; } = new DateOnly(anchor.Year, anchor.Month, 1).AddMonths(-26);

    public FakeBooks Books { get; } = books;

    /// <summary>Added to the dividend of <see cref="LastDividend"/>.</summary>
    public decimal ExtraDividend { get; set; }

    /// <summary>The 16th of the last June or December before the anchor's month.</summary>
    public DateOnly LastDividend { get; } = Enumerable.Range(1, 6).Select(back => new DateOnly(anchor.Year, anchor.Month, 16).AddMonths(-back)).First(day => day.Month is 6 or 12);

    public DemoTimeline Timeline { get; } = new();

    public DemoForeign Foreign => _foreign ??= new DemoForeign(this);

    /// <summary>Sales invoices and bills dated before the books began and unpaid then, with tax.</summary>
    public decimal OpeningReceivables { get; private set; }

    public decimal OpeningPayables { get; private set; }

    public DemoMonth Month(DateOnly day)
    {
        var first = new DateOnly(day.Year, day.Month, 1);
        return _months.TryGetValue(first, out var month) ? month : _months[first] = new DemoMonth(BooksStart, Anchor, first);
    }

    public DemoRandom Random(string purpose, string key) => DemoRandom.For(Seed, purpose, key);

    /// <summary>An invoice and its payment. One from before the books exists only if it was unpaid when they began.</summary>
    /// <param name="written">Learns the id on the day.</param>
    public void Sell(FakeInvoice invoice, DateOnly? paid, Action<Guid>? written = null) => Trade(invoice, paid, isSale: true, written);

    /// <summary>A bill and its payment: from the US dollar account to who sells to us in dollars most, else from the cheque account; what is due
    /// on the 20th goes out as one batch.</summary>
    public void Buy(FakeInvoice bill, DateOnly? paid) => Trade(bill, paid, isSale: false, null);

    public static DateOnly TwentiethOfNextMonth(DateOnly date) => new DateOnly(date.Year, date.Month, 20).AddMonths(1);

    private void Trade(FakeInvoice document, DateOnly? paid, bool isSale, Action<Guid>? written)
    {
        if (document.Date >= BooksStart)
        {
            Timeline.At(document.Date, DemoOrder.Documents, () => Write(document, paid, isSale, written));
        }
        else if (paid is null || paid >= BooksStart)
        {
            Write(document with { Posts = false }, paid, isSale, written);
        }
    }

    private void Write(FakeInvoice document, DateOnly? paid, bool isSale, Action<Guid>? written)
    {
        var id = isSale ? Books.Invoice(document) : Books.Bill(document);
        if (!document.Posts)
        {
            var due = DemoMonth.Cents(Books.Due(id) / document.CurrencyRate);
            (OpeningReceivables, OpeningPayables) = isSale ? (OpeningReceivables + due, OpeningPayables) : (OpeningReceivables, OpeningPayables + due);
        }

        Foreign.Opened(id, document, isSale);
        written?.Invoke(id);
        if (paid is { } day)
        {
            PlanPayment(id, document, day, isSale);
        }
    }

    private void PlanPayment(Guid id, FakeInvoice document, DateOnly day, bool isSale)
    {
        var bank = document.Currency switch
        {
            "AUD" => DemoForeign.AudAccount,
            "USD" when document.Contact is DemoContacts.Cordillera or DemoContacts.RoasterMaker => DemoForeign.UsdAccount,
            _ => DemoChart.Cheque,
        };
        if (bank == DemoForeign.UsdAccount)
        {
            Foreign.NeedDollars(day, Books.Due(id));
        }

        if (!isSale && document.Currency is null && day.Day == 20)
        {
            Batch(day, id);
            return;
        }

        Timeline.At(day, DemoOrder.Payments, () =>
        {
            Foreign.Moved(bank, (isSale ? 1 : -1) * Books.Due(id));
            Books.Payment(id, day, bank, rate: Foreign.Rate(document.Currency, day));
        });
    }

    private void Batch(DateOnly day, Guid bill)
    {
        if (_supplierRuns.TryGetValue(day, out var run))
        {
            run.Add(bill);
            return;
        }

        run = _supplierRuns[day] = [bill];
        Timeline.At(day, DemoOrder.Payments, () => Books.BatchPayment(day, DemoChart.Cheque, run, "Suppliers", "suppliers/" + DemoMonth.KeyOf(day)));
    }
}
