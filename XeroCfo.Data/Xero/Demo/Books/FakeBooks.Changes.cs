namespace XeroCfo.Data.Xero.Demo;

public sealed partial class FakeBooks
{
    /// <summary>Voids or deletes what stands under the id: invoices, bills, manual journals, over- and prepayments become VOIDED (drafts DELETED);
    /// payments, batches, bank transactions, transfers and repeating invoices DELETED. The entry is reversed under its own date.</summary>
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
        else if (written.Credit is { IsNote: false } advance)
        {
            VoidAdvance(advance, stamp);
        }
        else if (written.Credit is { } credit)
        {
            credit.Status = posted ? "VOIDED" : "DELETED";
            Organisation.Put("CreditNotes", CreditJson(credit), stamp);
        }
        else if (written.Batch is { } batch)
        {
            VoidBatch(batch, onDay, stamp);
        }
        else
        {
            var status = written.Endpoint == "ManualJournals" && posted ? "VOIDED" : "DELETED";
            Organisation.Change(written.Endpoint, id, document => document["Status"] = status, stamp);
            VoidTransferLegs(written, id, stamp);
        }
    }

    /// <summary>Changes an invoice, bill or credit note, e.g. its date or lines: its entry is reversed under the old date and posted anew under the
    /// new one, and so is what its settlements did where that came out differently.</summary>
    /// <param name="onDay">The day somebody did it; only UpdatedDateUTC shows it.</param>
    public void Edit(Guid document, Func<FakeInvoice, FakeInvoice> change, DateOnly onDay)
    {
        ArgumentNullException.ThrowIfNull(change);
        var written = _written[document];
        if (written.Credit is { } credit)
        {
            EditCredit(written, credit, change(credit.Document), Stamp(onDay, document));
            return;
        }

        var state = InvoiceOf(document);
        Unpost(written);
        state.Document = change(state.Document);
        state.Status = state.Document.Status;
        state.Totals = TotalsOf(state.Document);
        written.Entry = PostInvoice(state);
        Resettle(state);
        Settle(state, Stamp(onDay, document));
    }

    /// <summary>Merges a contact into another, as a person can in Xero: the first is archived and says where it went; documents name the second
    /// from the next time they change.</summary>
    public void MergeContact(string contact, string into, DateOnly onDay)
    {
        var (id, kept) = (Contact(contact), Contact(into));
        Organisation.Change("Contacts", id, json =>
        {
            json["ContactStatus"] = "ARCHIVED";
            json["MergedToContactID"] = WireFormat.Id(kept);
        }, Stamp(onDay, id));
        _contacts[contact] = kept;
        _merged[contact] = _merged.GetValueOrDefault(into, into);
    }

    /// <summary>Archives a contact; its documents stay.</summary>
    public void ArchiveContact(string contact, DateOnly onDay) =>
        Organisation.Change("Contacts", Contact(contact), json => json["ContactStatus"] = "ARCHIVED", Stamp(onDay, Contact(contact)));

    /// <summary>Archives an account; its history and balance stay.</summary>
    public void ArchiveAccount(string account, DateOnly onDay) =>
        Organisation.Change("Accounts", IdOf(account), json => json["Status"] = "ARCHIVED", Stamp(onDay, IdOf(account)));

    /// <summary>Sabotage: the record vanishes from the lists but stays in Xero's books.</summary>
    public void Hide(Guid id)
    {
        Organisation.Remove(_written[id].Endpoint, id);
        if (_written[id].Credit is { IsNote: false } advance)
        {
            Organisation.Remove("BankTransactions", advance.BankTransaction);
        }
    }

    /// <summary>Sabotage: a second record with another id appears in the lists but not in Xero's books. Returns the copy's id.</summary>
    public Guid DoubleOnWire(Guid id)
    {
        var written = _written[id];
        var copy = Double(written.Endpoint, id, _ => { });
        if (written.Credit is { IsNote: false } advance)
        {
            Double("BankTransactions", advance.BankTransaction, json => json[advance.Endpoint[..^1] + "ID"] = WireFormat.Id(copy));
        }

        return copy;
    }

    private Guid Double(string endpoint, Guid id, Action<System.Text.Json.Nodes.JsonObject> change)
    {
        var copy = DemoIds.For(_seed, "double", id.ToString());
        var document = Organisation.Find(endpoint, id)!;
        document[FakeEndpoint.All[endpoint].IdField] = WireFormat.Id(copy);
        change(document);
        Organisation.Put(endpoint, document, Stamp(WireFormat.ReadDate((string?)document["Date"]) ?? DateOnly.MinValue, copy));
        return copy;
    }

    private void EditCredit(Written written, CreditState state, FakeInvoice changed, DateTimeOffset stamp)
    {
        if (!state.IsNote)
        {
            throw new InvalidOperationException("Xero lets nobody change an over- or prepayment.");
        }

        Unpost(written);
        state.Document = changed;
        state.Status = changed.Status;
        state.Totals = TotalsOf(changed);
        written.Entry = PostCredit(state);
        Resettle(state);
        Settle(state, stamp);
    }

    private void Unpay(PaymentState payment, DateTimeOffset stamp)
    {
        if (payment.Batch is { } batch)
        {
            batch.Payments.Remove(payment);
            Organisation.Put("BatchPayments", BatchJson(batch), stamp);
        }

        if (payment.Invoice is { } invoice)
        {
            invoice.Payments.Remove(payment);
            Settle(invoice, stamp);
        }

        if (payment.Credit is { } credit)
        {
            credit.Refunds.Remove(payment);
            Resettle(credit);
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
