namespace XeroCfo.Data.Xero.Demo;

public sealed partial class FakeBooks
{
    /// <summary>Voids or deletes what stands under the id: invoices, bills and manual journals become VOIDED (drafts DELETED); payments, bank
    /// transactions and transfers DELETED. The entry is reversed under its own date.</summary>
    /// <param name="onDay">The day somebody did it; only UpdatedDateUTC shows it.</param>
    public void Void(Guid id, DateOnly onDay)
    {
        var written = _written[id];
        if (written.Invoice is { } settled && settled.Payments.Count + settled.Credits.Count > 0 || written.Credit is { } used && used.Remaining != used.Totals.Total)
        {
            throw new InvalidOperationException("Xero voids no paid document: delete its payments first.");
        }

        var stamp = Stamp(onDay, id);
        var posted = Unpost(written);
        if (written.Invoice is { } invoice)
        {
            invoice.Status = posted || !invoice.Document.Posts ? "VOIDED" : "DELETED";
            Put(invoice, stamp);
        }
        else if (written.Payment is { } payment)
        {
            Organisation.Put("Payments", PaymentJson(payment, "DELETED"), stamp);
            Unpay(payment, stamp);
        }
        else if (written.Credit is { } credit)
        {
            credit.Status = posted ? "VOIDED" : "DELETED";
            Organisation.Put("CreditNotes", CreditJson(credit), stamp);
        }
        else
        {
            var status = written.Endpoint == "ManualJournals" && posted ? "VOIDED" : "DELETED";
            Organisation.Change(written.Endpoint, id, document => document["Status"] = status, stamp);
            VoidTransferLegs(written, id, stamp);
        }
    }

    /// <summary>Sabotage: the record vanishes from the lists but stays in Xero's books.</summary>
    public void Hide(Guid id) => Organisation.Remove(_written[id].Endpoint, id);

    /// <summary>Sabotage: a second record with another id appears in the lists but not in Xero's books. Returns the copy's id.</summary>
    public Guid DoubleOnWire(Guid id)
    {
        var written = _written[id];
        var copy = DemoIds.For(_seed, "double", id.ToString());
        var document = Organisation.Find(written.Endpoint, id)!;
        document[FakeEndpoint.All[written.Endpoint].IdField] = WireFormat.Id(copy);
        Organisation.Put(written.Endpoint, document, Stamp(written.Date, copy));
        return copy;
    }

    private void Unpay(PaymentState payment, DateTimeOffset stamp)
    {
        if (payment.Invoice is { } invoice)
        {
            invoice.Payments.Remove(payment);
            Settle(invoice, stamp);
        }

        if (payment.Credit is { } credit)
        {
            credit.Refunds.Remove(payment);
            Settle(credit, stamp);
        }
    }

    private void VoidTransferLegs(Written written, Guid id, DateTimeOffset stamp)
    {
        if (written.Endpoint != "BankTransfers")
        {
            return;
        }

        foreach (var side in new[] { "transfer-from", "transfer-to" })
        {
            Organisation.Change("BankTransactions", DemoIds.For(_seed, side, id.ToString()), document => document["Status"] = "DELETED", stamp);
        }
    }

    private bool Unpost(Written written)
    {
        if (written.Entry is not { } entry)
        {
            return false;
        }

        Journal.Reverse(entry);
        written.Entry = null;
        return true;
    }
}
