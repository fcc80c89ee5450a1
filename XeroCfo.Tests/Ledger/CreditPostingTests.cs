using XeroCfo.Domain.Ledger;
using static XeroCfo.Tests.Ledger.SampleDocuments;
using static XeroCfo.Tests.Ledger.UsualChart;

namespace XeroCfo.Tests.Ledger;

/// <summary>Credit notes, over- and prepayments, what became of them, and everything in two currencies: a document in, its posting out.</summary>
public sealed class CreditPostingTests
{
    private static readonly DateOnly Later = Day.AddDays(20);

    private static readonly Invoice UsdSale = Sale(100m, Line("200", 100m)) with { CurrencyCode = "USD", CurrencyRate = new FxRate(0.5m) };

    private static readonly Prepayment Deposit = new()
    {
        XeroId = Id("7"),
        Date = Day,
        Status = "AUTHORISED",
        CurrencyCode = "NZD",
        Total = 100m,
        IsSale = true,
        Lines = [Line("200", 60.87m, 9.13m), Line("429", 26.09m, 3.91m)],
    };

    private static readonly Dictionary<string, (SourceDocument Document, SourceDocument[] Others, string Posting)> Table = new()
    {
        ["a credit note to a customer"] = (Credit(true, 115m, Line("200", 100m, 15m)), [], "610 -115.00, 200 100.00, 820 15.00"),
        ["a supplier's credit note"] = (Credit(false, 115m, Line("300", 100m, 15m)), [], "800 115.00, 300 -100.00, 820 -15.00"),
        ["a credit note with a cent of rounding"] = (Credit(true, 115.01m, Line("200", 100m, 15m)), [], "610 -115.01, 200 100.00, 820 15.00, 860 0.01"),
        ["a credit note without its lines"] = (Credit(true, 115m), [], "lines-missing"),
        ["a credit note set against an invoice moves nothing more in base currency"] =
            (Credit(true, 115m, Line("200", 100m, 15m)) with { Allocations = [new CreditUse(null, Id("1"), Later, 50m)] }, [], "610 -115.00, 200 100.00, 820 15.00"),
        ["a foreign credit note set against an invoice at another rate realises the difference"] =
            (UsdCredit(0.4m) with { Allocations = [new CreditUse(null, Id("1"), Later, 40m)] }, [UsdSale], "610 -250.00, 200 250.00, 610 20.00, 499 -20.00"),
        ["a foreign supplier's credit set against a bill at another rate"] =
            (UsdCredit(0.4m) with { IsSale = false, Allocations = [new CreditUse(null, Id("1"), Later, 40m)] }, [UsdSale with { IsSale = false }], "800 250.00, 200 -250.00, 800 -20.00, 499 20.00"),
        ["a foreign credit note set against an invoice that is not known"] =
            (UsdCredit(0.4m) with { Allocations = [new CreditUse(null, Id("1"), Later, 40m)] }, [], "settled-document-unknown"),
        ["an overpayment by itself: its money is posted from the bank transaction"] =
            (new Overpayment { XeroId = Id("7"), Date = Day, Status = "AUTHORISED", IsSale = true, Total = 40m }, [], ""),
        ["a foreign overpayment set against an invoice at another rate"] = (
            new Overpayment
            {
                XeroId = Id("7"), Date = Day, Status = "PAID", IsSale = true, Total = 40m, CurrencyCode = "USD", CurrencyRate = new FxRate(0.8m),
                Allocations = [new CreditUse(null, Id("1"), Later, 40m)],
            },
            [UsdSale], "610 -30.00, 499 30.00"),
        ["a foreign sale: each amount rounds by itself and the largest takes the odd cent"] = (
            Sale(100m, Line("200", 33.33m), Line("200", 33.33m), Line("429", 33.34m)) with { CurrencyCode = "USD", CurrencyRate = new FxRate(0.6125m) },
            [], "610 163.27, 200 -54.42, 200 -54.42, 429 -54.43"),
        ["a foreign sale of tiny lines leaves the odd cents on the largest"] = (
            Sale(0.12m, Line("200", 0.03m), Line("200", 0.03m), Line("200", 0.03m), Line("429", 0.03m)) with { CurrencyCode = "USD", CurrencyRate = new FxRate(0.7m) },
            [], "610 0.17, 200 -0.05, 200 -0.04, 200 -0.04, 429 -0.04"),
        ["a foreign bill with tax and rounding"] = (
            Bill(115.01m, Line("300", 100m, 15m)) with { CurrencyCode = "USD", CurrencyRate = new FxRate(0.5m) }, [], "800 -230.02, 300 200.00, 820 30.00, 860 0.02"),
        ["a payment at the invoice's rate"] = (UsdPay("ACCRECPAYMENT", 100m, 0.5m), [UsdSale], "092 200.00, 610 -200.00"),
        ["a payment at another rate: a loss is a debit"] = (UsdPay("ACCRECPAYMENT", 100m, 0.8m), [UsdSale], "092 125.00, 610 -200.00, 499 75.00"),
        ["a payment at another rate: a gain is a credit"] = (UsdPay("ACCRECPAYMENT", 100m, 0.4m), [UsdSale], "092 250.00, 610 -200.00, 499 -50.00"),
        ["a bill paid at another rate"] = (UsdPay("ACCPAYPAYMENT", 100m, 0.4m), [UsdSale with { IsSale = false }], "092 -250.00, 800 200.00, 499 50.00"),
        ["a foreign invoice paid into a base-currency account takes what came in"] =
            (UsdPay("ACCRECPAYMENT", 100m, 0.4m) with { BankAccountId = Id("090"), BankAmount = 249.99m }, [UsdSale], "090 249.99, 610 -200.00, 499 -49.99"),
        ["a base-currency bill paid from a foreign account"] =
            (Pay("ACCPAYPAYMENT", 60m) with { BankAccountId = Id("092"), BankAmount = 36m, CurrencyRate = new FxRate(0.6m) }, [], "092 -60.00, 800 60.00"),
        ["a foreign credit note paid out at another rate"] = (UsdPay("ARCREDITPAYMENT", 40m, 0.5m) with { SettledXeroId = Id("6") }, [UsdCredit(0.4m)], "092 -80.00, 610 100.00, 499 -20.00"),
        ["a prepayment by itself"] = (Deposit, [], ""),
        ["a prepayment set against an invoice in part takes its lines back in proportion"] =
            (Deposit with { Allocations = [new CreditUse(null, Id("1"), Later, 50m)] }, [], "610 -50.00, 200 30.43, 429 13.05, 820 6.52"),
        ["the part that uses a prepayment up takes what is left of each line"] = (
            Deposit with { Allocations = [new CreditUse(null, Id("1"), Later, 33.33m), new CreditUse(null, Id("1"), Later.AddDays(1), 66.67m)] },
            [], "610 -33.33, 200 20.28, 429 8.70, 820 4.35, 610 -66.67, 200 40.59, 429 17.39, 820 8.69"),
        ["a supplier's prepayment set against a bill"] =
            (Deposit with { IsSale = false, Allocations = [new CreditUse(null, Id("1"), Later, 100m)] }, [], "800 100.00, 200 -60.87, 429 -26.09, 820 -13.04"),
        ["a prepayment without its lines"] = (Deposit with { Lines = [], Allocations = [new CreditUse(null, Id("1"), Later, 100m)] }, [], "lines-missing"),
        ["a prepayment paid back"] = (
            Pay("ARPREPAYMENTPAYMENT", 50m) with { SettledXeroId = Id("7") }, [Deposit with { Refunds = [new CreditUse(Id("3"), null, Day, 50m)] }],
            "090 -50.00, 200 30.43, 429 13.05, 820 6.52"),
        ["a prepayment paid back that its record does not tell of yet"] =
            (Pay("ARPREPAYMENTPAYMENT", 50m) with { SettledXeroId = Id("7") }, [Deposit], "090 -50.00, 200 30.43, 429 13.05, 820 6.52"),
        ["a supplier pays a prepayment back after a part was used"] = (
            Pay("APPREPAYMENTPAYMENT", 50m) with { SettledXeroId = Id("7"), Date = Later.AddDays(1) },
            [Deposit with { IsSale = false, Allocations = [new CreditUse(null, Id("1"), Later, 50m)], Refunds = [new CreditUse(Id("3"), null, Later.AddDays(1), 50m)] }],
            "090 50.00, 200 -30.44, 429 -13.04, 820 -6.52"),
        ["a prepayment paid back that is not known"] = (Pay("ARPREPAYMENTPAYMENT", 50m), [], "settled-document-unknown"),
        ["a foreign prepayment set against an invoice at another rate"] = (
            new Prepayment
            {
                XeroId = Id("7"), Date = Day, Status = "PAID", IsSale = true, Total = 40m, CurrencyCode = "USD", CurrencyRate = new FxRate(0.8m),
                Lines = [Line("200", 40m)], Allocations = [new CreditUse(null, Id("1"), Later, 40m)],
            },
            [UsdSale], "610 -80.00, 200 50.00, 499 30.00"),
        ["a transfer between two foreign accounts at the amounts and rates of its bank transactions"] = (
            Transfer(30m) with { FromAccountId = Id("092"), ToAccountId = Id("093"), FromTransactionId = Id("21"), ToTransactionId = Id("22") },
            [Leg("21", "SPEND-TRANSFER", 30m, 0.6m, "USD"), Leg("22", "RECEIVE-TRANSFER", 45m, 0.9125m, "AUD")], "092 -50.00, 093 49.32, 499 0.68"),
        ["a batch of payments"] = (new BatchPayment { XeroId = Id("8"), Date = Day, Status = "AUTHORISED", Total = 100m }, [], ""),
        ["a repeating bill"] = (new RepeatingInvoice { XeroId = Id("8"), Date = Day, Status = "AUTHORISED", Total = 100m, IsSale = false, Lines = [Line("429", 100m)] }, [], ""),
    };

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Posts(string name)
    {
        var (document, others, posting) = Table[name];

        Assert.Equal(posting, Text(PostingRules.Post(document, Chart, "NZD", Known(others))));
    }

    [Fact]
    public void What_became_of_a_credit_stands_under_the_latest_of_the_three_days()
    {
        var credit = Deposit with { Allocations = [new CreditUse(null, Id("1"), Day.AddDays(2), 50m)] };

        var early = PostingRules.Post(credit, Chart, "NZD", Known([])).Value.Lines;
        var late = PostingRules.Post(credit, Chart, "NZD", Known([Sale(50m, Line("200", 50m)) with { Date = Later }])).Value.Lines;

        Assert.All(early, line => Assert.Equal(Day.AddDays(2), line.Date));
        Assert.All(late, line => Assert.Equal(Later, line.Date));
    }

    [Fact]
    public void Lines_keep_the_amount_in_their_own_currency()
    {
        var sale = PostingRules.Post(UsdSale, Chart, "NZD").Value.Lines;
        var paid = PostingRules.Post(UsdPay("ACCRECPAYMENT", 100m, 0.8m) with { BankAccountId = Id("090"), BankAmount = 125m }, Chart, "NZD", Known([UsdSale])).Value.Lines;
        var bill = PostingRules.Post(Pay("ACCPAYPAYMENT", 60m) with { BankAccountId = Id("092"), BankAmount = 36m }, Chart, "NZD").Value.Lines;

        Assert.Equal([new ForeignAmount(100m, "USD"), new ForeignAmount(-100m, "USD")], sale.Select(line => line.Foreign));
        Assert.Equal([null, new ForeignAmount(-100m, "USD"), null], paid.Select(line => line.Foreign));
        Assert.Equal([new ForeignAmount(-36m, "USD"), null], bill.Select(line => line.Foreign));
    }

    private static References Known(SourceDocument[] documents) => new(documents, new Dictionary<Guid, DateOnly>());

    private static CreditNote UsdCredit(decimal rate) => Credit(true, 100m, Line("200", 100m)) with { CurrencyCode = "USD", CurrencyRate = new FxRate(rate) };

    private static Payment UsdPay(string type, decimal amount, decimal rate) => Pay(type, amount) with { CurrencyCode = "USD", CurrencyRate = new FxRate(rate), BankAccountId = Id("092") };

    private static BankTransaction Leg(string id, string type, decimal total, decimal rate, string currency) =>
        Bank(type, total) with { XeroId = Id(id), CurrencyCode = currency, CurrencyRate = new FxRate(rate) };
}
