using System.Globalization;
using System.Text.Json.Nodes;
using XeroCfo.Data.Xero.Demo;

namespace XeroCfo.Tests.Xero.Demo;

/// <summary>Each story is found from the documents on the wire alone, for anchors at awkward ends of months and years.</summary>
public sealed class DemoStoriesTests
{
    public static TheoryData<int, int, int> Anchors { get; } = new() { { 2026, 11, 20 }, { 2028, 2, 29 }, { 2027, 1, 1 }, { 2027, 3, 31 } };

    [Theory]
    [MemberData(nameof(Anchors))]
    public void The_slow_payer_the_leaver_and_the_failed_customer_are_in_the_invoices(int year, int month, int day)
    {
        var anchor = new DateOnly(year, month, day);
        var sales = Read(anchor, "Invoices").Where(invoice => Text(invoice, "Type") == "ACCREC").ToList();

        var harbour = Of(sales, DemoContacts.Harbour);
        var lateThen = Average(harbour.Where(invoice => Age(anchor, invoice) is >= 14 and <= 25));
        var lateNow = Average(harbour.Where(invoice => Age(anchor, invoice) is 4));
        var lantern = Of(sales, DemoContacts.Lantern);
        var northbound = Of(sales, DemoContacts.Northbound);
        var failed = Of(sales, DemoContacts.BeanThere).OrderBy(invoice => Text(invoice, "DateString"), StringComparer.Ordinal).Last();

        Assert.Equal(3, lateThen, 3);
        Assert.Equal(33, lateNow, 3);
        Assert.Equal(18_900.00m, (decimal)harbour.Single(invoice => Age(anchor, invoice) == 5 && Text(invoice, "Status") == "AUTHORISED")["AmountDue"]!);
        Assert.Equal(0m, (decimal)harbour.Single(invoice => (decimal)invoice["TotalTax"]! == 0m)["TotalTax"]!);
        Assert.Equal(5, lantern.Min(invoice => Age(anchor, invoice)));
        Assert.Equal(6, northbound.Max(invoice => Age(anchor, invoice)));
        Assert.Equal((4_312.50m, 6), ((decimal)failed["AmountDue"]!, Age(anchor, failed)));
    }

    [Theory]
    [MemberData(nameof(Anchors))]
    public void Doubles_the_odd_supplier_the_missing_bill_and_the_price_rise_are_in_the_bills(int year, int month, int day)
    {
        var anchor = new DateOnly(year, month, day);
        var bills = Read(anchor, "Invoices").Where(invoice => Text(invoice, "Type") == "ACCPAY").ToList();

        var doubles = bills.Where(bill => Text(bill, "InvoiceNumber").Replace("-", "", StringComparison.Ordinal) == "SP20418").ToList();
        var odd = Assert.Single(bills, bill => Text(bill["Contact"]!, "Name") == DemoContacts.PinnacleFitOut);
        var powerAges = Of(bills, DemoContacts.Power).Where(bill => Age(anchor, bill) is > 0 and < 26).Select(bill => Age(anchor, bill)).Order();
        var price = Of(bills, DemoContacts.Cordillera).GroupBy(bill => Age(anchor, bill)).ToDictionary(age => age.Key, age => (decimal)age.First()["LineItems"]![0]!["UnitAmount"]!);

        Assert.All(doubles, bill => Assert.Equal((7_475.00m, "AUTHORISED"), ((decimal)bill["AmountDue"]!, Text(bill, "Status"))));
        Assert.Equal(2, doubles.Count);
        Assert.Equal((18_400.00m, DayOfWeek.Sunday, "429"), ((decimal)odd["Total"]!, Date(odd).DayOfWeek, Text(odd["LineItems"]![0]!, "AccountCode")));
        Assert.Equal(Enumerable.Range(2, 24), powerAges);
        Assert.Equal(anchor.AddDays(24), WireFormat.ReadDate(Text(Of(bills, DemoContacts.RoasterMaker).Single(), "DueDate")));
        Assert.InRange(price[5] / price[6], 1.14m, 1.16m);
    }

    [Theory]
    [MemberData(nameof(Anchors))]
    public void Charges_made_twice_wrong_gst_and_the_winery_are_in_the_bank(int year, int month, int day)
    {
        var anchor = new DateOnly(year, month, day);
        var spends = Read(anchor, "BankTransactions").Where(transaction => Text(transaction, "Type") == "SPEND").ToList();

        var brightdesk = Of(spends, DemoContacts.Brightdesk).Where(spend => Text(spend["LineItems"]![0]!, "AccountCode") == "463").GroupBy(spend => Age(anchor, spend)).ToDictionary(age => age.Key, age => age.Count());
        var overseas = spends.Where(spend => Text(spend, "Reference") == "Overseas subscription" && (decimal)spend["TotalTax"]! != 0m).ToList();
        var winery = Assert.Single(Of(spends, DemoContacts.Winery));

        Assert.Equal((1, 2, 2), (brightdesk[3], brightdesk[2], brightdesk[1]));
        Assert.Equal((6, 61.40m, 214.00m), (overseas.Count, overseas.Min(spend => (decimal)spend["Total"]!), overseas.Max(spend => (decimal)spend["Total"]!)));
        Assert.Equal((148.00m, DayOfWeek.Saturday), ((decimal)winery["Total"]!, Date(winery).DayOfWeek));
        Assert.Contains(Read(anchor, "ManualJournals"), journal => Text(journal, "Narration").Contains("Bonus", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Anchors))]
    public void Forty_six_purchases_wait_and_history_knows_most_of_their_texts(int year, int month, int day)
    {
        var anchor = new DateOnly(year, month, day);
        var spends = Read(anchor, "BankTransactions").Where(spend => Text(spend, "Type") == "SPEND").ToList();

        var waiting = spends.Where(spend => Text(spend["LineItems"]![0]!, "AccountCode") == "850").ToList();
        var history = spends.Except(waiting).Where(spend => Date(spend) < anchor.AddDays(-21)).ToLookup(spend => Text(spend, "Reference"), spend => Text(spend["LineItems"]![0]!, "AccountCode"));

        Assert.Equal(46, waiting.Count);
        Assert.All(waiting, spend => Assert.True(Date(spend) >= anchor.AddDays(-21) && Date(spend) <= anchor && !(bool)spend["IsReconciled"]!));
        Assert.Equal(
            [("BRIGHTDESK.EXAMPLE", 2), ("FUELCO 1423 PETONE", 9), ("HARDWARE BARN 12", 5), ("METRO COURIER NZ 88121", 8), ("MKTPLACE AU", 6), ("PARKWELL WGTN", 6), ("SQ *THE CORNER", 7)],
            waiting.GroupBy(spend => Text(spend, "Reference")).Where(text => text.Count() > 1).Select(text => (text.Key, text.Count())).Order());
        Assert.Equal((60, 58), Agreement(history["FUELCO 1423 PETONE"], "449"));
        Assert.Equal((41, 41), Agreement(history["METRO COURIER NZ 88121"], "425"));
        Assert.Equal((22, 22), Agreement(history["PARKWELL WGTN"], "449"));
        Assert.Equal((26, 26), Agreement(history["BRIGHTDESK.EXAMPLE"], "463"));
        Assert.Equal((27, 19), Agreement(history["SQ *THE CORNER"], "420"));
        Assert.Equal(8, Agreement(history["SQ *THE CORNER"], "429").Usual);
        Assert.Equal(["429", "453", "463"], history["MKTPLACE AU"].Distinct().Order());
        Assert.Equal(["473"], history["HARDWARE BARN 12"].Distinct());
        Assert.Equal(3, waiting.Count(spend => !history.Contains(Text(spend, "Reference"))));
    }

    [Theory]
    [MemberData(nameof(Anchors))]
    public void Money_comes_in_odd_shapes(int year, int month, int day)
    {
        var anchor = new DateOnly(year, month, day);
        var (invoices, credits, payments) = (Read(anchor, "Invoices"), Read(anchor, "CreditNotes"), Read(anchor, "Payments"));

        var early = Assert.Single(invoices, invoice => invoice["Payments"]!.AsArray().Any(payment => WireFormat.ReadDate(Text(payment!, "Date")) == Date(invoice).AddDays(-3)));

        Assert.Equal(1_782.50m, (decimal)Assert.Single(Read(anchor, "Overpayments"))["RemainingCredit"]!);
        Assert.Equal(3_450.00m, (decimal)Assert.Single(Read(anchor, "Prepayments"))["RemainingCredit"]!);
        Assert.NotEqual(Date(early).Month, Date(early).AddDays(-3).Month);
        Assert.Equal(480.12m, (decimal)Assert.Single(credits, credit => (decimal)credit["Total"]! == 960.25m)["RemainingCredit"]!);
        Assert.Equal(4_430.00m, (decimal)Assert.Single(invoices, invoice => (decimal)invoice["Total"]! == 9_430.00m && (decimal)invoice["AmountPaid"]! == 5_000m)["AmountDue"]!);
        Assert.Single(payments, payment => Text(payment, "PaymentType") == "ARCREDITPAYMENT");
        Assert.Equal(412.00m, (decimal)Assert.Single(credits, credit => Text(credit, "Type") == "ACCPAYCREDIT")["RemainingCredit"]!);
        Assert.Single(invoices, invoice => (decimal)invoice["Total"]! == (decimal)invoice["SubTotal"]! + (decimal)invoice["TotalTax"]! + 0.01m);
        Assert.Single(invoices, invoice => (decimal)invoice["Total"]! == 0m);
        Assert.Single(Read(anchor, "BankTransactions"), spend => Text(spend, "Type") == "SPEND" && (decimal)spend["Total"]! < 0m);
    }

    private static (int All, int Usual) Agreement(IEnumerable<string> accounts, string usual) => (accounts.Count(), accounts.Count(account => account == usual));

    private static List<JsonNode> Read(DateOnly anchor, string endpoint) =>
        [.. SharedDemo.At(anchor).Organisation.Texts(endpoint).Select(text => JsonNode.Parse(text)!).Where(document => Text(document, "Status") is "AUTHORISED" or "PAID" or "POSTED")];

    private static List<JsonNode> Of(IEnumerable<JsonNode> documents, string contact) => [.. documents.Where(document => Text(document["Contact"]!, "Name") == contact)];

    private static double Average(IEnumerable<JsonNode> invoices) => invoices.Where(invoice => Text(invoice, "Status") == "PAID")
        .Average(invoice => Day(invoice, "FullyPaidOnDate") - Day(invoice, "DueDate"));

    private static double Day(JsonNode document, string name) => (double)(WireFormat.ReadDate(Text(document, name))!.Value.DayNumber);

    private static int Age(DateOnly anchor, JsonNode document) => ((anchor.Year - Date(document).Year) * 12) + anchor.Month - Date(document).Month;

    private static DateOnly Date(JsonNode document) => DateOnly.ParseExact(Text(document, "DateString")[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(JsonNode document, string name) => (string)document[name]!;
}
