using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Xero;
using static XeroCfo.Tests.Ledger.SampleDocuments;
using static XeroCfo.Tests.Ledger.UsualChart;

namespace XeroCfo.Tests.Ledger;

/// <summary>How documents look in the list that people see.</summary>
public sealed class TransactionRulesTests
{
    private static readonly Guid Tenant = Id("7");

    private static readonly Dictionary<string, (SourceDocument Document, string Type, string Direction, decimal BaseAmount)> Table = new()
    {
        ["a sale is owed to us"] = (Sale(115m, Line("200", 100m, 15m)), "INVOICE", "in", 115m),
        ["a negative sale"] = (Sale(-115m, Line("200", -100m, -15m)), "INVOICE", "in", -115m),
        ["a bill is owed by us"] = (Bill(115m, Line("300", 100m, 15m)), "BILL", "out", -115m),
        ["money spent"] = (Bank("SPEND", 10m, Line("429", 10m)), "SPEND", "out", -10m),
        ["negative money spent came back"] = (Bank("SPEND", -10m, Line("429", -10m)), "SPEND", "out", 10m),
        ["money received"] = (Bank("RECEIVE", 10m, Line("200", 10m)), "RECEIVE", "in", 10m),
        ["a customer's overpayment"] = (Bank("RECEIVE-OVERPAYMENT", 10m, Line("610", 10m)), "RECEIVE", "in", 10m),
        ["a prepayment to a supplier"] = (Bank("SPEND-PREPAYMENT", 10m, Line("429", 10m)), "SPEND", "out", -10m),
        ["a customer pays"] = (Pay("ACCRECPAYMENT", 60m), "PAYMENT", "in", 60m),
        ["a bill is paid"] = (Pay("ACCPAYPAYMENT", 60m), "PAYMENT", "out", -60m),
        ["a customer's credit is paid out"] = (Pay("ARCREDITPAYMENT", 60m), "PAYMENT", "out", -60m),
        ["a supplier pays back"] = (Pay("APCREDITPAYMENT", 60m), "PAYMENT", "in", 60m),
        ["a payment of an unknown type moves nothing"] = (Pay("SOMETHINGNEW", 60m), "PAYMENT", "none", 0m),
        ["a transfer moves nothing"] = (Transfer(25m), "TRANSFER", "none", 0m),
        ["a sale in another currency at its rate, half up"] = (Sale(100m, Line("200", 100m)) with { CurrencyCode = "USD", CurrencyRate = new FxRate(0.64m) }, "INVOICE", "in", 156.25m),
        ["half a cent rounds away from zero"] = (Bill(0.01m, Line("300", 0.01m)) with { CurrencyCode = "USD", CurrencyRate = new FxRate(2m) }, "BILL", "out", -0.01m),
    };

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Shows(string name)
    {
        var (document, type, direction, baseAmount) = Table[name];

        var row = Row(document)!;

        Assert.Equal((type, direction, baseAmount), (row.Type, row.Direction, row.BaseAmount));
        Assert.Equal((document.Total, Math.Abs(baseAmount)), (row.Amount, row.AbsoluteAmount));
        Assert.Equal((document.XeroId, document.Date, document.Status, Tenant), (row.XeroId, row.Date, row.Status, row.TenantId));
        Assert.Equal(("none", null, false), (row.CategorySource, row.Category, row.LockedByPerson));
    }

    [Fact]
    public void Drafts_and_voided_documents_have_a_row_manual_journals_and_halves_of_transfers_have_none()
    {
        Assert.Equal("DRAFT", Row(Sale(100m, Line("200", 100m)) with { Status = "DRAFT" })!.Status);
        Assert.Equal("VOIDED", Row(Bill(100m, Line("300", 100m)) with { Status = "VOIDED" })!.Status);
        Assert.Null(Row(Journal(Line("429", 30m), Line("803", -30m))));
        Assert.Null(Row(Bank("SPEND-TRANSFER", 25m, Line("091", 25m))));
        Assert.Null(Row(Bank("RECEIVE-TRANSFER", 25m, Line("090", 25m))));
    }

    [Theory]
    [InlineData("Beans", "Beans", "Beans")]
    [InlineData("Beans; Milk", "Beans", "Milk", "Beans")]
    [InlineData("Milk", "", "  ", null, "Milk")]
    [InlineData(null, "", null)]
    public void The_description_is_the_lines_distinct_ones_joined(string? expected, params string?[] descriptions) =>
        Assert.Equal(expected, Row(Sale(0m, [.. descriptions.Select(text => Line("200", 1m) with { Description = text })]))!.Description);

    [Fact]
    public void The_account_code_is_the_one_that_all_lines_share()
    {
        Assert.Equal("200", Row(Sale(2m, Line("200", 1m), Line("200", 1m)))!.AccountCode);
        Assert.Equal("200", Row(Sale(2m, Line("200", 1m), new DocumentLine { AccountId = Id("200"), Net = 1m }))!.AccountCode);
        Assert.Null(Row(Sale(2m, Line("200", 1m), Line("429", 1m)))!.AccountCode);
        Assert.Null(Row(Sale(0m))!.AccountCode);
        Assert.Null(Row(Pay("ACCRECPAYMENT", 1m))!.AccountCode);
    }

    [Fact]
    public void Contact_reference_and_number_are_cut_at_255_letters_and_search_is_lower_case()
    {
        var row = Row(Sale(1m, Line("200", 1m) with { Description = "Café" }) with
        {
            ContactName = new string('N', 300),
            Reference = new string('R', 255),
            Number = "INV-7" + new string('9', 300),
        })!;

        Assert.Equal((255, 255, 255), (row.ContactName!.Length, row.Reference!.Length, row.Number!.Length));
        Assert.StartsWith("café\nnnn", row.SearchText, StringComparison.Ordinal);
        Assert.Contains("\ninv-79", row.SearchText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_payment_carries_the_number_of_what_it_pays_and_its_bank_account()
    {
        var row = Row(Pay("ACCRECPAYMENT", 60m) with { Number = "INV-12", CurrencyCode = null, BankAccountId = Id("092") })!;

        Assert.Equal(("INV-12", Id("092"), "USD"), (row.Number, row.BankAccountId, row.CurrencyCode));
    }

    [Fact]
    public void The_currency_is_the_documents_else_the_bank_accounts_else_the_organisations()
    {
        Assert.Equal("EUR", Row(Sale(1m, Line("200", 1m)) with { CurrencyCode = "EUR" })!.CurrencyCode);
        Assert.Equal("USD", Row(Bank("SPEND", 1m, Line("429", 1m)) with { CurrencyCode = "", BankAccountId = Id("092") })!.CurrencyCode);
        Assert.Equal("NZD", Row(Transfer(1m))!.CurrencyCode);
    }

    [Fact]
    public void Lines_come_in_order_with_the_code_of_the_chart()
    {
        var sale = Sale(3m, new DocumentLine { AccountId = Id("200"), AccountCode = "old", Net = 1m, Tax = 0.15m }, new DocumentLine { AccountCode = "429", Net = 2m }, new DocumentLine { AccountCode = "gone" });

        var lines = TransactionRules.Lines(sale, Tenant, Id("8"), Chart).ToList();

        Assert.Equal([(1, "200", 1m, 0.15m), (2, "429", 2m, 0m), (3, "gone", 0m, 0m)], lines.Select(line => (line.LineNumber, line.AccountCode!, line.Net, line.Tax)));
        Assert.Equal(Id("429"), lines[1].AccountId);
        Assert.Null(lines[2].AccountId);
    }

    [Fact]
    public void Only_a_payment_that_stands_settles_something_from_its_own_day_on()
    {
        var allocation = Assert.Single(Allocations(Pay("ACCRECPAYMENT", 60m)));

        Assert.Equal((Id("3"), Id("3"), Id("1"), 60m, Day), (allocation.Id, allocation.SourceXeroId, allocation.TargetXeroId, allocation.Amount, allocation.EffectiveDate));
        Assert.Empty(Allocations(Pay("ACCRECPAYMENT", 60m) with { Status = "DELETED" }));
        Assert.Empty(Allocations(Pay("ACCRECPAYMENT", 60m) with { SettledXeroId = null }));
        Assert.Empty(Allocations(Sale(1m, Line("200", 1m))));
    }

    [Fact]
    public void A_payment_before_its_invoice_counts_from_the_invoices_day()
    {
        var allocation = Assert.Single(Allocations(Pay("ACCRECPAYMENT", 60m), Sale(60m, Line("200", 60m)) with { Date = Day.AddDays(3) }));

        Assert.Equal((Day, Day.AddDays(3)), (allocation.Date, allocation.EffectiveDate));
    }

    [Fact]
    public void A_credit_settles_all_that_it_was_set_against_while_it_stands()
    {
        var credit = Credit(true, 100m, Line("200", 100m)) with { Allocations = [new CreditUse(Id("9"), Id("1"), Day, 30m), new CreditUse(null, Id("1"), Day.AddDays(-5), 20m)] };

        var (first, second) = (Allocations(credit)[0], Allocations(credit)[1]);

        Assert.Equal((Allocations(credit)[0].Id, DocumentKind.CreditNote, 30m), (first.Id, first.SourceKind, first.Amount));
        Assert.Equal((Allocations(credit)[1].Id, Day), (second.Id, second.EffectiveDate));
        Assert.Equal(4, new[] { Guid.Empty, first.Id, second.Id, Allocations(credit with { XeroId = Id("5") })[0].Id }.Distinct().Count());
        Assert.Empty(Allocations(credit with { Status = "VOIDED" }));
    }

    [Fact]
    public void A_credit_note_to_a_customer_goes_out_and_a_suppliers_comes_in()
    {
        var (given, got) = (Row(Credit(true, 115m, Line("200", 100m, 15m)) with { RemainingCredit = 15m })!, Row(Credit(false, 115m, Line("300", 100m, 15m)))!);

        Assert.Equal(("CREDIT_NOTE", "out", -115m, 15m), (given.Type, given.Direction, given.BaseAmount, given.AmountDue));
        Assert.Equal(("CREDIT_NOTE", "in", 115m), (got.Type, got.Direction, got.BaseAmount));
    }

    [Fact]
    public void An_overpayment_has_one_row_under_its_bank_transaction()
    {
        Assert.Null(Row(new Overpayment { XeroId = Id("6"), Date = Day, Status = "AUTHORISED", IsSale = true, Total = 40m }));
        Assert.Null(Row(new Prepayment { XeroId = Id("6"), Date = Day, Status = "AUTHORISED", IsSale = true, Total = 40m }));
        Assert.Equal(Id("6"), Row(Bank("RECEIVE-OVERPAYMENT", 40m) with { CreditXeroId = Id("6") })!.CreditXeroId);
    }

    [Fact]
    public void A_foreign_payment_is_worth_what_moved_at_the_bank()
    {
        var payment = Pay("ACCRECPAYMENT", 60m) with { CurrencyCode = "USD", CurrencyRate = new FxRate(0.5m) };

        Assert.Equal(120m, Row(payment)!.BaseAmount);
        Assert.Equal(119.90m, Row(payment with { BankAmount = 119.90m })!.BaseAmount);
        Assert.Equal(120m, Row(payment with { BankAmount = 60m, BankAccountId = Id("092") })!.BaseAmount);
    }

    private static List<Allocation> Allocations(SourceDocument document, params SourceDocument[] others) =>
        [.. TransactionRules.Allocations(document, Tenant, new References(others, new Dictionary<Guid, DateOnly>()))];

    private static Transaction? Row(SourceDocument document) => TransactionRules.Row(document, Tenant, Chart, "NZD");
}
