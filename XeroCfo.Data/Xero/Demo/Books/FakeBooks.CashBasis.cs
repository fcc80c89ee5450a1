namespace XeroCfo.Data.Xero.Demo;

/// <summary>The same books on the cash basis, as Xero's reports give them when asked for paymentsOnly: an invoice, bill or credit note counts
/// when and as far as money or a credit settles it, each line in proportion. Everything else counts as in the accrual books.</summary>
public sealed partial class FakeBooks
{
    private readonly List<JournalEntry> _xeroOnly = [];
    private int _settlements;
    private (int Entries, int Settlements, DemoJournal Adjustments)? _cashBasis;

    /// <summary>The cash-basis books: receivables and payables hold nothing but overpayments there.</summary>
    /// <remarks>Not to be read while another thread writes.</remarks>
    public ITrialBalanceSource PaymentsOnly => new CashBasis(this);

    /// <summary>What turns the accrual journal into the cash one; worked out anew after each change.</summary>
    private DemoJournal CashAdjustments()
    {
        if (_cashBasis is { } known && known.Entries == Journal.Entries.Count && known.Settlements == _settlements)
        {
            return known.Adjustments;
        }

        var adjustments = new DemoJournal();
        foreach (var written in _written.Values)
        {
            if (written.Invoice is { } invoice)
            {
                var uses = invoice.Payments.Select(use => (use.Id, Day: use.Date, use.Amount)).Concat(invoice.Credits.Select(use => (use.Id, Day: use.Effective, use.Amount)));
                AdjustTrade(adjustments, written.Entry, InvoiceEntry(invoice), invoice.Document, uses);
            }
            else if (written.Credit is { IsNote: true } note)
            {
                var uses = note.Allocations.Select(use => (use.Id, Day: use.Effective, use.Amount)).Concat(note.Refunds.Select(use => (use.Id, Day: use.Date, use.Amount)));
                AdjustTrade(adjustments, written.Entry, CreditEntry(note), note.Document, uses);
            }
        }

        _xeroOnly.ForEach(entry => AdjustXeroOnly(adjustments, entry));
        _cashBasis = (Journal.Entries.Count, _settlements, adjustments);
        return adjustments;
    }

    /// <summary>Takes a document back on its day and brings its lines with each use. What total 0.00 never is settled, so it counts at once.</summary>
    private void AdjustTrade(DemoJournal adjustments, JournalEntry? posted, List<JournalLine> entry, FakeInvoice document, IEnumerable<(Guid Id, DateOnly Day, decimal Amount)> uses)
    {
        var (lines, control, total) = (entry[..^1], entry[^1], TotalsOf(document).Total);
        if (total == 0m)
        {
            return;
        }

        if (posted is not null)
        {
            adjustments.Post(posted.Date, "Not yet settled", posted.Lines.Select(line => line with { Amount = -line.Amount }));
        }

        var ordered = uses.OrderBy(use => use.Day).ToList();
        var shares = InProportion(lines, total, document.CurrencyRate, ordered);
        foreach (var use in ordered)
        {
            // The settlement's own entry took the control account the other way; rounding of a rate may part the two by a cent.
            List<JournalLine> recognised = [.. lines.Select((line, i) => line with { Amount = shares[use.Id][i] }), control with { Amount = Math.Sign(control.Amount) * InBase(use.Amount, document) }];
            adjustments.Post(use.Day, "Settled", WithRealisedGain(recognised));
        }
    }

    /// <summary>Openings and revaluations of receivables and payables have no place here: they go back to where they came from.</summary>
    private void AdjustXeroOnly(DemoJournal adjustments, JournalEntry entry)
    {
        var (receivables, payables) = (ControlOf(isSale: true), ControlOf(isSale: false));
        var trade = entry.Lines.Where(line => line.Account == receivables || line.Account == payables).ToList();
        if (trade.Count == 0)
        {
            return;
        }

        var unrealised = Control("UNREALISEDCURRENCYGAIN");
        var back = entry.Lines.Any(line => line.Account == unrealised) ? unrealised : Control("RETAINEDEARNINGS");
        adjustments.Post(entry.Date, "Not yet settled", [.. trade.Select(line => line with { Amount = -line.Amount }), new JournalLine(back, trade.Sum(line => line.Amount))]);
    }

    private sealed class CashBasis(FakeBooks books) : ITrialBalanceSource
    {
        public decimal Balance(Guid account, DateOnly through) => books.Journal.Balance(account, through) + books.CashAdjustments().Balance(account, through);
    }
}
