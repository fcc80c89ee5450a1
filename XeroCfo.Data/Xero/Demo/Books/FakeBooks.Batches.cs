using System.Globalization;
using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

public sealed partial class FakeBooks
{
    /// <summary>Pays several invoices, or several bills, in one go. The books hold nothing but the single payments. Returns the BatchPaymentID.</summary>
    public Guid BatchPayment(DateOnly date, string bank, IReadOnlyList<Guid> invoices, string reference = "", string? key = null)
    {
        ArgumentNullException.ThrowIfNull(invoices);
        var id = DemoIds.For(_seed, "batch-payment", key ?? NextKey("batch-payment"));
        var batch = new BatchState(id, date, bank, reference, InvoiceOf(invoices[0]).IsSale ? "RECBATCH" : "PAYBATCH");
        _written[id] = new Written("BatchPayments", date) { Batch = batch };
        var stamp = Stamp(date, id);
        foreach (var invoice in invoices)
        {
            if (Payment(invoice, date, bank, key: $"{id}/{batch.Payments.Count}") is { } payment)
            {
                var state = _written[payment].Payment!;
                state.Batch = batch;
                batch.Payments.Add(state);
            }
        }

        foreach (var payment in batch.Payments)
        {
            Organisation.Put("Payments", PaymentJson(payment), stamp);
        }

        Organisation.Put("BatchPayments", BatchJson(batch), stamp);
        return id;
    }

    /// <summary>The PaymentIDs of a batch that stand.</summary>
    public IReadOnlyList<Guid> PaymentsOf(Guid batch) => [.. _written[batch].Batch!.Payments.Select(payment => payment.Id)];

    private void VoidBatch(BatchState batch, DateOnly onDay, DateTimeOffset stamp)
    {
        batch.Status = "DELETED";
        foreach (var payment in batch.Payments.ToList())
        {
            Void(payment.Id, onDay);
        }

        Organisation.Put("BatchPayments", BatchJson(batch), stamp);
    }

    private JsonObject BatchJson(BatchState batch)
    {
        var json = BatchSummary(batch);
        json["Account"] = new JsonObject { ["AccountID"] = WireFormat.Id(IdOf(batch.Bank)), ["CurrencyCode"] = _accounts[batch.Bank].Currency };
        json["Reference"] = batch.Reference;
        json["DateString"] = WireFormat.DateText(batch.Date);
        json["Payments"] = new JsonArray([.. batch.Payments.Select(payment => new JsonObject
        {
            ["Invoice"] = PaidJson("Invoice", payment.Invoice!.Id, payment.Invoice.Number, payment.Invoice.Type, payment.Document),
            ["PaymentID"] = WireFormat.Id(payment.Id),
            ["Amount"] = WireFormat.Money(payment.Amount),
            ["BankAmount"] = WireFormat.Money(BankAmount(payment)),
        })]);
        json["TotalAmount"] = WireFormat.Money(batch.Payments.Sum(payment => payment.Amount));
        json["IsReconciled"] = false;
        json["UpdatedDateUTC"] = "";
        return json;
    }

    // Inside a payment Xero writes the batch's total and mark as texts.
    private JsonObject BatchSummary(BatchState batch) => new()
    {
        ["Account"] = new JsonObject { ["AccountID"] = WireFormat.Id(IdOf(batch.Bank)) },
        ["BatchPaymentID"] = WireFormat.Id(batch.Id),
        ["Date"] = WireFormat.Date(batch.Date),
        ["Type"] = batch.Type,
        ["Status"] = batch.Status,
        ["TotalAmount"] = batch.Payments.Sum(payment => payment.Amount).ToString("F2", CultureInfo.InvariantCulture),
        ["UpdatedDateUTC"] = WireFormat.Instant(Stamp(batch.Date, batch.Id)),
        ["IsReconciled"] = "false",
    };

    private sealed class BatchState(Guid id, DateOnly date, string bank, string reference, string type)
    {
        public Guid Id { get; } = id;

        public DateOnly Date { get; } = date;

        public string Bank { get; } = bank;

        public string Reference { get; } = reference;

        public string Type { get; } = type;

        public string Status { get; set; } = "AUTHORISED";

        public List<PaymentState> Payments { get; } = [];
    }
}
