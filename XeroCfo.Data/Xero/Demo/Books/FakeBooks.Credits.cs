namespace XeroCfo.Data.Xero.Demo;

public sealed partial class FakeBooks
{
    /// <summary>A credit note to a customer; amounts positive.</summary>
    public Guid CreditNote(FakeInvoice credit) => WriteCredit(credit, isSale: true);

    /// <summary>A supplier's credit note; amounts positive.</summary>
    public Guid SupplierCredit(FakeInvoice credit) => WriteCredit(credit, isSale: false);

    /// <summary>Sets a credit note, overpayment or prepayment against an invoice or bill of the same currency. Both documents change on the
    /// wire; what moves in the books is told at <see cref="Resettle(CreditState)"/>.</summary>
    public void Allocate(Guid credit, Guid invoice, DateOnly date, decimal amount)
    {
        var (from, to) = (CreditOf(credit), InvoiceOf(invoice));
        if (from.IsSale != to.IsSale || CurrencyOf(from.Document) != CurrencyOf(to.Document) || amount > from.Remaining || amount > to.Due)
        {
            throw new InvalidOperationException("Xero allocates within one currency, and no more than what is left on both sides.");
        }

        var allocation = new AllocationState(DemoIds.For(_seed, "allocation", $"{credit}/{++from.Allocated}"), from, to, date, amount);
        from.Allocations.Add(allocation);
        to.Credits.Add(allocation);
        Resettle(from);
        var stamp = Stamp(date, allocation.Id);
        Settle(from, stamp);
        Settle(to, stamp);
    }

    /// <summary>Takes all allocations of a credit back; they leave no record, only both documents' UpdatedDateUTC.</summary>
    public void RemoveAllocations(Guid credit, DateOnly onDay)
    {
        var state = CreditOf(credit);
        var stamp = Stamp(onDay, credit);
        foreach (var allocation in state.Allocations)
        {
            allocation.Invoice.Credits.Remove(allocation);
            allocation.Entry = Keep(allocation.Entry, onDay, "", []);
            Settle(allocation.Invoice, stamp);
        }

        state.Allocations.Clear();
        Resettle(state);
        Settle(state, stamp);
    }

    /// <summary>Pays a credit note, overpayment or prepayment out from, or for a supplier's into, a bank account. Returns the payment's id.</summary>
    /// <param name="rate">The day's rate; null takes the credit's own.</param>
    /// <param name="bankRate">Units of the bank account's currency for one of base, when it is neither the base currency nor the credit's.</param>
    public Guid Refund(Guid credit, DateOnly date, string bank, decimal amount, decimal? rate = null, decimal? bankRate = null)
    {
        var state = CreditOf(credit);
        if (amount > state.Remaining)
        {
            throw new InvalidOperationException("Xero pays out no more than what is left of a credit.");
        }

        var id = DemoIds.For(_seed, "payment", credit + "/" + ++state.Refunded);
        var refund = new PaymentState(id, date, bank, amount, rate ?? state.Document.CurrencyRate, Credit: state) { BankRate = bankRate };
        state.Refunds.Add(refund);
        WritePayment(refund);
        Settle(state, Stamp(date, id));
        return id;
    }

    /// <summary>What is left of a credit note, overpayment or prepayment, in its own currency.</summary>
    public decimal Remaining(Guid credit) => CreditOf(credit).Remaining;

    private Guid WriteCredit(FakeInvoice document, bool isSale)
    {
        var type = isSale ? "ACCRECCREDIT" : "ACCPAYCREDIT";
        var key = document.Key ?? document.Number ?? NextKey(type);
        var id = DemoIds.For(_seed, "credit-note", type + key);
        var state = new CreditState(id, "CreditNotes", type, document.Number ?? "CN-" + key) { Document = document, Status = document.Status, Totals = TotalsOf(document) };
        _written[id] = new Written("CreditNotes", document.Date) { Entry = PostCredit(state), Credit = state };
        Settle(state, Stamp(document.Date, id));
        return id;
    }

    private JournalEntry? PostCredit(CreditState state) => state.Document.Status == "AUTHORISED" && state.Document.Posts
        ? Journal.Post(state.Document.Date, state.Number, CreditEntry(state))
        : null;

    private List<JournalLine> CreditEntry(CreditState state)
    {
        var document = state.Document;
        var against = state.Bank is { } bank && !state.IsNote ? IdOf(bank) : ControlOf(state.IsSale);
        var side = state.IsSale == state.IsNote ? 1 : -1;
        return Entry(document.Lines, document.LineAmountTypes, against, side, document.CurrencyRate, document.RoundingDifference);
    }

    private void Settle(CreditState state, DateTimeOffset stamp)
    {
        _settlements++;
        if (state.Status is "AUTHORISED" or "PAID")
        {
            state.Status = state.Remaining == 0m ? "PAID" : "AUTHORISED";
        }

        Organisation.Put(state.Endpoint, CreditJson(state), stamp);
    }

    private Guid ControlOf(bool isSale) => Control(isSale ? "DEBTORS" : "CREDITORS");

    private string CurrencyOf(FakeInvoice document) => document.Currency ?? Organisation.Settings.BaseCurrency;

    private CreditState CreditOf(Guid id) => _written[id].Credit ?? throw new ArgumentException("That is no credit note, overpayment or prepayment.");

    private sealed record AllocationState(Guid Id, CreditState Credit, InvoiceState Invoice, DateOnly Date, decimal Amount)
    {
        public JournalEntry? Entry { get; set; }

        /// <summary>The day it counts from: the latest of its own, the credit's and the invoice's.</summary>
        public DateOnly Effective => new[] { Date, Credit.Document.Date, Invoice.Document.Date }.Max();
    }

    /// <summary>A credit note, an overpayment or a prepayment: what can be set against invoices or paid out.</summary>
    private sealed class CreditState(Guid id, string endpoint, string type, string number)
    {
        public Guid Id { get; } = id;

        /// <summary>CreditNotes, Overpayments or Prepayments.</summary>
        public string Endpoint { get; } = endpoint;

        public string Type { get; } = type;

        public string Number { get; } = number;

        public required FakeInvoice Document { get; set; }

        public required string Status { get; set; }

        public required Totals Totals { get; set; }

        /// <summary>The bank account of an over- or prepayment.</summary>
        public string? Bank { get; init; }

        /// <summary>The bank transaction that an over- or prepayment also is.</summary>
        public Guid BankTransaction { get; init; }

        public List<AllocationState> Allocations { get; } = [];

        public List<PaymentState> Refunds { get; } = [];

        /// <summary>Allocations ever made, those taken back included.</summary>
        public int Allocated { get; set; }

        /// <summary>Refunds ever made, deleted ones included.</summary>
        public int Refunded { get; set; }

        public bool IsNote => Endpoint == "CreditNotes";

        public bool IsPrepayment => Endpoint == "Prepayments";

        public bool IsSale => Type == "ACCRECCREDIT" || Type.StartsWith("RECEIVE", StringComparison.Ordinal);

        public decimal Remaining => Totals.Total - Allocations.Sum(allocation => allocation.Amount) - Refunds.Sum(refund => refund.Amount);
    }
}
