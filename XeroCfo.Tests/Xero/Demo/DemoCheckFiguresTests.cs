using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using XeroCfo.Data.Xero.Demo;

namespace XeroCfo.Tests.Xero.Demo;

/// <summary>The figures that the demo's story promises for seed 1 and 20 November 2026, from the generator's journal and documents.</summary>
public sealed class DemoCheckFiguresTests
{
    private static readonly DateOnly Anchor = new(2026, 11, 20);

    [Fact]
    public void Print()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var text = new StringBuilder();
        var company = new DemoCompany(1, Anchor);
        text.AppendLine(CultureInfo.InvariantCulture, $"made in {watch.ElapsedMilliseconds} ms");
        void P(string name, DateOnly from, DateOnly to)
        {
            decimal Sum(params string[] keys) => keys.Sum(k => company.Books.Balance(k, to) - company.Books.Balance(k, from.AddDays(-1)));
            var income = -Sum("200", "205", "210", "215", "220");
            var cost = Sum("300", "305", "310", "320", "330");
            var all = -Sum([.. DemoChart.IncomeAndExpense]);
            var tax = Sum("505");
            text.AppendLine(CultureInfo.InvariantCulture, $"{name}: income {income} gp {income - cost} ({(income - cost) / income:P2}) before tax {all + tax} net {all}");
            foreach (var k in DemoChart.IncomeAndExpense)
            {
                text.Append(CultureInfo.InvariantCulture, $"{k}:{Sum(k):0} ");
            }

            text.AppendLine();
        }

        P("M1", new(2026, 10, 1), new(2026, 10, 31));
        P("M13", new(2025, 10, 1), new(2025, 10, 31));
        P("YTD", new(2026, 4, 1), new(2026, 10, 31));
        P("FY26", new(2025, 4, 1), new(2026, 3, 31));
        decimal Cash(DateOnly d) => new[] { "090", "091", "092", "093", "094", "095" }.Sum(k => company.Books.Balance(k, d));
        foreach (var d in new[] { Anchor, new(2026, 10, 31), new(2025, 11, 20) })
        {
            text.AppendLine($"cash {d:O}: 090 {company.Books.Balance("090", d)} all {Cash(d)} | " + string.Join(' ', new[] { "091", "092", "093", "094", "095", "610", "800", "820" }.Select(k => $"{k}:{company.Books.Balance(k, d):0}")));
        }

        var invoices = company.Organisation.Texts("Invoices").Select(t => JsonNode.Parse(t)!).Where(i => (string)i["Status"]! is "AUTHORISED" or "PAID").ToList();
        foreach (var type in new[] { "ACCREC", "ACCPAY" })
        {
            var open = invoices.Where(i => (string)i["Type"]! == type && (decimal)i["AmountDue"]! != 0m).ToList();
            decimal Due(IEnumerable<JsonNode> l) => l.Sum(i => (decimal)i["AmountDue"]! / (decimal)i["CurrencyRate"]!);
            text.AppendLine(CultureInfo.InvariantCulture, $"{type} open {Due(open):0} overdue {Due(open.Where(i => string.CompareOrdinal((string)i["DueDateString"]!, "2026-11-20") < 0)):0}");
            foreach (var g in open.GroupBy(i => (string)i["Contact"]!["Name"]!).OrderByDescending(g => Due(g)).Take(12))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"   {g.Key} {Due(g):0} overdue {Due(g.Where(i => string.CompareOrdinal((string)i["DueDateString"]!, "2026-11-20") < 0)):0}");
            }
        }

        for (var end = company.BooksStart.AddMonths(1).AddDays(-1); end <= Anchor.AddMonths(1); end = end.AddDays(1).AddMonths(1).AddDays(-1))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{end:O} 090 {company.Books.Balance("090", end):0} ar {company.Books.Balance("610", end):0} ap {company.Books.Balance("800", end):0} gst {company.Books.Balance("820", end):0}");
        }

        var min = Enumerable.Range(0, Anchor.DayNumber - company.BooksStart.DayNumber).Select(i => company.BooksStart.AddDays(i)).MinBy(d => company.Books.Balance("090", d));
        text.AppendLine(CultureInfo.InvariantCulture, $"lowest before {min:O} {company.Books.Balance("090", min)}");
        foreach (var endpoint in new[] { "Invoices", "CreditNotes", "Payments", "BankTransactions", "BankTransfers", "ManualJournals", "Prepayments", "Overpayments" })
        {
            var months = company.Organisation.Texts(endpoint).Select(t => JsonNode.Parse(t)!).GroupBy(n => ((string?)n["Type"] ?? (string?)n["PaymentType"] ?? "")).Select(g => $"{g.Key} {g.Count() / 26.6:0.0}");
            text.AppendLine(CultureInfo.InvariantCulture, $"{endpoint} {company.Organisation.Texts(endpoint).Count}: {string.Join(", ", months)}");
        }

        company.EnsureUntil(Anchor.AddDays(91));
        for (var d = Anchor; d <= Anchor.AddDays(91); d = d.AddDays(1))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{d:O} {company.Books.Balance("090", d):0} {Cash(d):0}");
        }

        File.WriteAllText("/tmp/demo-figures.txt", text.ToString());
    }
}
