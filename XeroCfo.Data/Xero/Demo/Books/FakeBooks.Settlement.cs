namespace XeroCfo.Data.Xero.Demo;

/// <summary>What payments, refunds and allocations do in the books. Each is worked out anew whenever one of the documents it joins changes,
/// and posted anew only if it came out differently.</summary>
public sealed partial class FakeBooks
{
    /// <summary>Settlements of an invoice: its payments at its rate, and every credit set against it.</summary>
    private void Resettle(InvoiceState invoice)
    {
        foreach (var payment in invoice.Payments)
        {
            Post(payment, "Payment of " + invoice.Number, [new JournalLine(ControlOf(invoice.IsSale), (invoice.IsSale ? -1 : 1) * InBase(payment.Amount, invoice.Document))]);
        }

        foreach (var credit in invoice.Credits.Select(allocation => allocation.Credit).Distinct().ToList())
        {
            Resettle(credit);
        }
    }

    /// <summary>Uses of a credit. Of a credit note or overpayment an allocation moves nothing but the difference between the two documents' rates,
    /// to realised gains. A prepayment never stood in receivables or payables: each use takes its lines and tax back in proportion.</summary>
    private void Resettle(CreditState credit)
    {
        var takenBack = credit.IsPrepayment ? TakenBack(credit) : null;
        var control = ControlOf(credit.IsSale);
        var side = credit.IsSale ? 1 : -1;
        foreach (var allocation in credit.Allocations)
        {
            List<JournalLine> lines = takenBack?[allocation.Id] ?? [new JournalLine(control, side * InBase(allocation.Amount, credit.Document))];
            lines.Add(new JournalLine(control, -side * InBase(allocation.Amount, allocation.Invoice.Document)));
            allocation.Entry = Keep(allocation.Entry, allocation.Effective, "Allocation of " + credit.Number, WithRealisedGain(takenBack is null ? Merge(lines) : lines));
        }

        foreach (var refund in credit.Refunds)
        {
            Post(refund, "Refund of " + credit.Number, takenBack?[refund.Id] ?? [new JournalLine(control, side * InBase(refund.Amount, credit.Document))]);
        }
    }

    /// <summary>The bank's side of a payment at the payment's rate, against what it settles; the difference is a realised gain.</summary>
    private void Post(PaymentState payment, string memo, List<JournalLine> settled)
    {
        var paid = CurrencyOf(payment.Document) == Organisation.Settings.BaseCurrency ? payment.Amount : Cents(payment.Amount / payment.Rate);
        var written = _written[payment.Id];
        written.Entry = Keep(written.Entry, payment.Date, memo, WithRealisedGain([new JournalLine(IdOf(payment.Bank), payment.Side * paid), .. settled]));
    }

    /// <summary>A prepayment's lines and tax in base currency, as each use takes them back. On one day allocations go first.</summary>
    private Dictionary<Guid, List<JournalLine>> TakenBack(CreditState prepayment)
    {
        var uses = prepayment.Allocations.Select(use => (use.Id, Day: use.Effective, use.Amount))
            .Concat(prepayment.Refunds.Select(use => (use.Id, Day: use.Date, use.Amount)))
            .OrderBy(use => use.Day).ToList();
        var posted = CreditEntry(prepayment).SkipLast(1).ToList();
        return InProportion(posted, prepayment.Totals.Total, prepayment.Document.CurrencyRate, uses)
            .ToDictionary(use => use.Key, use => posted.Select((line, i) => line with { Amount = -use.Value[i] }).ToList());
    }

    /// <summary>A document's lines in base currency, shared out to its uses in their order: in proportion to the amount, half up, with the largest
    /// taking the odd cent; the use that leaves nothing over takes what the others left.</summary>
    private static Dictionary<Guid, decimal[]> InProportion(List<JournalLine> posted, decimal total, decimal rate, List<(Guid Id, DateOnly Day, decimal Amount)> uses)
    {
        var left = posted.Select(line => line.Amount).ToArray();
        var (isSettled, shares) = (uses.Sum(use => use.Amount) == total, new Dictionary<Guid, decimal[]>());
        foreach (var use in uses)
        {
            var amounts = isSettled && use.Id == uses[^1].Id ? [.. left] : Share(posted, use.Amount, total, rate);
            for (var i = 0; i < left.Length; i++)
            {
                left[i] -= amounts[i];
            }

            shares[use.Id] = amounts;
        }

        return shares;
    }

    private static decimal[] Share(List<JournalLine> posted, decimal amount, decimal total, decimal rate)
    {
        var amounts = posted.Select(line => Cents(line.Amount * amount / total)).ToArray();
        var oddCents = (Math.Sign(posted.Sum(line => line.Amount)) * Cents(amount / rate)) - amounts.Sum();
        var largest = Array.IndexOf(amounts, amounts.MaxBy(Math.Abs));
        amounts[largest] += oddCents;
        return amounts;
    }

    private List<JournalLine> WithRealisedGain(List<JournalLine> lines)
    {
        var difference = lines.Sum(line => line.Amount);
        if (difference != 0m)
        {
            lines.Add(new JournalLine(Control("REALISEDCURRENCYGAIN"), -difference));
        }

        return lines;
    }

    private static List<JournalLine> Merge(List<JournalLine> lines) =>
        [.. lines.GroupBy(line => line.Account).Select(account => new JournalLine(account.Key, account.Sum(line => line.Amount)))];

    /// <summary>The entry that stands for an event now: the old one when nothing changed, else the old one is reversed and a new one posted.</summary>
    private JournalEntry? Keep(JournalEntry? old, DateOnly date, string memo, List<JournalLine> lines)
    {
        var wanted = lines.Where(line => line.Amount != 0m).ToList();
        if (old is not null && old.Date == date && old.Lines.SequenceEqual(wanted))
        {
            return old;
        }

        if (old is not null)
        {
            Journal.Reverse(old);
        }

        return wanted.Count == 0 ? null : Journal.Post(date, memo, wanted);
    }

    private static decimal InBase(decimal amount, FakeInvoice document) => Cents(amount / document.CurrencyRate);
}
