using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Ledger;

/// <summary>A line that a document posts. Base currency, debit +.</summary>
public sealed record PostedLine(Guid AccountId, decimal Amount)
{
    public string? Description { get; init; }

    public Guid? TrackingOption1 { get; init; }

    public Guid? TrackingOption2 { get; init; }
}

/// <summary>What a document does to the ledger: lines that sum to 0.00, or none when its status does not post.</summary>
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
        ManualJournal => document.Status is "POSTED",
        Invoice => document.Status is "AUTHORISED" or "PAID",
        BankTransaction bank => document.Status is "AUTHORISED" or "PAID" && !IsHalfOfTransfer(bank),
        _ => document.Status is "AUTHORISED",
    };

    /// <summary>A transfer between bank accounts shows up as two bank transactions as well; it is posted once, from the transfer.</summary>
    public static bool IsHalfOfTransfer(BankTransaction bank) => bank.XeroType.EndsWith("-TRANSFER", StringComparison.Ordinal);

    /// <summary>The lines of <paramref name="document"/>, or why it cannot be posted.</summary>
    public static Result<Posting> Post(SourceDocument document, ChartOfAccounts chart, string baseCurrency)
    {
        if (!Posts(document))
        {
            return Posting.None;
        }

        if (Currencies(document, chart).FirstOrDefault(currency => currency != baseCurrency) is { } foreign)
        {
            return PostingProblems.ForeignCurrency(foreign);
        }

        if (document.Total != 0 && document.Lines.Count == 0 && NeedsLines(document))
        {
            return PostingProblems.NoLines;
        }

        var lines = new LineBuilder(chart);
        switch (document)
        {
            case Invoice invoice:
                PostInvoice(invoice, lines);
                break;
            case Payment payment:
                PostPayment(payment, lines);
                break;
            case BankTransaction bank:
                PostBankTransaction(bank, lines);
                break;
            case BankTransfer transfer:
                lines.Add(transfer.FromAccountId, transfer.FromAccountCode, -transfer.Total);
                lines.Add(transfer.ToAccountId, transfer.ToAccountCode, transfer.Total);
                break;
            case ManualJournal journal:
                PostLines(journal.Lines, 1, lines);
                break;
            default:
                return PostingProblems.UnknownKind(document.Kind);
        }

        return lines.Finish();
    }

    // The document's own currency; where a bank record does not name it, that of its bank accounts.
    private static IEnumerable<string> Currencies(SourceDocument document, ChartOfAccounts chart)
    {
        IEnumerable<string?> currencies = document switch
        {
            { CurrencyCode: { Length: > 0 } own } and not BankTransfer => [own],
            BankTransaction bank => [chart.Find(bank.BankAccountId, bank.BankAccountCode)?.CurrencyCode],
            BankTransfer transfer =>
            [
                transfer.CurrencyCode,
                chart.Find(transfer.FromAccountId, transfer.FromAccountCode)?.CurrencyCode,
                chart.Find(transfer.ToAccountId, transfer.ToAccountCode)?.CurrencyCode,
            ],
            _ => [],
        };
        return currencies.OfType<string>().Where(currency => currency.Length > 0);
    }

    // A list that leaves the lines out must not turn the whole total into rounding.
    private static bool NeedsLines(SourceDocument document) => document switch
    {
        Invoice => true,
        BankTransaction bank => !bank.XeroType.EndsWith("-OVERPAYMENT", StringComparison.Ordinal),
        _ => false,
    };

    // Sale: receivable +total, income −net, tax −tax. Bill: the mirror image. What the total has beyond its lines goes to rounding.
    private static void PostInvoice(Invoice invoice, LineBuilder lines)
    {
        var sign = invoice.IsSale ? -1 : 1;
        lines.AddSystem(invoice.IsSale ? SystemAccounts.Debtors : SystemAccounts.Creditors, -sign * invoice.Total);
        PostLines(invoice.Lines, sign, lines);
        lines.AddRounding(-sign * invoice.Total, invoice.Lines, sign);
    }

    private static void PostBankTransaction(BankTransaction bank, LineBuilder lines)
    {
        var sign = bank.XeroType.StartsWith("RECEIVE", StringComparison.Ordinal) ? -1 : 1;
        lines.Add(bank.BankAccountId, bank.BankAccountCode, -sign * bank.Total);
        if (bank.XeroType.EndsWith("-OVERPAYMENT", StringComparison.Ordinal))
        {
            lines.AddSystem(sign < 0 ? SystemAccounts.Debtors : SystemAccounts.Creditors, sign * bank.Total);
            return;
        }

        PostLines(bank.Lines, sign, lines);
        lines.AddRounding(-sign * bank.Total, bank.Lines, sign);
    }

    // Money in settles what is owed to us, or returns what a supplier owed us; money out the reverse.
    private static void PostPayment(Payment payment, LineBuilder lines)
    {
        switch (Settles(payment))
        {
            case Settlement.ReceivableIn:
                lines.Add(payment.BankAccountId, payment.BankAccountCode, payment.Total);
                lines.AddSystem(SystemAccounts.Debtors, -payment.Total);
                break;
            case Settlement.ReceivableOut:
                lines.Add(payment.BankAccountId, payment.BankAccountCode, -payment.Total);
                lines.AddSystem(SystemAccounts.Debtors, payment.Total);
                break;
            case Settlement.PayableOut:
                lines.Add(payment.BankAccountId, payment.BankAccountCode, -payment.Total);
                lines.AddSystem(SystemAccounts.Creditors, payment.Total);
                break;
            case Settlement.PayableIn:
                lines.Add(payment.BankAccountId, payment.BankAccountCode, payment.Total);
                lines.AddSystem(SystemAccounts.Creditors, -payment.Total);
                break;
            default:
                lines.Fail(PostingProblems.UnknownPayment(payment.PaymentType));
                break;
        }
    }

    /// <summary>Which control account a payment moves, and which way the money goes.</summary>
    public static Settlement Settles(Payment payment) => payment.PaymentType switch
    {
        "ACCRECPAYMENT" => Settlement.ReceivableIn,
        "ACCPAYPAYMENT" => Settlement.PayableOut,
        "ARCREDITPAYMENT" or "AROVERPAYMENTPAYMENT" => Settlement.ReceivableOut,
        "APCREDITPAYMENT" or "APOVERPAYMENTPAYMENT" => Settlement.PayableIn,
        _ => payment.SettledType switch
        {
            "ACCREC" => Settlement.ReceivableIn,
            "ACCPAY" => Settlement.PayableOut,
            "ACCRECCREDIT" => Settlement.ReceivableOut,
            "ACCPAYCREDIT" => Settlement.PayableIn,
            _ => Settlement.Unknown,
        },
    };

    private static void PostLines(IReadOnlyList<DocumentLine> documentLines, int sign, LineBuilder lines)
    {
        foreach (var line in documentLines)
        {
            lines.Add(line, sign * line.Net);
        }

        // Tax is one line a document: the sum of what Xero states on each line, never computed again.
        if (documentLines.Sum(line => line.Tax) is var tax && tax != 0)
        {
            lines.AddSystem(SystemAccounts.SalesTax, sign * tax);
        }
    }
}

/// <summary>What a payment settles.</summary>
public enum Settlement
{
    Unknown,
    ReceivableIn,
    ReceivableOut,
    PayableOut,
    PayableIn,
}
