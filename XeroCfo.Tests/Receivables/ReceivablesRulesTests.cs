using System.Text;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Receivables;
using XeroCfo.Domain.Tenants;
using XeroCfo.Web.Receivables;
using XeroCfo.Web.Reports.Exports.Pdf;
using XeroCfo.Web.Shared;

namespace XeroCfo.Tests.Receivables;

/// <summary>Who is spoken to first, how, and with what figures.</summary>
public sealed class ReceivablesRulesTests
{
    private static readonly DateOnly Today = new(2025, 9, 30);

    private static readonly FollowUps Nothing = new(new Dictionary<Guid, InvoiceFollowUp>(), new Dictionary<Guid, NextAction>());

    private static readonly XeroTenant Company = new() { XeroTenantId = "x", Name = "Tūī & Ash Coffee Roasters Limited", BaseCurrency = "NZD", CountryCode = "NZ" };

    [Fact]
    public void Missed_promises_come_first_then_what_is_to_be_done_by_today_then_the_most_overdue()
    {
        CustomerReceivables[] customers =
        [
            Customer("Owes most", owed: 900, overdue: 0), Customer("Overdue", owed: 500, overdue: 400), Customer("More overdue", owed: 450, overdue: 450),
            Customer("To do tomorrow", owed: 10, overdue: 5) with { NextAction = new NextAction { Text = "Call", DueDate = Today.AddDays(1) } },
            Customer("To do today", owed: 10, overdue: 0) with { NextAction = new NextAction { Text = "Call", DueDate = Today } },
            Customer("Missed a little", owed: 20, overdue: 20) with { MissedCount = 1, MissedAmount = 20 }, Customer("Missed much", owed: 99, overdue: 99) with { MissedCount = 2, MissedAmount = 99 },
        ];

        var sorted = ReceivablesOrder.Apply(customers, Today);

        Assert.Equal(["Missed much", "Missed a little", "To do today", "More overdue", "Overdue", "To do tomorrow", "Owes most"], sorted.Select(customer => customer.Name));
        Assert.Equal(["To do today"], sorted.Where(customer => ReceivablesOrder.Shows(ReceivablesShow.ToDo, customer, Today)).Select(customer => customer.Name));
    }

    [Theory]
    [InlineData("2025-09-29", true)]
    [InlineData("2025-09-30", false)]
    [InlineData("2025-10-01", false)]
    public void A_promise_is_missed_once_its_day_is_over(string day, bool missed)
    {
        var invoice = Open("INV-1", new(2025, 8, 31), 100);
        var agreed = new InvoiceFollowUp { InvoiceXeroId = invoice.Document.XeroId, PromisedDate = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture) };

        var shown = Assert.Single(ReceivablesOrder.Invoices([invoice], Nothing with { Invoices = new Dictionary<Guid, InvoiceFollowUp> { [agreed.InvoiceXeroId] = agreed } }, Today));

        Assert.Equal((missed, 30), (shown.IsMissed, shown.DaysLate));
    }

    [Fact]
    public void Who_sees_totals_gets_no_promise_no_plan_and_no_days()
    {
        var seen = (Customer("A", 10, 5) with { MissedCount = 1, MissedAmount = 5, OldestDays = 9, DaysLate = 3, PromisedDate = Today, Disputed = 2, NextAction = new NextAction { Text = "Call" } }).Totals();

        Assert.Equal(Customer("A", 10, 5) with { Buckets = seen.Buckets }, seen);
    }

    [Theory]
    [InlineData(1, ReminderTones.Friendly)]
    [InlineData(14, ReminderTones.Friendly)]
    [InlineData(15, ReminderTones.Firm)]
    [InlineData(45, ReminderTones.Firm)]
    [InlineData(46, ReminderTones.Final)]
    public void A_reminder_grows_firmer_with_age(int daysLate, string tone) => Assert.Equal(tone, Letter(Open("INV-1", Today.AddDays(-daysLate), 100))!.Tone);

    [Fact]
    public void A_reminder_names_what_is_overdue_in_its_own_currency_and_leaves_disputes_and_the_future_out()
    {
        var disputed = Open("INV-9", new(2025, 5, 15), 18_900);
        var letter = Letter(disputed, Open("INV-2", new(2025, 8, 31), 5_000.5m), Open("INV-3", new(2025, 9, 19), 120, "AUD"), Open("INV-4", Today.AddDays(20), 12_000))!;

        Assert.Equal(ReminderTones.Firm, letter.Tone);
        Assert.Equal("accounts@harbour.example", letter.To);
        Assert.Equal("Tūī & Ash Coffee Roasters Limited: NZD 5,000.50 and AUD 120.00 overdue, please pay or let us know", letter.Subject);
        Assert.Contains("INV-2 of 11 Aug 2025, due 31 Aug 2025: NZD 5,000.50\nINV-3 of 30 Aug 2025, due 19 Sep 2025: AUD 120.00", letter.Body, StringComparison.Ordinal);
        Assert.Contains("by 30 days", letter.Body, StringComparison.Ordinal);
        Assert.All(["INV-9", "INV-4", "{"], absent => Assert.DoesNotContain(absent, letter.Body, StringComparison.Ordinal));
        Assert.Null(Letter(disputed));

        ReminderLetter? Letter(params OpenItem[] items)
        {
            var dispute = new InvoiceFollowUp { InvoiceXeroId = disputed.Document.XeroId, IsDisputed = true, DisputeReason = "Wrong roast" };
            var invoices = ReceivablesOrder.Invoices(items, Nothing with { Invoices = new Dictionary<Guid, InvoiceFollowUp> { [dispute.InvoiceXeroId] = dispute } }, Today);
            return Reminders.Of(Company.Name, Contact("Harbour Street"), invoices, Today, null);
        }
    }

    [Fact]
    public void A_name_that_looks_like_a_field_stays_a_name() =>
        Assert.Contains("Hello {overdue},", Reminders.Of(Company.Name, Contact("{overdue}"), ReceivablesOrder.Invoices([Open("INV-1", Today.AddDays(-3), 100)], Nothing, Today), Today, null)!.Body, StringComparison.Ordinal);

    [Fact]
    public void A_statement_adds_up_and_ages_as_the_aged_report_each_currency_by_itself()
    {
        // A worked customer, with credit and a document in another currency.
        var credit = Open("CN-1", new(2025, 9, 10), -500) with { Kind = OpenItemKind.CreditNote };
        var part = Open("INV-077", new(2025, 8, 31), 5_000);
        part.Document.Amount = 8_000;

        var statement = StatementOfAccount.Of(Company, "A", [Open("INV-101", new(2025, 10, 20), 12_000), part, credit, Open("X-1", new(2025, 9, 1), 70, "AUD")], Today);

        Assert.Equal(["NZD", "AUD"], statement.Currencies.Select(currency => currency.Currency));
        var nzd = statement.Currencies[0];
        Assert.Equal(16_500, nzd.Total);
        Assert.Equal([12_000m, -500m, 5_000m, 0, 0, 0], nzd.Buckets);
        Assert.Equal((8_000m, 3_000m, 5_000m), nzd.Lines.Where(line => line.Number == "INV-077").Select(line => (line.Amount, line.Settled, line.Open)).Single());
        Assert.Null(Assert.Single(nzd.Lines, line => line.Number == "CN-1").Due);
        Assert.Equal(70, statement.Currencies[1].Buckets.Sum());
    }

    [Fact]
    public void A_statements_file_has_a_name_pages_and_the_same_bytes_each_time()
    {
        var statement = StatementOfAccount.Of(Company, "Harbour Street", Enumerable.Range(0, 90).Select(index => Open($"INV-{index}", Today.AddDays(-index), 100 + index)), Today);

        var bytes = StatementPdf.Write(statement);

        Assert.Equal("Tui-and-Ash-Coffee-Roasters_Statement_Harbour-Street_2025-09-30.pdf", StatementPdf.NameOf(statement));
        var text = Encoding.Latin1.GetString(bytes);
        Assert.StartsWith("%PDF-", text, StringComparison.Ordinal);
        Assert.InRange(System.Text.RegularExpressions.Regex.Count(text, @"/Type /Page\b(?!s)"), 2, 5);
        Assert.Equal(bytes, StatementPdf.Write(statement));
        Assert.NotEmpty(StatementPdf.Write(statement with { Currencies = [] }));
    }

    [Fact]
    public void No_day_and_no_amount_of_a_statement_is_cut()
    {
        using var text = new PdfText();
        var bold = new PdfStyle(9, true, PdfColours.Text);
        var (day, figure) = (StatementPdf.Columns.Where(column => column.Title is "Date" or "Due").Min(column => column.Width), StatementPdf.Columns.Where(column => column.IsFigure).Min(column => column.Width));

        Assert.All(Enumerable.Range(0, 366), index => Assert.True(text.Width(DateWords.Of(new DateOnly(2028, 1, 1).AddDays(index)), bold) <= day - 6));
        Assert.True(text.Width("(9,999,999.99)", bold) <= figure - 6);
    }

    private static ReminderLetter? Letter(OpenItem item) => Reminders.Of(Company.Name, Contact("Harbour Street"), ReceivablesOrder.Invoices([item], Nothing, Today), Today, null);

    private static Contact Contact(string name) => new() { Name = name, EmailAddress = "accounts@harbour.example" };

    private static CustomerReceivables Customer(string name, decimal owed, decimal overdue) => new() { ContactId = null, Name = name, Owed = owed, Overdue = overdue, Buckets = [] };

    private static OpenItem Open(string number, DateOnly due, decimal open, string currency = "NZD") => new(
        OpenItemKind.Invoice,
        new Transaction { XeroId = Guid.NewGuid(), Type = TransactionTypes.Invoice, Status = "AUTHORISED", Direction = Directions.In, Number = number, CurrencyCode = currency, Amount = Math.Abs(open), Date = open < 0 ? due : due.AddDays(-20), DueDate = due },
        open,
        open);
}
