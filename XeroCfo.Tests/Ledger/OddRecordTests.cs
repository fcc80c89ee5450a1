using XeroCfo.Data.Xero;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;
using static XeroCfo.Tests.Ledger.SampleDocuments;
using static XeroCfo.Tests.Ledger.UsualChart;

namespace XeroCfo.Tests.Ledger;

/// <summary>Records that leave out what others say, or say what no book can hold.</summary>
public sealed class OddRecordTests
{
    private static readonly Invoice UsdSale = Sale(100m, Line("200", 100m)) with { CurrencyCode = "USD", CurrencyRate = new FxRate(0.5m) };

    private static readonly Payment WithoutCurrency = Pay("ACCRECPAYMENT", 100m) with { CurrencyCode = null, CurrencyRate = new FxRate(0.4m) };

    [Fact]
    public void A_payment_that_does_not_say_its_currency_is_in_that_of_its_invoice()
    {
        var outcome = Post(WithoutCurrency, UsdSale);

        Assert.Null(outcome.Problem);
        Assert.Equal([250m, -200m, -50m], outcome.Lines.Select(line => line.Amount));
        Assert.Equal(("USD", 250m), (outcome.Document!.CurrencyCode, TransactionRules.Row(outcome.Document, Guid.NewGuid(), Chart, "NZD")!.BaseAmount));
        Assert.Equal([Id("1")], References.NeededWhole(WithoutCurrency, Chart, "NZD"));
    }

    [Fact]
    public void A_payment_without_currency_is_in_base_currency_unless_its_rate_says_otherwise()
    {
        Assert.Equal([100m, -100m], Post(WithoutCurrency with { CurrencyRate = FxRate.One }).Lines.Select(line => line.Amount));
        Assert.Equal([100m, -100m], Post(WithoutCurrency with { CurrencyRate = FxRate.Unknown }).Lines.Select(line => line.Amount));
        Assert.Equal("settled-document-unknown", Post(WithoutCurrency).Problem!.Code);
    }

    [Fact]
    public void A_journal_without_its_lines_is_a_problem_and_not_nothing()
    {
        Assert.Equal("lines-missing", PostingRules.Post(Journal(), Chart, "NZD").Problem!.Code);
        Assert.True(PostingRules.Post(Journal() with { Status = "DRAFT" }, Chart, "NZD").Succeeded);
    }

    [Theory]
    [InlineData("115", 100)]
    [InlineData("130", 115)]
    public void A_document_that_does_not_say_how_it_states_tax_is_read_by_its_total(string total, decimal net)
    {
        var raw = $$"""
            {"InvoiceID":"{{Guid.NewGuid()}}","Type":"ACCREC","Status":"AUTHORISED","Date":"2026-06-10","Total":{{total}},"LineItems":[{"LineAmount":115,"TaxAmount":15},null]}
            """;

        Assert.Equal(net, XeroMapping.Read(DocumentKind.Invoice, raw).Value.Lines[0].Net);
    }

    [Theory]
    [InlineData(DocumentKind.Invoice, "\"InvoiceID\"", "\"Type\":\"ACCREC\",\"Total\":100,\"CurrencyRate\":0.0000000000000000000000000001")]
    [InlineData(DocumentKind.Invoice, "\"InvoiceID\"", "\"Type\":\"ACCREC\",\"Total\":100,\"CurrencyRate\":99999999999999999999")]
    [InlineData(DocumentKind.Invoice, "\"InvoiceID\"", "\"Type\":\"ACCREC\",\"Total\":900000000000000,\"CurrencyRate\":0.5")]
    [InlineData(DocumentKind.Payment, "\"PaymentID\"", "\"Amount\":100,\"BankAmount\":9000000000000000")]
    public void What_neither_database_can_hold_is_unreadable_and_stops_nobody_else(DocumentKind kind, string id, string members)
    {
        var read = XeroMapping.Read(kind, $$"""{ {{id}}:"{{Guid.NewGuid()}}","Status":"AUTHORISED","Date":"2026-06-10",{{members}} }""");

        Assert.Equal(PostingProblems.UnreadableCode, read.Problem!.Code);
    }

    [Fact]
    public void A_schedule_of_any_length_is_read()
    {
        var raw = $$"""{"RepeatingInvoiceID":"{{Guid.NewGuid()}}","Status":"AUTHORISED","Schedule":{"Period":99999999999,"StartDate":"2026-06-10"} }""";

        Assert.True(XeroMapping.Read(DocumentKind.RepeatingInvoice, raw).Succeeded);
    }

    [Fact]
    public void Allocations_that_share_an_id_stay_two()
    {
        var id = Guid.NewGuid();
        var credit = Credit(true, 100m, Line("200", 100m)) with { Allocations = [new CreditUse(id, Id("1"), Day, 40m), new CreditUse(id, Id("2"), Day, 60m)] };

        var allocations = TransactionRules.Allocations(credit, Guid.NewGuid(), References.None).ToList();

        Assert.Equal((2, 100m), (allocations.DistinctBy(allocation => allocation.Id).Count(), allocations.Sum(allocation => allocation.Amount)));
    }

    [Fact]
    public void The_rate_of_a_document_in_base_currency_says_nothing()
    {
        var row = TransactionRules.Row(Sale(100m, Line("200", 100m)) with { CurrencyRate = new FxRate(0.5m) }, Guid.NewGuid(), Chart, "NZD")!;

        Assert.Equal((FxRate.One, 100m), (row.CurrencyRate, row.BaseAmount));
    }

    [Theory]
    [InlineData("\"soon\"")]
    [InlineData("7")]
    public void A_day_that_is_written_twice_needs_to_be_readable_once(string text)
    {
        var raw = $$"""{"InvoiceID":"{{Guid.NewGuid()}}","Type":"ACCREC","Status":"AUTHORISED","DateString":{{text}},"Date":"/Date(1781049600000+0000)/","Total":0}""";

        Assert.Equal(Day, XeroMapping.Read(DocumentKind.Invoice, raw).Value.Date);
    }

    [Fact]
    public void A_credit_from_before_the_books_that_cannot_be_used_in_them_is_a_problem()
    {
        var credit = Credit(true, 100m, Line("200", 100m)) with { CurrencyCode = "USD", CurrencyRate = new FxRate(0.5m), Date = Day.AddYears(-2) };

        Assert.Null(Post(credit with { Allocations = [new CreditUse(null, Id("1"), Day.AddYears(-2), 40m)] }).Problem);
        Assert.Equal("settled-document-unknown", Post(credit with { Allocations = [new CreditUse(null, Id("1"), Day, 40m)] }).Problem!.Code);
    }

    [Fact]
    public void A_long_reference_is_not_cut_inside_a_character()
    {
        var row = TransactionRules.Row(Sale(1m, Line("200", 1m)) with { Reference = new string('x', 254) + "😀" }, Guid.NewGuid(), Chart, "NZD")!;

        Assert.Equal(new string('x', 254), row.Reference);
    }

    private static PostedDocument Post(SourceDocument document, params SourceDocument[] others) =>
        new DocumentPosting(new TenantId(Guid.NewGuid()), Chart, "NZD", Day.AddYears(-1)).Post(
            new DirtyDocument(document.Kind, document.XeroId, false, Result<SourceDocument>.Of(document), null, null), new References(others, new Dictionary<Guid, DateOnly>()));
}
