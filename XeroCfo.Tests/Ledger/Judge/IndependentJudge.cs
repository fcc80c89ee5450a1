using System.Text.Json.Nodes;
using XeroCfo.Data.Xero.Demo;

namespace XeroCfo.Tests.Ledger.Judge;

/// <summary>A second, deliberately plain posting of a whole organisation straight from the wire (XERO-API 6). It is what the product's posting is
/// judged by, so it shares no code with it, nor with the fake books' own journal.</summary>
internal sealed class IndependentJudge
{
    private readonly string _base;
    private readonly Dictionary<string, Guid> _system = [];
    private readonly Dictionary<Guid, JsonObject> _invoices;
    private readonly Dictionary<Guid, JsonObject> _credits = [];
    private readonly Dictionary<Guid, JsonObject> _bank;
    private readonly Dictionary<(Guid Account, DateOnly Day), decimal> _amounts = [];

    public IndependentJudge(FakeOrganisation organisation)
    {
        _base = organisation.Settings.BaseCurrency;
        foreach (var account in Wire.All(organisation, "Accounts").Where(account => account.Text("SystemAccount").Length > 0))
        {
            _system[account.Text("SystemAccount")] = account.Id("AccountID");
        }

        _invoices = Wire.All(organisation, "Invoices").ToDictionary(invoice => invoice.Id("InvoiceID"));
        _bank = Wire.All(organisation, "BankTransactions").ToDictionary(transaction => transaction.Id("BankTransactionID"));
        foreach (var kind in new[] { "CreditNote", "Overpayment", "Prepayment" })
        {
            foreach (var credit in Wire.All(organisation, kind + "s"))
            {
                _credits[credit.Id(kind + "ID")] = credit;
            }
        }

        Standing(_invoices.Values, "AUTHORISED", "PAID").ForEach(invoice => Document(invoice, invoice.Text("Type") == "ACCREC" ? "DEBTORS" : "CREDITORS", invoice.Text("Type") == "ACCREC" ? 1 : -1));
        Standing(_credits.Values, "AUTHORISED", "PAID").ForEach(Credit);
        Standing(_bank.Values, "AUTHORISED").ForEach(BankTransaction);
        Standing(Wire.All(organisation, "BankTransfers"), "AUTHORISED").ForEach(Transfer);
        Standing(Wire.All(organisation, "Payments"), "AUTHORISED").ForEach(Payment);
        Standing(Wire.All(organisation, "ManualJournals"), "POSTED").ForEach(ManualJournal);
    }

    /// <summary>Base currency, debit +, without what came to 0.00.</summary>
    public Dictionary<(Guid Account, DateOnly Day), decimal> Amounts => _amounts.Where(entry => entry.Value != 0m).ToDictionary();

    /// <summary>What stands on each account through a day.</summary>
    public Dictionary<Guid, decimal> Through(DateOnly day, DateOnly from = default) => _amounts.Where(entry => entry.Key.Day <= day && entry.Key.Day >= from)
        .GroupBy(entry => entry.Key.Account).ToDictionary(account => account.Key, account => account.Sum(entry => entry.Value));

    private static List<JsonObject> Standing(IEnumerable<JsonObject> documents, params string[] statuses) =>
        [.. documents.Where(document => statuses.Contains(document.Text("Status")))];

    // side +1: the control account is debited and the lines credited.
    private void Document(JsonObject document, string control, int side) => Document(document, _system[control], side);

    private void Document(JsonObject document, Guid control, int side)
    {
        Add(document.Day(), control, side * InBase(document, document.Number("Total")));
        foreach (var (account, amount) in Lines(document))
        {
            Add(document.Day(), account, -side * amount);
        }
    }

    /// <summary>The lines, the tax line and the rounding line of a document in base currency; they sum to its total in base currency.</summary>
    private List<(Guid Account, decimal Amount)> Lines(JsonObject document)
    {
        var inclusive = document.Text("LineAmountTypes") == "Inclusive";
        var items = document.Items("LineItems");
        var lines = items.Select(line => (Account: line.Id("AccountID"), Amount: line.Number("LineAmount") - (inclusive ? line.Number("TaxAmount") : 0m))).ToList();
        lines.Add((_system["GST"], items.Sum(line => line.Number("TaxAmount"))));
        lines.Add((_system["ROUNDING"], document.Number("Total") - lines.Sum(line => line.Amount)));
        return OddCents(lines.ConvertAll(line => (line.Account, InBase(document, line.Amount))), InBase(document, document.Number("Total")));
    }

    private static List<(Guid Account, decimal Amount)> OddCents(List<(Guid Account, decimal Amount)> lines, decimal total)
    {
        var largest = 0;
        for (var i = 1; i < lines.Count; i++)
        {
            largest = Math.Abs(lines[i].Amount) > Math.Abs(lines[largest].Amount) ? i : largest;
        }

        lines[largest] = (lines[largest].Account, lines[largest].Amount + total - lines.Sum(line => line.Amount));
        return lines;
    }

    private void Credit(JsonObject credit)
    {
        var isSale = IsSale(credit);
        var side = isSale ? 1 : -1;
        if (credit.ContainsKey("CreditNoteID"))
        {
            Document(credit, isSale ? "DEBTORS" : "CREDITORS", -side);
        }

        var allocations = credit.Items("Allocations");
        for (var i = 0; i < allocations.Length; i++)
        {
            var invoice = _invoices[allocations[i]["Invoice"]!.Id("InvoiceID")];
            var (day, amount) = (Effective(credit, allocations[i]), allocations[i].Number("Amount"));
            var control = _system[isSale ? "DEBTORS" : "CREDITORS"];
            var balance = -side * InBase(invoice, amount);
            Add(day, control, balance);
            if (credit.ContainsKey("PrepaymentID"))
            {
                balance += TakeBack(credit, i, day);
            }
            else
            {
                Add(day, control, side * InBase(credit, amount));
                balance += side * InBase(credit, amount);
            }

            Gain(day, balance);
        }
    }

    /// <summary>Takes back what a use of a prepayment is worth of its lines. Returns the sum that was posted.</summary>
    private decimal TakeBack(JsonObject prepayment, int use, DateOnly day)
    {
        var uses = Uses(prepayment);
        var left = Lines(prepayment);
        var lines = left.ToList();
        foreach (var one in Enumerable.Range(0, uses.Count).OrderBy(i => uses[i].Day))
        {
            var isLast = prepayment.Number("RemainingCredit") == 0m && left.Count > 0 && one == Enumerable.Range(0, uses.Count).OrderBy(i => uses[i].Day).Last();
            var part = isLast
                ? left.ToList()
                : OddCents(lines.ConvertAll(line => (line.Account, Cents(line.Amount * uses[one].Amount / prepayment.Number("Total")))), InBase(prepayment, uses[one].Amount));
            if (one == use)
            {
                var side = IsSale(prepayment) ? 1 : -1;
                part.ForEach(line => Add(day, line.Account, side * line.Amount));
                return side * part.Sum(line => line.Amount);
            }

            left = [.. left.Zip(part, (whole, taken) => (whole.Account, whole.Amount - taken.Amount))];
        }

        throw new InvalidOperationException("The prepayment does not list this use.");
    }

    private List<(DateOnly Day, decimal Amount)> Uses(JsonObject prepayment) =>
    [
        .. prepayment.Items("Allocations").Select(allocation => (Effective(prepayment, allocation), allocation.Number("Amount"))),
        .. prepayment.Items("Payments").Select(refund => (refund.Day(), refund.Number("Amount"))),
    ];

    private void BankTransaction(JsonObject transaction)
    {
        var (type, account) = (transaction.Text("Type"), transaction["BankAccount"]!.Id("AccountID"));
        if (!type.EndsWith("-TRANSFER", StringComparison.Ordinal))
        {
            Document(transaction, account, type.StartsWith("RECEIVE", StringComparison.Ordinal) ? 1 : -1);
        }
    }

    private void Transfer(JsonObject transfer)
    {
        var (from, to) = (_bank[transfer.Id("FromBankTransactionID")], _bank[transfer.Id("ToBankTransactionID")]);
        var (left, came) = (InBase(from, from.Number("Total")), InBase(to, to.Number("Total")));
        Add(transfer.Day(), transfer["FromBankAccount"]!.Id("AccountID"), -left);
        Add(transfer.Day(), transfer["ToBankAccount"]!.Id("AccountID"), came);
        Gain(transfer.Day(), came - left);
    }

    private void Payment(JsonObject payment)
    {
        var type = payment.Text("PaymentType");
        var day = payment.Day();
        var settled = payment["Invoice"] is { } invoice ? Find(invoice.Id("InvoiceID"))
            : payment["CreditNote"] is { } note ? _credits[note.Id("CreditNoteID")]
            : payment["Overpayment"] is { } over ? _credits[over.Id("OverpaymentID")]
            : _credits[payment["Prepayment"]!.Id("PrepaymentID")];
        var moneyIn = type == "ACCRECPAYMENT" || (type.StartsWith("AP", StringComparison.Ordinal) && !type.StartsWith("ACC", StringComparison.Ordinal));
        var side = moneyIn ? 1 : -1;
        var amount = payment.Number("Amount");
        var paid = settled.Text("CurrencyCode") == _base ? amount : Cents(amount / payment.Number("CurrencyRate"));
        Add(day, payment["Account"]!.Id("AccountID"), side * paid);
        var balance = side * paid;
        if (settled.ContainsKey("PrepaymentID"))
        {
            var at = settled.Items("Allocations").Length + Array.FindIndex(settled.Items("Payments"), refund => refund.Id("PaymentID") == payment.Id("PaymentID"));
            balance += TakeBack(settled, at, day);
        }
        else
        {
            var control = type.StartsWith("AR", StringComparison.Ordinal) || type == "ACCRECPAYMENT" ? "DEBTORS" : "CREDITORS";
            Add(day, _system[control], -side * InBase(settled, amount));
            balance -= side * InBase(settled, amount);
        }

        Gain(day, balance);
    }

    private JsonObject Find(Guid id) => _invoices.TryGetValue(id, out var invoice) ? invoice : _credits[id];

    private void ManualJournal(JsonObject journal)
    {
        foreach (var line in journal.Items("JournalLines"))
        {
            var tax = line.Number("TaxAmount");
            Add(journal.Day(), line.Id("AccountID"), line.Number("LineAmount") - (journal.Text("LineAmountTypes") == "Inclusive" ? tax : 0m));
            Add(journal.Day(), _system["GST"], tax);
        }
    }

    private DateOnly Effective(JsonObject credit, JsonObject allocation) =>
        new[] { allocation.Day(), credit.Day(), _invoices[allocation["Invoice"]!.Id("InvoiceID")].Day() }.Max();

    private static bool IsSale(JsonObject credit) => credit.Text("Type") is "ACCRECCREDIT" or "RECEIVE-OVERPAYMENT" or "RECEIVE-PREPAYMENT";

    // What the other lines of an event do not sum to 0.00 by.
    private void Gain(DateOnly day, decimal balance)
    {
        if (balance != 0m)
        {
            Add(day, _system["REALISEDCURRENCYGAIN"], -balance);
        }
    }

    private decimal InBase(JsonObject document, decimal amount) => document.Text("CurrencyCode") == _base ? amount : Cents(amount / document.Number("CurrencyRate"));

    private static decimal Cents(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);

    private void Add(DateOnly day, Guid account, decimal amount) => _amounts[(account, day)] = _amounts.GetValueOrDefault((account, day)) + amount;
}
