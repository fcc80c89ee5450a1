using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>Over- and prepayments. Each stands on the wire twice: as a bank transaction and as a record of its own.</summary>
public sealed partial class FakeBooks
{
    /// <summary>A customer paid more than was due. Returns the OverpaymentID.</summary>
    /// <param name="rate">Units of the bank account's currency for one of base.</param>
    public Guid ReceiveOverpayment(DateOnly date, string bank, string contact, decimal amount, decimal rate = 1m, string? key = null) =>
        Overpayment("RECEIVE-OVERPAYMENT", date, bank, contact, amount, rate, key);

    /// <summary>We paid a supplier more than was due. Returns the OverpaymentID.</summary>
    /// <param name="rate">Units of the bank account's currency for one of base.</param>
    public Guid SpendOverpayment(DateOnly date, string bank, string contact, decimal amount, decimal rate = 1m, string? key = null) =>
        Overpayment("SPEND-OVERPAYMENT", date, bank, contact, amount, rate, key);

    /// <summary>A customer paid before there is an invoice; its lines and tax post at once. Returns the PrepaymentID.</summary>
    public Guid ReceivePrepayment(FakeBankTransaction prepayment) => WriteAdvance("Prepayments", "RECEIVE-PREPAYMENT", prepayment);

    /// <summary>We paid a supplier before there is a bill; its lines and tax post at once. Returns the PrepaymentID.</summary>
    public Guid SpendPrepayment(FakeBankTransaction prepayment) => WriteAdvance("Prepayments", "SPEND-PREPAYMENT", prepayment);

    /// <summary>The BankTransactionID of an over- or prepayment.</summary>
    public Guid BankTransactionOf(Guid advance) => CreditOf(advance).BankTransaction;

    private Guid Overpayment(string type, DateOnly date, string bank, string contact, decimal amount, decimal rate, string? key)
    {
        var control = _accounts.Values.First(account => account.System == (type.StartsWith("RECEIVE", StringComparison.Ordinal) ? "DEBTORS" : "CREDITORS"));
        return WriteAdvance("Overpayments", type, new FakeBankTransaction(bank, contact, date, new FakeLine(control.Key, amount) { Description = "Overpayment" })
        {
            LineAmountTypes = "NoTax",
            CurrencyRate = rate,
            Key = key,
        });
    }

    private Guid WriteAdvance(string endpoint, string type, FakeBankTransaction advance)
    {
        var key = advance.Key ?? NextKey(type);
        var id = DemoIds.For(_seed, "advance", type + key);
        var document = new FakeInvoice(advance.Contact, advance.Date, advance.Lines)
        {
            LineAmountTypes = advance.LineAmountTypes,
            Reference = advance.Reference,
            Currency = IsForeign(advance.Bank) ? _accounts[advance.Bank].Currency : null,
            CurrencyRate = advance.CurrencyRate,
        };
        var state = new CreditState(id, endpoint, type, type + " " + key)
        {
            Document = document,
            Status = "AUTHORISED",
            Totals = TotalsOf(document),
            Bank = advance.Bank,
            BankTransaction = DemoIds.For(_seed, "advance-bank-transaction", type + key),
        };
        _written[id] = new Written(endpoint, document.Date) { Entry = PostCredit(state), Credit = state };
        Settle(state, Stamp(document.Date, id));
        Organisation.Put("BankTransactions", AdvanceBankJson(state, advance.IsReconciled), Stamp(document.Date, state.BankTransaction));
        return id;
    }

    private JsonObject AdvanceBankJson(CreditState state, bool isReconciled)
    {
        var document = state.Document;
        var json = BankTransactionJson(state.BankTransaction, state.Type, state.Bank!, document.Date, document.Reference, state.Totals);
        json[state.Endpoint[..^1] + "ID"] = WireFormat.Id(state.Id);
        if (document.Currency is not null)
        {
            json["CurrencyRate"] = document.CurrencyRate;
        }

        json["Contact"] = ContactJson(document.Contact);
        json["IsReconciled"] = isReconciled;
        json["LineAmountTypes"] = document.LineAmountTypes;
        json["LineItems"] = LinesJson(state.BankTransaction, document.Lines, document.LineAmountTypes);
        return json;
    }

    // Xero words the end of the bank's side now one way, now the other.
    private void VoidAdvance(CreditState state, DateTimeOffset stamp)
    {
        state.Status = "VOIDED";
        Organisation.Put(state.Endpoint, CreditJson(state), stamp);
        Organisation.Change("BankTransactions", state.BankTransaction, document => document["Status"] = IsOdd(state.Id) ? "VOIDED" : "DELETED", stamp);
    }
}
