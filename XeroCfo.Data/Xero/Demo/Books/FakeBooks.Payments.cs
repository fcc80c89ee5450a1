using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

public sealed partial class FakeBooks
{
    /// <summary>Pays an invoice or bill, whole or in part, in its own currency; an amount of null pays what is due. Nothing is written when
    /// nothing is due.</summary>
    /// <param name="rate">The day's rate, foreign units for one of base; null takes the document's own. The difference is a realised gain.</param>
    /// <param name="bankRate">Units of the bank account's currency for one of base, when it is neither the base currency nor the document's.</param>
    public Guid? Payment(Guid invoice, DateOnly date, string bank, decimal? amount = null, string? key = null, decimal? rate = null, decimal? bankRate = null)
    {
        var state = InvoiceOf(invoice);
        var paid = amount ?? state.Due;
        if (paid == 0m || state.Status is not ("AUTHORISED" or "PAID"))
        {
            return null;
        }

        var id = DemoIds.For(_seed, "payment", key ?? invoice + "/" + ++state.PaymentCount);
        var payment = new PaymentState(id, date, bank, paid, rate ?? state.Document.CurrencyRate, state) { BankRate = bankRate };
        state.Payments.Add(payment);
        WritePayment(payment);
        Settle(state, Stamp(date, id));
        return id;
    }

    private void WritePayment(PaymentState payment)
    {
        _written[payment.Id] = new Written("Payments", payment.Date) { Payment = payment };
        Resettle(payment);
        Organisation.Put("Payments", PaymentJson(payment), Stamp(payment.Date, payment.Id));
    }

    private void Resettle(PaymentState payment)
    {
        if (payment.Invoice is { } invoice)
        {
            Resettle(invoice);
        }
        else
        {
            Resettle(payment.Credit!);
        }
    }

    private JsonObject PaymentJson(PaymentState payment, string status = "AUTHORISED")
    {
        var json = new JsonObject { ["PaymentID"] = WireFormat.Id(payment.Id) };
        if (payment.Batch is { } batch)
        {
            json["BatchPaymentID"] = WireFormat.Id(batch.Id);
            json["BatchPayment"] = BatchSummary(batch);
        }

        json["Date"] = WireFormat.Date(payment.Date);
        json["BankAmount"] = WireFormat.Money(BankAmount(payment));
        json["Amount"] = WireFormat.Money(payment.Amount);
        json["Reference"] = payment.Invoice?.Number ?? payment.Credit!.Number;
        json["CurrencyRate"] = payment.WireRate;
        json["PaymentType"] = payment.Type;
        json["Status"] = status;
        json["UpdatedDateUTC"] = "";
        json["UpdatedDateUTCString"] = "";
        json["HasAccount"] = true;
        json["IsReconciled"] = true;
        json["Account"] = AccountJson(payment.Bank);
        if (payment.Invoice is { } invoice)
        {
            json["Invoice"] = PaidJson("Invoice", invoice.Id, invoice.Number, invoice.Type, invoice.Document);
        }
        else if (payment.Credit is { } credit)
        {
            // Xero files the refund of a credit note under Invoice, whatever its documentation says; both must be understood.
            var member = credit.IsNote && IsOdd(payment.Id) ? "Invoice" : credit.Endpoint[..^1];
            json[member] = PaidJson(member, credit.Id, credit.Number, credit.Type, credit.Document);
        }

        json["HasValidationErrors"] = false;
        return json;
    }

    private JsonObject PaidJson(string kind, Guid id, string number, string type, FakeInvoice document) => new()
    {
        ["Type"] = type,
        [kind + "ID"] = WireFormat.Id(id),
        [kind is "Invoice" or "CreditNote" ? kind + "Number" : "ID"] = kind is "Invoice" or "CreditNote" ? number : WireFormat.Id(id),
        ["Payments"] = new JsonArray(),
        ["CreditNotes"] = new JsonArray(),
        ["Prepayments"] = new JsonArray(),
        ["Overpayments"] = new JsonArray(),
        ["HasErrors"] = false,
        ["IsDiscounted"] = false,
        ["Contact"] = ContactJson(document.Contact),
        ["LineItems"] = new JsonArray(),
        ["CurrencyCode"] = CurrencyOf(document),
    };

    /// <summary>What left or reached the bank account, in its own currency.</summary>
    private decimal BankAmount(PaymentState payment)
    {
        var (bank, paid) = (_accounts[payment.Bank].Currency, CurrencyOf(payment.Document));
        var inBase = paid == Organisation.Settings.BaseCurrency ? payment.Amount : Cents(payment.Amount / payment.Rate);
        return bank == paid ? payment.Amount
            : bank == Organisation.Settings.BaseCurrency ? inBase
            : Cents(inBase * (payment.BankRate ?? 1m));
    }

    private bool IsForeign(string bank) => _accounts[bank].Currency != Organisation.Settings.BaseCurrency;

    /// <param name="Rate">Units of the settled document's currency for one of base.</param>
    private sealed record PaymentState(Guid Id, DateOnly Date, string Bank, decimal Amount, decimal Rate, InvoiceState? Invoice = null, CreditState? Credit = null)
    {
        public decimal? BankRate { get; init; }

        public BatchState? Batch { get; set; }

        public FakeInvoice Document => Invoice?.Document ?? Credit!.Document;

        /// <summary>+1 for money in, −1 for money out.</summary>
        public int Side => Invoice is { } invoice ? (invoice.IsSale ? 1 : -1) : Credit!.IsSale ? -1 : 1;

        /// <summary>The rate as Xero shows it: of a base-currency document paid from a foreign account it is the account's.</summary>
        public decimal WireRate => Document.Currency is null && BankRate is { } bankRate ? bankRate : Rate;

        public string Type => Invoice is { } invoice
            ? invoice.Type + "PAYMENT"
            : (Credit!.IsSale ? "AR" : "AP") + (Credit.IsNote ? "CREDIT" : Credit.IsPrepayment ? "PREPAYMENT" : "OVERPAYMENT") + "PAYMENT";

        public bool Equals(PaymentState? other) => other?.Id == Id;

        public override int GetHashCode() => Id.GetHashCode();
    }
}
