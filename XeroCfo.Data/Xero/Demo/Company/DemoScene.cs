namespace XeroCfo.Data.Xero.Demo;

/// <summary>What the producers share: the books they write to, the timeline, and the months' figures.</summary>
internal sealed class DemoScene(ulong seed, DateOnly anchor, FakeBooks books)
{
    private readonly Dictionary<DateOnly, DemoMonth> _months = [];

    public ulong Seed { get; } = seed;

    public DateOnly Anchor { get; } = anchor;

    /// <summary>The first day of the books.</summary>
    public DateOnly BooksStart { get; } = new DateOnly(anchor.Year, anchor.Month, 1).AddMonths(-26);

    public FakeBooks Books { get; } = books;

    public DemoTimeline Timeline { get; } = new();

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
    public void Sell(FakeInvoice invoice, DateOnly? paid) => Trade(invoice, paid, isSale: true);

    /// <summary>A bill and its payment from the cheque account.</summary>
    public void Buy(FakeInvoice bill, DateOnly? paid) => Trade(bill, paid, isSale: false);

    public static DateOnly TwentiethOfNextMonth(DateOnly date) => new DateOnly(date.Year, date.Month, 20).AddMonths(1);

    private void Trade(FakeInvoice document, DateOnly? paid, bool isSale)
    {
        if (document.Date >= BooksStart)
        {
            Timeline.At(document.Date, DemoOrder.Documents, () => Write(document, paid, isSale));
        }
        else if (paid is null || paid >= BooksStart)
        {
            Write(document with { Posts = false }, paid, isSale);
        }
    }

    private void Write(FakeInvoice document, DateOnly? paid, bool isSale)
    {
        var id = isSale ? Books.Invoice(document) : Books.Bill(document);
        if (!document.Posts)
        {
            var due = Books.Due(id);
            (OpeningReceivables, OpeningPayables) = isSale ? (OpeningReceivables + due, OpeningPayables) : (OpeningReceivables, OpeningPayables + due);
        }

        if (paid is { } day)
        {
            Timeline.At(day, DemoOrder.Payments, () => Books.Payment(id, day, DemoChart.Cheque));
        }
    }
}
