namespace XeroCfo.Domain.Ledger;

/// <summary>What a part of Xero's trial balance that stands on no document is taken to be, before a person says so (LEDGER 4). Pure.</summary>
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
        { Type: "DIRECTCOSTS" } when IsCounterOfStock(difference, all, chart) => DifferenceKinds.Stock,
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

    private static bool IsCounterOfStock(decimal difference, IReadOnlyDictionary<Guid, decimal> all, ChartOfAccounts chart) =>
        all.Any(other => other.Value == -difference && chart.Find(other.Key)?.Type == "INVENTORY");
}
