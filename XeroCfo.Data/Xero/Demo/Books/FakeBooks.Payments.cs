using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

public sealed partial class FakeBooks
{
    /// <summary>Pays an invoice or bill, whole or in part, in its own currency; an amount of null pays what is due. Nothing is written when
    /// nothing is due.</summary>
    /// <param name="rate">The day's rate, foreign units for one of base; null takes the document's own. The difference is a realised gain.</param>
    public Guid? Payment(Guid invoice, DateOnly date, string bank, decimal? amount = null, string? key = null, decimal? rate = null)
    {
        var state = InvoiceOf(invoice);
        var paid = amount ?? state.Due;
        if (paid == 0m || state.Status is not ("AUTHORISED" or "PAID"))
        {
            return null;
        }

        var id = DemoIds.For(_seed, "payment", key ?? invoice + "/" + (state.Payments.Count + 1));
        var payment = new PaymentState(id, date, bank, paid, rate ?? state.Document.CurrencyRate, state);
        state.Payments.Add(payment);
        WritePayment(payment, "Payment of " + state.Number, Control(state.IsSale ? "DEBTORS" : "CREDITORS"), state.IsSale ? 1 : -1, state.Document.CurrencyRate);
        Settle(state, Stamp(date, id));
        return id;
    }

    private void WritePayment(PaymentState payment, string bookedAs, Guid control, int side, decimal documentRate)
    {
        var (paid, settled) = (Cents(payment.Amount / payment.Rate), Cents(payment.Amount / documentRate));
        List<JournalLine> lines = [new(IdOf(payment.Bank), side * paid), new(control, -side * settled)];
        if (paid != settled)
        {
            lines.Add(new JournalLine(Control("REALISEDCURRENCYGAIN"), side * (settled - paid)));
        }

        var entry = Journal.Post(payment.Date, bookedAs, lines);
        _written[payment.Id] = new Written("Payments", payment.Date) { Entry = entry, Payment = payment };
        Organisation.Put("Payments", PaymentJson(payment), Stamp(payment.Date, payment.Id));
    }

    private JsonObject PaymentJson(PaymentState payment, string status = "AUTHORISED")
    {
        var json = new JsonObject
        {
            ["PaymentID"] = WireFormat.Id(payment.Id),
            ["Date"] = WireFormat.Date(payment.Date),
            ["BankAmount"] = WireFormat.Money(IsForeign(payment.Bank) ? payment.Amount : payment.Amount / payment.Rate),
            ["Amount"] = WireFormat.Money(payment.Amount),
            ["Reference"] = payment.Invoice?.Number ?? payment.Credit!.Number,
            ["CurrencyRate"] = payment.Rate,
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
            json["Invoice"] = PaidJson("Invoice", invoice.Id, invoice.Number, invoice.Type, invoice.Document);
        }
        else if (payment.Credit is { } credit)
        {
            json["CreditNote"] = PaidJson("CreditNote", credit.Id, credit.Number, credit.Type, credit.Document);
        }

        json["HasValidationErrors"] = false;
        return json;
    }

    private JsonObject PaidJson(string kind, Guid id, string number, string type, FakeInvoice document) => new()
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
        ["Contact"] = ContactJson(document.Contact),
        ["LineItems"] = new JsonArray(),
        ["CurrencyCode"] = document.Currency ?? Organisation.Settings.BaseCurrency,
    };

    private bool IsForeign(string bank) => _accounts[bank].Currency != Organisation.Settings.BaseCurrency;

    private sealed record PaymentState(Guid Id, DateOnly Date, string Bank, decimal Amount, decimal Rate, InvoiceState? Invoice = null, CreditState? Credit = null);
}
