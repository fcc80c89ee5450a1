using System.Text.Json.Nodes;

namespace XeroCfo.Tests.Ledger.Judge;

/// <summary>A law that holds for any organisation is worth what the organisations hold.</summary>
public sealed class RandomOrganisationTests
{
    [Fact]
    public void Every_feature_occurs_many_times()
    {
        var seen = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var seed = 1UL; seed <= 200; seed++)
        {
            foreach (var feature in Features(new RandomOrganisation(seed, 40)))
            {
                seen[feature] = seen.GetValueOrDefault(feature) + 1;
            }
        }

        string[] wanted =
        [
            "Invoices VOIDED", "Invoices DELETED", "Invoices PAID", "Invoices foreign", "Invoices negative", "Invoices zero", "Invoices rounding", "Invoices Inclusive", "Invoices NoTax",
            "CreditNotes VOIDED", "CreditNotes PAID", "CreditNotes foreign", "CreditNotes allocated", "Overpayments VOIDED", "Overpayments foreign", "Overpayments allocated",
            "Prepayments VOIDED", "Prepayments PAID", "Prepayments foreign", "Prepayments allocated", "Prepayments used twice", "Prepayments allocated and refunded",
            "BankTransactions DELETED", "BankTransactions VOIDED", "BankTransactions negative", "BankTransactions foreign", "BankTransfers DELETED", "BankTransfers foreign",
            "BatchPayments AUTHORISED", "BatchPayments DELETED", "Payments DELETED", "Payments base from foreign account", "Payments foreign", "Payments ACCRECPAYMENT", "Payments ACCPAYPAYMENT",
            "Payments ARCREDITPAYMENT", "Payments APCREDITPAYMENT", "Payments AROVERPAYMENTPAYMENT", "Payments APOVERPAYMENTPAYMENT", "Payments ARPREPAYMENTPAYMENT", "Payments APPREPAYMENTPAYMENT",
            "Payments refund under Invoice", "ManualJournals taxed", "ManualJournals VOIDED", "RepeatingInvoices AUTHORISED", "Contacts MergedToContactID", "Accounts ARCHIVED", "Lines DiscountRate",
        ];
        Assert.Equal([], wanted.Where(feature => seen.GetValueOrDefault(feature) < 3).Select(feature => $"{feature}: {seen.GetValueOrDefault(feature)}"));
    }

    private static IEnumerable<string> Features(RandomOrganisation random)
    {
        string[] endpoints = ["Invoices", "CreditNotes", "Overpayments", "Prepayments", "BankTransactions", "BankTransfers", "Payments", "BatchPayments", "ManualJournals", "RepeatingInvoices", "Contacts", "Accounts"];
        foreach (var endpoint in endpoints)
        {
            foreach (var document in Wire.All(random.Books.Organisation, endpoint))
            {
                foreach (var feature in Features(document).Where(feature => feature.Length > 0))
                {
                    yield return feature.StartsWith("Lines", StringComparison.Ordinal) ? feature : $"{endpoint} {feature}";
                }
            }
        }
    }

    private static IEnumerable<string> Features(JsonObject document)
    {
        var isPayment = document.ContainsKey("PaymentType");
        var posts = document.Text("Status") is "AUTHORISED" or "PAID";
        yield return document.Text("Status");
        yield return posts ? document.Text("LineAmountTypes") : "";
        yield return document.Text("PaymentType");
        yield return posts && document.ContainsKey("CurrencyCode") && document.Text("CurrencyCode") != "NZD" ? "foreign" : "";
        yield return document.ContainsKey("Total") && document.Number("Total") < 0 ? "negative" : "";
        yield return document.ContainsKey("Total") && document.Number("Total") == 0 ? "zero" : "";
        yield return posts && document.ContainsKey("Total") && document.Number("Total") != document.Number("SubTotal") + document.Number("TotalTax") ? "rounding" : "";
        yield return document.Items("Allocations").Length > 0 ? "allocated" : "";
        yield return document.Items("Allocations").Length > 1 ? "used twice" : "";
        yield return document.Items("Allocations").Length > 0 && document.Items("Payments").Length > 0 ? "allocated and refunded" : "";
        yield return document.ContainsKey("BankTransferID") && document.Number("CurrencyRate") != 1m ? "foreign" : "";
        yield return isPayment && Settled(document)?.Text("CurrencyCode") is { } currency && currency != "NZD" ? "foreign" : "";
        yield return isPayment && Settled(document)?.Text("CurrencyCode") == "NZD" && document.Number("BankAmount") != document.Number("Amount") ? "base from foreign account" : "";
        yield return isPayment && document["Invoice"]?.Text("Type") is "ACCRECCREDIT" or "ACCPAYCREDIT" ? "refund under Invoice" : "";
        yield return document.Items("JournalLines").Any(line => line.Number("TaxAmount") != 0m) ? "taxed" : "";
        yield return document.ContainsKey("MergedToContactID") ? "MergedToContactID" : "";
        yield return document.Items("LineItems").Any(line => line.ContainsKey("DiscountRate")) ? "Lines DiscountRate" : "";
    }

    private static JsonNode? Settled(JsonObject payment) => payment["Invoice"] ?? payment["CreditNote"] ?? payment["Overpayment"] ?? payment["Prepayment"];
}
