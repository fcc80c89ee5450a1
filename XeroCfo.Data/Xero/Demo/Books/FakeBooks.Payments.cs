using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

public sealed partial class FakeBooks
{
    /// <summary>Pays an invoice or bill, whole or in part; an amount of null pays what is due. Nothing is written when nothing is due.</summary>
    public Guid? Payment(Guid invoice, DateOnly date, string bank, decimal? amount = null, string? key = null)
    {
        var state = InvoiceOf(invoice);
        var paid = amount ?? state.Due;
        if (paid == 0m || state.Status is not ("AUTHORISED" or "PAID"))
        {
            return null;
        }

        var id = DemoIds.For(_seed, "payment", key ?? invoice + "/" + (state.Payments.Count + 1));
        var payment = new PaymentState(id, date, bank, paid, state);
        state.Payments.Add(payment);
        WritePayment(payment, "Payment of " + state.Number, Control(state.IsSale ? "DEBTORS" : "CREDITORS"), state.IsSale ? 1 : -1);
        Settle(state, Stamp(date, id));
        return id;
    }

    private void WritePayment(PaymentState payment, string bookedAs, Guid control, int side)
    {
        var entry = Journal.Post(payment.Date, bookedAs, [new JournalLine(IdOf(payment.Bank), side * payment.Amount), new JournalLine(control, -side * payment.Amount)]);
        _written[payment.Id] = new Written("Payments", payment.Date) { Entry = entry, Payment = payment };
        Organisation.Put("Payments", PaymentJson(payment), Stamp(payment.Date, payment.Id));
    }

    private JsonObject PaymentJson(PaymentState payment, string status = "AUTHORISED")
    {
        var json = new JsonObject
        {
            ["PaymentID"] = WireFormat.Id(payment.Id),
            ["Date"] = WireFormat.Date(payment.Date),
            ["BankAmount"] = WireFormat.Money(payment.Amount),
            ["Amount"] = WireFormat.Money(payment.Amount),
            ["Reference"] = payment.Invoice?.Number ?? payment.Credit!.Number,
            ["CurrencyRate"] = 1,
            ["PaymentType"] = (payment.Invoice?.Type ?? (payment.Credit!.IsSale ? "ARCREDIT" : "APCREDIT")) + "PAYMENT",
            ["Status"] = status,
            ["UpdatedDateUTC"] = "",
            ["UpdatedDateUTCString"] = "",
            ["HasAccount"] = true,
            ["IsReconciled"] = true,
            ["Account"] = AccountJson(payment.Bank),
        };
        if (payment.Invoice is { } invoice)
        {
            json["Invoice"] = PaidJson("Invoice", invoice.Id, invoice.Number, invoice.Type, invoice.Document.Contact);
        }
        else if (payment.Credit is { } credit)
        {
            json["CreditNote"] = PaidJson("CreditNote", credit.Id, credit.Number, credit.Type, credit.Document.Contact);
        }

        json["HasValidationErrors"] = false;
        return json;
    }

    private JsonObject PaidJson(string kind, Guid id, string number, string type, string contact) => new()
    {
        ["Type"] = type,
        [kind + "ID"] = WireFormat.Id(id),
        [kind + "Number"] = number,
        ["Payments"] = new JsonArray(),
        ["CreditNotes"] = new JsonArray(),
        ["Prepayments"] = new JsonArray(),
        ["Overpayments"] = new JsonArray(),
        ["HasErrors"] = false,
        ["IsDiscounted"] = false,
        ["Contact"] = ContactJson(contact),
        ["LineItems"] = new JsonArray(),
        ["CurrencyCode"] = Organisation.Settings.BaseCurrency,
    };

    private sealed record PaymentState(Guid Id, DateOnly Date, string Bank, decimal Amount, InvoiceState? Invoice = null, CreditState? Credit = null);
}
