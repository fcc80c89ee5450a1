using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Ledger;

/// <summary>What somebody without <see cref="Permissions.PayrollRead"/> may not see of payroll. Pure.</summary>
public static class PayrollRules
{
    /// <summary>True for accounts whose lines only appear as one amount a month: tagged PAYROLL, be it a suggestion, or Xero's wages payable.</summary>
    public static bool IsPayroll(Account account) => account.Tag == AccountTags.Payroll || account.SystemAccount == SystemAccounts.WagesPayable;

    /// <summary>True when payroll is to be hidden from the caller.</summary>
    public static bool AreHiddenFrom(Caller caller) => !caller.May(Permissions.PayrollRead);

    /// <summary>
    /// Takes from a row what would tell whom or what it paid; its amount and day stay, for the bank shows them. A category tells it too, because a
    /// rule that looks for a name gave it, and so does the account.
    /// </summary>
    public static void Hide(Transaction row)
    {
        (row.ContactId, row.ContactName, row.Reference, row.Number, row.Description) = (null, null, null, null, null);
        (row.Category, row.CategorySource, row.CategoryRuleId, row.AccountCode, row.OwnAccountCode) = (null, "none", null, null, null);
        (row.SearchText, row.PayrollHidden) = (null, true);
    }

    /// <summary>The same of a ledger line.</summary>
    public static LedgerLineView Hide(LedgerLineView view)
    {
        (view.Line.ContactId, view.Line.Description) = (null, null);
        return view with { Number = null, ContactName = null, PayrollHidden = true };
    }
}
