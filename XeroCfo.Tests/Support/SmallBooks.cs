using XeroCfo.Data.Xero.Demo;

namespace XeroCfo.Tests.Support;

/// <summary>Two years of a small organisation with every kind of document, for tests of what goes wrong. The year ends on 31 March.</summary>
internal sealed class SmallBooks
{
    public SmallBooks()
    {
        Books.XeroOnly(new DateOnly(2024, 12, 31), "Before the documents", ("090", 2_000m), (FakeBooks.RetainedEarnings, -2_000m));
        for (var month = 0; month < 14; month++)
        {
            var day = new DateOnly(2025, 1, 10).AddMonths(month);
            Invoices.Add(Books.Invoice(day, "Customer " + (month % 3), new FakeLine("200", 100m + month, "OUTPUT2") { Description = "Beans" }));
            Bills.Add(Books.Bill(day.AddDays(3), "Supplier", new FakeLine("300", 40m, "INPUT2"), new FakeLine("429", 5.55m)));
            Spends.Add(Books.Spend(day.AddDays(5), "090", "Shop", new FakeLine("429", 23m, "INPUT2")));
            if (month % 2 == 0)
            {
                Payments.Add(Books.Payment(Invoices[month], day.AddDays(8), "090")!.Value);
                Payments.Add(Books.Payment(Bills[month], day.AddDays(9), "090", 20m)!.Value);
                Transfers.Add(Books.Transfer(day.AddDays(2), "090", "091", 30m));
                Journals.Add(Books.ManualJournal(day.AddDays(7), "Wrong account", new FakeLine("429", 7m), new FakeLine("300", -7m)));
            }

            Books.XeroOnly(new DateOnly(day.Year, day.Month, 28), "Pay run", ("477", 50m), ("803", -50m));
        }
    }

    public FakeBooks Books { get; } = FakeBooks.WithUsualAccounts();

    /// <summary>20 March 2026.</summary>
    public FixedClock Clock { get; } = new(new DateTimeOffset(2026, 3, 20, 0, 0, 0, TimeSpan.Zero));

    public List<Guid> Invoices { get; } = [];

    public List<Guid> Bills { get; } = [];

    public List<Guid> Spends { get; } = [];

    public List<Guid> Payments { get; } = [];

    public List<Guid> Transfers { get; } = [];

    public List<Guid> Journals { get; } = [];

    /// <summary>The last day of the month in which the <paramref name="month"/>th documents stand, from 0.</summary>
    public static DateOnly MonthEnd(int month) => new DateOnly(2025, 2, 1).AddMonths(month).AddDays(-1);

    /// <summary>Somebody works on the past: a void, a new document, a new date, a payment taken back.</summary>
    public void Change()
    {
        Clock.Advance(TimeSpan.FromMinutes(10));
        Books.Now = Clock.Now;
        Books.Void(Invoices[1], new DateOnly(2026, 3, 20));
        Books.Bill(new DateOnly(2025, 5, 2), "Late supplier", new FakeLine("429", 77m, "INPUT2"));
        Books.Edit(Bills[3], bill => bill with { Date = new DateOnly(2025, 6, 30) }, new DateOnly(2026, 3, 20));
        Books.Void(Payments[^1], new DateOnly(2026, 3, 20));
        Books.Void(Transfers[0], new DateOnly(2026, 3, 20));
    }
}
