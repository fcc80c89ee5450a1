using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

public sealed partial class FakeBooks
{
    /// <summary>A credit note to a customer; amounts positive.</summary>
    public Guid CreditNote(FakeInvoice credit) => WriteCredit(credit, isSale: true);

    /// <summary>A supplier's credit note; amounts positive.</summary>
    public Guid SupplierCredit(FakeInvoice credit) => WriteCredit(credit, isSale: false);

    /// <summary>Sets a credit note against an invoice or bill of the same currency. In base currency nothing moves in the books; at different
    /// rates the difference is a realised gain of the allocation's day. Both documents change on the wire.</summary>
    public void Allocate(Guid credit, Guid invoice, DateOnly date, decimal amount)
    {
        var (from, to) = (CreditOf(credit), InvoiceOf(invoice));
        if (from.IsSale != to.IsSale || amount > from.Remaining || amount > to.Due)
        {
            throw new InvalidOperationException("Xero allocates no more than what is left on both sides.");
        }

        var allocation = new AllocationState(DemoIds.For(_seed, "allocation", $"{credit}/{from.Allocations.Count}"), from, to, date, amount);
        from.Allocations.Add(allocation);
        to.Credits.Add(allocation);
        var difference = Cents(amount / from.Document.CurrencyRate) - Cents(amount / to.Document.CurrencyRate);
        if (difference != 0m)
        {
            var side = to.IsSale ? 1 : -1;
            allocation.Entry = Journal.Post(date, "Allocation of " + from.Number,
                [new JournalLine(Control(to.IsSale ? "DEBTORS" : "CREDITORS"), side * difference), new JournalLine(Control("REALISEDCURRENCYGAIN"), -side * difference)]);
        }

        var stamp = Stamp(date, allocation.Id);
        Settle(from, stamp);
        Settle(to, stamp);
    }

    /// <summary>Takes an allocation back; it leaves no record, only both documents' UpdatedDateUTC.</summary>
    public void RemoveAllocations(Guid credit, DateOnly onDay)
    {
        var state = CreditOf(credit);
        var stamp = Stamp(onDay, credit);
        foreach (var allocation in state.Allocations)
        {
            allocation.Invoice.Credits.Remove(allocation);
            if (allocation.Entry is { } entry)
            {
                Journal.Reverse(entry);
            }

            Settle(allocation.Invoice, stamp);
        }

        state.Allocations.Clear();
        Settle(state, stamp);
    }

    /// <summary>Pays a credit note out from, or for a supplier's into, a bank account. Returns the payment's id.</summary>
    public Guid Refund(Guid credit, DateOnly date, string bank, decimal amount, decimal? rate = null)
    {
        var state = CreditOf(credit);
        var id = DemoIds.For(_seed, "payment", credit + "/" + (state.Refunds.Count + 1));
        var refund = new PaymentState(id, date, bank, amount, rate ?? state.Document.CurrencyRate, Credit: state);
        state.Refunds.Add(refund);
        WritePayment(refund, "Refund of " + state.Number, Control(state.IsSale ? "DEBTORS" : "CREDITORS"), state.IsSale ? -1 : 1, state.Document.CurrencyRate);
        Settle(state, Stamp(date, id));
        return id;
    }

    private Guid WriteCredit(FakeInvoice document, bool isSale)
    {
        var type = isSale ? "ACCRECCREDIT" : "ACCPAYCREDIT";
        var key = document.Key ?? document.Number ?? NextKey(type);
        var id = DemoIds.For(_seed, "credit-note", type + key);
        var state = new CreditState(id, type, document.Number ?? "CN-" + key) { Document = document, Status = document.Status, Totals = TotalsOf(document) };
        var entry = document.Status == "AUTHORISED" && document.Posts
            ? Journal.Post(document.Date, state.Number, Entry(document.Lines, document.LineAmountTypes, Control(isSale ? "DEBTORS" : "CREDITORS"), isSale ? 1 : -1, document.CurrencyRate, document.RoundingDifference))
            : null;
        _written[id] = new Written("CreditNotes", document.Date) { Entry = entry, Credit = state };
        Settle(state, Stamp(document.Date, id));
        return id;
    }

    private void Settle(CreditState state, DateTimeOffset stamp)
    {
        if (state.Status is "AUTHORISED" or "PAID")
        {
            state.Status = state.Remaining == 0m ? "PAID" : "AUTHORISED";
        }

        Organisation.Put("CreditNotes", CreditJson(state), stamp);
    }

    private JsonObject CreditJson(CreditState state) => new()
    {
        ["CreditNoteID"] = WireFormat.Id(state.Id),
        ["CreditNoteNumber"] = state.Number,
        ["Payments"] = new JsonArray([.. state.Refunds.Select(refund => new JsonObject
        {
            ["PaymentID"] = WireFormat.Id(refund.Id),
            ["Date"] = WireFormat.Date(refund.Date),
            ["Amount"] = WireFormat.Money(refund.Amount),
            ["CurrencyRate"] = refund.Rate,
            ["HasAccount"] = false,
            ["HasValidationErrors"] = false,
        })]),
        ["ID"] = WireFormat.Id(state.Id),
        ["CurrencyRate"] = state.Document.CurrencyRate,
        ["Type"] = state.Type,
        ["Reference"] = state.Document.Reference,
        ["RemainingCredit"] = WireFormat.Money(state.Remaining),
        ["Allocations"] = new JsonArray([.. state.Allocations.Select(allocation => new JsonObject
        {
            ["AllocationID"] = WireFormat.Id(allocation.Id),
            ["Amount"] = WireFormat.Money(allocation.Amount),
            ["Date"] = WireFormat.Date(allocation.Date),
            ["Invoice"] = new JsonObject { ["InvoiceID"] = WireFormat.Id(allocation.Invoice.Id), ["InvoiceNumber"] = allocation.Invoice.Number },
        })]),
        ["HasAttachments"] = false,
        ["Contact"] = ContactJson(state.Document.Contact),
        ["DateString"] = WireFormat.DateText(state.Document.Date),
        ["Date"] = WireFormat.Date(state.Document.Date),
        ["Status"] = state.Status,
        ["LineAmountTypes"] = state.Document.LineAmountTypes,
        ["LineItems"] = LinesJson(state.Id, state.Document.Lines, state.Document.LineAmountTypes),
        ["SubTotal"] = WireFormat.Money(state.Totals.Net),
        ["TotalTax"] = WireFormat.Money(state.Totals.Tax),
        ["Total"] = WireFormat.Money(state.Totals.Total),
        ["UpdatedDateUTC"] = "",
        ["UpdatedDateUTCString"] = "",
        ["CurrencyCode"] = state.Document.Currency ?? Organisation.Settings.BaseCurrency,
    };

    private static JsonArray CreditsJson(InvoiceState state) => new([.. state.Credits.Select(allocation => new JsonObject
    {
        ["CreditNoteID"] = WireFormat.Id(allocation.Credit.Id),
        ["CreditNoteNumber"] = allocation.Credit.Number,
        ["ID"] = WireFormat.Id(allocation.Credit.Id),
        ["HasErrors"] = false,
        ["AppliedAmount"] = WireFormat.Money(allocation.Amount),
        ["DateString"] = WireFormat.DateText(allocation.Date),
        ["Date"] = WireFormat.Date(allocation.Date),
        ["LineItems"] = new JsonArray(),
        ["Total"] = WireFormat.Money(allocation.Credit.Totals.Total),
    })]);

    private CreditState CreditOf(Guid id) => _written[id].Credit ?? throw new ArgumentException("That is no credit note.");

    private sealed record AllocationState(Guid Id, CreditState Credit, InvoiceState Invoice, DateOnly Date, decimal Amount)
    {
        public JournalEntry? Entry { get; set; }
    }

    private sealed class CreditState(Guid id, string type, string number)
    {
        public Guid Id { get; } = id;

        public string Type { get; } = type;

        public string Number { get; } = number;

        public required FakeInvoice Document { get; init; }

        public required string Status { get; set; }

        public required Totals Totals { get; init; }

        public List<AllocationState> Allocations { get; } = [];

        public List<PaymentState> Refunds { get; } = [];

        public bool IsSale => Type == "ACCRECCREDIT";

        public decimal Remaining => Totals.Total - Allocations.Sum(allocation => allocation.Amount) - Refunds.Sum(refund => refund.Amount);
    }
}
