using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

public sealed partial class FakeBooks
{
    /// <summary>A sales invoice, tax exclusive.</summary>
    public Guid Invoice(DateOnly date, string contact, params FakeLine[] lines) => Invoice(new FakeInvoice(contact, date, lines));

    /// <summary>A sales invoice.</summary>
    public Guid Invoice(FakeInvoice invoice) => Write("ACCREC", invoice);

    /// <summary>A supplier's bill, tax exclusive.</summary>
    public Guid Bill(DateOnly date, string contact, params FakeLine[] lines) => Bill(new FakeInvoice(contact, date, lines));

    /// <summary>A supplier's bill.</summary>
    public Guid Bill(FakeInvoice bill) => Write("ACCPAY", bill);

    /// <summary>Many events at once: invoices reach the wire at the end, each once, however often it changed.</summary>
    public void Together(Action write)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (_deferred is not null)
        {
            write();
            return;
        }

        _deferred = [];
        try
        {
            write();
        }
        finally
        {
            var changed = _deferred;
            _deferred = null;
            foreach (var (state, stamp) in changed)
            {
                Put(state, stamp);
            }
        }
    }

    /// <summary>What is still to be paid, tax included.</summary>
    public decimal Due(Guid invoice) => InvoiceOf(invoice).Due;

    private Guid Write(string type, FakeInvoice document)
    {
        var key = document.Key ?? document.Number ?? NextKey(type);
        var id = DemoIds.For(_seed, "invoice", type + key);
        var state = new InvoiceState(id, type, document.Number ?? (type == "ACCREC" ? "INV-" : "BILL-") + key)
        {
            Document = document,
            Status = document.Status,
            Totals = TotalsOf(document),
        };
        _written[id] = new Written("Invoices", document.Date) { Entry = PostInvoice(state), Invoice = state };
        Settle(state, Stamp(document.Date, id));
        return id;
    }

    private JournalEntry? PostInvoice(InvoiceState state)
    {
        var document = state.Document;
        if (state.Status != "AUTHORISED" || !document.Posts)
        {
            return null;
        }

        return Journal.Post(document.Date, state.Number, InvoiceEntry(state));
    }

    private List<JournalLine> InvoiceEntry(InvoiceState state) => Entry(
        state.Document.Lines, state.Document.LineAmountTypes, ControlOf(state.IsSale), state.IsSale ? -1 : 1, state.Document.CurrencyRate, state.Document.RoundingDifference);

    private Totals TotalsOf(FakeInvoice document)
    {
        var totals = Add(document.Lines, document.LineAmountTypes);
        return totals with { Total = totals.Total + document.RoundingDifference };
    }

    private void Settle(InvoiceState state, DateTimeOffset stamp)
    {
        _settlements++;
        if (state.Status is "AUTHORISED" or "PAID")
        {
            state.Status = state.Due == 0m ? "PAID" : "AUTHORISED";
        }

        Put(state, stamp);
    }

    private void Put(InvoiceState state, DateTimeOffset stamp)
    {
        if (_deferred is null)
        {
            Organisation.Put("Invoices", InvoiceJson(state), stamp);
        }
        else
        {
            _deferred[state] = stamp;
        }
    }

    private JsonObject InvoiceJson(InvoiceState state)
    {
        var document = state.Document;
        var due = document.DueDate ?? document.Date.AddDays(30);
        var json = new JsonObject
        {
            ["Type"] = state.Type,
            ["InvoiceID"] = WireFormat.Id(state.Id),
            ["InvoiceNumber"] = state.Number,
            ["Reference"] = document.Reference,
            ["Payments"] = new JsonArray([.. state.Payments.Select(SettlingJson)]),
            ["CreditNotes"] = CreditsJson(state, "CreditNotes"),
            ["Prepayments"] = CreditsJson(state, "Prepayments"),
            ["Overpayments"] = CreditsJson(state, "Overpayments"),
            ["AmountDue"] = WireFormat.Money(state.Status is "VOIDED" or "DELETED" ? 0m : state.Due),
            ["AmountPaid"] = WireFormat.Money(state.Paid),
            ["AmountCredited"] = WireFormat.Money(state.Credited),
            ["SentToContact"] = state.IsSale,
            ["CurrencyRate"] = document.CurrencyRate,
            ["HasErrors"] = false,
            ["IsDiscounted"] = IsDiscounted(document),
            ["HasAttachments"] = document.HasAttachments,
            ["Contact"] = ContactJson(document.Contact),
            ["DateString"] = WireFormat.DateText(document.Date),
            ["Date"] = WireFormat.Date(document.Date),
            ["DueDateString"] = WireFormat.DateText(due),
            ["DueDate"] = WireFormat.Date(due),
            ["Status"] = state.Status,
            ["LineAmountTypes"] = document.LineAmountTypes,
            ["LineItems"] = LinesJson(state.Id, document.Lines, document.LineAmountTypes),
            ["SubTotal"] = WireFormat.Money(state.Totals.Net),
            ["TotalTax"] = WireFormat.Money(state.Totals.Tax),
            ["Total"] = WireFormat.Money(state.Totals.Total),
            ["UpdatedDateUTC"] = "",
            ["UpdatedDateUTCString"] = "",
            ["CurrencyCode"] = CurrencyOf(document),
        };
        if (document.Repeating is { } repeating)
        {
            json["RepeatingInvoiceID"] = WireFormat.Id(repeating);
        }

        if (state.Status == "PAID")
        {
            json["FullyPaidOnDate"] = WireFormat.Date(
                state.Payments.Select(payment => payment.Date).Concat(state.Credits.Select(credit => credit.Effective)).Append(document.Date).Max());
        }

        return json;
    }

    private InvoiceState InvoiceOf(Guid id) => _written[id].Invoice ?? throw new ArgumentException("That is no invoice or bill.");

    private sealed class InvoiceState(Guid id, string type, string number)
    {
        public Guid Id { get; } = id;

        public string Type { get; } = type;

        public string Number { get; } = number;

        public required FakeInvoice Document { get; set; }

        public required string Status { get; set; }

        public required Totals Totals { get; set; }

        public List<PaymentState> Payments { get; } = [];

        /// <summary>Payments ever made, deleted ones included.</summary>
        public int PaymentCount { get; set; }

        public bool IsSale => Type == "ACCREC";

        public decimal Paid => Payments.Sum(payment => payment.Amount);

        public List<AllocationState> Credits { get; } = [];

        public decimal Credited => Credits.Sum(credit => credit.Amount);

        public decimal Due => Totals.Total - Paid - Credited;
    }
}
