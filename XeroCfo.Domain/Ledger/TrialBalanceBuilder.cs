using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Ledger;

/// <summary>Makes a trial balance from movements. Pure.</summary>
public static class TrialBalanceBuilder
{
    /// <param name="organisation">Whose books.</param>
    /// <param name="date">The day at whose end the balances stand.</param>
    /// <param name="accounts">The chart.</param>
    /// <param name="before">Movements up to the day before the financial year of <paramref name="date"/> began.</param>
    /// <param name="since">Movements from the start of that year to <paramref name="date"/>.</param>
    /// <param name="xero">Xero's balances as read for that day, if they were.</param>
    public static TrialBalance Build(
        XeroTenant organisation,
        DateOnly date,
        IReadOnlyList<Account> accounts,
        IReadOnlyList<AccountMovement> before,
        IReadOnlyList<AccountMovement> since,
        StoredTrialBalance? xero)
    {
        var isSettling = organisation.SettlingFrom <= date;
        xero = isSettling ? null : xero;
        var earlier = before.ToDictionary(movement => movement.AccountId);
        var current = since.ToDictionary(movement => movement.AccountId);
        var known = Complete(accounts, before, since, xero);
        var rolled = known.Where(account => account.IsProfitAndLoss).Select(account => earlier.GetValueOrDefault(account.AccountId)).ToList();
        var retainedEarnings = known.FirstOrDefault(account => account.SystemAccount == SystemAccounts.RetainedEarnings);

        var rows = new List<TrialBalanceRow>(known.Count);
        foreach (var account in known)
        {
            AccountMovement[] parts = account.IsProfitAndLoss
                ? [current.GetValueOrDefault(account.AccountId)]
                : account == retainedEarnings
                    ? [earlier.GetValueOrDefault(account.AccountId), current.GetValueOrDefault(account.AccountId), .. rolled]
                    : [earlier.GetValueOrDefault(account.AccountId), current.GetValueOrDefault(account.AccountId)];
            var row = Row(account, parts, xero);
            if (!row.IsEmpty)
            {
                rows.Add(row);
            }
        }

        return new TrialBalance
        {
            Date = date,
            Rows = rows,
            Totals = Total(rows, xero),
            TiesToXero = xero is null || organisation.SyncInProgress ? CheckStatus.Unknown : rows.TrueForAll(row => row.Difference == 0) ? CheckStatus.Pass : CheckStatus.Fail,
            StandsOnDocuments = isSettling ? CheckStatus.Unknown : Stands(organisation, rows, xero),
            Settled = xero is not null && !organisation.SyncInProgress && rows.TrueForAll(row => row.Difference == 0),
            XeroReadAt = xero?.ReadAt,
            SyncInProgress = organisation.SyncInProgress,
        };
    }

    // Where Xero was not read nothing was compared, so nothing is proved; an unexplained part that is known already fails.
    private static CheckStatus Stands(XeroTenant organisation, List<TrialBalanceRow> rows, StoredTrialBalance? xero) =>
        organisation.SyncInProgress ? CheckStatus.Unknown
        : rows.Exists(row => row.Unexplained != 0) ? CheckStatus.Fail
        : xero is null || organisation.DataAsOf is null ? CheckStatus.Unknown : CheckStatus.Pass;

    // An account that Xero no longer lists but that still has amounts is shown, never dropped.
    private static List<Account> Complete(
        IReadOnlyList<Account> accounts, IReadOnlyList<AccountMovement> before, IReadOnlyList<AccountMovement> since, StoredTrialBalance? xero)
    {
        var known = accounts.Select(account => account.AccountId).ToHashSet();
        var strangers = before.Concat(since).Select(movement => movement.AccountId)
            .Concat(xero?.Balances.Keys ?? [])
            .Where(id => !known.Contains(id))
            .Distinct();
        return
        [
            .. accounts,
            .. strangers.Select(id => new Account { AccountId = id, Name = "Unknown account", Type = "UNKNOWN", Class = "ASSET" }),
        ];
    }

    private static TrialBalanceRow Row(Account account, AccountMovement[] parts, StoredTrialBalance? xero) => new()
    {
        AccountId = account.AccountId,
        Code = account.Code,
        Name = account.Name,
        Type = account.Type,
        Class = account.Class,
        Opening = parts.Sum(part => part.Opening),
        Documents = parts.Sum(part => part.Documents),
        ExpectedXeroOnly = parts.Sum(part => part.ExpectedXeroOnly),
        Unexplained = parts.Sum(part => part.Unexplained),
        XeroBalance = xero?.Balances.GetValueOrDefault(account.AccountId),
    };

    private static TrialBalanceTotals Total(List<TrialBalanceRow> rows, StoredTrialBalance? xero) => new(
        rows.Sum(row => row.Opening),
        rows.Sum(row => row.Documents),
        rows.Sum(row => row.ExpectedXeroOnly),
        rows.Sum(row => row.Unexplained),
        rows.Sum(row => row.Balance),
        xero is null ? null : rows.Sum(row => row.XeroBalance ?? 0),
        xero is null ? null : rows.Sum(row => row.Difference ?? 0));
}
