namespace XeroCfo.Domain.Ledger;

/// <summary>What a part of Xero's trial balance that stands on no document is taken to be, before a person says so. Pure.</summary>
public static class DifferenceKindRules
{
    /// <summary>The first guess for one account's difference in one month.</summary>
    /// <param name="account">The account; null when it is not in the chart.</param>
    /// <param name="difference">Debit +.</param>
    /// <param name="all">Every account's difference of the same month.</param>
    /// <param name="chart">The chart.</param>
    /// <param name="baseCurrency">The organisation's currency.</param>
    public static string Guess(Account? account, decimal difference, IReadOnlyDictionary<Guid, decimal> all, ChartOfAccounts chart, string baseCurrency) => account switch
    {
        null => DifferenceKinds.Unexplained,
        { Type: "DEPRECIATN" or "FIXED" } => DifferenceKinds.Depreciation,
        _ when IsPayroll(account) => DifferenceKinds.Payroll,
        { Tag: AccountTags.IncomeTax } => DifferenceKinds.Tax,
        { SystemAccount: SystemAccounts.UnrealisedCurrencyGain or SystemAccounts.BankCurrencyGain or SystemAccounts.RealisedCurrencyGain } => DifferenceKinds.Currency,
        { Type: "BANK", CurrencyCode: { Length: > 0 } currency } when currency != baseCurrency => DifferenceKinds.Currency,
        { Type: "INVENTORY" } => DifferenceKinds.Stock,
        _ when IsCounterOfStock(account, difference, all, chart) => DifferenceKinds.Stock,
        { SystemAccount: SystemAccounts.Historical } => DifferenceKinds.Conversion,
        _ => DifferenceKinds.Unexplained,
    };

    private static bool IsPayroll(Account account) =>
        account.Type == "WAGESEXPENSE"
        || account.Type.StartsWith("WAGESPAYABLE", StringComparison.Ordinal)
        || account.Type.StartsWith("SUPERANNUATION", StringComparison.Ordinal)
        || account.Type.StartsWith("PAYG", StringComparison.Ordinal)
        || account.SystemAccount == SystemAccounts.WagesPayable
        || account.Tag == AccountTags.Payroll;

    // Whatever account stock is booked against, but none that must stand on documents. Cost of sales comes first where two would fit.
    private static bool IsCounterOfStock(Account account, decimal difference, IReadOnlyDictionary<Guid, decimal> all, ChartOfAccounts chart) =>
        account is { SystemAccount: null or "", Type: not "BANK", Class: not "REVENUE" }
        && Has(-difference, "INVENTORY", all, chart)
        && (account.Type == "DIRECTCOSTS" || !Has(difference, "DIRECTCOSTS", all, chart));

    private static bool Has(decimal amount, string type, IReadOnlyDictionary<Guid, decimal> all, ChartOfAccounts chart) =>
        all.Any(other => other.Value == amount && chart.Find(other.Key)?.Type == type);
}
