using System.Text.RegularExpressions;

namespace XeroCfo.Domain.Ledger;

/// <summary>
/// What Xero's account types cannot tell, suggested from the account's name until a person confirms it. Pure.
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

    /// <summary>Every tag, in the order in which a person looks for it.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        Payroll, IncomeTax, InterestExpense, InterestIncome, Amortisation, DebtShort, DebtLong, Dividend, DisposalGain, NonRecurring, Intercompany, Suspense,
    ];

    /// <summary>A tag for the account, or null when nothing suggests one.</summary>
    public static string? Suggest(Account account) => Judge(account)?.Tag;

    /// <summary>The suggestion with its reason. Sure is what leaves no second reading: Xero's own word, or a name that fits the account's class.</summary>
    public static TagSuggestion? Judge(Account account) => account switch
    {
        { SystemAccount: SystemAccounts.WagesPayable } => new TagSuggestion(Payroll, "Xero keeps it for wages payable", true),
        { SystemAccount: { Length: > 0 } } => null,
        { Type: "BANK" } => null,
        _ => ByName(account) ?? (IsPayrollType(account.Type) ? new TagSuggestion(Payroll, "Xero's type of it is of payroll", true) : null),
    };

    private static TagSuggestion? ByName(Account account) =>
        Named(account, SuspenseName(), Suspense, true)
        ?? Named(account, IncomeTaxName(), IncomeTax, account.Class is "EXPENSE" or "LIABILITY")
        ?? (account.Class is "EXPENSE" or "LIABILITY" ? Named(account, PayrollName(), Payroll, true) : null)
        ?? (account.Type == "WAGESEXPENSE" ? new TagSuggestion(Payroll, "Xero's type of it is wages", true) : null)
        ?? ByNameAndClass(account)
        ?? Named(account, IntercompanyName(), Intercompany, false)
        ?? (account.IsProfitAndLoss ? Named(account, NonRecurringName(), NonRecurring, false) : null);

    private static TagSuggestion? ByNameAndClass(Account account) => account.Class switch
    {
        "REVENUE" => Named(account, InterestName(), InterestIncome, true) ?? Named(account, DisposalName(), DisposalGain, true),
        "EXPENSE" => Named(account, InterestName(), InterestExpense, true) ?? Named(account, AmortisationName(), Amortisation, true) ?? Named(account, DisposalName(), DisposalGain, true),
        "EQUITY" => Named(account, DividendName(), Dividend, true),
        "LIABILITY" => Named(account, LoanName(), account.Type == "TERMLIAB" ? DebtLong : DebtShort, account.Type == "TERMLIAB"),
        _ => null,
    };

    private static TagSuggestion? Named(Account account, Regex name, string tag, bool isSure) =>
        name.Match(account.Name) is { Success: true, Value: var words } ? new TagSuggestion(tag, $"Its name says “{words}”", isSure) : null;

    private static bool IsPayrollType(string type) =>
        type.StartsWith("SUPERANNUATION", StringComparison.Ordinal) || type.StartsWith("WAGESPAYABLE", StringComparison.Ordinal) || type.StartsWith("PAYG", StringComparison.Ordinal);

    [GeneratedRegex(@"\b(inter-?company|related part(y|ies)|group companies)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IntercompanyName();

    [GeneratedRegex(@"\b(non-?recurring|one-?off|exceptional|restructuring)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NonRecurringName();

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

/// <summary>A tag that an account's name, type or role suggests.</summary>
/// <param name="Tag">One of <see cref="AccountTags.All"/>.</param>
/// <param name="Because">The reason in words.</param>
/// <param name="IsSure">No second reading; still a suggestion until a person confirms it.</param>
public sealed record TagSuggestion(string Tag, string Because, bool IsSure);
