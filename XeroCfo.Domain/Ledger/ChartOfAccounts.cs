namespace XeroCfo.Domain.Ledger;

/// <summary>Xero's words for the accounts that it keeps itself. Found by these, never by code or name.</summary>
public static class SystemAccounts
{
    public const string Debtors = "DEBTORS";
    public const string Creditors = "CREDITORS";
    public const string SalesTax = "GST";
    public const string Rounding = "ROUNDING";
    public const string Historical = "HISTORICAL";
    public const string RetainedEarnings = "RETAINEDEARNINGS";
    public const string WagesPayable = "WAGEPAYABLES";
    public const string RealisedCurrencyGain = "REALISEDCURRENCYGAIN";
    public const string UnrealisedCurrencyGain = "UNREALISEDCURRENCYGAIN";
    public const string BankCurrencyGain = "BANKCURRENCYGAIN";
}

/// <summary>An organisation's accounts, found by id, by code or by Xero's role of them.</summary>
public sealed class ChartOfAccounts
{
    private readonly Dictionary<Guid, Account> _byId;
    private readonly Dictionary<string, Account> _byCode;
    private readonly Dictionary<string, Account> _bySystemAccount;

    public ChartOfAccounts(IEnumerable<Account> accounts)
    {
        Accounts = [.. accounts];
        _byId = Accounts.ToDictionary(account => account.AccountId);
        _byCode = new Dictionary<string, Account>(StringComparer.OrdinalIgnoreCase);
        _bySystemAccount = new Dictionary<string, Account>(StringComparer.Ordinal);

        // Active ones first, so that a code used again belongs to the account that has it now.
        foreach (var account in Accounts.OrderBy(account => account.Status == "ACTIVE" ? 0 : 1))
        {
            if (!string.IsNullOrEmpty(account.Code))
            {
                _byCode.TryAdd(account.Code, account);
            }

            if (!string.IsNullOrEmpty(account.SystemAccount))
            {
                _bySystemAccount.TryAdd(account.SystemAccount, account);
            }
        }
    }

    public IReadOnlyList<Account> Accounts { get; }

    public Account? Find(Guid accountId) => _byId.GetValueOrDefault(accountId);

    /// <summary>By id where the document gives it, else by code; null when neither is known.</summary>
    public Account? Find(Guid? accountId, string? code)
    {
        if (accountId is { } id && _byId.TryGetValue(id, out var byId))
        {
            return byId;
        }

        return code is { Length: > 0 } ? _byCode.GetValueOrDefault(code) : null;
    }

    /// <summary>The account with Xero's role <paramref name="systemAccount"/>; null when the organisation has none.</summary>
    public Account? System(string systemAccount) => _bySystemAccount.GetValueOrDefault(systemAccount);
}
