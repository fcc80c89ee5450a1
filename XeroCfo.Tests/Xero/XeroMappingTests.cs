using System.Text;
using XeroCfo.Data.Xero;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Tests.Xero;

/// <summary>Answers of Xero into records, records into documents.</summary>
public sealed class XeroMappingTests
{
    private static readonly DateTime Now = new(2026, 6, 30, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_page_keeps_each_record_byte_for_byte_and_passes_over_nulls()
    {
        var body = Fixture.Read("invoices");

        var page = XeroPages.Read(body, XeroEndpoint.Of(DocumentKind.Invoice), 1, 1000, Now)!;

        Assert.Equal((3, 0, true, 3), (page.Records.Count, page.Unreadable.Count, page.IsLast, page.ItemCount));
        Assert.All(page.Records, record => Assert.Contains(record.Raw, Encoding.UTF8.GetString(body), StringComparison.Ordinal));
        Assert.Equal(new DateOnly(2026, 6, 10), page.Records[0].Date);
        Assert.Equal(DateTime.UnixEpoch.AddMilliseconds(1_781_053_200_123), page.Records[0].UpdatedUtc);
        Assert.Equal(64, page.Records[0].Hash.Length);
        Assert.Equal(DateTime.UnixEpoch.AddMilliseconds(1_780_000_000_000), page.ServerTime);
    }

    [Theory]
    [InlineData("{\"Invoices\":[{},null,{}]}", 3, true, false)]
    [InlineData("{\"Invoices\":[null,null]}", 2, false, false)]
    [InlineData("{\"pagination\":{\"page\":1,\"pageCount\":2},\"Invoices\":[]}", 2, false, false)]
    [InlineData("{\"pagination\":{\"page\":1,\"pageCount\":1},\"Invoices\":[null,null]}", 2, true, false)]
    [InlineData("{\"invoices\":[]}", 2, true, false)]
    [InlineData("{\"Status\":\"OK\"}", 2, true, true)]
    [InlineData("{\"Invoices\":null}", 2, true, true)]
    [InlineData("[]", 2, true, true)]
    [InlineData("null", 2, true, true)]
    [InlineData("\"text\"", 2, true, true)]
    [InlineData("<html/>", 2, true, true)]
    [InlineData("", 2, true, true)]
    public void A_page_is_the_last_by_count_or_when_it_is_short_and_no_list_is_no_page(string body, int pageSize, bool last, bool none)
    {
        var page = XeroPages.Read(Encoding.UTF8.GetBytes(body), XeroEndpoint.Of(DocumentKind.Invoice), 1, body.Contains("{},null,{}", StringComparison.Ordinal) ? 4 : pageSize, Now);

        Assert.Equal(none, page is null);
        Assert.True(page is null || page.IsLast == last);
    }

    [Fact]
    public void An_invoice_with_everything()
    {
        var invoice = (Invoice)Documents("invoices", DocumentKind.Invoice)[0];

        Assert.Equal((true, "KAFFEE-7", "Order 12", "Café Tūī"), (invoice.IsSale, invoice.Number, invoice.Reference, invoice.ContactName));
        Assert.Equal((new DateOnly(2026, 6, 10), new DateOnly(2026, 7, 10), "AUTHORISED"), (invoice.Date, invoice.DueDate, invoice.Status));
        Assert.Equal((115m, 15m, "NZD"), (invoice.Total, invoice.AmountDue, invoice.CurrencyCode));
        var line = Assert.Single(invoice.Lines);
        Assert.Equal(("Beans", "200", 100m, 15m, 8m, 12.5m), (line.Description, line.AccountCode, line.Net, line.Tax, line.Quantity, line.UnitPrice));
        Assert.Equal(Guid.Parse("e1000000-0000-4000-8000-000000000002"), line.TrackingOption1);
        Assert.Null(line.TrackingOption2);
    }

    [Fact]
    public void Tax_is_taken_off_inclusive_lines_only_and_texts_are_numbers()
    {
        var bill = (Invoice)Documents("invoices", DocumentKind.Invoice)[1];

        Assert.Equal((false, new DateOnly(1969, 12, 31), 115m, "PAID"), (bill.IsSale, bill.Date, bill.Total, bill.Status));
        Assert.Equal((100m, 15m), (bill.Lines[0].Net, bill.Lines[0].Tax));
    }

    [Fact]
    public void A_rate_is_kept_to_its_last_digit_and_an_offset_moves_the_day()
    {
        var draft = Documents("invoices", DocumentKind.Invoice)[2];

        Assert.Equal((new FxRate(0.6123456789m), "USD", new DateOnly(2026, 6, 10)), (draft.CurrencyRate, draft.CurrencyCode, draft.Date));
    }

    [Fact]
    public void Bank_transactions_payments_transfers_and_journals()
    {
        var spend = (BankTransaction)Documents("bank-transactions", DocumentKind.BankTransaction)[0];
        var half = (BankTransaction)Documents("bank-transactions", DocumentKind.BankTransaction)[1];
        var payment = (Payment)Documents("payments", DocumentKind.Payment).Single();
        var transfer = (BankTransfer)Documents("bank-transfers", DocumentKind.BankTransfer).Single();
        var journal = (ManualJournal)Documents("manual-journals", DocumentKind.ManualJournal).Single();

        Assert.Equal(("SPEND", true, 20m, 3m, null), (spend.XeroType, spend.IsReconciled, spend.Lines[0].Net, spend.Lines[0].Tax, spend.BankAccountCode));
        Assert.True(PostingRules.IsHalfOfTransfer(half));
        Assert.Equal(("ACCRECPAYMENT", 60m, "KAFFEE-7", "NZD", "Somebody"), (payment.PaymentType, payment.Total, payment.Number, payment.CurrencyCode, payment.ContactName));
        Assert.Equal(Guid.Parse("a1000000-0000-4000-8000-000000000001"), payment.SettledXeroId);
        Assert.Equal((new DateOnly(2026, 6, 12), 25m, "AUTHORISED", false), (transfer.Date, transfer.Total, transfer.Status, transfer.IsReconciled));
        Assert.Equal(("Stock count", 7m, -7m, "Shrinkage"), (journal.Narration, journal.Lines[0].Net, journal.Lines[1].Net, journal.Lines[1].Description));
    }

    [Theory]
    [InlineData(DocumentKind.Invoice, """{"InvoiceID":"a1000000-0000-4000-8000-000000000001","Date":"2026-06-10","Status":"DRAFT","Total":1}""", "type")]
    [InlineData(DocumentKind.Invoice, """{"Type":"ACCREC","Date":"2026-06-10","Status":"DRAFT","Total":1}""", "InvoiceID")]
    [InlineData(DocumentKind.Invoice, """{"Type":"ACCREC","InvoiceID":"a1000000-0000-4000-8000-000000000001","Status":"DRAFT","Total":1}""", "Date")]
    [InlineData(DocumentKind.Invoice, """{"Type":"ACCREC","InvoiceID":"a1000000-0000-4000-8000-000000000001","Date":"2026-06-10","Total":1}""", "Status")]
    [InlineData(DocumentKind.Invoice, """{"Type":"ACCREC","InvoiceID":"a1000000-0000-4000-8000-000000000001","Date":"2026-06-10","Status":"DRAFT"}""", "Total")]
    [InlineData(DocumentKind.Invoice, """{"Type":"ACCREC","InvoiceID":"a1000000-0000-4000-8000-000000000001","Date":"2026-06-10","Status":"DRAFT","Total":1e20}""", "Total")]
    [InlineData(DocumentKind.Invoice, """{"Type":"ACCREC","InvoiceID":"a1000000-0000-4000-8000-000000000001","Date":"2026-06-10","Status":"DRAFT","Total":1,"CurrencyCode":"DOLLARS"}""", "CurrencyCode")]
    [InlineData(DocumentKind.BankTransaction, """{"Type":"BARTER","BankTransactionID":"a1000000-0000-4000-8000-000000000001","Date":"2026-06-10","Status":"AUTHORISED","Total":1}""", "BARTER")]
    [InlineData(DocumentKind.Payment, """{"PaymentID":"a1000000-0000-4000-8000-000000000001","Date":"2026-06-10","Status":"AUTHORISED"}""", "Amount")]
    [InlineData(DocumentKind.BankTransfer, """{"BankTransferID":"a1000000-0000-4000-8000-000000000001","Date":"2026-06-10"}""", "Amount")]
    [InlineData(DocumentKind.ManualJournal, """{"ManualJournalID":"a1000000-0000-4000-8000-000000000001","Status":"POSTED","Date":"never"}""", "Date")]
    [InlineData(DocumentKind.ManualJournal, "[]", "")]
    [InlineData(DocumentKind.ManualJournal, "null", "")]
    [InlineData(DocumentKind.ManualJournal, "", "")]
    public void A_record_that_cannot_be_read_says_where(DocumentKind kind, string raw, string where)
    {
        var problem = XeroMapping.Read(kind, raw).Problem!;

        Assert.Equal("record-unreadable", problem.Code);
        Assert.Contains(where, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trial_balance_is_read_by_account_and_year_to_date()
    {
        var balance = XeroReports.TrialBalance(Fixture.Read("trial-balance"), new DateOnly(2026, 6, 30), Now).Value;

        Assert.Equal((new DateOnly(2026, 6, 30), Now), (balance.Date, balance.ReadAt));
        Assert.Equal([-1_205.25m, -94.75m, 1_300m], balance.Balances.Values.Order());
        Assert.Equal(-1_205.25m, balance.Balances[Guid.Parse("d1000000-0000-4000-8000-000000000200")]);
    }

    [Theory]
    [InlineData("1,300.00", "1,300.01", "debits and credits")]
    [InlineData("1205.25", "a lot", "Sales (200)")]
    [InlineData("\"account\"", "\"fromDate\"", "Sales (200)")]
    [InlineData("YTD Debit", "Balance", "columns")]
    [InlineData("Reports", "Report", "no report")]
    [InlineData("{", "", "no JSON")]
    public void A_trial_balance_that_is_not_whole_is_refused(string text, string instead, string why)
    {
        var body = Encoding.UTF8.GetString(Fixture.Read("trial-balance")).Replace(text, instead, StringComparison.Ordinal);

        var problem = XeroReports.TrialBalance(Encoding.UTF8.GetBytes(body), new DateOnly(2026, 6, 30), Now).Problem!;

        Assert.Equal("xero-unavailable", problem.Code);
        Assert.Contains(why, problem.Message, StringComparison.Ordinal);
    }

    private static List<SourceDocument> Documents(string fixture, DocumentKind kind) =>
        [.. XeroPages.Read(Fixture.Read(fixture), XeroEndpoint.Of(kind), 1, 1000, Now)!.Records.Select(record => XeroMapping.Read(kind, record.Raw).Value)];
}
