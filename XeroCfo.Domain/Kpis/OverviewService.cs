using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Kpis;

/// <summary>The first figures of an organisation. Base currency, display signs: income, profit, cash and what is owed read positive.</summary>
public sealed record Overview
{
    /// <summary>The organisation's today.</summary>
    public required DateOnly Date { get; init; }

    public required string Currency { get; init; }

    /// <summary>All bank accounts, per Xero's books, not the bank.</summary>
    public required decimal Cash { get; init; }

    public required decimal IncomeThisMonth { get; init; }

    public required decimal IncomeYearToDate { get; init; }

    public required decimal ProfitThisMonth { get; init; }

    public required decimal ProfitYearToDate { get; init; }

    /// <summary>Accounts receivable.</summary>
    public required decimal OwedToUs { get; init; }

    /// <summary>Accounts payable.</summary>
    public required decimal WeOwe { get; init; }

    /// <summary>First day of the financial year.</summary>
    public required DateOnly YearStart { get; init; }

    /// <summary>The accounts behind cash, receivables and payables, for the links.</summary>
    public required IReadOnlyList<Account> BankAccounts { get; init; }

    public required Guid? ReceivableAccountId { get; init; }

    public required Guid? PayableAccountId { get; init; }

    public required CheckStatus TiesToXero { get; init; }

    public required CheckStatus StandsOnDocuments { get; init; }

    /// <summary>Expected parts behind the balances that nobody has confirmed.</summary>
    public required int ToConfirm { get; init; }

    public required DateTime? XeroReadAt { get; init; }

    public required bool SyncInProgress { get; init; }
}

/// <summary>The plain overview: figures that an executive asks for first.</summary>
public sealed class OverviewService(ITenantRepository tenants, ILedgerReader ledger, TrialBalanceService trialBalances, TimeProvider clock)
{
    /// <summary>
    /// The overview at the organisation's today. The month in progress counts documents only, in the year to date too: payroll and
    /// depreciation come with Xero's trial balance at its end.
    /// </summary>
    public async Task<Result<Overview>> GetAsync(Caller caller, TenantId tenant, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.KpisRead, tenant) is { } refused)
        {
            return refused;
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var today = organisation.Today(clock);
        var accounts = (await ledger.AccountsAsync(tenant, ct)).ToDictionary(account => account.AccountId);
        var balances = await trialBalances.ComputeAsync(organisation, today, ct);
        var yearStart = organisation.FinancialYear.StartOf(today);
        var month = await ledger.MovementsAsync(tenant, Later(Month.Of(today).Start, yearStart), today, ct);
        var closed = Month.Of(today).Start > yearStart ? await ledger.MovementsAsync(tenant, yearStart, Month.Of(today).Previous.End, ct) : [];
        var rows = balances.Rows.ToDictionary(row => row.AccountId, row => row.Balance);

        decimal Balance(Func<Account, bool> which) => rows.Where(row => accounts.TryGetValue(row.Key, out var account) && which(account)).Sum(row => row.Value);
        decimal InMonth(Func<Account, bool> which) => month.Where(row => accounts.TryGetValue(row.AccountId, out var account) && which(account)).Sum(row => row.Documents);
        decimal InYear(Func<Account, bool> which) =>
            closed.Where(row => accounts.TryGetValue(row.AccountId, out var account) && which(account)).Sum(row => row.Total) + InMonth(which);

        Guid? IdOf(string systemAccount) => accounts.Values.FirstOrDefault(account => account.SystemAccount == systemAccount)?.AccountId;

        return new Overview
        {
            Date = today,
            Currency = organisation.BaseCurrency,
            Cash = Balance(account => account.Type == "BANK"),
            IncomeThisMonth = -InMonth(IsIncome),
            IncomeYearToDate = -InYear(IsIncome),
            ProfitThisMonth = -InMonth(account => account.IsProfitAndLoss),
            ProfitYearToDate = -InYear(account => account.IsProfitAndLoss),
            OwedToUs = Balance(account => account.SystemAccount == SystemAccounts.Debtors),
            WeOwe = -Balance(account => account.SystemAccount == SystemAccounts.Creditors),
            YearStart = yearStart,
            BankAccounts = [.. accounts.Values.Where(account => account.Type == "BANK").OrderBy(account => account.Name, StringComparer.Ordinal)],
            ReceivableAccountId = IdOf(SystemAccounts.Debtors),
            PayableAccountId = IdOf(SystemAccounts.Creditors),
            TiesToXero = balances.TiesToXero,
            StandsOnDocuments = balances.StandsOnDocuments,
            ToConfirm = await trialBalances.ToConfirmAsync(caller, tenant, today, ct) is { Succeeded: true, Value: var count } ? count : 0,
            XeroReadAt = balances.XeroReadAt,
            SyncInProgress = balances.SyncInProgress,
        };
    }

    private static DateOnly Later(DateOnly left, DateOnly right) => left > right ? left : right;

    // Income is Xero's REVENUE and SALES; OTHERINCOME stands below gross profit (FINANCE 2).
    private static bool IsIncome(Account account) => account.Type is "REVENUE" or "SALES";
}
