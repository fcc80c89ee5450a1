namespace XeroCfo.Domain.Ledger;

/// <summary>What a payment settles.</summary>
public enum Settlement
{
    Unknown,
    ReceivableIn,
    ReceivableOut,
    PayableOut,
    PayableIn,
}

/// <summary>
/// Payments of invoices and bills, and refunds of credit. The bank moves at the payment's rate, the settled document at its own; what
/// lies between is a realised currency gain. Pure.
/// </summary>
public static class PaymentRules
{
    /// <summary>Which control account a payment moves, and which way the money goes.</summary>
    public static Settlement Settles(Payment payment) => payment.PaymentType switch
    {
        "ACCRECPAYMENT" => Settlement.ReceivableIn,
        "ACCPAYPAYMENT" => Settlement.PayableOut,
        "ARCREDITPAYMENT" or "AROVERPAYMENTPAYMENT" or "ARPREPAYMENTPAYMENT" => Settlement.ReceivableOut,
        "APCREDITPAYMENT" or "APOVERPAYMENTPAYMENT" or "APPREPAYMENTPAYMENT" => Settlement.PayableIn,
        _ => payment.SettledType switch
        {
            "ACCREC" => Settlement.ReceivableIn,
            "ACCPAY" => Settlement.PayableOut,
            "ACCRECCREDIT" or "RECEIVE-OVERPAYMENT" or "AROVERPAYMENT" or "RECEIVE-PREPAYMENT" or "ARPREPAYMENT" => Settlement.ReceivableOut,
            "ACCPAYCREDIT" or "SPEND-OVERPAYMENT" or "APOVERPAYMENT" or "SPEND-PREPAYMENT" or "APPREPAYMENT" => Settlement.PayableIn,
            _ => Settlement.Unknown,
        },
    };

    /// <summary>True when the settled document's currency, rate or lines are needed to post the payment.</summary>
    public static bool NeedsSettled(Payment payment, string baseCurrency) =>
        IsPrepaymentRefund(payment) || HasNoCurrency(payment) || Conversion.Foreign(payment.CurrencyCode, baseCurrency) is not null;

    /// <summary>A payment that does not say its currency is in that of the document that it settles.</summary>
    public static SourceDocument WithCurrency(SourceDocument document, References references) =>
        document is Payment payment && HasNoCurrency(payment) ? payment with { CurrencyCode = references.Find(payment.SettledXeroId)?.CurrencyCode } : document;

    /// <summary>
    /// What moved at the bank, in base currency, unsigned: a base-currency document's amount, else the amount in a base-currency bank account,
    /// else the amount at the payment's own rate; null when Xero says none of them.
    /// </summary>
    public static decimal? AtBank(Payment payment, ChartOfAccounts chart, string baseCurrency)
    {
        if (Conversion.Foreign(payment.CurrencyCode, baseCurrency) is null)
        {
            return payment.Total;
        }

        var bank = chart.Find(payment.BankAccountId, payment.BankAccountCode);
        return payment.BankAmount is { } amount && Conversion.Foreign(bank?.CurrencyCode, baseCurrency) is null ? amount
            : payment.CurrencyRate.IsKnown ? payment.CurrencyRate.ToBase(payment.Total)
            : null;
    }

    internal static void Post(Payment payment, ChartOfAccounts chart, string baseCurrency, References references, LineBuilder lines)
    {
        var settles = Settles(payment);
        if (settles == Settlement.Unknown)
        {
            lines.Fail(PostingProblems.UnknownPayment(payment.PaymentType));
            return;
        }

        var currency = Conversion.Foreign(payment.CurrencyCode, baseCurrency);
        var settled = references.Find(payment.SettledXeroId);
        if (currency is not null ? settled is not { CurrencyRate.IsKnown: true } : settled is null && HasNoCurrency(payment) && HasForeignRate(payment))
        {
            lines.Fail(PostingProblems.NoSettled(payment.Number));
            return;
        }

        if (AtBank(payment, chart, baseCurrency) is not { } atBank)
        {
            lines.Fail(PostingProblems.NoRate(currency!));
            return;
        }

        var sign = settles is Settlement.ReceivableIn or Settlement.PayableIn ? 1 : -1;
        var bank = lines.Account(payment.BankAccountId, payment.BankAccountCode, payment.Total);
        lines.Add(payment.Date, bank, sign * atBank, AtBankForeign(payment, bank, baseCurrency, sign));
        var conversion = currency is null ? Conversion.None : new Conversion(currency, settled!.CurrencyRate);
        if (IsPrepaymentRefund(payment))
        {
            PrepaymentRules.PostRefund(payment, settled as Prepayment, sign * atBank, conversion, references, lines);
            return;
        }

        var control = lines.System(PostingRules.Control(settles is Settlement.ReceivableIn or Settlement.ReceivableOut), payment.Total);
        var relieved = conversion.ToBase(payment.Total);
        lines.Add(payment.Date, control, -sign * relieved, conversion.Foreign(-sign * payment.Total));
        CurrencyDifference.Realise(payment.Date, sign * (atBank - relieved), lines);
    }

    private static bool HasNoCurrency(Payment payment) => string.IsNullOrEmpty(payment.CurrencyCode);

    private static bool HasForeignRate(Payment payment) => payment.CurrencyRate.IsKnown && payment.CurrencyRate != FxRate.One;

    /// <summary>True for what pays a prepayment back: it moves the prepayment's own accounts.</summary>
    public static bool IsPrepaymentRefund(Payment payment) =>
        payment.PaymentType is "ARPREPAYMENTPAYMENT" or "APPREPAYMENTPAYMENT"
        || (payment.PaymentType.Length == 0 && payment.SettledType is "RECEIVE-PREPAYMENT" or "SPEND-PREPAYMENT" or "ARPREPAYMENT" or "APPREPAYMENT");

    // On a foreign bank account in the account's currency: Xero's BankAmount, or the amount itself where both currencies are the same.
    private static ForeignAmount? AtBankForeign(Payment payment, Account? bank, string baseCurrency, int sign)
    {
        if (Conversion.Foreign(bank?.CurrencyCode, baseCurrency) is not { } currency)
        {
            return null;
        }

        var amount = payment.BankAmount ?? (currency == payment.CurrencyCode ? payment.Total : null);
        return amount is { } foreign ? new ForeignAmount(sign * foreign, currency) : null;
    }
}
