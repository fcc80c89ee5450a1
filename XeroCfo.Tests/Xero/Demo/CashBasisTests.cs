using System.Text.Json.Nodes;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Tests.Ledger.Judge;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Xero.Demo;

/// <summary>The trial balance with paymentsOnly: what is settled counts, line by line in proportion.</summary>
public sealed class CashBasisTests
{
    private static readonly DateOnly Day = new(2026, 6, 10);
    private readonly FakeBooks _books = FakeBooks.WithUsualAccounts();

    [Fact]
    public void A_part_payment_brings_its_part_of_each_line_and_the_last_one_the_rest()
    {
        var invoice = _books.Invoice(Day, "A", new FakeLine("200", 10m, "OUTPUT2"), new FakeLine("429", 20.01m));
        _books.Payment(invoice, Day.AddDays(1), "090", 10.50m);
        _books.Payment(invoice, Day.AddDays(5), "090");

        Assert.Equal([0m, 0m, 0m, 0m], Balances(Day));
        // 10.50 of 31.51: a third, all but a hair.
        Assert.Equal([10.50m, -3.33m, -0.50m, -6.67m], Balances(Day.AddDays(1)));
        Assert.Equal([31.51m, -10m, -1.50m, -20.01m], Balances(Day.AddDays(5)));
        Assert.Equal(0m, Cash("610", Day.AddDays(5)));
    }

    [Fact]
    public void A_credit_note_counts_with_the_invoice_that_it_settles_and_by_its_refund()
    {
        var invoice = _books.Invoice(Day, "A", new FakeLine("200", 100m));
        var credit = _books.CreditNote(new FakeInvoice("A", Day, new FakeLine("429", 60m)));
        _books.Allocate(credit, invoice, Day.AddDays(2), 40m);
        _books.Refund(credit, Day.AddDays(3), "090", 20m);

        Assert.Equal([0m, -40m, 0m, 40m], Balances(Day.AddDays(2)));
        Assert.Equal([-20m, -40m, 0m, 60m], Balances(Day.AddDays(3)));

        _books.RemoveAllocations(credit, Day.AddDays(4));
        Assert.Equal([-20m, 0m, 0m, 20m], Balances(Day.AddDays(4)));
    }

    [Fact]
    public void Overpayments_stay_receivable_and_openings_go_back_to_retained_earnings()
    {
        _books.XeroOnly(Day.AddDays(-1), "Opening", ("610", 500m), ("800", -200m), (FakeBooks.RetainedEarnings, -300m));
        _books.XeroOnly(Day, "Revalued", ("610", 7m), (FakeBooks.UnrealisedGains, -7m));
        var before = _books.Invoice(new FakeInvoice("A", Day.AddDays(-9), new FakeLine("200", 500m)) { Posts = false });
        _books.Payment(before, Day.AddDays(1), "090");
        _books.ReceiveOverpayment(Day.AddDays(2), "090", "A", 30m);

        Assert.Equal(0m, Cash(FakeBooks.RetainedEarnings, Day));
        Assert.Equal(0m, Cash(FakeBooks.UnrealisedGains, Day));
        Assert.Equal([500m, -500m, 0m, 0m], Balances(Day.AddDays(1)));
        Assert.Equal((-30m, 530m), (Cash("610", Day.AddDays(2)), Cash("090", Day.AddDays(2))));
        Assert.Equal(0m, Cash("800", Day.AddDays(2)));
    }

    [Fact]
    public void A_gain_of_currency_is_the_same_on_both_bases_and_a_document_of_nothing_counts_at_once()
    {
        var invoice = _books.Invoice(new FakeInvoice("A", Day, new FakeLine("200", 100m)) { Currency = "USD", CurrencyRate = 0.5m });
        _books.Payment(invoice, Day.AddDays(1), "092", rate: 0.4m);
        _books.Invoice(Day, "B", new FakeLine("300", 9m), new FakeLine("429", -9m));

        Assert.Equal((250m, -200m, -50m), (Cash("092", Day.AddDays(1)), Cash("200", Day.AddDays(1)), Cash(FakeBooks.RealisedGains, Day.AddDays(1))));
        Assert.Equal((-9m, 9m), (Cash("300", Day), Cash("429", Day)));
    }

    [Fact]
    public void Any_organisation_balances_on_the_cash_basis_and_has_its_accrual_money_in_the_bank() => Parallel.For(0, 300, i =>
    {
        var books = new RandomOrganisation(400_000UL + (ulong)i, 10 + (i % 40)).Books;
        var accounts = books.Organisation.Texts("Accounts").Select(text => JsonNode.Parse(text)!).Select(json => (Id: Guid.Parse((string)json["AccountID"]!), Type: (string)json["Type"]!)).ToList();
        var days = books.Journal.Entries.Select(entry => entry.Date).Distinct().Order().ToList();
        foreach (var day in days.Where((_, at) => at % 5 == 0).Append(days[^1]))
        {
            Assert.Equal(0m, accounts.Sum(account => books.PaymentsOnly.Balance(account.Id, day)));
            Assert.All(accounts.Where(account => account.Type == "BANK"), account => Assert.Equal(books.Journal.Balance(account.Id, day), books.PaymentsOnly.Balance(account.Id, day)));
        }
    });

    [Fact]
    public void The_demo_owes_and_is_owed_nothing_on_the_cash_basis_but_what_was_paid_twice()
    {
        var company = SharedDemo.At(new DateOnly(2026, 11, 20));

        decimal Cash(string account, DateOnly day) => company.Organisation.CashTrialBalance!.Balance(company.Books.IdOf(account), day);
        Assert.Equal((-1_782.50m, 0m), (Cash("610", company.Anchor), Cash("800", company.Anchor)));
        Assert.Equal((0m, 0m), (Cash("610", new(2026, 9, 30)), Cash("800", new(2026, 9, 30))));
        Assert.NotEqual(company.Books.Balance("200", company.Anchor), Cash("200", company.Anchor));
    }

    [Fact]
    public async Task Xeros_report_gives_either_basis()
    {
        _books.Invoice(Day, "A", new FakeLine("200", 100m));
        var xero = new FakeXero(new FixedClock());
        xero.Add(_books.Organisation);
        using var client = new HttpClient(new FakeXeroHandler(xero));
        client.DefaultRequestHeaders.Authorization = new("Bearer", "anything");
        client.DefaultRequestHeaders.Add("xero-tenant-id", _books.Organisation.Settings.TenantId.ToString());

        async Task<bool> SoldAsync(string more) => (await client.GetStringAsync(new Uri("https://api.xero.com/api.xro/2.0/Reports/TrialBalance?date=2026-06-30" + more))).Contains("Sales (200)", StringComparison.Ordinal);

        Assert.Equal((true, false), (await SoldAsync(""), await SoldAsync("&paymentsOnly=true")));
    }

    private decimal Cash(string account, DateOnly day) => _books.PaymentsOnly.Balance(_books.IdOf(account), day);

    /// <summary>Bank, sales, GST and general.</summary>
    private decimal[] Balances(DateOnly day) => [Cash("090", day), Cash("200", day), Cash("820", day), Cash("429", day)];
}
