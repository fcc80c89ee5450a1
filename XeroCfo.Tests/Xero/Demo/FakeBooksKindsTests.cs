using System.Text.Json.Nodes;
using XeroCfo.Data.Xero.Demo;

namespace XeroCfo.Tests.Xero.Demo;

public sealed class FakeBooksKindsTests
{
    private static readonly DateOnly Day = new(2026, 6, 10);
    private readonly FakeBooks _books = FakeBooks.WithUsualAccounts();

    [Fact]
    public void An_overpayment_stands_twice_on_the_wire_and_once_in_the_books()
    {
        var invoice = _books.Invoice(Day.AddDays(5), "A", new FakeLine("200", 100m, "OUTPUT2"));
        var overpayment = _books.ReceiveOverpayment(Day, "090", "A", 150m);

        _books.Allocate(overpayment, invoice, Day.AddDays(1), 115m);
        _books.Refund(overpayment, Day.AddDays(9), "090", 35m);
        var (record, bank, paid) = (Find("Overpayments", overpayment), Find("BankTransactions", _books.BankTransactionOf(overpayment)), Find("Invoices", invoice));

        Assert.Equal(("RECEIVE-OVERPAYMENT", "AUTHORISED", WireText(overpayment)), ((string)bank["Type"]!, (string)bank["Status"]!, (string)bank["OverpaymentID"]!));
        Assert.NotEqual(overpayment, _books.BankTransactionOf(overpayment));
        Assert.Equal(("PAID", 0m, 115m), ((string)record["Status"]!, (decimal)record["RemainingCredit"]!, (decimal)record["Allocations"]![0]!["Amount"]!));
        Assert.Equal(("PAID", 115m, 115m), ((string)paid["Status"]!, (decimal)paid["AmountCredited"]!, (decimal)paid["Overpayments"]![0]!["AppliedAmount"]!));
        Assert.Equal((115m, 0m), (_books.Balance("090", Day.AddDays(9)), _books.Balance("610", Day.AddDays(9))));
        Assert.Contains(_books.Organisation.Texts("Payments"), text => text.Contains("AROVERPAYMENTPAYMENT", StringComparison.Ordinal));
    }

    [Fact]
    public void A_prepayment_is_taken_back_line_by_line_to_the_last_cent()
    {
        var prepayment = _books.ReceivePrepayment(new FakeBankTransaction("090", "A", Day, new FakeLine("200", 33.33m, "OUTPUT2"), new FakeLine("429", 66.67m)) { LineAmountTypes = "Exclusive" });
        var first = _books.Invoice(Day, "A", new FakeLine("200", 35m));
        var second = _books.Invoice(Day.AddDays(20), "A", new FakeLine("200", 50m));

        _books.Allocate(prepayment, first, Day.AddDays(2), 35m);
        _books.Allocate(prepayment, second, Day.AddDays(3), 50m);
        var open = (_books.Balance("820", Day.AddDays(30)), _books.Balance("610", Day.AddDays(30)), _books.Balance("610", Day.AddDays(19)));
        var refund = _books.Refund(prepayment, Day.AddDays(8), "090", 20m);

        Assert.Equal((-0.95m, 0m, 0m), open);
        Assert.Equal((0m, 0m, -85m), (_books.Balance("820", Day.AddDays(30)), _books.Balance("429", Day.AddDays(30)), _books.Balance("200", Day.AddDays(30))));
        Assert.Equal(0m, _books.Balance(FakeBooks.RealisedGains, Day.AddDays(30)));

        _books.RemoveAllocations(prepayment, Day.AddDays(31));
        _books.Void(refund, Day.AddDays(32));
        _books.Void(prepayment, Day.AddDays(33));

        Assert.Equal("VOIDED", (string)Find("Prepayments", prepayment)["Status"]!);
        Assert.Contains((string)Find("BankTransactions", _books.BankTransactionOf(prepayment))["Status"]!, new[] { "VOIDED", "DELETED" });
        Assert.Equal((0m, 85m, -85m), (_books.Balance("090", Day.AddDays(40)), _books.Balance("610", Day.AddDays(40)), _books.Balance("200", Day.AddDays(40))));
    }

    [Fact]
    public void Different_rates_of_an_advance_and_its_invoice_are_a_realised_gain_of_the_effective_day()
    {
        var bill = _books.Bill(new FakeInvoice("B", Day.AddDays(10), new FakeLine("300", 60m)) { Currency = "USD", CurrencyRate = 0.5m });
        var sale = _books.Invoice(new FakeInvoice("A", Day.AddDays(10), new FakeLine("200", 60m)) { Currency = "USD", CurrencyRate = 0.5m });
        var deposit = _books.SpendPrepayment(new FakeBankTransaction("092", "B", Day, new FakeLine("630", 60m)) { CurrencyRate = 0.6m });
        var tooMuch = _books.ReceiveOverpayment(Day, "092", "A", 60m, 0.6m);

        _books.Allocate(deposit, bill, Day, 60m);
        _books.Allocate(tooMuch, sale, Day, 30m);

        Assert.Equal((-120m + 120m, 0m), (_books.Balance("800", Day.AddDays(10)), _books.Balance("630", Day.AddDays(10))));
        Assert.Equal(120m - 100m - 10m, _books.Balance("610", Day.AddDays(10)));
        Assert.Equal((0m, -20m + 10m), (_books.Balance(FakeBooks.RealisedGains, Day.AddDays(9)), _books.Balance(FakeBooks.RealisedGains, Day.AddDays(10))));
    }

    [Fact]
    public void A_batch_holds_its_payments_and_falls_with_them()
    {
        var bills = new[] { _books.Bill(Day, "A", new FakeLine("300", 10m)), _books.Bill(Day, "B", new FakeLine("300", 20m)) };

        var batch = _books.BatchPayment(Day.AddDays(3), "090", bills);
        var (record, payment) = (Find("BatchPayments", batch), Find("Payments", _books.PaymentsOf(batch)[0]));
        var paid = _books.Balance("090", Day.AddDays(3));
        _books.Void(batch, Day.AddDays(4));

        Assert.Equal(("PAYBATCH", 30m, 2), ((string)record["Type"]!, (decimal)record["TotalAmount"]!, record["Payments"]!.AsArray().Count));
        Assert.Equal((WireText(batch), -30m), ((string)payment["BatchPaymentID"]!, paid));
        Assert.Equal((0m, "DELETED", 10m), (_books.Balance("090", Day.AddDays(9)), (string)Find("BatchPayments", batch)["Status"]!, _books.Due(bills[0])));
    }

    [Fact]
    public void A_transfer_between_currencies_leaves_its_difference_in_realised_gains()
    {
        var transfer = _books.Transfer(new FakeTransfer(Day, "090", "092", 100m) { Received = 61m, ToRate = 0.6m });
        var legs = _books.Organisation.Texts("BankTransactions").Select(text => JsonNode.Parse(text)!).ToDictionary(leg => (string)leg["Type"]!);

        Assert.Equal((-100m, 101.67m, -1.67m), (_books.Balance("090", Day), _books.Balance("092", Day), _books.Balance(FakeBooks.RealisedGains, Day)));
        Assert.Equal((100m, 0.6m), ((decimal)Find("BankTransfers", transfer)["Amount"]!, (decimal)Find("BankTransfers", transfer)["CurrencyRate"]!));
        Assert.Equal(("USD", 61m, 0.6m), ((string)legs["RECEIVE-TRANSFER"]["CurrencyCode"]!, (decimal)legs["RECEIVE-TRANSFER"]["Total"]!, (decimal)legs["RECEIVE-TRANSFER"]["CurrencyRate"]!));
    }

    [Fact]
    public void Manual_journals_carry_tax_and_templates_post_nothing()
    {
        var journal = _books.ManualJournal(new FakeManualJournal(Day, "Reclaim", new FakeLine("429", 100m, "INPUT2"), new FakeLine("803", -115m)) { LineAmountTypes = "Exclusive" });
        var template = _books.RepeatingInvoice(new FakeRepeatingInvoice(true, new FakeInvoice("A", Day, new FakeLine("200", 50m, "OUTPUT2")), Day.AddMonths(1)));

        Assert.Equal((100m, 15m, -115m, 0m), (_books.Balance("429", Day), _books.Balance("820", Day), _books.Balance("803", Day), _books.Balance("200", Day)));
        Assert.Equal(57.5m, (decimal)Find("RepeatingInvoices", template)["Total"]!);

        _books.EditManualJournal(journal, old => old with { Lines = [new FakeLine("429", 115m, "INPUT2"), new FakeLine("803", -115m)], LineAmountTypes = "Inclusive" }, Day.AddDays(1));
        _books.Void(template, Day.AddDays(1));

        Assert.Equal((100m, 15m), (_books.Balance("429", Day), _books.Balance("820", Day)));
        Assert.Equal("DELETED", (string)Find("RepeatingInvoices", template)["Status"]!);
    }

    [Fact]
    public void Discounts_merged_contacts_and_archived_accounts_show_on_the_wire_only()
    {
        var invoice = _books.Invoice(Day, "Old Name", new FakeLine("200", 90m) { DiscountRate = 10m });
        _books.MergeContact("Old Name", "New Name", Day.AddDays(1));
        _books.ArchiveAccount("200", Day.AddDays(1));
        _books.Edit(invoice, old => old with { Reference = "seen" }, Day.AddDays(2));
        var (json, kept) = (Find("Invoices", invoice), _books.Contact("New Name"));
        var merged = _books.Organisation.Texts("Contacts").Select(text => JsonNode.Parse(text)!).Single(contact => (string)contact["Name"]! == "Old Name");

        Assert.Equal((true, 10m, 100m), ((bool)json["IsDiscounted"]!, (decimal)json["LineItems"]![0]!["DiscountRate"]!, (decimal)json["LineItems"]![0]!["UnitAmount"]!));
        Assert.Equal((WireText(kept), "ARCHIVED"), ((string)merged["MergedToContactID"]!, (string)merged["ContactStatus"]!));
        Assert.Equal(WireText(kept), (string)json["Contact"]!["ContactID"]!);
        Assert.Equal("ARCHIVED", (string)Find("Accounts", _books.IdOf("200"))["Status"]!);
        Assert.Equal(-90m, _books.Balance("200", Day));
    }

    [Fact]
    public void Base_documents_may_be_paid_from_a_foreign_account()
    {
        var sale = _books.Invoice(Day, "A", new FakeLine("200", 100m));
        _books.Payment(sale, Day.AddDays(1), "092", bankRate: 0.6m);
        var payment = JsonNode.Parse(_books.Organisation.Texts("Payments").Single())!;

        Assert.Equal((60m, 100m), ((decimal)payment["BankAmount"]!, (decimal)payment["Amount"]!));
        Assert.Equal((100m, 0m), (_books.Balance("092", Day.AddDays(1)), _books.Balance("610", Day.AddDays(1))));
    }

    private JsonObject Find(string endpoint, Guid id) => _books.Organisation.Find(endpoint, id)!;

    private static string WireText(Guid id) => id.ToString("D");
}
