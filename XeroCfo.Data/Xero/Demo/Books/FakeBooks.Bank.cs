using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

public sealed partial class FakeBooks
{
    /// <summary>Money spent from a bank account, tax inclusive.</summary>
    public Guid Spend(DateOnly date, string bank, string contact, params FakeLine[] lines) => Spend(new FakeBankTransaction(bank, contact, date, lines));

    /// <summary>Money spent from a bank account.</summary>
    public Guid Spend(FakeBankTransaction transaction) => Write("SPEND", transaction);

    /// <summary>Money received into a bank account, tax inclusive.</summary>
    public Guid Receive(DateOnly date, string bank, string contact, params FakeLine[] lines) => Receive(new FakeBankTransaction(bank, contact, date, lines));

    /// <summary>Money received into a bank account.</summary>
    public Guid Receive(FakeBankTransaction transaction) => Write("RECEIVE", transaction);

    /// <summary>Changes spent or received money: its entry is reversed under the old date and posted anew under the new one.</summary>
    /// <param name="onDay">The day somebody did it; only UpdatedDateUTC shows it.</param>
    public void EditBankTransaction(Guid id, Func<FakeBankTransaction, FakeBankTransaction> change, DateOnly onDay)
    {
        ArgumentNullException.ThrowIfNull(change);
        var (type, transaction) = ((string, FakeBankTransaction))_written[id].Document!;
        Unpost(_written[id]);
        Put(id, type, change(transaction), onDay);
    }

    private Guid Write(string type, FakeBankTransaction transaction)
    {
        var id = DemoIds.For(_seed, "bank-transaction", transaction.Key ?? NextKey("bank-transaction"));
        _written[id] = new Written("BankTransactions", transaction.Date);
        Put(id, type, transaction, transaction.Date);
        return id;
    }

    private void Put(Guid id, string type, FakeBankTransaction transaction, DateOnly onDay)
    {
        var side = type == "SPEND" ? 1 : -1;
        var written = _written[id];
        written.Document = (type, transaction);
        written.Entry = transaction.Status == "AUTHORISED"
            ? Journal.Post(transaction.Date, $"{type} {transaction.Contact}", Entry(transaction.Lines, transaction.LineAmountTypes, IdOf(transaction.Bank), side, transaction.CurrencyRate))
            : null;
        var json = BankTransactionJson(id, type, transaction.Bank, transaction.Date, transaction.Reference, Add(transaction.Lines, transaction.LineAmountTypes));
        json["CurrencyRate"] = transaction.CurrencyRate;
        json["Contact"] = ContactJson(transaction.Contact);
        json["Status"] = transaction.Status;
        json["IsReconciled"] = transaction.IsReconciled;
        json["LineAmountTypes"] = transaction.LineAmountTypes;
        json["LineItems"] = LinesJson(id, transaction.Lines, transaction.LineAmountTypes);
        Organisation.Put("BankTransactions", json, Stamp(onDay, id));
    }

    private JsonObject BankTransactionJson(Guid id, string type, string bank, DateOnly date, string reference, Totals totals) => new()
    {
        ["BankTransactionID"] = WireFormat.Id(id),
        ["BankAccount"] = AccountJson(bank),
        ["Type"] = type,
        ["Reference"] = reference,
        ["IsReconciled"] = true,
        ["HasAttachments"] = false,
        ["DateString"] = WireFormat.DateText(date),
        ["Date"] = WireFormat.Date(date),
        ["Status"] = "AUTHORISED",
        ["LineAmountTypes"] = "NoTax",
        ["SubTotal"] = WireFormat.Money(totals.Net),
        ["TotalTax"] = WireFormat.Money(totals.Tax),
        ["Total"] = WireFormat.Money(totals.Total),
        ["UpdatedDateUTC"] = "",
        ["CurrencyCode"] = _accounts[bank].Currency,
    };
}
