using XeroCfo.Domain.Ledger;

namespace XeroCfo.Domain.Reports;

/// <summary>A section of a statement.</summary>
/// <param name="Key">Stable name, that of its total row.</param>
/// <param name="Heading">Above its accounts.</param>
/// <param name="Total">Beside its sum.</param>
/// <param name="IsCredit">Its accounts stand on the credit side: display is −ledger.</param>
public sealed record StatementSection(string Key, string Heading, string Total, bool IsCredit)
{
    public static readonly StatementSection Income = new("income", "Income", "Total income", true);
    public static readonly StatementSection CostOfSales = new("costOfSales", "Less cost of sales", "Total cost of sales", false);
    public static readonly StatementSection OtherIncome = new("otherIncome", "Plus other income", "Total other income", true);
    public static readonly StatementSection OperatingExpenses = new("operatingExpenses", "Less operating expenses", "Total operating expenses", false);
    public static readonly StatementSection Bank = new("bank", "Bank", "Total bank", false);
    public static readonly StatementSection CurrentAssets = new("currentAssets", "Current assets", "Total current assets", false);
    public static readonly StatementSection FixedAssets = new("fixedAssets", "Fixed assets", "Total fixed assets", false);
    public static readonly StatementSection NonCurrentAssets = new("nonCurrentAssets", "Non-current assets", "Total non-current assets", false);
    public static readonly StatementSection CurrentLiabilities = new("currentLiabilities", "Current liabilities", "Total current liabilities", true);
    public static readonly StatementSection NonCurrentLiabilities = new("nonCurrentLiabilities", "Non-current liabilities", "Total non-current liabilities", true);
    public static readonly StatementSection Equity = new("totalEquity", "Equity", "Total equity", true);

    /// <summary>Where an account stands by Xero's type of it; an unknown type goes by its class and is never dropped.</summary>
    public static StatementSection Of(Account account) => account.Type switch
    {
        "REVENUE" or "SALES" => Income,
        "OTHERINCOME" => OtherIncome,
        "DIRECTCOSTS" => CostOfSales,
        "EXPENSE" or "OVERHEADS" or "WAGESEXPENSE" or "SUPERANNUATIONEXPENSE" or "DEPRECIATN" => OperatingExpenses,
        "BANK" => Bank,
        "CURRENT" when account.Class == "ASSET" => CurrentAssets,
        "PREPAYMENT" or "INVENTORY" => CurrentAssets,
        "FIXED" => FixedAssets,
        "NONCURRENT" => NonCurrentAssets,
        "CURRLIAB" or "PAYG" or "PAYGLIABILITY" or "SUPERANNUATIONLIABILITY" or "WAGESPAYABLELIABILITY" or "LIABILITY" => CurrentLiabilities,
        "TERMLIAB" => NonCurrentLiabilities,
        "EQUITY" => Equity,
        _ => ByClass(account),
    };

    /// <summary>True where Xero's type says nothing to us.</summary>
    public static bool IsGuessed(Account account) => account.Type is not ("REVENUE" or "SALES" or "OTHERINCOME" or "DIRECTCOSTS" or "EXPENSE" or "OVERHEADS" or "WAGESEXPENSE"
        or "SUPERANNUATIONEXPENSE" or "DEPRECIATN" or "BANK" or "CURRENT" or "PREPAYMENT" or "INVENTORY" or "FIXED" or "NONCURRENT" or "CURRLIAB" or "PAYG" or "PAYGLIABILITY"
        or "SUPERANNUATIONLIABILITY" or "WAGESPAYABLELIABILITY" or "LIABILITY" or "TERMLIAB" or "EQUITY");

    private static StatementSection ByClass(Account account) => account.Class switch
    {
        "LIABILITY" => CurrentLiabilities,
        "REVENUE" => OtherIncome,
        "EXPENSE" => OperatingExpenses,
        "EQUITY" => Equity,
        _ => CurrentAssets,
    };
}
