using XeroCfo.Domain.Ledger;

namespace XeroCfo.Web.Ledger.Accounts;

/// <summary>Tags of accounts, and their places in the cash-flow statement, in words.</summary>
public static class TagWords
{
    public static string Of(string tag) => tag switch
    {
        AccountTags.DebtShort => "Short-term debt",
        AccountTags.DebtLong => "Long-term debt",
        AccountTags.DisposalGain => "Gain on disposal",
        AccountTags.NonRecurring => "Non-recurring",
        AccountTags.IncomeTax => "Income tax",
        _ => LedgerWords.Sentence(tag),
    };

    public static string Of(CashFlowBucket bucket) => bucket switch
    {
        CashFlowBucket.WorkingCapital => "working capital",
        CashFlowBucket.Investing => "investing",
        CashFlowBucket.Financing => "financing",
        _ => "cash",
    };
}
