using System.Text.Json.Nodes;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Tests.Ledger.Judge;

namespace XeroCfo.Tests.Xero.Demo;

public sealed class DemoCompanyTests
{
    private static readonly string[] Endpoints = ["Accounts", "Contacts", "Invoices", "Payments", "BankTransactions", "BankTransfers", "ManualJournals", "TaxRates", "TrackingCategories"];
    private static readonly string[] XeroOnlyAccounts = ["477", "478", "803", "825", "416", "731", "741", "711", "505", "830", "092", "093", "497", "498", "610", "800"];

    public static TheoryData<int, int, int> Anchors { get; } = new() { { 2026, 11, 20 }, { 2028, 2, 29 }, { 2027, 1, 1 }, { 2027, 3, 31 }, { 2027, 5, 31 } };

    [Theory]
    [MemberData(nameof(Anchors))]
    public void Every_account_but_the_known_few_stands_on_documents_to_the_cent(int year, int month, int day)
    {
        var company = SharedDemo.At(new DateOnly(year, month, day));

        var documents = new IndependentJudge(company.Organisation);

        var unexplained = new HashSet<string>();
        var opening = company.BooksStart.AddDays(-1);
        for (var end = opening.AddDays(1).AddMonths(1).AddDays(-1); end < company.Anchor.AddMonths(1); end = end.AddDays(1).AddMonths(1).AddDays(-1))
        {
            var posted = documents.Through(end, company.BooksStart);
            foreach (var account in Accounts(company))
            {
                var difference = company.Journal.Balance(account.Id, end) - company.Journal.Balance(account.Id, opening) - posted.GetValueOrDefault(account.Id);
                if (difference != 0m)
                {
                    unexplained.Add(account.Key);
                }
            }
        }

        Assert.Equal(XeroOnlyAccounts.Order(), unexplained.Order());
    }

    [Theory]
    [MemberData(nameof(Anchors))]
    public void Debits_equal_credits_on_every_day_and_cash_never_runs_low(int year, int month, int day) =>
        DebitsEqualCreditsAndCashIsEnough(SharedDemo.At(new DateOnly(year, month, day)));

    internal static void DebitsEqualCreditsAndCashIsEnough(DemoCompany company)
    {
        var accounts = Accounts(company).ToList();
        var lowest = decimal.MaxValue;
        for (var date = company.BooksStart.AddDays(-2); date <= company.Anchor; date = date.AddDays(1))
        {
            Assert.Equal(0m, accounts.Sum(account => company.Journal.Balance(account.Id, date)));
            lowest = date < company.BooksStart.AddDays(-1) || date == company.Anchor ? lowest : Math.Min(lowest, DemoOpening.Cash(company.Books, date));
        }

        Assert.True(lowest >= 40_000m, $"{company.Anchor:O}: cash falls to {lowest}");
    }

    [Theory]
    [MemberData(nameof(Anchors))]
    public void The_openings_of_receivables_and_payables_are_the_open_documents_of_the_months_before(int year, int month, int day)
    {
        var company = SharedDemo.At(new DateOnly(year, month, day));
        var opening = company.BooksStart.AddDays(-1);

        var before = company.Organisation.Texts("Invoices").Select(text => JsonNode.Parse(text)!)
            .Where(invoice => string.CompareOrdinal((string)invoice["DateString"]!, company.BooksStart.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)) < 0).ToList();

        Assert.Equal(company.Books.Balance("610", opening), before.Where(invoice => (string)invoice["Type"]! == "ACCREC").Sum(InBase));
        Assert.Equal(company.Books.Balance("800", opening), -before.Where(invoice => (string)invoice["Type"]! == "ACCPAY").Sum(InBase));
        Assert.All(before, invoice => Assert.Equal("PAID", (string)invoice["Status"]!));
        Assert.True(before.Count > 40);
    }

    [Fact]
    public void The_same_seed_and_anchor_give_the_same_bytes_and_another_seed_does_not()
    {
        var anchor = new DateOnly(2026, 11, 20);

        var (first, second, other) = (SharedDemo.At(anchor), new DemoCompany(1, anchor), new DemoCompany(2, anchor));

        Assert.All(Endpoints, endpoint => Assert.Equal(first.Organisation.Texts(endpoint), second.Organisation.Texts(endpoint)));
        Assert.NotEqual(first.Organisation.Texts("Invoices"), other.Organisation.Texts("Invoices"));
    }

    [Fact]
    public void Growing_day_by_day_equals_growing_at_once_and_changes_nothing_earlier_but_paid_invoices()
    {
        var anchor = new DateOnly(2026, 11, 20);
        var (steps, leap) = (new DemoCompany(1, anchor), new DemoCompany(1, anchor));
        var before = Endpoints.ToDictionary(endpoint => endpoint, endpoint => leap.Organisation.Texts(endpoint).ToHashSet());

        for (var day = anchor; day <= anchor.AddDays(120); day = day.AddDays(1))
        {
            steps.EnsureUntil(day);
        }

        leap.EnsureUntil(anchor.AddDays(120));

        Assert.All(Endpoints, endpoint => Assert.Equal(steps.Organisation.Texts(endpoint), leap.Organisation.Texts(endpoint)));
        Assert.All(Endpoints.Where(endpoint => endpoint != "Invoices"), endpoint => Assert.Subset(leap.Organisation.Texts(endpoint).ToHashSet(), before[endpoint]));
        var changed = before["Invoices"].Except(leap.Organisation.Texts("Invoices")).Select(text => JsonNode.Parse(text)!).ToList();
        var moved = Assert.Single(changed, invoice => (string)invoice["InvoiceNumber"]! == "INV-3107");
        Assert.Equal(1_380.00m, (decimal)moved["Total"]!);
        Assert.Equal("VOIDED", (string)leap.Organisation.Find("Invoices", Guid.Parse((string)moved["InvoiceID"]!))!["Status"]!);
        Assert.All(changed.Where(invoice => invoice != moved), invoice =>
        {
            var now = leap.Organisation.Find("Invoices", Guid.Parse((string)invoice["InvoiceID"]!))!;
            Assert.Equal("PAID", (string)now["Status"]!);
            Assert.Equal((decimal)invoice["Total"]!, (decimal)now["AmountPaid"]! + (decimal)now["AmountCredited"]!);
            Assert.Equal(invoice["LineItems"]!.ToJsonString(), now["LineItems"]!.ToJsonString());
        });
    }

    [Fact]
    public void The_chart_has_71_accounts_of_which_two_have_no_code_and_one_is_archived()
    {
        var accounts = SharedDemo.At(new DateOnly(2026, 11, 20)).Organisation.Texts("Accounts").Select(text => JsonNode.Parse(text)!).ToList();

        Assert.Equal(71, accounts.Count);
        Assert.Equal(["Card clearing", "Tax savings"], accounts.Where(account => account["Code"] is null).Select(account => (string)account["Name"]!).Order());
        Assert.Equal("452", (string)Assert.Single(accounts, account => (string)account["Status"]! == "ARCHIVED")["Code"]!);
    }

    [Fact]
    public void Contacts_are_72_customers_34_suppliers_and_14_others()
    {
        var contacts = SharedDemo.At(new DateOnly(2026, 11, 20)).Organisation.Texts("Contacts").Select(text => JsonNode.Parse(text)!)
            .ToLookup(contact => ((bool)contact["IsCustomer"]!, (bool)contact["IsSupplier"]!));

        Assert.Equal((72, 34, 14), (contacts[(true, false)].Count(), contacts[(false, true)].Count(), contacts[(false, false)].Count()));
        Assert.Empty(contacts[(true, true)]);
    }

    /// <summary>A month's usual number of documents; sweeps of the card account alone are four or five transfers.</summary>
    [Theory]
    [InlineData("Invoices", "ACCREC", 58)]
    [InlineData("Invoices", "ACCPAY", 30)]
    [InlineData("Payments", "ACCRECPAYMENT", 54)]
    [InlineData("Payments", "ACCPAYPAYMENT", 28)]
    [InlineData("BankTransactions", "SPEND", 26)]
    [InlineData("BankTransactions", "RECEIVE", 12)]
    [InlineData("BankTransfers", "Card sweep", 4)]
    [InlineData("CreditNotes", "ACCRECCREDIT", 2)]
    [InlineData("ManualJournals", "", 2)]
    public void A_month_has_about_as_many_documents_as_told(string endpoint, string kind, int told)
    {
        var company = SharedDemo.At(new DateOnly(2026, 11, 20));

        var documents = company.Organisation.Texts(endpoint).Select(text => JsonNode.Parse(text)!)
            .Count(document => ((string?)document["Type"] ?? (string?)document["PaymentType"] ?? (string?)document["Reference"] ?? "") == kind
                && WireFormat.ReadDate((string)document["Date"]!) is { } day && day >= company.BooksStart && day < new DateOnly(2026, 11, 1));

        Assert.InRange(documents / 26m, told * 0.8m, told * 1.2m);
    }

    [Fact]
    public void The_months_of_profit_and_loss_add_to_the_year()
    {
        var books = SharedDemo.At(new DateOnly(2026, 11, 20)).Books;
        decimal Profit(DateOnly from, DateOnly to) => -DemoChart.IncomeAndExpense.Sum(account => books.Balance(account, to) - books.Balance(account, from.AddDays(-1)));
        var year = new DateOnly(2025, 4, 1);

        Assert.Equal(Profit(year, year.AddYears(1).AddDays(-1)), Enumerable.Range(0, 12).Sum(month => Profit(year.AddMonths(month), year.AddMonths(month + 1).AddDays(-1))));
    }

    private static decimal InBase(JsonNode invoice) => decimal.Round((decimal)invoice["Total"]! / (decimal)invoice["CurrencyRate"]!, 2, MidpointRounding.AwayFromZero);

    private static IEnumerable<(string Key, Guid Id)> Accounts(DemoCompany company) => company.Organisation.Texts("Accounts")
        .Select(text => JsonNode.Parse(text)!)
        .Select(account => ((string?)account["Code"] ?? (string)account["Name"]!, Guid.Parse((string)account["AccountID"]!)));
}
