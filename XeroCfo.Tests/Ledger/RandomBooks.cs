using CsCheck;
using XeroCfo.Data.Xero.Demo;

namespace XeroCfo.Tests.Ledger;

/// <summary>One thing that happens in an organisation: what, on which day of the books, how much, and to which earlier document.</summary>
internal sealed record BookEvent(int What, int Day, int Cents, int Which);

/// <summary>Organisations made of random events. The same events always make the same books.</summary>
internal sealed class RandomBooks
{
    /// <summary>The books' first day; events lie in the 400 days from it.</summary>
    public static readonly DateOnly Start = new(2025, 1, 15);

    public static readonly Gen<BookEvent[]> Events =
        Gen.Select(Gen.Int[0, 11], Gen.Int[0, 400], Gen.Int[-20_000, 150_000], Gen.Int[0, 1_000], (what, day, cents, which) => new BookEvent(what, day, cents, which)).Array[5, 30];

    private readonly List<Guid> _documents = [];
    private readonly List<Guid> _invoices = [];
    private readonly HashSet<Guid> _gone = [];

    public RandomBooks((int Day, int Month) yearEnd)
    {
        var settings = new FakeOrganisationSettings(DemoIds.For(7, "tenant", "random"), "Random Limited")
        {
            FinancialYearEndDay = yearEnd.Day,
            FinancialYearEndMonth = yearEnd.Month,
        };
        Books = FakeBooks.WithUsualAccounts(settings);
        Books.XeroOnly(Start.AddDays(-200), "Before the documents", ("090", 5_000m), ("477", 700m), ("200", -1_200m), (FakeBooks.RetainedEarnings, -4_500m));
        Books.Receive(Start, "090", "First", new FakeLine("200", 10m));
    }

    public FakeBooks Books { get; }

    /// <summary>The days on which documents stand or stood that the last call of <see cref="Happen"/> touched.</summary>
    public void Happen(IEnumerable<BookEvent> events, DateTimeOffset? at = null)
    {
        Books.Now = at;
        foreach (var happening in events)
        {
            Happen(happening);
        }
    }

    private void Happen(BookEvent e)
    {
        var day = Start.AddDays(e.Day);
        var amount = e.Cents / 100m;
        switch (e.What)
        {
            case 0:
                Add(_invoices, Books.Invoice(day, "Customer " + (e.Which % 5), new FakeLine("200", amount, "OUTPUT2"), new FakeLine("429", amount / 4 is var part ? decimal.Round(part, 2) : 0, "ZERORATED")));
                break;
            case 1:
                Add(_invoices, Books.Bill(new FakeInvoice("Supplier " + (e.Which % 5), day, new FakeLine("300", amount, "INPUT2")) { LineAmountTypes = "Inclusive" }));
                break;
            case 2:
                Add(_invoices, Books.Bill(new FakeInvoice("Supplier", day, new FakeLine("429", amount)) { LineAmountTypes = "NoTax", RoundingDifference = 0.01m * (e.Which % 3) }));
                break;
            case 3:
                _documents.Add(Books.Spend(day, "090", "Shop", new FakeLine("429", amount, "INPUT2")));
                break;
            case 4:
                _documents.Add(Books.Receive(new FakeBankTransaction("091", "Till", day, new FakeLine("200", amount, "OUTPUT2")) { LineAmountTypes = "Exclusive" }));
                break;
            case 5:
                _documents.Add(Books.Transfer(day, "090", "091", Math.Abs(amount) + 0.01m));
                break;
            case 6:
                _documents.Add(Books.ManualJournal(day, "Stock", new FakeLine("630", amount), new FakeLine("300", -amount)));
                break;
            case 7:
                Books.Invoice(new FakeInvoice("Draft", day, new FakeLine("200", amount)) { Status = e.Which % 2 == 0 ? "DRAFT" : "SUBMITTED" });
                break;
            case 8:
                Books.XeroOnly(day, "Pay run", ("477", amount), ("803", -amount));
                break;
            case 9 when Open(_invoices, e.Which) is { } paid && Books.Payment(paid, day, "090", Part(Books.Due(paid), e.Which)) is { } payment:
                _documents.Add(payment);
                _gone.Add(paid);
                break;
            case 10 when Open([.. _documents, .. _invoices], e.Which) is { } voided:
                Books.Void(voided, day);
                _gone.Add(voided);
                break;
            case 11 when Open(_invoices, e.Which) is { } edited:
                Books.Edit(edited, document => document with { Date = day, Lines = [new FakeLine("429", amount, "INPUT2")] }, day);
                break;
            default:
                break;
        }
    }

    private static void Add(List<Guid> list, Guid id) => list.Add(id);

    private static decimal? Part(decimal due, int which) => which % 2 == 0 ? null : decimal.Round(due / 2, 2);

    // Paid invoices are neither voided nor edited: Xero would refuse.
    private Guid? Open(List<Guid> ids, int which)
    {
        var open = ids.Where(id => !_gone.Contains(id)).ToList();
        return open.Count == 0 ? null : open[which % open.Count];
    }
}
