using System.Globalization;
using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

public sealed partial class FakeBooks
{
    /// <summary>Money moved between two bank accounts of the base currency.</summary>
    public Guid Transfer(DateOnly date, string from, string to, decimal amount, string reference = "", string? key = null) =>
        Transfer(new FakeTransfer(date, from, to, amount) { Reference = reference, Key = key });

    /// <summary>Money moved between two bank accounts, each side in its own currency and at its own rate; the difference in base currency is a
    /// realised gain. Its two bank transactions are on the wire too, as in Xero.</summary>
    public Guid Transfer(FakeTransfer transfer)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        var id = DemoIds.For(_seed, "transfer", transfer.Key ?? NextKey("transfer"));
        var received = transfer.Received ?? transfer.Amount;
        var entry = Journal.Post(transfer.Date, "Transfer " + transfer.Reference, WithRealisedGain(
        [
            new JournalLine(IdOf(transfer.From), -Cents(transfer.Amount / transfer.FromRate)),
            new JournalLine(IdOf(transfer.To), Cents(received / transfer.ToRate)),
        ]));
        _written[id] = new Written("BankTransfers", transfer.Date) { Entry = entry };
        var stamp = Stamp(transfer.Date, id);
        var (spentId, receivedId) = (DemoIds.For(_seed, "transfer-from", id.ToString()), DemoIds.For(_seed, "transfer-to", id.ToString()));
        Organisation.Put("BankTransfers", TransferJson(id, transfer, spentId, receivedId, stamp), stamp);
        Organisation.Put("BankTransactions", TransferLeg(spentId, "SPEND-TRANSFER", transfer, transfer.From, transfer.Amount, transfer.FromRate), stamp);
        Organisation.Put("BankTransactions", TransferLeg(receivedId, "RECEIVE-TRANSFER", transfer, transfer.To, received, transfer.ToRate), stamp);
        return id;
    }

    private JsonObject TransferJson(Guid id, FakeTransfer transfer, Guid spent, Guid received, DateTimeOffset stamp)
    {
        var json = new JsonObject
        {
            ["BankTransferID"] = WireFormat.Id(id),
            ["CreatedDateUTCString"] = stamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
            ["CreatedDateUTC"] = WireFormat.Instant(stamp),
            ["DateString"] = WireFormat.DateText(transfer.Date),
            ["Date"] = WireFormat.Date(transfer.Date),
            ["Status"] = "AUTHORISED",
            ["FromBankAccount"] = AccountJson(transfer.From),
            ["ToBankAccount"] = AccountJson(transfer.To),
            ["Amount"] = WireFormat.Money(transfer.Amount),
            ["CurrencyRate"] = IsForeign(transfer.From) ? transfer.FromRate : transfer.ToRate,
            ["FromBankTransactionID"] = WireFormat.Id(spent),
            ["ToBankTransactionID"] = WireFormat.Id(received),
            ["FromIsReconciled"] = true,
            ["ToIsReconciled"] = true,
            ["Reference"] = transfer.Reference,
            ["HasAttachments"] = false,
        };
        if (transfer.FromTracking.Count + transfer.ToTracking.Count > 0)
        {
            json["FromTracking"] = TrackingJson(transfer.FromTracking);
            json["ToTracking"] = TrackingJson(transfer.ToTracking);
        }

        return json;
    }

    private JsonObject TransferLeg(Guid id, string type, FakeTransfer transfer, string bank, decimal amount, decimal rate)
    {
        var json = BankTransactionJson(id, type, bank, transfer.Date, transfer.Reference, new Totals(amount, 0m, amount));
        if (IsForeign(bank))
        {
            json["CurrencyRate"] = rate;
        }

        json["LineItems"] = new JsonArray(new JsonObject
        {
            ["Description"] = transfer.Reference,
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
}
