using XeroCfo.Domain.Ledger;

namespace XeroCfo.Web.Ledger.Accounts;

/// <summary>Tags of accounts in words.</summary>
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
}
