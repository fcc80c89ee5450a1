using System.Globalization;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>Tūī &amp; Ash Coffee Roasters Limited: 26 months of documents before the anchor's month and the books behind them, then one day
/// after another. The same seed and anchor give the same bytes; a later day changes nothing earlier except the invoices it pays.</summary>
/// <remarks>Up to the anchor a record's UpdatedDateUTC lies in the working hours of its day; from the anchor on in the first minute of its
/// day in Auckland, so that a reader who came earlier that day never has it behind its cursor.</remarks>
public sealed class DemoCompany
{
    private const int MonthsBefore = 3;
    private readonly Lock _gate = new();
    private readonly DemoScene _scene;
    private readonly Action<DemoMonth>[] _producers;
    private readonly DemoSales _sales;
    private DateOnly _nextMonth;
    private bool _pastMoved;

    public DemoCompany(ulong seed, DateOnly anchor)
        : this(seed, anchor, isRehearsal: false)
    {
    }

    // The opening cash follows from the weeks after the anchor, so those are played once before, with books that are thrown away.
    private DemoCompany(ulong seed, DateOnly anchor, bool isRehearsal)
    {
        var booksStart = new DateOnly(anchor.Year, anchor.Month, 1).AddMonths(-26);
        Books = new FakeBooks(Settings(seed, anchor, booksStart), seed) { StampOf = (day, id) => Stamp(seed, anchor, day, id) };
        _scene = new DemoScene(seed, anchor, Books);
        var rehearsed = isRehearsal ? null : Rehearsed(seed, anchor);
        _scene.ExtraDividend = rehearsed is null ? 0m : DemoOpening.ExtraDividend(_scene, rehearsed);
        DemoChart.Write(Books);
        DemoContacts.Write(Books);

        var (sales, purchases, costs, tax) = (_sales = new DemoSales(_scene), new DemoPurchases(_scene), new DemoRunningCosts(_scene), new DemoTax(_scene));
        for (var back = MonthsBefore; back >= 1; back--)
        {
            var month = _scene.Month(booksStart.AddMonths(-back));
            sales.Plan(month);
            purchases.Plan(month);
            costs.Plan(month);
        }

        var (unfinished, feed) = (new DemoUnfinished(_scene), new DemoBankFeed(_scene));
        var opening = new DemoOpening(_scene, tax);
        opening.Post();
        _producers =
        [
            sales.Plan, purchases.Plan, costs.Plan, new DemoCardSales(_scene).Plan, new DemoPayroll(_scene).Plan,
            new DemoFinance(_scene).Plan, _scene.Foreign.Plan, tax.Plan, unfinished.Plan,
            feed.Plan, new DemoBudget(_scene).Plan,
        ];
        unfinished.PlanDrafts();
        costs.PlanRepeating();
        feed.PlanWaiting();
        new DemoOddShapes(_scene).Plan();
        new DemoStories(_scene).Plan();
        _scene.Timeline.At(anchor.AddDays(2), DemoOrder.Documents, () => VoidMistaken(anchor.AddDays(2)));
        _nextMonth = booksStart;
        Until = booksStart.AddDays(-1);
        EnsureUntil(anchor);
        if (rehearsed is not null)
        {
            opening.PostCash(rehearsed);
        }

        Organisation.CashTrialBalance = new BetweenDays(_gate, Books.PaymentsOnly);
    }

    /// <summary>The first day of the books: opening balances stand on the day before.</summary>
    public DateOnly BooksStart => _scene.BooksStart;

    /// <summary>The day the demo was made.</summary>
    public DateOnly Anchor => _scene.Anchor;

    /// <summary>The last day that has happened.</summary>
    public DateOnly Until { get; private set; }

    public FakeBooks Books { get; }

    public FakeOrganisation Organisation => Books.Organisation;

    public DemoJournal Journal => Books.Journal;

    /// <summary>The demo's Xero tenant id: fixed by the seed.</summary>
    public static Guid TenantIdOf(ulong seed) => DemoIds.For(seed, "tenant", "demo company");

    /// <summary>Lets the days up to and including <paramref name="day"/> happen. A day in the past does nothing.</summary>
    public void EnsureUntil(DateOnly day)
    {
        lock (_gate)
        {
            if (day <= Until)
            {
                return;
            }

            Books.Together(() => Play(day));
            Until = day;
        }
    }

    /// <summary>The one edit of the past: an invoice of the second month before the anchor is voided. Happens by itself two days after the
    /// anchor, which is the second daily read since; a person who reads more often has it earlier.</summary>
    public void MovePast(DateTimeOffset at)
    {
        lock (_gate)
        {
            if (!_pastMoved)
            {
                Books.Now = at;
                VoidMistaken(Anchor);
                Books.Now = null;
            }
        }
    }

    private static DemoCompany Rehearsed(ulong seed, DateOnly anchor)
    {
        var company = new DemoCompany(seed, anchor, isRehearsal: true);
        company.EnsureUntil(anchor.AddDays(DemoOpening.DaysAhead));
        return company;
    }

    private void VoidMistaken(DateOnly onDay)
    {
        if (!_pastMoved)
        {
            _pastMoved = true;
            Books.Void(_sales.MistakenInvoice, onDay);
        }
    }

    private void Play(DateOnly day)
    {
        for (; _nextMonth <= day; _nextMonth = _nextMonth.AddMonths(1))
        {
            _scene.Timeline.PlayUntil(_nextMonth.AddDays(-1));
            foreach (var plan in _producers)
            {
                plan(_scene.Month(_nextMonth));
            }
        }

        _scene.Timeline.PlayUntil(day);
    }

    private static FakeOrganisationSettings Settings(ulong seed, DateOnly anchor, DateOnly booksStart) => new(TenantIdOf(seed), "Tūī & Ash Coffee Roasters Limited")
    {
        OrganisationId = DemoIds.For(seed, "organisation", "demo company"),
        ShortCode = "!" + DemoRandom.For(seed, "short-code").Between(10_000, 99_999).ToString(CultureInfo.InvariantCulture),
        PeriodLockDate = new DateOnly(anchor.Year, anchor.Month, 1).AddMonths(-2).AddDays(-1),
        CreatedUtc = new DateTimeOffset(booksStart.AddYears(-4), TimeOnly.MinValue, TimeSpan.Zero),
    };

    private static DateTimeOffset Stamp(ulong seed, DateOnly anchor, DateOnly day, Guid id)
    {
        var random = DemoRandom.For(seed, "stamp", id.ToString());
        return day < anchor
            ? DemoClock.Start(day).AddHours(8).AddMilliseconds(random.Below(36_000_000))
            : DemoClock.Start(day).AddMilliseconds(1 + random.Below(59_000));
    }

    /// <summary>The cash basis is read off the documents, so no day may happen meanwhile.</summary>
    private sealed class BetweenDays(Lock gate, ITrialBalanceSource books) : ITrialBalanceSource
    {
        public decimal Balance(Guid account, DateOnly through)
        {
            lock (gate)
            {
                return books.Balance(account, through);
            }
        }
    }
}
