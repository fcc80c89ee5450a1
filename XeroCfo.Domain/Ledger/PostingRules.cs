using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Ledger;

/// <summary>A line that a document posts. Base currency, debit +.</summary>
/// <param name="Date">The document's day; of what became of a credit, the day from which that counts.</param>
/// <param name="AccountId">Xero's AccountID.</param>
/// <param name="Amount">Base currency, debit +.</param>
public sealed record PostedLine(DateOnly Date, Guid AccountId, decimal Amount)
{
    /// <summary>The same in the document's currency, on a bank account in the account's own; null in base currency.</summary>
    public ForeignAmount? Foreign { get; init; }

    public string? Description { get; init; }

    public Guid? TrackingOption1 { get; init; }

    public Guid? TrackingOption2 { get; init; }
}

/// <summary>What a document does to the ledger: lines that sum to 0.00 on each day, or none when its status does not post.</summary>
public sealed record Posting(IReadOnlyList<PostedLine> Lines)
{
    public static readonly Posting None = new([]);
}

/// <summary>
/// How each kind of Xero document posts (XERO-API 6). Pure. Control accounts are found by Xero's role of them, other accounts by id, else by code.
/// </summary>
public static class PostingRules
{
    /// <summary>True when a document of this status stands in Xero's books.</summary>
    public static bool Posts(SourceDocument document) => document switch
    {
        BatchPayment or RepeatingInvoice => false,
        ManualJournal => document.Status is "POSTED",
        Invoice or CreditDocument => document.Status is "AUTHORISED" or "PAID",
        BankTransaction bank => document.Status is "AUTHORISED" or "PAID" && !IsHalfOfTransfer(bank),
        _ => document.Status is "AUTHORISED",
    };

    /// <summary>A transfer between bank accounts shows up as two bank transactions as well; it is posted once, from the transfer.</summary>
    public static bool IsHalfOfTransfer(BankTransaction bank) => bank.XeroType.EndsWith("-TRANSFER", StringComparison.Ordinal);

    /// <summary>The lines of <paramref name="document"/>, or why it cannot be posted.</summary>
    /// <param name="document">What Xero says.</param>
    /// <param name="chart">The accounts.</param>
    /// <param name="baseCurrency">The organisation's currency.</param>
    /// <param name="references">The documents that it leans on, at least those of <see cref="References.NeededWhole"/> and <see cref="References.NeededDays"/>.</param>
    public static Result<Posting> Post(SourceDocument document, ChartOfAccounts chart, string baseCurrency, References? references = null)
    {
        if (!Posts(document))
        {
            return Posting.None;
        }

        if (Conversion.Of(document, chart, baseCurrency) is not { } conversion)
        {
            // A payment and a transfer may still say enough by their amounts at the bank.
            return document is Payment or BankTransfer
                ? Post(document, chart, baseCurrency, Conversion.None, references ?? References.None)
                : PostingProblems.NoRate(Conversion.CurrencyOf(document, chart, baseCurrency)!);
        }

        return LacksLines(document)
            ? PostingProblems.NoLines
            : Post(document, chart, baseCurrency, conversion, references ?? References.None);
    }

    private static Result<Posting> Post(SourceDocument document, ChartOfAccounts chart, string baseCurrency, Conversion conversion, References references)
    {
        var lines = new LineBuilder(chart);
        switch (document)
        {
            case Invoice invoice:
                PostLines(invoice, lines.System(Control(invoice.IsSale), invoice.Total), invoice.IsSale ? -1 : 1, conversion, lines);
                break;
            case CreditNote credit:
                PostLines(credit, lines.System(Control(credit.IsSale), credit.Total), credit.IsSale ? 1 : -1, conversion, lines);
                AllocationRules.Post(credit, conversion, references, lines);
                break;
            case Overpayment overpayment:
                AllocationRules.Post(overpayment, conversion, references, lines);
                break;
            case Prepayment prepayment:
                PrepaymentRules.Post(prepayment, conversion, references, lines);
                break;
            case Payment payment:
                PaymentRules.Post(payment, chart, baseCurrency, references, lines);
                break;
            case BankTransaction bank:
                PostBankTransaction(bank, conversion, lines);
                break;
            case BankTransfer transfer:
                TransferRules.Post(transfer, chart, baseCurrency, references, lines);
                break;
            case ManualJournal journal:
                PostLines(journal, null, 1, Conversion.None, lines);
                break;
            default:
                return PostingProblems.UnknownKind(document.Kind);
        }

        return lines.Finish();
    }

    /// <summary>Xero's role of the control account: receivables for customers, payables for suppliers.</summary>
    public static string Control(bool isSale) => isSale ? SystemAccounts.Debtors : SystemAccounts.Creditors;

    /// <summary>True when a list left the lines out: the whole total must not turn into rounding, nor a journal into nothing.</summary>
    public static bool LacksLines(SourceDocument document) =>
        document.Lines.Count == 0 && (document is ManualJournal || (document.Total != 0 && NeedsLines(document)));

    private static bool NeedsLines(SourceDocument document) => document switch
    {
        Invoice or CreditNote => true,
        Prepayment prepayment => prepayment.Allocations.Count > 0,
        BankTransaction bank => !IsOverpayment(bank),
        _ => false,
    };

    private static bool IsOverpayment(BankTransaction bank) => bank.XeroType.EndsWith("-OVERPAYMENT", StringComparison.Ordinal);

    private static void PostBankTransaction(BankTransaction bank, Conversion conversion, LineBuilder lines)
    {
        var sign = bank.IsReceived ? -1 : 1;
        var account = lines.Account(bank.BankAccountId, bank.BankAccountCode, bank.Total);
        if (IsOverpayment(bank))
        {
            var amount = conversion.ToBase(bank.Total);
            lines.Add(bank.Date, account, -sign * amount, conversion.Foreign(-sign * bank.Total));
            lines.Add(bank.Date, lines.System(Control(bank.IsReceived), bank.Total), sign * amount, conversion.Foreign(sign * bank.Total));
            return;
        }

        PostLines(bank, account, sign, conversion, lines);
    }

    /// <summary>
    /// The lines on one side (<paramref name="sign"/> + debit), tax to sales tax, the total against them on <paramref name="against"/>, and
    /// what the total has beyond its lines to rounding. In another currency each amount is divided by the rate and rounded by itself, and
    /// the line with the largest amount takes the odd cent (XERO-API 6).
    /// </summary>
    private static void PostLines(SourceDocument document, Account? against, int sign, Conversion conversion, LineBuilder lines)
    {
        var total = document is ManualJournal ? 0 : -sign * document.Total;
        var entries = document.Lines
            .Select(line => (Account: lines.Account(line.AccountId, line.AccountCode, line.Net), Amount: sign * line.Net, Line: (DocumentLine?)line))
            .ToList();

        // Tax is one line a document: the sum of what Xero states on each line, never computed again.
        var tax = sign * document.Lines.Sum(line => line.Tax);
        entries.Add((lines.System(SystemAccounts.SalesTax, tax), tax, null));
        if (document is not ManualJournal)
        {
            var rounding = -(total + entries.Sum(entry => entry.Amount));
            entries.Add((lines.System(SystemAccounts.Rounding, rounding), rounding, null));
        }

        var control = conversion.ToBase(total);
        var amounts = entries.ConvertAll(entry => conversion.ToBase(entry.Amount));
        if (conversion.IsForeign)
        {
            Settle(amounts, -control);
        }

        lines.Add(document.Date, against, control, conversion.Foreign(total));
        for (var i = 0; i < entries.Count; i++)
        {
            lines.Add(document.Date, entries[i].Account, amounts[i], conversion.Foreign(entries[i].Amount), entries[i].Line);
        }
    }

    /// <summary>Makes the amounts sum to <paramref name="sum"/>: the largest one, the first of equals, takes what is missing.</summary>
    internal static void Settle(List<decimal> amounts, decimal sum)
    {
        if (sum - amounts.Sum() is var missing && missing != 0 && amounts.Count > 0)
        {
            amounts[amounts.IndexOf(amounts.MaxBy(Math.Abs))] += missing;
        }
    }
}
