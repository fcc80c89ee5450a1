using System.Text.Json.Nodes;
using XeroCfo.Data.Xero.Demo;

namespace XeroCfo.Tests.Xero.Demo;

/// <summary>A deliberately plain posting of wire JSON, written apart from everything else, to check the demo's journal with.</summary>
internal sealed class SimplePosting
{
    private readonly Dictionary<string, Guid> _system = [];
    private readonly List<(Guid Account, DateOnly Date, decimal Amount)> _lines = [];

    public SimplePosting(FakeOrganisation organisation, DateOnly from)
    {
        foreach (var account in All(organisation, "Accounts").Where(account => account.ContainsKey("SystemAccount")))
        {
            _system[(string)account["SystemAccount"]!] = Guid.Parse((string)account["AccountID"]!);
        }

        foreach (var invoice in All(organisation, "Invoices").Where(document => (string)document["Status"]! is "AUTHORISED" or "PAID"))
        {
            var side = (string)invoice["Type"]! == "ACCREC" ? 1 : -1;
            Lines(invoice, side, _system[side == 1 ? "DEBTORS" : "CREDITORS"]);
        }

        foreach (var credit in All(organisation, "CreditNotes").Where(document => (string)document["Status"]! is "AUTHORISED" or "PAID"))
        {
            var side = (string)credit["Type"]! == "ACCPAYCREDIT" ? 1 : -1;
            Lines(credit, side, _system[side == 1 ? "CREDITORS" : "DEBTORS"]);
        }

        foreach (var payment in All(organisation, "Payments").Where(document => (string)document["Status"]! == "AUTHORISED"))
        {
            var type = (string)payment["PaymentType"]!;
            var side = type is "ACCRECPAYMENT" or "APCREDITPAYMENT" ? 1 : -1;
            var amount = (decimal)payment["Amount"]!;
            Add(payment, AccountOf(payment["Account"]!), side * amount);
            Add(payment, _system[type is "ACCRECPAYMENT" or "ARCREDITPAYMENT" ? "DEBTORS" : "CREDITORS"], -side * amount);
        }

        foreach (var transaction in All(organisation, "BankTransactions").Where(document => (string)document["Status"]! == "AUTHORISED"))
        {
            if ((string)transaction["Type"]! is "SPEND" or "RECEIVE")
            {
                Lines(transaction, (string)transaction["Type"]! == "RECEIVE" ? 1 : -1, AccountOf(transaction["BankAccount"]!));
            }
        }

        foreach (var transfer in All(organisation, "BankTransfers").Where(document => (string)document["Status"]! == "AUTHORISED"))
        {
            Add(transfer, AccountOf(transfer["FromBankAccount"]!), -(decimal)transfer["Amount"]!);
            Add(transfer, AccountOf(transfer["ToBankAccount"]!), (decimal)transfer["Amount"]!);
        }

        foreach (var journal in All(organisation, "ManualJournals").Where(document => (string)document["Status"]! == "POSTED"))
        {
            foreach (var line in journal["JournalLines"]!.AsArray())
            {
                Add(journal, AccountOf(line!), (decimal)line!["LineAmount"]!);
            }
        }

        _lines.RemoveAll(line => line.Date < from);
    }

    public Dictionary<Guid, decimal> Through(DateOnly day) => _lines.Where(line => line.Date <= day)
        .GroupBy(line => line.Account).ToDictionary(account => account.Key, account => account.Sum(line => line.Amount));

    private void Lines(JsonObject document, int side, Guid control)
    {
        Add(document, control, side * (decimal)document["Total"]!);
        foreach (var line in document["LineItems"]!.AsArray())
        {
            var tax = (decimal)line!["TaxAmount"]!;
            var net = (decimal)line["LineAmount"]! - ((string)document["LineAmountTypes"]! == "Inclusive" ? tax : 0m);
            Add(document, AccountOf(line), -side * net);
            Add(document, _system["GST"], -side * tax);
        }
    }

    private void Add(JsonObject document, Guid account, decimal amount) => _lines.Add((account, DateOf((string)document["Date"]!), amount));

    private static Guid AccountOf(JsonNode node) => Guid.Parse((string)node["AccountID"]!);

    private static DateOnly DateOf(string text) =>
        DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text[6..text.IndexOf('+', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture)).UtcDateTime);

    private static IEnumerable<JsonObject> All(FakeOrganisation organisation, string endpoint) =>
        organisation.Texts(endpoint).Select(text => JsonNode.Parse(text)!.AsObject());
}
