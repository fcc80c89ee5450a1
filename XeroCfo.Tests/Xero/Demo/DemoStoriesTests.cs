using System.Globalization;
using System.Text.Json.Nodes;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Xero.Demo;

/// <summary>Each story is found from the documents on the wire alone, for anchors at awkward ends of months and years.</summary>
public sealed class DemoStoriesTests
{
    private static readonly DateOnly[] Anchors = [new(2026, 11, 20), new(2028, 2, 29), new(2027, 1, 1), new(2027, 3, 31)];
    private static readonly string[] StaffNames = ["Aroha", "Ben", "Charlotte", "Dev", "Emere", "Finn", "Grace", "Hemi", "Isla", "Jonas", "Kiri", "Lucas", "Mele"];

    /// <summary>Days late of Harbour's invoices by age in months.</summary>
    private static readonly int[] HarbourDaysLate = [47, 47, 47, 39, 33, 28, 24, 20, 17, 14, 11, 9, 6, 4, 3];

    private static readonly Dictionary<string, Action<Wire>> Stories = new()
    {
        ["1 the customer that pays ever later"] = PaysEverLater,
        ["2 the price rise"] = PriceRise,
        ["3 the rising star with a thin margin"] = RisingStar,
        ["4 the café that left"] = TheCafeThatLeft,
        ["5 paid twice each month"] = PaidTwice,
        ["6 the bill entered twice"] = EnteredTwice,
        ["7 tax ahead"] = TaxAhead,
        ["8 the bill that did not come"] = BillThatDidNotCome,
        ["9 the customer that failed"] = CustomerThatFailed,
        ["10 odd one out"] = OddOneOut,
        ["11 the past moves"] = PastMoves,
        ["12 money in odd shapes"] = OddShapes,
        ["13 wrong GST"] = WrongGst,
        ["14 waiting for a person"] = WaitingForAPerson,
        ["15 unfinished"] = Unfinished,
        ["16 somebody's pay"] = SomebodysPay,
        ["17 private taste"] = PrivateTaste,
    };

    public static TheoryData<string, int, int, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, int, int>();
            foreach (var (story, anchor) in Stories.Keys.SelectMany(_ => Anchors, (story, anchor) => (story, anchor)))
            {
                cases.Add(story, anchor.Year, anchor.Month, anchor.Day);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_story_is_told_by_the_documents(string story, int year, int month, int day) => Stories[story](new Wire(SharedDemo.At(new DateOnly(year, month, day))));

    [LongFact]
    public void Every_story_is_told_on_any_day_of_three_years() => Parallel.For(0, 3 * 365, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
    {
        var anchor = new DateOnly(2026, 1, 1).AddDays(i);
        var wire = new Wire(new DemoCompany(1, anchor));
        foreach (var (name, story) in Stories)
        {
            var broken = Record.Exception(() => story(wire));
            Assert.True(broken is null, $"{anchor:O}, {name}: {broken?.Message}");
        }

        DemoCompanyTests.DebitsEqualCreditsAndCashIsEnough(wire.Company);
    });

    private static void PaysEverLater(Wire wire)
    {
        var harbour = wire.Sales.Where(Of(DemoContacts.Harbour)).ToList();
        var disputed = Assert.Single(harbour, invoice => wire.Age(invoice) == 5 && Text(invoice, "Status") == "AUTHORISED");

        foreach (var invoice in harbour.Where(invoice => invoice != disputed))
        {
            var paid = Day(invoice, "DueDate").AddDays(HarbourDaysLate[Math.Clamp(wire.Age(invoice), 0, 14)]);
            Assert.Equal(paid > wire.Anchor ? "AUTHORISED" : "PAID", Text(invoice, "Status"));
            Assert.True(paid > wire.Anchor || Day(invoice, "FullyPaidOnDate") == paid);
        }

        Assert.Equal(18_900.00m, Money(disputed, "AmountDue"));
        Assert.Equal(["wrong roast"], wire.Notes(disputed));
        Assert.Equal(0m, Assert.Single(harbour, invoice => Money(invoice, "TotalTax") == 0m)["TotalTax"]!.GetValue<decimal>());
    }

    private static void PriceRise(Wire wire)
    {
        foreach (var supplier in new[] { DemoContacts.Cordillera, DemoContacts.Highlands, DemoContacts.Estate })
        {
            var prices = wire.Bills.Where(Of(supplier)).Select(bill => (Age: wire.Age(bill), Price: Money(bill["LineItems"]![0]!, "UnitAmount"))).ToList();
            Assert.All(prices, bill => Assert.Equal(bill.Age <= 5 ? 7.90m : 6.90m, bill.Price));
            Assert.Contains(prices, bill => bill.Age == 6);
            Assert.Contains(prices, bill => bill.Age == 5);
        }

        var (before, after) = (wire.Margin(6), wire.Margin(4));
        Assert.InRange(before, 0.602m, 0.612m);
        Assert.InRange(after, 0.557m, 0.569m);
    }

    private static void RisingStar(Wire wire)
    {
        var sold = wire.Sales.Where(Of(DemoContacts.Northbound)).GroupBy(wire.Age).ToDictionary(age => age.Key, age => age.Sum(invoice => Line(invoice, "200")));

        Assert.Equal([6_000m, 9_000m, 12_500m, 16_000m, 19_000m, 22_000m], Enumerable.Range(1, 6).Reverse().Select(age => sold[age]));
        Assert.Equal(6, sold.Keys.Max());
    }

    private static void TheCafeThatLeft(Wire wire)
    {
        var lantern = wire.Sales.Where(Of(DemoContacts.Lantern)).ToList();

        Assert.Equal(5, lantern.Min(wire.Age));
        Assert.InRange(lantern.Where(invoice => wire.Age(invoice) is >= 5 and < 17).Sum(invoice => Line(invoice, "200")), 12 * 5_190m, 12 * 5_210m);
    }

    private static void PaidTwice(Wire wire)
    {
        var charges = wire.Spent.Where(Of(DemoContacts.Brightdesk)).Where(spend => Money(spend, "Total") == 332.35m).ToLookup(wire.Age, spend => Date(spend).Day);

        Assert.Equal([4], charges[3]);
        Assert.Equal([4, 7], charges[2].Order());
        Assert.Equal([4, 7], charges[1].Order());
        Assert.Equal(new[] { 4, 7 }.Where(day => day <= wire.Anchor.Day), charges[0].Order());
    }

    private static void EnteredTwice(Wire wire)
    {
        var twice = wire.Bills.Where(bill => Text(bill, "InvoiceNumber").Replace("-", "", StringComparison.Ordinal) == "SP20418").OrderBy(Date).ToList();

        Assert.Equal(["SP-20418", "SP20418"], twice.Select(bill => Text(bill, "InvoiceNumber")));
        Assert.Equal([wire.Anchor.AddDays(-16), wire.Anchor.AddDays(-13)], twice.Select(Date));
        Assert.All(twice, bill => Assert.Equal((7_475.00m, "AUTHORISED"), (Money(bill, "AmountDue"), Text(bill, "Status"))));
        Assert.All(twice, bill => Assert.Equal(new DateOnly(Date(bill).Year, Date(bill).Month, 20).AddMonths(1), Day(bill, "DueDate")));
    }

    private static void TaxAhead(Wire wire)
    {
        var roaster = Assert.Single(wire.Bills, document => Of(DemoContacts.RoasterMaker)(document));
        var deposits = wire.Spent.Where(Of(DemoContacts.RoasterMaker)).OrderBy(Date).ToList();
        var returns = wire.Spent.Where(Of(DemoContacts.InlandRevenue)).Where(spend => Line(spend, "820") != 0m).Select(Date).Order().ToList();

        Assert.Equal((48_000m, "USD", wire.Anchor.AddDays(24)), (Money(roaster, "AmountDue"), Text(roaster, "CurrencyCode"), Day(roaster, "DueDate")));
        Assert.Equal([(5, 48_000m), (1, 24_000m)], deposits.Select(spend => (wire.Age(spend), Line(spend, "615"))));
        // Two-monthly, so that from the last date on a person can tell the next.
        Assert.All(returns, day => Assert.True((day.Month, day.Day) is (1, 15) or (5, 7) or (2 or 6 or 8 or 10, 28), $"{day:O}"));
        Assert.InRange(returns.Count, 12, 14);
    }

    private static void BillThatDidNotCome(Wire wire)
    {
        var power = wire.Bills.Where(Of(DemoContacts.Power)).Where(bill => Date(bill) >= wire.Company.BooksStart && wire.Age(bill) > 0).ToList();

        Assert.Equal(Enumerable.Range(2, 25), power.Select(wire.Age).Order());
        Assert.All(power, bill => Assert.InRange(Money(bill, "SubTotal"), 2_050m, 2_650m));
        Assert.All(power, bill => Assert.Equal(9, Date(bill).Day));
    }

    private static void CustomerThatFailed(Wire wire)
    {
        var failed = wire.Sales.Where(Of(DemoContacts.BeanThere)).OrderBy(Date).Last();

        Assert.Equal((4_312.50m, 6), (Money(failed, "AmountDue"), wire.Age(failed)));
        Assert.True(wire.Anchor.DayNumber - Day(failed, "DueDate").DayNumber >= 130);
        Assert.Equal(["statement returned"], wire.Notes(failed));
    }

    private static void OddOneOut(Wire wire)
    {
        var odd = Assert.Single(wire.Bills, document => Of(DemoContacts.PinnacleFitOut)(document));
        var general = wire.Bills.Where(bill => Line(bill, "429") != 0m).Select(bill => Line(bill, "429")).Order().ToList();

        Assert.Equal((18_400.00m, DayOfWeek.Sunday, "AUTHORISED"), (Money(odd, "Total"), Date(odd).DayOfWeek, Text(odd, "Status")));
        Assert.InRange(wire.Age(odd), 0, 1);
        Assert.Equal(wire.Anchor.AddDays(14), Day(odd, "DueDate"));
        Assert.Equal(410m, general[general.Count / 2]);
    }

    private static void PastMoves(Wire wire)
    {
        var mistaken = Assert.Single(wire.Sales, invoice => Text(invoice, "InvoiceNumber") == "INV-3107");

        Assert.Equal((2, 1_200.00m, 1_380.00m, "AUTHORISED"), (wire.Age(mistaken), Line(mistaken, "200"), Money(mistaken, "Total"), Text(mistaken, "Status")));
    }

    private static void OddShapes(Wire wire)
    {
        var (invoices, credits) = (wire.Standing("Invoices"), wire.Standing("CreditNotes"));

        var early = Assert.Single(invoices, invoice => invoice["Payments"]!.AsArray().Any(payment => Day(payment!, "Date") == Date(invoice).AddDays(-3)));

        Assert.Equal(1_782.50m, Money(Assert.Single(wire.Standing("Overpayments")), "RemainingCredit"));
        var deposit = Assert.Single(wire.Standing("Prepayments"));
        Assert.Equal(3_450.00m, Money(deposit, "RemainingCredit"));
        Assert.Contains(DemoMonth.KeyOf(wire.Anchor.AddDays(40)), Text(deposit["LineItems"]![0]!, "Description"), StringComparison.Ordinal);
        Assert.NotEqual(Date(early).Month, Date(early).AddDays(-3).Month);
        Assert.Equal(480.12m, Money(Assert.Single(credits, credit => Money(credit, "Total") == 960.25m), "RemainingCredit"));
        Assert.Equal(4_430.00m, Money(Assert.Single(invoices, invoice => Money(invoice, "Total") == 9_430.00m && Money(invoice, "AmountPaid") == 5_000m), "AmountDue"));
        Assert.Single(wire.Standing("Payments"), payment => Text(payment, "PaymentType") == "ARCREDITPAYMENT");
        Assert.Equal(412.00m, Money(Assert.Single(credits, credit => Text(credit, "Type") == "ACCPAYCREDIT"), "RemainingCredit"));
        Assert.Single(invoices, invoice => Money(invoice, "Total") == Money(invoice, "SubTotal") + Money(invoice, "TotalTax") + 0.01m);
        Assert.Single(invoices, invoice => Money(invoice, "Total") == 0m);
        Assert.Single(wire.Spent, spend => Money(spend, "Total") < 0m);
    }

    private static void WrongGst(Wire wire)
    {
        var overseas = wire.Spent.Where(spend => Text(spend, "Reference") == "Overseas subscription" && Money(spend, "TotalTax") != 0m).Select(spend => Money(spend, "Total")).ToList();

        Assert.Equal((6, 61.40m, 214.00m), (overseas.Count, overseas.Min(), overseas.Max()));
        Assert.Single(wire.Sales.Where(Of(DemoContacts.Harbour)), invoice => Money(invoice, "TotalTax") == 0m);
    }

    private static void WaitingForAPerson(Wire wire)
    {
        var waiting = wire.Spent.Where(spend => Line(spend, "850") != 0m).ToList();
        var history = wire.Spent.Except(waiting).Where(spend => Date(spend) < wire.Anchor.AddDays(-21)).ToLookup(spend => Text(spend, "Reference"), spend => Text(spend["LineItems"]![0]!, "AccountCode"));

        Assert.Equal(46, waiting.Count);
        Assert.All(waiting, spend => Assert.True(Date(spend) >= wire.Anchor.AddDays(-21) && Date(spend) <= wire.Anchor && !(bool)spend["IsReconciled"]!));
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

        // What a person could make rules of: texts in capitals, as the bank writes them, at least twenty times.
        var agreements = history.Where(text => text.Count() >= 20 && text.Key.Any(char.IsAsciiLetterUpper) && !text.Key.Any(char.IsAsciiLetterLower))
            .Select(text => text.GroupBy(account => account).Max(account => account.Count()) / (decimal)text.Count()).ToList();
        Assert.Equal((8, 2), (agreements.Count(share => share >= 0.95m), agreements.Count(share => share < 0.95m)));
    }

    private static void Unfinished(Wire wire)
    {
        var (invoices, journals) = (wire.All("Invoices"), wire.All("ManualJournals"));
        List<JsonNode> With(string type, string status) => [.. invoices.Where(invoice => Text(invoice, "Type") == type && Text(invoice, "Status") == status && Date(invoice) > wire.Anchor.AddDays(-30))];
        var ended = new[] { "Invoices", "BankTransactions", "CreditNotes", "ManualJournals" }.SelectMany(wire.All).Where(document => Text(document, "Status") is "VOIDED" or "DELETED").ToList();

        Assert.Equal((5, 11_940.00m), (With("ACCPAY", "DRAFT").Count, With("ACCPAY", "DRAFT").Sum(bill => Money(bill, "Total"))));
        Assert.Equal((2, 2), (With("ACCREC", "DRAFT").Count, With("ACCPAY", "SUBMITTED").Count));
        Assert.Single(journals, journal => Text(journal, "Status") == "DRAFT");
        for (var year = wire.Company.BooksStart; year.AddYears(1) <= wire.Anchor; year = year.AddYears(1))
        {
            Assert.Equal((3, 2), (Ended(year, "VOIDED"), Ended(year, "DELETED")));
        }

        Assert.Equal(new DateOnly(wire.Anchor.Year, wire.Anchor.Month, 1).AddMonths(-2).AddDays(-1), wire.Company.Organisation.Settings.PeriodLockDate);

        int Ended(DateOnly from, string status) => ended.Count(document => Date(document) >= from && Date(document) < from.AddYears(1) && Text(document, "Status") == status);
    }

    private static void SomebodysPay(Wire wire)
    {
        var texts = wire.Spent.SelectMany(spend => spend["LineItems"]!.AsArray()).Where(line => Text(line!, "AccountCode") == "803").Select(line => Text(line!, "Description")).ToList();
        var bonus = Assert.Single(wire.Standing("ManualJournals"), journal => Text(journal, "Narration").Contains("bonus", StringComparison.OrdinalIgnoreCase));

        Assert.All(StaffNames, name => Assert.True(texts.Count(text => text == "Net pay " + name) >= 2 * 26));
        Assert.All(texts, text => Assert.Contains(StaffNames, name => text.EndsWith(name, StringComparison.Ordinal)));
        Assert.Contains(bonus["JournalLines"]!.AsArray(), line => Text(line!, "AccountCode") == "477");
    }

    private static void PrivateTaste(Wire wire)
    {
        var winery = Assert.Single(wire.Spent, document => Of(DemoContacts.Winery)(document));

        Assert.Equal((148.00m, DayOfWeek.Saturday, "420"), (Money(winery, "Total"), Date(winery).DayOfWeek, Text(winery["LineItems"]![0]!, "AccountCode")));
    }

    private static (int All, int Usual) Agreement(IEnumerable<string> accounts, string usual) => (accounts.Count(), accounts.Count(account => account == usual));

    private static Func<JsonNode, bool> Of(string contact) => document => Text(document["Contact"]!, "Name") == contact;

    private static decimal Line(JsonNode document, string account) =>
        document["LineItems"]!.AsArray().Where(line => Text(line!, "AccountCode") == account).Sum(line => Money(line!, "LineAmount"));

    private static DateOnly Date(JsonNode document) => Day(document, "Date");

    private static DateOnly Day(JsonNode document, string name) => WireFormat.ReadDate(Text(document, name))!.Value;

    private static decimal Money(JsonNode document, string name) => (decimal)document[name]!;

    private static string Text(JsonNode document, string name) => (string?)document[name] ?? "";

    /// <summary>What a reader of Xero's API sees of the company.</summary>
    private sealed class Wire(DemoCompany company)
    {
        private readonly Dictionary<string, List<JsonNode>> _documents = [];
        private List<JsonNode>? _sales, _bills, _spent;

        public DemoCompany Company => company;

        public DateOnly Anchor => company.Anchor;

        public List<JsonNode> Sales => _sales ??= [.. Standing("Invoices").Where(invoice => Text(invoice, "Type") == "ACCREC")];

        public List<JsonNode> Bills => _bills ??= [.. Standing("Invoices").Where(invoice => Text(invoice, "Type") == "ACCPAY")];

        public List<JsonNode> Spent => _spent ??= [.. Standing("BankTransactions").Where(transaction => Text(transaction, "Type") == "SPEND")];

        public List<JsonNode> All(string endpoint) => _documents.TryGetValue(endpoint, out var known)
            ? known
            : _documents[endpoint] = [.. company.Organisation.Texts(endpoint).Select(text => JsonNode.Parse(text)!)];

        public IEnumerable<JsonNode> Standing(string endpoint) => All(endpoint).Where(document => Text(document, "Status") is "AUTHORISED" or "PAID" or "POSTED");

        public IEnumerable<string> Notes(JsonNode invoice) =>
            company.Organisation.History("Invoices", Guid.Parse(Text(invoice, "InvoiceID"))).Select(text => Text(JsonNode.Parse(text)!, "Details"));

        /// <summary>Months from the document's to the anchor's.</summary>
        public int Age(JsonNode document) => ((Anchor.Year - Date(document).Year) * 12) + Anchor.Month - Date(document).Month;

        /// <summary>Gross margin of a month from the lines of documents, base currency.</summary>
        public decimal Margin(int age)
        {
            decimal Sum(IEnumerable<JsonNode> documents, string lines, Func<string, bool> account) => documents.Where(document => Age(document) == age).Sum(document => document[lines]!.AsArray()
                .Where(line => account(Text(line!, "AccountCode")))
                .Sum(line => (Money(line!, "LineAmount") - (Text(document, "LineAmountTypes") == "Inclusive" ? Money(line!, "TaxAmount") : 0m)) / (document["CurrencyRate"] is { } rate ? (decimal)rate : 1m)));
            bool Sale(string code) => code is "200" or "205" or "210" or "215" or "220";
            bool Cost(string code) => code is "300" or "305" or "310" or "320" or "330";
            var received = Standing("BankTransactions").Where(transaction => Text(transaction, "Type") == "RECEIVE");
            var income = Sum(Sales, "LineItems", Sale) - Sum(Standing("CreditNotes"), "LineItems", Sale) + Sum(received, "LineItems", Sale);
            var cost = Sum(Bills, "LineItems", Cost) + Sum(Spent, "LineItems", Cost) + Sum(Standing("ManualJournals"), "JournalLines", Cost);
            return (income - cost) / income;
        }
    }
}
