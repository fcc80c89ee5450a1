namespace XeroCfo.Domain.Ledger;

/// <summary>
/// Money between two bank accounts, posted once. Between currencies each side stands at the amount and the rate of its own bank transaction.
/// Pure.
/// </summary>
internal static class TransferRules
{
    private readonly record struct Side(decimal Base, ForeignAmount? Foreign);

    public static bool CrossesCurrencies(BankTransfer transfer, ChartOfAccounts chart, string baseCurrency) =>
        CurrencyOf(transfer.FromAccountId, transfer.FromAccountCode, chart, baseCurrency) is not null
        || CurrencyOf(transfer.ToAccountId, transfer.ToAccountCode, chart, baseCurrency) is not null;

    public static void Post(BankTransfer transfer, ChartOfAccounts chart, string baseCurrency, References references, LineBuilder lines)
    {
        var from = lines.Account(transfer.FromAccountId, transfer.FromAccountCode, transfer.Total);
        var to = lines.Account(transfer.ToAccountId, transfer.ToAccountCode, transfer.Total);
        var fromCurrency = Conversion.Foreign(from?.CurrencyCode, baseCurrency);
        var toCurrency = Conversion.Foreign(to?.CurrencyCode, baseCurrency);
        var paid = Leg(references.Find(transfer.FromTransactionId), fromCurrency) ?? Paid(transfer, fromCurrency);
        var received = Leg(references.Find(transfer.ToTransactionId), toCurrency) ?? Received(transfer, fromCurrency, toCurrency, paid);
        if (paid is not { } left || received is not { } came)
        {
            lines.Fail(PostingProblems.NoLegs);
            return;
        }

        lines.Add(transfer.Date, from, -left.Base, Negative(left.Foreign), Tracked(transfer.FromTracking1, transfer.FromTracking2));
        lines.Add(transfer.Date, to, came.Base, came.Foreign, Tracked(transfer.ToTracking1, transfer.ToTracking2));
        CurrencyDifference.Realise(transfer.Date, came.Base - left.Base, lines);
    }

    private static Side? Leg(SourceDocument? leg, string? currency) =>
        leg is null ? null
        : currency is null ? new Side(leg.Total, null)
        : leg.CurrencyRate.IsKnown ? new Side(leg.CurrencyRate.ToBase(leg.Total), new ForeignAmount(leg.Total, currency))
        : null;

    // Without its bank transaction: the transfer's amount is in the currency of the account that pays.
    private static Side? Paid(BankTransfer transfer, string? currency) =>
        currency is null ? new Side(transfer.Total, null)
        : transfer.CurrencyRate.IsKnown ? new Side(transfer.CurrencyRate.ToBase(transfer.Total), new ForeignAmount(transfer.Total, currency))
        : null;

    private static Side? Received(BankTransfer transfer, string? fromCurrency, string? toCurrency, Side? paid) =>
        paid is not { } left ? null
        : toCurrency is null ? new Side(left.Base, null)
        : toCurrency == fromCurrency ? left
        : fromCurrency is null && transfer.CurrencyRate.IsKnown
            ? new Side(left.Base, new ForeignAmount(Primitives.MoneyRules.ToCents(left.Base * transfer.CurrencyRate.ForeignPerBase), toCurrency))
        : null;

    private static ForeignAmount? Negative(ForeignAmount? amount) => amount is { } foreign ? foreign with { Amount = -foreign.Amount } : null;

    private static DocumentLine? Tracked(Guid? option1, Guid? option2) =>
        option1 is null && option2 is null ? null : new DocumentLine { TrackingOption1 = option1, TrackingOption2 = option2 };

    private static string? CurrencyOf(Guid? accountId, string? code, ChartOfAccounts chart, string baseCurrency) =>
        Conversion.Foreign(chart.Find(accountId, code)?.CurrencyCode, baseCurrency);
}
