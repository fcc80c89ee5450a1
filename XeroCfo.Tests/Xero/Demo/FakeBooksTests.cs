using XeroCfo.Data.Xero.Demo;
using XeroCfo.Tests.Ledger.Judge;

namespace XeroCfo.Tests.Xero.Demo;

public sealed class FakeBooksTests
{
    private static readonly DateOnly Day = new(2026, 6, 10);
    private readonly FakeBooks _books = FakeBooks.WithUsualAccounts();

    [Fact]
    public void Exclusive_inclusive_and_untaxed_documents_post_the_same_way_in_both_books()
    {
        _books.Invoice(Day, "A", new FakeLine("200", 99.99m, "OUTPUT2"));
        _books.Bill(new FakeInvoice("B", Day, new FakeLine("300", 115m, "INPUT2")) { LineAmountTypes = "Inclusive" });
        _books.Bill(new FakeInvoice("B", Day, new FakeLine("429", 50m)) { LineAmountTypes = "NoTax" });
        _books.Spend(Day, "090", "C", new FakeLine("429", 11.50m, "INPUT2"));
        _books.Receive(new FakeBankTransaction("090", "D", Day, new FakeLine("200", 10m, "OUTPUT2")) { LineAmountTypes = "Exclusive" });
        _books.Transfer(Day, "090", "091", 5m);
        _books.ManualJournal(Day, "Stock", new FakeLine("630", 7m), new FakeLine("300", -7m));

        Assert.Equal(114.99m, _books.Balance("610", Day));
        Assert.Equal(-165m, _books.Balance("800", Day));
        Assert.Equal(-15.00m + 15.00m + 1.50m - 1.50m, _books.Balance("820", Day));
        Assert.Equal(-109.99m, _books.Balance("200", Day));
        Assert.Equal(93m, _books.Balance("300", Day));
        Assert.Empty(Differences());
    }

    [Fact]
    public void Payments_settle_and_their_deletion_opens_the_invoice_again()
    {
        var invoice = _books.Invoice(Day, "A", new FakeLine("200", 100m, "OUTPUT2"));

        _books.Payment(invoice, Day.AddDays(1), "090", 15m);
        var second = _books.Payment(invoice, Day.AddDays(2), "090")!.Value;
        var paid = _books.Organisation.Find("Invoices", invoice)!;
        _books.Void(second, Day.AddDays(3));
        var open = _books.Organisation.Find("Invoices", invoice)!;

        Assert.Equal(("PAID", 115m, 0m), ((string)paid["Status"]!, (decimal)paid["AmountPaid"]!, (decimal)paid["AmountDue"]!));
        Assert.Equal(("AUTHORISED", 15m, 100m), ((string)open["Status"]!, (decimal)open["AmountPaid"]!, (decimal)open["AmountDue"]!));
        Assert.Equal(15m, _books.Balance("090", Day.AddDays(9)));
        Assert.Empty(Differences());
    }

    [Fact]
    public void A_credit_note_is_set_against_an_invoice_and_the_rest_paid_out()
    {
        var invoice = _books.Invoice(Day, "A", new FakeLine("200", 50m, "OUTPUT2"));
        var credit = _books.CreditNote(new FakeInvoice("A", Day.AddDays(1), new FakeLine("200", 80m, "OUTPUT2")));
        var supplier = _books.SupplierCredit(new FakeInvoice("B", Day, new FakeLine("300", 20m, "INPUT2")));

        _books.Allocate(credit, invoice, Day.AddDays(2), 57.50m);
        _books.Refund(credit, Day.AddDays(3), "090", 34.50m);
        _books.Refund(supplier, Day.AddDays(3), "090", 23m);
        var (note, paid) = (_books.Organisation.Find("CreditNotes", credit)!, _books.Organisation.Find("Invoices", invoice)!);
        _books.RemoveAllocations(credit, Day.AddDays(4));
        var reopened = _books.Organisation.Find("Invoices", invoice)!;

        Assert.Equal(("PAID", 0m), ((string)note["Status"]!, (decimal)note["RemainingCredit"]!));
        Assert.Equal(("PAID", 57.50m, 0m), ((string)paid["Status"]!, (decimal)paid["AmountCredited"]!, (decimal)paid["AmountDue"]!));
        Assert.Equal(("AUTHORISED", 57.50m), ((string)reopened["Status"]!, (decimal)reopened["AmountDue"]!));
        Assert.Equal(-11.50m, _books.Balance("090", Day.AddDays(9)));
        Assert.Equal(0m, _books.Balance("610", Day.AddDays(9)));
        Assert.Empty(Differences());
    }

    [Fact]
    public void Foreign_documents_are_divided_by_their_rate_and_payments_realise_the_difference()
    {
        var bill = _books.Bill(new FakeInvoice("Beans", Day, new FakeLine("300", 333.33m), new FakeLine("429", 333.34m)) { Currency = "USD", CurrencyRate = 0.6m });
        var sale = _books.Invoice(new FakeInvoice("Abroad", Day, new FakeLine("200", 100m)) { Currency = "USD", CurrencyRate = 0.6m });

        _books.Payment(bill, Day.AddDays(9), "092", rate: 0.5m);
        _books.Payment(sale, Day.AddDays(9), "090", rate: 0.5m);
        var payments = _books.Organisation.Texts("Payments");

        Assert.Equal(1111.12m, _books.Balance("300", Day) + _books.Balance("429", Day));
        Assert.Equal((0m, 0m), (_books.Balance("800", Day.AddDays(9)), _books.Balance("610", Day.AddDays(9))));
        Assert.Equal(-1333.34m, _books.Balance("092", Day.AddDays(9)));
        Assert.Equal(200m, _books.Balance("090", Day.AddDays(9)));
        Assert.Equal(222.22m - 33.33m, _books.Balance(FakeBooks.RealisedGains, Day.AddDays(9)));
        Assert.Contains(payments, text => text.Contains("\"BankAmount\":200.00,\"Amount\":100.00", StringComparison.Ordinal) && text.Contains("\"CurrencyRate\":0.5,", StringComparison.Ordinal));
        Assert.Contains(payments, text => text.Contains("\"BankAmount\":666.67,\"Amount\":666.67", StringComparison.Ordinal));
    }

    [Fact]
    public void Voids_and_edits_move_the_books_under_the_documents_own_dates()
    {
        var voided = _books.Invoice(Day, "A", new FakeLine("200", 100m));
        var edited = _books.Bill(Day, "B", new FakeLine("300", 40m));
        var transfer = _books.Transfer(Day, "090", "091", 5m);

        _books.Void(voided, Day.AddDays(30));
        _books.Edit(edited, bill => bill with { Date = Day.AddMonths(-1), RoundingDifference = 0.01m }, Day.AddDays(31));
        _books.Void(transfer, Day.AddDays(32));

        Assert.Equal(0m, _books.Balance("200", Day));
        Assert.Equal(40m, _books.Balance("300", Day.AddMonths(-1)));
        Assert.Equal(-40.01m, _books.Balance("800", Day));
        Assert.Equal(0.01m, _books.Balance("860", Day));
        Assert.Empty(Differences());
    }

    [Fact]
    public void Sabotage_and_xero_only_entries_part_the_two_bookkeepers()
    {
        var hidden = _books.Invoice(Day, "A", new FakeLine("200", 100m));
        var paid = _books.Invoice(Day, "A", new FakeLine("200", 30m));
        var payment = _books.Payment(paid, Day, "090")!.Value;
        Assert.Empty(Differences());

        _books.Hide(hidden);
        Assert.Equal(["200", "610"], Differences());
        _books.DoubleOnWire(payment);
        Assert.Equal(["090", "200", "610"], Differences());
        _books.XeroOnly(Day, "Pay run", ("477", 20m), ("803", -20m));

        Assert.Equal(["090", "200", "477", "610", "803"], Differences());
    }

    [Fact]
    public void An_entry_that_does_not_balance_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => _books.XeroOnly(Day, "Wrong", ("477", 20m), ("803", -19.99m)));

    private List<string> Differences()
    {
        var posted = new IndependentJudge(_books.Organisation).Through(Day.AddYears(1));
        string[] keys = ["090", "091", "200", "300", "429", "477", "610", "630", "800", "803", "820"];
        return [.. keys.Where(key => _books.Balance(key, Day.AddYears(1)) != posted.GetValueOrDefault(_books.IdOf(key)))];
    }
}
