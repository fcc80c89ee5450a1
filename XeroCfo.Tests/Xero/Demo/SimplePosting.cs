using System.Text.Json.Nodes;
using XeroCfo.Data.Xero.Demo;

namespace XeroCfo.Tests.Xero.Demo;

/// <summary>A deliberately plain posting of wire JSON, written apart from everything else, to check the demo's journal with.</summary>
internal sealed class SimplePosting
{
    private readonly Dictionary<string, Guid> _system = [];
    private readonly Dictionary<string, decimal> _rates = [];
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
            var paid = Base((decimal)payment["Amount"]!, payment);
            var settled = Base((decimal)payment["Amount"]!, _rates[(string)(payment["Invoice"]?["InvoiceID"] ?? payment["CreditNote"]!["CreditNoteID"])!]);
            Add(payment, AccountOf(payment["Account"]!), side * paid);
            Add(payment, _system[type is "ACCRECPAYMENT" or "ARCREDITPAYMENT" ? "DEBTORS" : "CREDITORS"], -side * settled);
            Add(payment, _system["REALISEDCURRENCYGAIN"], side * (settled - paid));
        }

        foreach (var transaction in All(organisation, "BankTransactions").Where(document => (string)document["Status"]! == "AUTHORISED"))
        {
            if (!((string)transaction["Type"]!).EndsWith("TRANSFER", StringComparison.Ordinal))
            {
                Lines(transaction, ((string)transaction["Type"]!).StartsWith("RECEIVE", StringComparison.Ordinal) ? 1 : -1, AccountOf(transaction["BankAccount"]!));
            }
        }

        var legs = All(organisation, "BankTransactions").ToDictionary(document => (string)document["BankTransactionID"]!);
        foreach (var transfer in All(organisation, "BankTransfers").Where(document => (string)document["Status"]! == "AUTHORISED"))
        {
            var (sent, received) = (legs[(string)transfer["FromBankTransactionID"]!], legs[(string)transfer["ToBankTransactionID"]!]);
            var (outgoing, incoming) = (Base((decimal)sent["Total"]!, sent), Base((decimal)received["Total"]!, received));
            Add(transfer, AccountOf(transfer["FromBankAccount"]!), -outgoing);
            Add(transfer, AccountOf(transfer["ToBankAccount"]!), incoming);
            Add(transfer, _system["REALISEDCURRENCYGAIN"], outgoing - incoming);
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
        if ((string?)(document["InvoiceID"] ?? document["CreditNoteID"]) is { } id)
        {
            _rates[id] = Rate(document);
        }

        List<(Guid Account, decimal Amount)> lines = [];
        foreach (var line in document["LineItems"]!.AsArray())
        {
            var tax = (decimal)line!["TaxAmount"]!;
            lines.Add((AccountOf(line), Base((decimal)line["LineAmount"]! - ((string)document["LineAmountTypes"]! == "Inclusive" ? tax : 0m), document)));
            lines.Add((_system["GST"], Base(tax, document)));
        }

        var exact = document["LineItems"]!.AsArray().Sum(line => (decimal)line!["LineAmount"]! + ((string)document["LineAmountTypes"]! == "Exclusive" ? (decimal)line["TaxAmount"]! : 0m));
        var total = Base((decimal)document["Total"]!, document);
        lines.Add((_system["ROUNDING"], Base((decimal)document["Total"]! - exact, document)));
        if (Rate(document) != 1m)
        {
            lines[0] = (lines[0].Account, lines[0].Amount + total - lines.Sum(line => line.Amount));
        }

        Add(document, control, side * total);
        lines.ForEach(line => Add(document, line.Account, -side * line.Amount));
    }

    private static decimal Rate(JsonObject document) => (decimal?)document["CurrencyRate"] ?? 1m;

    private static decimal Base(decimal amount, JsonObject document) => Base(amount, Rate(document));

    private static decimal Base(decimal amount, decimal rate) => decimal.Round(amount / rate, 2, MidpointRounding.AwayFromZero);

    private void Add(JsonObject document, Guid account, decimal amount) => _lines.Add((account, DateOf((string)document["Date"]!), amount));

    private static Guid AccountOf(JsonNode node) => Guid.Parse((string)node["AccountID"]!);

    private static DateOnly DateOf(string text) =>
        DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text[6..text.IndexOf('+', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture)).UtcDateTime);

    private static IEnumerable<JsonObject> All(FakeOrganisation organisation, string endpoint) =>
        organisation.Texts(endpoint).Select(text => JsonNode.Parse(text)!.AsObject());
}
