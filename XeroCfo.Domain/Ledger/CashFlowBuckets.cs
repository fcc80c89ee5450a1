namespace XeroCfo.Domain.Ledger;

/// <summary>Where a balance-sheet account's movement stands in the cash-flow statement.</summary>
public enum CashFlowBucket
{
    Cash,
    WorkingCapital,
    Investing,
    Financing,
}

/// <summary>Every account is in exactly one bucket, so that no account can be forgotten: the one that a person chose, else that of Xero's type.</summary>
public static class CashFlowBuckets
{
    /// <summary>What a person may choose. What is cash is what the statement must end at, so nobody moves an account there or away.</summary>
    public static readonly IReadOnlyList<CashFlowBucket> Choices = [CashFlowBucket.WorkingCapital, CashFlowBucket.Investing, CashFlowBucket.Financing];

    public static CashFlowBucket Of(Account account) => MayChoose(account) ? account.CashFlowBucket ?? Usual(account) : Usual(account);

    /// <summary>Where the account stands by itself, by its type and tag.</summary>
    public static CashFlowBucket Usual(Account account) => account switch
    {
        { Type: "BANK" } => CashFlowBucket.Cash,
        { Tag: AccountTags.DebtShort or AccountTags.DebtLong, Class: "LIABILITY" } => CashFlowBucket.Financing,
        { Type: "FIXED" or "NONCURRENT" } => CashFlowBucket.Investing,
        { Type: "LIABILITY" or "TERMLIAB" or "EQUITY" } or { Class: "EQUITY" } => CashFlowBucket.Financing,
        _ => CashFlowBucket.WorkingCapital,
    };

    /// <summary>Bank accounts are cash, income and expense are inside profit, and retained earnings are what profit became.</summary>
    public static bool MayChoose(Account account) => !account.IsProfitAndLoss && account.Type != "BANK" && account.SystemAccount != SystemAccounts.RetainedEarnings;

    /// <summary>A person moved it away from where it stands by itself.</summary>
    public static bool IsMoved(Account account) => Of(account) != Usual(account);

    /// <summary>As it is called within a sentence.</summary>
    public static string Words(CashFlowBucket bucket) => bucket switch
    {
        CashFlowBucket.WorkingCapital => "working capital",
        CashFlowBucket.Investing => "investing",
        CashFlowBucket.Financing => "financing",
        _ => "cash",
    };
}
