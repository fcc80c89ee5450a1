using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Xero;
using static XeroCfo.Tests.Ledger.SampleDocuments;
using static XeroCfo.Tests.Ledger.UsualChart;

namespace XeroCfo.Tests.Ledger;

/// <summary>A document in, its whole posting out: debit +, credit −, and what is refused.</summary>
public sealed class PostingRulesTests
{
    private static readonly Dictionary<string, (SourceDocument Document, string Posting)> Table = new()
    {
        ["a sale"] = (Sale(115m, Line("200", 100m, 15m)), "610 115.00, 200 -100.00, 820 -15.00"),
        ["a sale of two lines has one line of tax"] = (Sale(172.50m, Line("200", 100m, 15m), Line("429", 50m, 7.50m)), "610 172.50, 200 -100.00, 429 -50.00, 820 -22.50"),
        ["a sale without tax"] = (Sale(100m, Line("200", 100m)), "610 100.00, 200 -100.00"),
        ["a paid sale"] = (Sale(100m, Line("200", 100m)) with { Status = "PAID" }, "610 100.00, 200 -100.00"),
        ["a negative sale"] = (Sale(-115m, Line("200", -100m, -15m)), "610 -115.00, 200 100.00, 820 15.00"),
        ["a sale of 0.00"] = (Sale(0m, Line("200", 100m), Line("200", -100m)), "200 -100.00, 200 100.00"),
        ["a sale with nothing on it"] = (Sale(0m), ""),
        ["a sale whose total has a cent more than its lines"] = (Sale(115.01m, Line("200", 100m, 15m)), "610 115.01, 200 -100.00, 820 -15.00, 860 -0.01"),
        ["a sale whose total has a cent less than its lines"] = (Sale(114.99m, Line("200", 100m, 15m)), "610 114.99, 200 -100.00, 820 -15.00, 860 0.01"),
        ["a line with a discount that outweighs it"] = (Sale(90m, Line("200", 100m), Line("300", -10m)), "610 90.00, 200 -100.00, 300 10.00"),
        ["a bill"] = (Bill(115m, Line("300", 100m, 15m)), "800 -115.00, 300 100.00, 820 15.00"),
        ["a bill with rounding"] = (Bill(115.02m, Line("300", 100m, 15m)), "800 -115.02, 300 100.00, 820 15.00, 860 0.02"),
        ["a negative bill"] = (Bill(-100m, Line("300", -100m)), "800 100.00, 300 -100.00"),
        ["tax that is stated against the rate of none"] = (Bill(103m, Line("300", 100m, 3m) with { TaxType = "NONE" }), "800 -103.00, 300 100.00, 820 3.00"),
        ["money spent"] = (Bank("SPEND", 11.50m, Line("429", 10m, 1.50m)), "090 -11.50, 429 10.00, 820 1.50"),
        ["money received"] = (Bank("RECEIVE", 11.50m, Line("200", 10m, 1.50m)), "090 11.50, 200 -10.00, 820 -1.50"),
        ["negative money spent is money back"] = (Bank("SPEND", -11.50m, Line("429", -10m, -1.50m)), "090 11.50, 429 -10.00, 820 -1.50"),
        ["negative money received"] = (Bank("RECEIVE", -10m, Line("200", -10m)), "090 -10.00, 200 10.00"),
        ["money spent with rounding"] = (Bank("SPEND", 10.01m, Line("429", 10m)), "090 -10.01, 429 10.00, 860 0.01"),
        ["a customer's overpayment is owed to the customer"] = (Bank("RECEIVE-OVERPAYMENT", 40m, Line("610", 40m)), "090 40.00, 610 -40.00"),
        ["an overpayment to a supplier"] = (Bank("SPEND-OVERPAYMENT", 40m, Line("800", 40m)), "090 -40.00, 800 40.00"),
        ["a prepayment stands on its lines"] = (Bank("RECEIVE-PREPAYMENT", 11.50m, Line("200", 10m, 1.50m)), "090 11.50, 200 -10.00, 820 -1.50"),
        ["a customer pays"] = (Pay("ACCRECPAYMENT", 60m), "090 60.00, 610 -60.00"),
        ["a bill is paid"] = (Pay("ACCPAYPAYMENT", 60m), "090 -60.00, 800 60.00"),
        ["a customer's credit is paid out"] = (Pay("ARCREDITPAYMENT", 60m), "090 -60.00, 610 60.00"),
        ["a supplier pays a credit back"] = (Pay("APCREDITPAYMENT", 60m), "090 60.00, 800 -60.00"),
        ["a customer's overpayment is paid out"] = (Pay("AROVERPAYMENTPAYMENT", 60m), "090 -60.00, 610 60.00"),
        ["a supplier pays an overpayment back"] = (Pay("APOVERPAYMENTPAYMENT", 60m), "090 60.00, 800 -60.00"),
        ["a payment without a type follows the sale it settles"] = (Pay("", 60m) with { SettledType = "ACCREC" }, "090 60.00, 610 -60.00"),
        ["a payment without a type follows the bill it settles"] = (Pay("", 60m) with { SettledType = "ACCPAY" }, "090 -60.00, 800 60.00"),
        ["a payment without a type follows the customer's credit"] = (Pay("", 60m) with { SettledType = "ACCRECCREDIT" }, "090 -60.00, 610 60.00"),
        ["a payment without a type follows the supplier's credit"] = (Pay("", 60m) with { SettledType = "ACCPAYCREDIT" }, "090 60.00, 800 -60.00"),
        ["a payment of an unknown type"] = (Pay("SOMETHINGNEW", 60m), "payment-type-unknown"),
        ["a transfer"] = (Transfer(25m), "090 -25.00, 091 25.00"),
        ["a transfer to an account in another currency"] = (Transfer(25m) with { ToAccountId = Id("092"), CurrencyRate = new FxRate(0.6m) }, "090 -25.00, 092 25.00"),
        ["a transfer from an account in another currency"] = (Transfer(30m) with { FromAccountId = Id("092"), ToAccountId = Id("090"), CurrencyRate = new FxRate(0.6m) }, "092 -50.00, 090 50.00"),
        ["a transfer between two foreign currencies without its bank transactions"] =
            (Transfer(30m) with { FromAccountId = Id("092"), ToAccountId = Id("093"), CurrencyRate = new FxRate(0.6m) }, "transfer-legs-missing"),
        ["a manual journal"] = (Journal(Line("429", 30m), Line("803", -30m)), "429 30.00, 803 -30.00"),
        ["a manual journal with tax"] = (Journal(Line("429", 100m, 15m), Line("803", -115m)), "429 100.00, 803 -115.00, 820 15.00"),
        ["a manual journal out of balance"] = (Journal(Line("429", 30m), Line("803", -29.99m)), "posting-unbalanced"),
        ["a line whose account is not in the chart"] = (Sale(100m, Line("999", 100m)), "account-unknown"),
        ["a line of 0.00 needs no account"] = (Sale(100m, Line("200", 100m), new DocumentLine()), "610 100.00, 200 -100.00"),
        ["an amount without an account"] = (Sale(100m, new DocumentLine { Net = 100m }), "account-unknown"),
        ["a bank account that is not in the chart"] = (Bank("SPEND", 10m, Line("429", 10m)) with { BankAccountId = Id("777") }, "account-unknown"),
        ["a line known by its code alone"] = (Sale(100m, new DocumentLine { AccountCode = "200", Net = 100m }), "610 100.00, 200 -100.00"),
        ["a total without any lines"] = (Sale(100m), "lines-missing"),
        ["money without any lines"] = (Bank("SPEND", 100m), "lines-missing"),
        ["a sale in another currency whose rate Xero does not say"] = (Sale(100m, Line("200", 100m)) with { CurrencyCode = "USD", CurrencyRate = FxRate.Unknown }, "rate-missing"),
        ["a payment of a document in another currency that is not known"] = (Pay("ACCRECPAYMENT", 60m) with { CurrencyCode = "USD" }, "settled-document-unknown"),
        ["money spent from an account in another currency that the record does not name"] =
            (Bank("SPEND", 10m, Line("429", 10m)) with { BankAccountId = Id("092"), CurrencyCode = null, CurrencyRate = new FxRate(0.8m) }, "092 -12.50, 429 12.50"),
        ["a sale that names no currency"] = (Sale(100m, Line("200", 100m)) with { CurrencyCode = null }, "610 100.00, 200 -100.00"),
        ["an amount too large to keep"] = (Sale(10_000_000_000_000_000m, Line("200", 10_000_000_000_000_000m)), "amount-too-large"),
        ["half of a transfer, spent"] = (Bank("SPEND-TRANSFER", 25m, Line("091", 25m)), ""),
        ["half of a transfer, received"] = (Bank("RECEIVE-TRANSFER", 25m, Line("090", 25m)), ""),
    };

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Posts(string name)
    {
        var (document, posting) = Table[name];

        Assert.Equal(posting, Text(PostingRules.Post(document, Chart, "NZD")));
    }

    [Theory]
    [InlineData("DRAFT")]
    [InlineData("SUBMITTED")]
    [InlineData("DELETED")]
    [InlineData("VOIDED")]
    [InlineData("ARCHIVED")]
    [InlineData("")]
    [InlineData("SOMETHINGNEW")]
    public void A_status_that_does_not_post_leaves_nothing_whatever_the_kind(string status)
    {
        SourceDocument[] documents =
        [
            Sale(100m, Line("200", 100m)), Bill(100m, Line("300", 100m)), Bank("SPEND", 10m, Line("429", 10m)), Pay("ACCRECPAYMENT", 60m), Transfer(25m),
            Journal(Line("429", 30m), Line("803", -30m)),
        ];

        Assert.All(documents, document => Assert.Equal("", Text(PostingRules.Post(document with { Status = status }, Chart, "NZD"))));
    }

    [Fact]
    public void Only_manual_journals_post_by_POSTED_and_they_by_nothing_else()
    {
        Assert.Equal("", Text(PostingRules.Post(Journal(Line("429", 30m), Line("803", -30m)) with { Status = "AUTHORISED" }, Chart, "NZD")));
        Assert.Equal("", Text(PostingRules.Post(Sale(100m, Line("200", 100m)) with { Status = "POSTED" }, Chart, "NZD")));
    }

    [Theory]
    [InlineData(SystemAccounts.Debtors, "a sale")]
    [InlineData(SystemAccounts.Creditors, "a bill")]
    [InlineData(SystemAccounts.SalesTax, "a sale")]
    [InlineData(SystemAccounts.SalesTax, "money spent")]
    [InlineData(SystemAccounts.Rounding, "a bill with rounding")]
    [InlineData(SystemAccounts.Debtors, "a customer pays")]
    [InlineData(SystemAccounts.Creditors, "a bill is paid")]
    [InlineData(SystemAccounts.Debtors, "a customer's overpayment is owed to the customer")]
    public void A_missing_system_account_is_a_problem_that_names_it(string systemAccount, string name)
    {
        var posting = PostingRules.Post(Table[name].Document, Without(systemAccount), "NZD");

        Assert.Equal("system-account-missing", posting.Problem!.Code);
        Assert.Contains(systemAccount, posting.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void System_accounts_that_a_document_does_not_move_may_be_missing()
    {
        var chart = new ChartOfAccounts(Chart.Accounts.Where(account => account.SystemAccount is null or SystemAccounts.Debtors));

        Assert.Equal("610 100.00, 200 -100.00", Text(PostingRules.Post(Sale(100m, Line("200", 100m)), chart, "NZD")));
    }

    [Fact]
    public void A_code_that_is_used_again_belongs_to_the_active_account()
    {
        var archived = new Account { AccountId = Guid.NewGuid(), Code = "200", Name = "Old sales", Type = "REVENUE", Class = "REVENUE", Status = "ARCHIVED" };
        var chart = new ChartOfAccounts([archived, .. Chart.Accounts]);
        var byCode = Sale(100m, new DocumentLine { AccountCode = "200", Net = 100m });
        var byId = Sale(100m, new DocumentLine { AccountId = archived.AccountId, AccountCode = "200", Net = 100m });

        Assert.Equal(Id("200"), PostingRules.Post(byCode, chart, "NZD").Value.Lines[1].AccountId);
        Assert.Equal(archived.AccountId, PostingRules.Post(byId, chart, "NZD").Value.Lines[1].AccountId);
    }

    [Fact]
    public void A_line_keeps_its_description_and_tracking()
    {
        var line = Line("200", 100m) with { Description = "Beans", TrackingOption1 = Id("1"), TrackingOption2 = Id("2") };

        var posted = PostingRules.Post(Sale(100m, line), Chart, "NZD").Value.Lines[1];

        Assert.Equal(("Beans", Id("1"), Id("2")), (posted.Description, posted.TrackingOption1, posted.TrackingOption2));
    }

    [Fact]
    public void A_kind_that_is_not_posted_yet_says_so() =>
        Assert.Equal("kind-not-supported", PostingRules.Post(new Unknown { XeroId = Id("1"), Date = Day, Status = "AUTHORISED" }, Chart, "NZD").Problem!.Code);

    private sealed record Unknown : SourceDocument
    {
        public override DocumentKind Kind => (DocumentKind)99;
    }
}
