using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

public sealed partial class FakeBooks
{
    /// <summary>Money spent from a bank account, tax inclusive.</summary>
    public Guid Spend(DateOnly date, string bank, string contact, params FakeLine[] lines) => Spend(new FakeBankTransaction(bank, contact, date, lines));

    /// <summary>Money spent from a bank account.</summary>
    public Guid Spend(FakeBankTransaction transaction) => Write("SPEND", transaction);

    /// <summary>Money received into a bank account, tax inclusive.</summary>
    public Guid Receive(DateOnly date, string bank, string contact, params FakeLine[] lines) => Receive(new FakeBankTransaction(bank, contact, date, lines));

    /// <summary>Money received into a bank account.</summary>
    public Guid Receive(FakeBankTransaction transaction) => Write("RECEIVE", transaction);

    /// <summary>Money moved between two bank accounts. Its two bank transactions are on the wire too, as in Xero.</summary>
    public Guid Transfer(DateOnly date, string from, string to, decimal amount, string reference = "", string? key = null)
    {
        var id = DemoIds.For(_seed, "transfer", key ?? NextKey("transfer"));
        var entry = Journal.Post(date, "Transfer " + reference, [new JournalLine(IdOf(from), -amount), new JournalLine(IdOf(to), amount)]);
        _written[id] = new Written("BankTransfers", date) { Entry = entry };
        var stamp = Stamp(date, id);
        var (spent, received) = (DemoIds.For(_seed, "transfer-from", id.ToString()), DemoIds.For(_seed, "transfer-to", id.ToString()));
        Organisation.Put("BankTransfers", new JsonObject
        {
            ["BankTransferID"] = WireFormat.Id(id),
            ["CreatedDateUTCString"] = stamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
            ["CreatedDateUTC"] = WireFormat.Instant(stamp),
            ["DateString"] = WireFormat.DateText(date),
            ["Date"] = WireFormat.Date(date),
            ["Status"] = "AUTHORISED",
            ["FromBankAccount"] = AccountJson(from),
            ["ToBankAccount"] = AccountJson(to),
            ["Amount"] = WireFormat.Money(amount),
            ["CurrencyRate"] = 1,
            ["FromBankTransactionID"] = WireFormat.Id(spent),
            ["ToBankTransactionID"] = WireFormat.Id(received),
            ["FromIsReconciled"] = true,
            ["ToIsReconciled"] = true,
            ["Reference"] = reference,
            ["HasAttachments"] = false,
        }, stamp);
        Organisation.Put("BankTransactions", TransferLeg(spent, "SPEND-TRANSFER", from, date, amount, reference), stamp);
        Organisation.Put("BankTransactions", TransferLeg(received, "RECEIVE-TRANSFER", to, date, amount, reference), stamp);
        return id;
    }

    /// <summary>A manual journal without tax; amounts debit +. Only POSTED ones reach the journal.</summary>
    public Guid ManualJournal(DateOnly date, string narration, params FakeLine[] lines) => ManualJournal(date, narration, "POSTED", null, lines);

    /// <summary>A manual journal without tax; amounts debit +. Only POSTED ones reach the journal.</summary>
    public Guid ManualJournal(DateOnly date, string narration, string status, string? key, params FakeLine[] lines)
    {
        var id = DemoIds.For(_seed, "manual-journal", key ?? NextKey("manual-journal"));
        var entry = status == "POSTED" ? Journal.Post(date, narration, lines.Select(line => new JournalLine(IdOf(line.Account), line.Amount))) : null;
        _written[id] = new Written("ManualJournals", date) { Entry = entry };
        Organisation.Put("ManualJournals", new JsonObject
        {
            ["Date"] = WireFormat.Date(date),
            ["Status"] = status,
            ["LineAmountTypes"] = "NoTax",
            ["UpdatedDateUTC"] = "",
            ["ManualJournalID"] = WireFormat.Id(id),
            ["Narration"] = narration,
            ["JournalLines"] = LinesJson(id, lines, "NoTax", journal: true),
            ["ShowOnCashBasisReports"] = true,
            ["HasAttachments"] = false,
        }, Stamp(date, id));
        return id;
    }

    private Guid Write(string type, FakeBankTransaction transaction)
    {
        var id = DemoIds.For(_seed, "bank-transaction", transaction.Key ?? NextKey("bank-transaction"));
        var side = type == "SPEND" ? 1 : -1;
        var entry = transaction.Status == "AUTHORISED"
            ? Journal.Post(transaction.Date, $"{type} {transaction.Contact}", Entry(transaction.Lines, transaction.LineAmountTypes, IdOf(transaction.Bank), side, transaction.CurrencyRate))
            : null;
        _written[id] = new Written("BankTransactions", transaction.Date) { Entry = entry };
        var json = BankTransactionJson(id, type, transaction.Bank, transaction.Date, transaction.Reference, Add(transaction.Lines, transaction.LineAmountTypes));
        json["CurrencyRate"] = transaction.CurrencyRate;
        json["Contact"] = ContactJson(transaction.Contact);
        json["Status"] = transaction.Status;
        json["IsReconciled"] = transaction.IsReconciled;
        json["LineAmountTypes"] = transaction.LineAmountTypes;
        json["LineItems"] = LinesJson(id, transaction.Lines, transaction.LineAmountTypes);
        Organisation.Put("BankTransactions", json, Stamp(transaction.Date, id));
        return id;
    }

    private JsonObject TransferLeg(Guid id, string type, string bank, DateOnly date, decimal amount, string reference)
    {
        var json = BankTransactionJson(id, type, bank, date, reference, new Totals(amount, 0m, amount));
        json["LineItems"] = new JsonArray(new JsonObject
        {
            ["Description"] = reference,
            ["UnitAmount"] = WireFormat.Money(amount),
            ["TaxType"] = "NONE",
            ["TaxAmount"] = WireFormat.Money(0m),
            ["LineAmount"] = WireFormat.Money(amount),
            ["Tracking"] = new JsonArray(),
            ["Quantity"] = WireFormat.Quantity(1m),
            ["LineItemID"] = WireFormat.Id(DemoIds.For(_seed, "line", id + "/0")),
            ["ValidationErrors"] = new JsonArray(),
        });
        return json;
    }

    private JsonObject BankTransactionJson(Guid id, string type, string bank, DateOnly date, string reference, Totals totals) => new()
    {
        ["BankTransactionID"] = WireFormat.Id(id),
        ["BankAccount"] = AccountJson(bank),
        ["Type"] = type,
        ["Reference"] = reference,
        ["IsReconciled"] = true,
        ["HasAttachments"] = false,
        ["DateString"] = WireFormat.DateText(date),
        ["Date"] = WireFormat.Date(date),
        ["Status"] = "AUTHORISED",
        ["LineAmountTypes"] = "NoTax",
        ["SubTotal"] = WireFormat.Money(totals.Net),
        ["TotalTax"] = WireFormat.Money(totals.Tax),
        ["Total"] = WireFormat.Money(totals.Total),
        ["UpdatedDateUTC"] = "",
        ["CurrencyCode"] = _accounts[bank].Currency,
    };
}
