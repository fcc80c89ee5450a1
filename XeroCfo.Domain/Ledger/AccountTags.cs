using System.Text.RegularExpressions;

namespace XeroCfo.Domain.Ledger;

/// <summary>
/// What Xero's account types cannot tell, suggested from the account's name until a person confirms it (FINANCE 2). Pure.
/// </summary>
public static partial class AccountTags
{
    public const string InterestExpense = "INTEREST_EXPENSE";
    public const string InterestIncome = "INTEREST_INCOME";
    public const string IncomeTax = "INCOME_TAX";
    public const string Amortisation = "AMORTISATION";
    public const string DebtShort = "DEBT_SHORT";
    public const string DebtLong = "DEBT_LONG";
    public const string Dividend = "DIVIDEND";
    public const string DisposalGain = "DISPOSAL_GAIN";
    public const string NonRecurring = "NON_RECURRING";
    public const string Payroll = "PAYROLL";
    public const string Intercompany = "INTERCOMPANY";
    public const string Suspense = "SUSPENSE";

    /// <summary>A tag for the account, or null when its name suggests none.</summary>
    public static string? Suggest(Account account) => account switch
    {
        { SystemAccount: SystemAccounts.WagesPayable } => Payroll,
        { SystemAccount: { Length: > 0 } } => null,
        { Type: "BANK" } => null,
        _ when SuspenseName().IsMatch(account.Name) => Suspense,
        _ when IncomeTaxName().IsMatch(account.Name) => IncomeTax,
        { Class: "EXPENSE" or "LIABILITY" } when PayrollName().IsMatch(account.Name) => Payroll,
        { Type: "WAGESEXPENSE" } => Payroll,
        { Class: "REVENUE" } when InterestName().IsMatch(account.Name) => InterestIncome,
        { Class: "EXPENSE" } when InterestName().IsMatch(account.Name) => InterestExpense,
        { Class: "EXPENSE" } when AmortisationName().IsMatch(account.Name) => Amortisation,
        { Class: "EQUITY" } when DividendName().IsMatch(account.Name) => Dividend,
        { Class: "LIABILITY" } when LoanName().IsMatch(account.Name) => account.Type == "TERMLIAB" ? DebtLong : DebtShort,
        { Class: "REVENUE" or "EXPENSE" } when DisposalName().IsMatch(account.Name) => DisposalGain,
        _ => null,
    };

    [GeneratedRegex(@"\bsuspense\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SuspenseName();

    [GeneratedRegex(@"\b(income|corporat\w*|company|corporation) tax\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IncomeTaxName();

    [GeneratedRegex(@"\b(wages?|salar\w+|payroll|kiwisaver|acc levies|acc levy|paye|payg|pension|superannuation|national insurance|holiday pay)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PayrollName();

    [GeneratedRegex(@"\binterest\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InterestName();

    [GeneratedRegex(@"\bamorti[sz]ation\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AmortisationName();

    [GeneratedRegex(@"\bdividends?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DividendName();

    [GeneratedRegex(@"\b(loan|mortgage|hire purchase|overdraft facility)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LoanName();

    [GeneratedRegex(@"\b(gain|loss) on (disposal|sale)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DisposalName();
}
